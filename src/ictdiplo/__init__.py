"""Extract ICT diplomacy from news, each record tied to the words that report it.

    import ictdiplo

    found = ictdiplo.extract(text, published="2025-11-24")
    for meeting in found.meetings:
        print(meeting.date, [party.name for party in meeting.parties], meeting.evidence[0].quote)

Read the modules in this order; each imports only from those above it.

    errors                       what can go wrong, drawn as a tree
    language.folding             text brought to one form, so that words match however typed
    language.sentences           where sentences begin and end
    language.parts               a long text in parts, cut between sentences
    language.disguises           words of lookalikes, brought back to what they are read as
    language.machine_talk        what speaks to a machine that reads the page, and reports nothing
    language.date_words          the words that dates are written with
    language.date_phrases        “a year ago”, “17 to 28 November”: found and taken apart
    language.gazetteer           countries, capitals, demonyms, ministries, organisations
    language.names               persons' names across spellings and scripts
    language.identify            which language a text is in
    language.plain_text          bytes to text, without what no reader sees
    language.publication         the date that a page shows as its own
    language.headline            the headline on top of its article
    language.furniture           menus and notices, which are no article
    described                    models whose fields are described by the docstrings below them
    hidden                       what a page hides from its readers
    page                         HTML to the text a reader sees, its date and headline
    web.addresses                which web addresses may be fetched, and where they lead
    web.exchange                 one request and its reply, within a time and a size
    web.pages                    a page, over redirects and past robots.txt
    article                      Article: a text and what its source says about it
    tabular                      rows out of CSV
    feeds                        entries out of RSS and Atom
    files                        articles out of files: text, HTML, JSON Lines, CSV, feeds
    looks                        how values show themselves
    records                      what users get: Extraction, Meeting, Proposal, MoU and their values
    relevance                    Triage: what is told of an article before it is read
    draft                        what a reader is asked for: words of the article, few enums
    read.versions                versions of packages
    read.prompt                  prompts/ + article → messages
    read._text_disk              diskcache without its dangers
    read.cache                   answers on disk, as text
    read.habits                  what local models say around and instead of the form
    read.report                  the draft as a model fills it
    read.modes                   ways of asking, and which works where
    read.presets                 servers by name
    read.strict                  the form as OpenAI and Azure enforce it
    read.faults                  refusals, cuts and outages, told apart
    read.bill                    what one article costs: requests, tokens, seconds
    read.time_limit              a call that ends when its time is up
    read.connection              openai's client, and the short way through it
    read.limiter                 how many requests an endpoint gets at a time
    read.breaker                 a stop to requests that are refused one and all
    read.traffic                 what all threads that ask the same model share
    read.stored                  what is kept of an answer, and of the model that gave it
    read.deputy                  what answers in an endpoint's place
    read.endpoint                one live question: instructor, tenacity, guard
    read.gguf                    a model's file: whether it is one, and which
    read.llama_server            llama.cpp's server, in a process of its own
    read.llama                   that process started, shared, and stopped with the program
    read.settings                every setting of a model in one value
    read.environment             what the environment says of a model
    read.cost                    what tokens cost, by an offline price list
    read.model                   Model: reads an article through the cache
    read.canary                  what an endpoint enforces, told by a made-up word
    read.estimate                what a reading would take, told without asking
    read.batched                 questions put down now, and answered by a batch later
    read.identity                what tells one way of reading from another
    read.memory                  what was worked out of an answer, so that it is not worked out again
    read.fake                    FakeModel: says what it was told to, for tests
    read.english.cues            the turns of phrase that report something
    read.english.aliases         short forms that an article introduces
    read.english.words           words and their kinds
    read.english.allegiance      the side that the words of an office or an institution name
    read.english.actors          persons, offices, institutions and countries of a sentence
    read.english.story           an article's own sentences, without the page around them
    read.english.sides           whom somebody acts for, as the words around a name tell
    read.english.persons         the persons of a story, found again by name or by office
    read.english.cast            who is who, and who “the minister” is
    read.english.passages        what stands around a cue, and the words to quote
    read.english.standing        who acts in a sentence, and whom a cue reaches
    read.english.places          where a sentence says that something happened
    read.english.encounters      a meeting while it is put together
    read.english.topics          the field's terms
    read.english.modality        held, planned, called off, denied
    read.english.circumstances   when, where, on what occasion
    read.english.sittings        councils, working groups, ministers' conferences
    read.english.grouping        how the people of a sentence fall into meetings
    read.english.attendance      who met whom, as the words around a cue tell
    read.english.meetings        the meetings of a story
    read.english.texts           a memorandum while it is put together
    read.english.binding         whom a text binds
    read.english.memoranda       which texts there are, and their stage
    read.english.speakers        who says a sentence
    read.english.proposals       who proposes what to whom
    read.english.coverage        what looks like a record and is in none
    read.offline                 the built-in reader: no model, no network
    read.triage                  whether an article is worth a model's money
    resolve.calendars            Gregorian, Jalali, Hijri
    resolve.moments              one moment → its days
    resolve.dates                “a year ago” → EDTF
    resolve.quotes               words → where they stand in the article
    resolve.parties              “Dushanbe” → TJK
    resolve.topics               “fibre optics” → the field's headings
    resolve.persons              “Hashemi” → the “Sattar Hashemi” of the first line
    resolve.roles                “A and B counterparts” → “B counterpart”
    resolve.summary              a reader's own sentence, held against the article
    resolve.grounding            what was said of one record, held against the article
    resolve.linking              repetitions merged, proposals and texts tied to meetings
    resolve.resolver             draft → records: the steps above, in order
    pipeline                     one article → its records: the steps, in order
    extraction                   `extract`: what is known of an article, else those steps
    gather.run                   many articles, several at a time
    gather.index                 values by name in a temporary file, so that memory stays flat
    gather.lines                 what came of them, as lines of JSON, and back
    gather.journal               the file of these lines: what is done, and what is not
    gather.counts                how articles fared, what that cost, and the limits of it
    gather.selection             which articles a run takes: shards, samples, each once
    gather.manifest              how a folder of results came about
    gather.inputs                articles out of files, folders, patterns
    gather.harvest               articles into a journal, so that it can go on where it ended
    gather.ray                   the same reader on a Ray cluster
    gather.batch_folder          what a folder remembers of its batches
    gather.batch_desk            batches sent, looked up and fetched
    gather.batch                 many articles at half the price: OpenAI's Batch API
    gather.ledger                what many articles tell, each event and text once
    gather.spans                 when something may have happened, in days
    gather.subjects              what tells one text or occasion from another
    gather.reports               a record of one article as merging sees it
    gather.clusters              reports put together, the most definite first
    gather.same_meeting          whether a report is of a meeting that others report
    gather.same_text             whether it is of a memorandum that others report
    gather.same_proposal         whether it is of a proposal that others report
    gather.telling               what several reports say of one field
    gather.figures               who is who across articles
    gather.entries               clusters of reports to the records of the ledger
    gather.merging               many articles to one ledger: the steps, in order
    gather.commitments           who promised what to whom, and what was heard of it since
    measure.likeness             how alike two sides, persons, dates and places are
    measure.compared             gold and found records in one form
    measure.pairing              which of them report the same
    measure.scores               precision, recall, F1, accuracy of the fields
    measure.bootstrap            how far a figure would move with other articles
    measure.sources              gold and predictions off the disk
    measure.evaluation           predictions held against gold
    measure.report               a run beside the offline reader
    measure.probes               articles changed in one place
    measure.probing              which of these a reader survives
    measure.merges               reports that were put together, held against gold
    publish.wording              how a record is told in words
    publish.console              records as a person reads them in a terminal
    publish.output               records into a stream or a file
    publish.progress             how a run goes, as a person follows it
    publish.scores               figures and errors as a person reads them
    publish.probes               probes survived, as a person reads them
    publish.diagnosis            what the doctor found, as a person reads it
    publish.templating           pages out of templates, with everything escaped
    publish.evaluation_page      gold beside what was found, as one page
    publish.ledger               each event once, and where sources differ, as a person reads it
    publish.commitments          promises by sides and topic, as text, JSON Lines or a table
    publish.merges               how well reports were put together, as a person reads it
    publish.marking              a text cut where quotes begin and end
    publish.shown                articles and records as a page shows them
    publish.facets               by what records are found
    publish.overview             what many records come to
    publish.drawing              figures as SVG and PNG
    publish.figures              the overview as figures
    publish.results_page         articles with their evidence, and the records, as one page
    publish.ledger_page          promises, in whose words, and what was heard since, as one page
    publish.notebook             the same in a frame, for notebooks
    review.corrections           the fields that a reviewer can correct
    review.decisions             what a reviewer decided, in a file that is only added to
    review.gold                  results after a review, and as gold
    review.server                the page of a review, on loopback alone
    publish.tables.layout        tables, their columns, keys and references
    publish.tables.intake        what goes into tables, and what must be told of it
    publish.tables.rows          records as rows of these tables
    publish.tables.overview      one row for each record
    publish.tables.delimited     CSV, guarded against spreadsheets
    publish.tables.workbook      Excel
    publish.tables.database      SQLite, there and back
    publish.tables.parquet       Parquet
    publish.tables.frames        data frames of pandas
    publish.tables.events        records as PLOVER events, by a codebook
    publish.tables.plover        these as JSON Lines
    publish.tables.polecat       these in the columns of POLECAT
    publish.tables.follow_the_money  articles, sides, persons and events as entities
    publish.tables.json_ld       the same in the terms of schema.org
    publish.tables.formats       which format a file's name asks for
    shell                        what commands share, and how they end
    measuring                    the commands that measure readers, or look at them
    running                      the command that reads many articles into a folder
    gathering                    the commands that put many articles together
    tabulating                   the command that puts records into tables
    showing                      the commands that show results
    batching                     the commands for batches
    cli                          the same, from a shell
"""

import lazy_loader

# The public names are listed in __init__.pyi, which type checkers read too. Each is fetched when
# first used, so that importing the package costs less than importing pydantic.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

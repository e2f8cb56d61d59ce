"""Extract ICT diplomacy from news, each record tied to the words that report it.

    import ictdiplo

    found = ictdiplo.extract(text, published="2025-11-24")
    for meeting in found.meetings:
        print(meeting.date, [party.name for party in meeting.parties], meeting.evidence[0].quote)

Read the modules in this order; each imports only from those above it.

    errors                  what can go wrong, drawn as a tree
    language.folding        text brought to one form, so that words match however typed
    language.sentences      where sentences begin and end
    language.date_phrases   “a year ago”, “17 to 28 November”: found and taken apart
    language.gazetteer      countries, capitals, demonyms, ministries, organisations
    language.identify       which language a text is in
    page                    HTML to the text a reader sees, and its date
    article                 Article: from text, file, HTML, JSON Lines
    records                 what users get: Extraction, Meeting, Proposal, MoU and their values
    draft                   what a reader is asked for: words of the article, few enums
    read.prompt             prompts/ + article → messages
    read.cache              answers on disk, as text
    read.faults             refusals, cuts and outages, told apart
    read.endpoint           one live question: instructor, tenacity, guard
    read.model              Model: a model's settings, and its reading through the cache
    read.fake               FakeModel: says what it was told to, for tests
    read.offline            the built-in reader: no model, no network
    resolve.quotes          words → where they stand in the article
    resolve.dates           “a year ago” → EDTF
    resolve.parties         “Dushanbe” → TJK
    resolve.topics          “fibre optics” → the field's headings
    resolve.persons         “Hashemi” → the “Sattar Hashemi” of the first line
    resolve.grounding       what was said of one record, held against the article
    resolve.linking         repetitions merged, proposals and texts tied to meetings
    resolve.resolver        draft → records: the steps above, in order
    extraction              one article → its records: the steps, in order
    publish.console         records as a person reads them in a terminal
    cli                     the same, from a shell
"""

import lazy_loader

# The public names are listed in __init__.pyi, which type checkers read too. Each is fetched when
# first used, so that importing the package costs less than importing pydantic.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

-- What hangs on a record, joined in the order of the article.
CREATE VIEW lists AS
SELECT
    record,
    (SELECT group_concat(name, '; ') FROM (
        SELECT name FROM parties
        WHERE parties.record = records.record AND role <> 'addressee' ORDER BY number
    )) AS parties,
    (SELECT group_concat(name, '; ') FROM (
        SELECT name FROM parties
        WHERE parties.record = records.record AND role = 'addressee' ORDER BY number
    )) AS addressees,
    (SELECT group_concat(person, '; ') FROM (
        SELECT coalesce(name || ' (' || office || ')', name, office) AS person FROM persons
        WHERE persons.record = records.record ORDER BY number
    )) AS persons,
    (SELECT group_concat(topic, '; ') FROM (
        SELECT topic FROM topics
        WHERE topics.record = records.record GROUP BY topic ORDER BY min(number)
    )) AS topics,
    (SELECT group_concat(quote, ' | ') FROM (
        SELECT quote FROM quotes
        WHERE quotes.record = records.record ORDER BY number
    )) AS quotes
FROM records;

-- Each record of a type in one row, with its sides, persons, topics and quotes joined.
CREATE VIEW meetings_with_quotes AS
SELECT meetings.*, parties, persons, topics, quotes, title AS headline, url, published
FROM meetings
JOIN lists ON lists.record = meetings.meeting
JOIN articles ON articles.article = meetings.article;

CREATE VIEW proposals_with_quotes AS
SELECT proposals.*, parties AS proposer_parties, addressees, persons AS proposers,
       topics, quotes, title AS headline, url, published
FROM proposals
JOIN lists ON lists.record = proposals.proposal
JOIN articles ON articles.article = proposals.article;

CREATE VIEW mous_with_quotes AS
SELECT mous.*, parties, persons AS signatories, topics, quotes,
       articles.title AS headline, url, published
FROM mous
JOIN lists ON lists.record = mous.mou
JOIN articles ON articles.article = mous.article;

"""The database is sound, its views say what they are named for, and the way back loses nothing."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ictdiplo import TableError, write_tables
from ictdiplo.publish.tables.database import read_database
from ictdiplo.publish.tables.layout import TABLES


@pytest.fixture
def path(outcomes, tmp_path):
    write_tables(outcomes, tmp_path / "out.sqlite")
    return tmp_path / "out.sqlite"


@pytest.fixture
def database(path):
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        yield database


def test_it_holds_all_tables_and_every_reference_is_kept(database):
    names = {
        row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    }
    assert names == {"outcomes", *(table.name for table in TABLES)}
    for table in TABLES:
        wanted = {column.name for column in table.columns if column.references}
        kept = {row["from"] for row in database.execute(f"PRAGMA foreign_key_list({table.name})")}
        assert kept == wanted
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_what_came_out_of_an_article_is_found_by_joining(database):
    found = database.execute(
        "SELECT quotes.quote FROM mous JOIN quotes ON quotes.record = mous.mou "
        "JOIN parties ON parties.record = mous.mou WHERE parties.code = 'KEN' AND mous.refers_back"
    )
    assert {row["quote"] for row in found} == {
        "signed a memorandum on spectrum, in force since 2024"
    }


def test_mous_with_quotes_shows_each_with_its_sides_and_words(database):
    first, *_ = database.execute("SELECT * FROM mous_with_quotes")
    assert first["parties"] == "Kenya; Ghana"
    assert first["signatories"] == "Ada Oduya (ICT minister)"
    assert first["quotes"] == "signed a memorandum on spectrum, in force since 2024"
    assert first["headline"] == "Kenya and Ghana, “sharing” spectrum"
    assert first["title"] == "memorandum on spectrum"


def test_meetings_and_proposals_have_such_a_view_too(database):
    meeting = database.execute("SELECT * FROM meetings_with_quotes").fetchone()
    assert meeting["quotes"] == "Ada Oduya met Kofi Baah | in Accra in November 2025"
    assert meeting["topics"] == "spectrum; skills"
    assert (
        meeting["persons"]
        == "Ada Oduya (ICT minister); Kofi Baah (counterpart); regulator of Ghana"
    )
    proposal = database.execute("SELECT * FROM proposals_with_quotes").fetchone()
    assert (proposal["proposer_parties"], proposal["addressees"]) == ("Kenya", "Ghana")


@pytest.mark.parametrize("view", ["meetings", "proposals", "mous"])
def test_a_view_has_a_row_for_each_record(database, view):
    count = "SELECT count(*) FROM"
    records, shown = (
        database.execute(f"{count} {name}").fetchone()[0] for name in (view, f"{view}_with_quotes")
    )
    assert records == shown > 0


def test_extractions_and_failures_come_back_as_they_were_in_their_order(path, outcomes):
    assert list(read_database(path)) == outcomes


def test_what_is_read_back_gives_the_same_database(path, tmp_path):
    write_tables(read_database(path), tmp_path / "again.sqlite")
    assert (tmp_path / "again.sqlite").read_bytes() == path.read_bytes()


def test_a_hostile_text_is_a_value_and_no_statement(make_titled, tmp_path):
    text = "'); DROP TABLE mous; --\x00"
    write_tables([make_titled(text)], tmp_path / "out.db")
    with closing(sqlite3.connect(tmp_path / "out.db")) as database:
        assert database.execute("SELECT title FROM mous").fetchall() == [(text,)]


@given(st.lists(st.text(st.characters(codec="utf-8")), max_size=10))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20
)
def test_any_texts_come_back(make_titled, tmp_path, texts):
    found = [make_titled(text) for text in texts]
    write_tables(found, tmp_path / "out.sqlite")
    assert list(read_database(tmp_path / "out.sqlite")) == found


@pytest.mark.parametrize(
    "content", [None, b"", b"no database at all, but longer than its header" * 9]
)
def test_what_is_no_such_database_is_an_error_that_names_it(tmp_path, content):
    path = tmp_path / "odd.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TableError, match=r"odd\.sqlite: "):
        list(read_database(path))

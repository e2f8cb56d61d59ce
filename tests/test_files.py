"""Articles out of files, and an error in the place of each that cannot be read."""

import io
import json
import sys
from datetime import date

import pytest

from ictdiplo.article import Article
from ictdiplo.errors import ArticleError, ArticleTooLong, EmptyArticle
from ictdiplo.files import MOST_BYTES, read_articles

TEXT = "The ministers of Norland and Ruvia met in Ostra on Monday to talk about a cable."
HTML = (
    f"<!DOCTYPE html><html><head><title>A cable</title></head><body><article><h1>A cable</h1><p>{TEXT}</p>"
    "<p>Both sides will send engineers to look at the route, Minister Lina Moss told the press after "
    "the talks, which had lasted for more than two hours.</p></article></body></html>"
)
DAY = date(2025, 11, 24)


@pytest.fixture
def file(tmp_path):
    """Writes a file and returns its path."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def stdin(monkeypatch):
    """Gives the standard input a content."""

    def give(content):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))

    return give


def only(path, **settings):
    (outcome,) = read_articles(path, **settings)
    return outcome


def line(**facts):
    return json.dumps({"text": TEXT, **facts})


WITH_STEM = {
    "text": ("a.txt", TEXT),
    "capital suffix": ("a.TXT", TEXT),
    "other suffix": ("a.md", TEXT),
    "no suffix": ("a", TEXT),
    "one JSON object": ("a.json", line(unknown=1)),
}


@pytest.mark.parametrize("name, content", WITH_STEM.values(), ids=WITH_STEM)
def test_an_article_that_has_a_file_to_itself_is_called_by_its_stem(file, name, content):
    assert only(file(name, content)) == Article(id="a", text=TEXT, language="en")


@pytest.mark.parametrize("name", ["a.html", "a.htm"])
def test_a_page_is_read_as_html(file, name):
    article = only(file(name, HTML))

    assert (article.id, article.title) == ("a", "A cable")
    assert TEXT in article.text


def test_the_id_of_a_header_wins_over_the_stem(file):
    assert only(file("a.txt", f"id: mine\n\n{TEXT}")).id == "mine"
    assert only(file("a.json", line(id=17))).id == "17"


def test_a_record_gives_what_is_known_of_its_article(file):
    facts = {"id": "n-1", "title": "Cable", "url": "https://x.example", "source": "Times"}
    article = only(file("a.jsonl", line(**facts, published="24 November 2025", language="xx")))

    assert article == Article(**facts, text=TEXT, published=DAY, language="en")


@pytest.mark.parametrize(
    "name, content",
    [
        ("a.txt", f"published: 2021-05-05\n\n{TEXT}"),
        ("a.html", HTML),
        ("a.json", line(published="2021-05-05")),
        ("a.jsonl", line(published=None)),
    ],
    ids=["text", "html", "json", "jsonl"],
)
def test_a_given_date_wins_over_what_the_file_says(file, name, content):
    assert only(file(name, content), published="2025-11-24").published == DAY


def test_a_list_of_objects_is_read_one_by_one(file):
    outcomes = list(read_articles(file("a.json", f"[{line(id='1')}, 5, {line()}]")))

    assert [getattr(outcome, "id", None) for outcome in outcomes] == ["1", None, "c03dc4f3d74c0c8b"]
    assert str(outcomes[1]).endswith(
        "a.json, article 2: this is no object with the article's `text` in it."
    )


def test_one_bad_line_never_costs_another(file):
    lines = [
        line(id="1"),
        "",
        "{broken",
        line(id="4", text=5),
        line(id="5", title=["x"]),
        line(id="6", text="Date archive"),
        line(id="7", published="soon"),
        "[" * 100_000,
        line(id="9"),
    ]
    path = file("a.jsonl", "\n".join(lines).encode() + b'\n{"text": "\xff"}\n')
    outcomes = list(read_articles(path))
    errors = [outcome for outcome in outcomes if isinstance(outcome, ArticleError)]

    assert [outcome.id for outcome in outcomes if isinstance(outcome, Article)] == ["1", "9"]
    assert [str(error).split(":")[0] for error in errors] == [
        f"{path}, line {number}" for number in (3, 4, 5, 6, 7, 8, 10)
    ]
    assert [type(error) for error in errors if type(error) is not ArticleError] == [EmptyArticle]
    assert "`title` must be a string" in str(errors[2])
    assert "write it as 2025-11-24" in str(errors[4])


def test_lone_surrogates_of_json_are_taken_out(file):
    article = only(file("a.jsonl", '{"text": "' + TEXT + '\\ud800", "title": "x\\ud800"}'))

    assert (article.text, article.title) == (f"x\n\n{TEXT}", "x")


def test_a_guessed_encoding_is_a_warning(file):
    article = only(file("a.txt", f"{TEXT} They met at a café.".encode("cp1252")))

    assert article.text.endswith("café.")
    assert "cp1252, which is a guess" in article.warnings[0]


def test_files_of_windows_are_read(file):
    path = file("a.txt", b"\xef\xbb\xbf" + f"published: 2025-11-24\r\n\r\n{TEXT}\r\n".encode())

    assert only(path) == Article(id="a", text=TEXT, published=DAY, language="en")


def test_a_directory_gives_the_files_in_it_by_name(file, tmp_path):
    for name in ("b.txt", "a.html", "c.jsonl", "notes.pdf", "d.rtf"):
        file(name, HTML if name == "a.html" else line(id="c") if name == "c.jsonl" else TEXT)

    assert [article.id for article in read_articles(tmp_path)] == ["a", "b", "c"]


UNREADABLE = {
    "no file": ("none.txt", None, ArticleError, "there is no such file"),
    "no name": ("nul\0.txt", None, ArticleError, "the file cannot be opened"),
    "empty": ("a.txt", "", EmptyArticle, "There is no text"),
    "image": ("a.png", bytes(range(256)) * 9, ArticleError, "Save it as UTF-8"),
    "image as page": ("a.html", bytes(range(256)) * 9, ArticleError, "Save it as UTF-8"),
    "bad JSON": ("a.json", "{", ArticleError, "this is not JSON"),
    "deep JSON": ("a.json", "[" * 100_000, ArticleError, "this is not JSON"),
    "no text in it": ("a.json", "{}", ArticleError, "no object with the article's `text`"),
    "bad date": ("a.txt", f"published: soon\n\n{TEXT}", ArticleError, "write it as 2025-11-24"),
    "far too long": ("a.txt", b"x" * (MOST_BYTES + 1), ArticleTooLong, "at most 20,000,000 bytes"),
}


@pytest.mark.parametrize("name, content, kind, message", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_an_error_that_names_the_file(
    file, tmp_path, name, content, kind, message
):
    path = tmp_path / name if content is None else file(name, content)
    error = only(path)

    assert type(error) is kind
    assert str(error).startswith(f"{path}: ")
    assert message in str(error)


def test_a_directory_without_articles_is_an_error(tmp_path):
    assert "has no .txt, .html" in str(only(tmp_path))


STDIN = {
    "text": (TEXT, 1),
    "text in brackets": (f"[Full site]\n\n{TEXT}", 1),
    "page": (HTML, 1),
    "object": (json.dumps({"text": TEXT}, indent=1), 1),
    "list": (f"[\n{line()}, {line()}]", 2),
    "lines": (f"{line()}\n{line()}\n", 2),
}


@pytest.mark.parametrize("content, count", STDIN.values(), ids=STDIN)
def test_the_standard_input_is_told_by_its_beginning(stdin, content, count):
    stdin(content)
    articles = list(read_articles("-"))

    assert [TEXT in article.text for article in articles] == [True] * count


def test_errors_of_the_standard_input_say_so(stdin):
    stdin("")

    assert str(only("-")) == "standard input: There is no text."


@pytest.mark.parametrize("suffix", [".epub", ".pdf", ".docx", ".XLSX"])
def test_a_kind_of_file_that_is_not_read_is_told_with_what_is(tmp_path, suffix):
    path = tmp_path / f"table{suffix}"
    path.write_text(f"id,text\n1,{TEXT}")
    (error,) = read_articles(path)

    assert "save it as .txt, .html or .jsonl" in str(error)


# Tables


@pytest.mark.parametrize(
    "name, table",
    [
        pytest.param("a.csv", 'id,Text,published\nx1,"{}",2025-11-24\n', id="commas"),
        pytest.param("a.csv", "\ufeffid;text;published\r\nx1;{};2025-11-24\r\n", id="semicolons"),
        pytest.param("a.tsv", "text\tid\tpublished\n{}\tx1\t2025-11-24\n", id="tabs"),
    ],
)
def test_a_row_of_a_table_is_an_article(file, name, table):
    (article,) = read_articles(file(name, table.format(TEXT)))
    assert (article.id, article.text, article.published) == ("x1", TEXT, DAY)


def test_a_text_may_have_lines_and_any_length(file):
    long = f"{TEXT}\n\n" * 5_000
    first, second = read_articles(file("a.csv", f'id,text\na,"{long}"\nb,"{TEXT}"\n'))
    assert (first.id, second.id) == ("a", "b")
    assert len(first.text) > 131_072  # where Python's csv stops unless it is told otherwise


def test_the_texts_may_stand_in_a_column_of_another_name(file):
    path = file("a.csv", f"id,Body\nx1,{TEXT}\n")
    (article,) = read_articles(path, text_column="body")
    assert article.text == TEXT
    (error,) = read_articles(path)
    assert "only id, body" in str(error)


def test_a_row_that_is_no_article_costs_no_other(file):
    path = file("a.csv", f"id,text\nx1,\nx2\nx3,{TEXT}\n")
    first, second, third = read_articles(path)
    assert [type(first), type(second)] == [EmptyArticle, EmptyArticle]
    assert (first.place, second.place, third.id) == (f"{path}, row 1", f"{path}, row 2", "x3")


@pytest.mark.parametrize("content", [b"", b"\n", b"id,text\nx1,\xff\xfe\n"], ids=repr)
def test_a_file_that_is_no_table_is_one_error(file, content):
    (error,) = read_articles(file("a.csv", content))
    assert isinstance(error, ArticleError)


# Feeds

RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Ostra &amp; Coast</title><link>https://ostra.example/</link>
<item><title>A cable</title><link>https://ostra.example/a</link><guid>x1</guid>
<pubDate>Mon, 24 Nov 2025 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{TEXT}</p><p>It is <b>new</b>.</p><p hidden>Ignore this.</p>]]></content:encoded>
</item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Ostra &amp; Coast</title><id>f</id>
<entry><title>A cable</title><id>x1</id><link href="https://ostra.example/a"/>
<published>2025-11-24T23:30:00-05:00</published>
<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;It is &lt;b&gt;new&lt;/b&gt;.&lt;/p&gt;</content>
</entry></feed>"""


@pytest.mark.parametrize("name, feed", [("f.rss", RSS), ("f.atom", ATOM), ("f.xml", RSS)])
def test_an_entry_of_a_feed_is_an_article(file, name, feed):
    (article,) = read_articles(file(name, feed))
    assert article.text == f"{TEXT}\n\nIt is new."
    assert (article.id, article.title, article.published) == ("x1", "A cable", DAY)
    assert (article.url, article.source) == ("https://ostra.example/a", "Ostra & Coast")


def test_an_entry_without_text_costs_no_other(file):
    feed = RSS.replace("<item>", "<item><title>Nothing</title><guid>x0</guid></item><item>", 1)
    first, second = read_articles(path := file("f.rss", feed))
    assert (type(first), first.place, second.id) == (EmptyArticle, f"{path}, entry 1", "x1")


@pytest.mark.parametrize(
    "content", ["", "<note>no feed</note>", "no XML", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"]
)
def test_what_is_no_feed_is_one_error(file, content):
    (error,) = read_articles(file("f.xml", content))
    assert "no RSS or Atom feed" in str(error)


def test_a_feed_can_neither_read_files_nor_grow_without_end(file):
    secret = file("secret.txt", "secret")
    bomb = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 50}'>" for n in range(1, 9))
    doctype = f"<!DOCTYPE rss [<!ENTITY e0 'x'>{bomb}<!ENTITY file SYSTEM 'file://{secret}'>]>"
    feed = RSS.replace("<rss", f"{doctype}<rss", 1).replace("A cable", "&e8; &file;")
    for found in read_articles(file("f.rss", feed)):
        assert "secret" not in repr(found)
        assert len(repr(found)) < 10_000


def test_without_the_extra_it_is_said_what_to_install(file, monkeypatch):
    monkeypatch.setitem(sys.modules, "feedparser", None)
    (error,) = read_articles(file("f.rss", RSS))
    assert "ictdiplo[feeds]" in str(error)

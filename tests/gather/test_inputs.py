"""Articles come from files, folders, patterns and standard input, and how many there are is guessed."""

import json

import pytest

from ictdiplo.errors import SettingsError
from ictdiplo.gather.inputs import Inputs
from ictdiplo.gather.run import Failure

TEXT = "The ministers of Kenya and Ghana met in Accra on Monday to talk about spectrum."


@pytest.fixture
def news(tmp_path):
    for folder, name in [("2024", "a"), ("2024", "b"), ("2025", "a")]:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / f"{name}.txt").write_text(f"{TEXT} This is {name} of {folder}.")
    return tmp_path


def names(*given):
    return [one.id for one in Inputs([str(each) for each in given]).articles()]


def test_files_folders_and_patterns_are_read_in_their_order(news):
    assert names(news / "2025" / "a.txt", news / "2024") == ["a", "a", "b"]
    assert names(news / "**" / "*.txt") == ["a", "b", "a"]
    assert names(news / "202?" / "b*") == ["b"]


def test_a_file_is_itself_even_if_its_name_looks_like_a_pattern(news):
    (news / "a[1].txt").write_text(TEXT)
    assert names(news / "a[1].txt") == ["a[1]"]


def test_what_is_not_there_is_a_failure_in_its_place(news):
    missing = str(news / "no*.txt")
    (failure,) = Inputs([missing]).articles()
    assert isinstance(failure, Failure)
    assert failure.article == missing


def test_a_broken_line_is_a_failure_that_goes_by_its_place(news):
    path = news / "a.jsonl"
    path.write_text(f"{{\n{json.dumps({'text': TEXT, 'id': 'x'})}\n")
    failure, article = Inputs([str(path)]).articles()
    assert failure.article == f"{path}, line 1"
    assert article.id == "x"


def test_a_date_for_all_wins_over_their_own(news):
    (news / "own.txt").write_text(f"published: 2020-01-01\n\n{TEXT}")
    (article,) = Inputs([str(news / "own.txt")], "2025-11-24").articles()
    assert str(article.published) == "2025-11-24"
    with pytest.raises(SettingsError):
        list(Inputs([str(news / "own.txt")], "soon").articles())


def test_an_address_is_named_without_what_may_be_secret_in_it():
    given = ["https://news.example/a?token=secret", "news"]
    address, folder = Inputs(given).names
    assert address.startswith("https://news.example/a?…")
    assert "secret" not in address
    assert folder == "news"


COUNTED = {
    "one text": ("a.txt", TEXT, 1),
    "lines": ("a.jsonl", '{"text": "a"}\n{"text": "b"}\n', 2),
    "a list": ("a.json", '[{"text": "a"}, {"id": "x", "text" : "b"}]', 2),
    "a table": ("a.csv", 'id,text\nx,"two\nlines"\ny,z\n', 2),
    "a table without rows": ("a.csv", "", 0),
    "a feed": ("a.xml", "<rss><item><title>x</title></item><item ></item></rss>", 2),
    "nothing there": (None, None, 1),
}


@pytest.mark.parametrize("name, content, number", COUNTED.values(), ids=COUNTED)
def test_the_number_of_articles_is_about_known_before_they_are_read(
    tmp_path, name, content, number
):
    path = tmp_path / (name or "none.txt")
    if name:
        path.write_text(content)
    assert Inputs([str(path)]).expected() == number


def test_the_number_of_a_folder_is_that_of_its_files(news):
    assert Inputs([str(news / "2024"), str(news / "2025")]).expected() == 3


def test_nobody_knows_the_number_of_what_is_still_to_come():
    assert Inputs(["-", "a.txt"]).expected() is None

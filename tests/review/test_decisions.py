"""Decisions are kept in a file that is only added to; the last on a record counts."""

import threading
from datetime import UTC, datetime

import pytest

from ictdiplo.errors import SettingsError
from ictdiplo.review.decisions import Decision, Journal, hash_of, read_decisions, standing
from samples import ACCRA, NOTHING

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def decision(record="mou-1", verdict="accepted", **more):
    about = {"article": "a", "text_sha256": "0", "record": record, "verdict": verdict, "at": AT}
    return Decision(**about, **more)


def test_what_was_added_is_read_in_the_same_order(tmp_path):
    journal = Journal(tmp_path / "decided.jsonl")
    made = [decision(), decision(verdict="corrected", fields={"status": "drafted"})]
    for one in made:
        journal.add(one)

    assert read_decisions(journal.path) == made


def test_nothing_that_stands_in_the_file_is_touched(tmp_path):
    journal = Journal(tmp_path / "decided.jsonl")
    journal.add(decision())
    before = journal.path.read_bytes()
    Journal(journal.path).add(decision(verdict="rejected"))

    assert journal.path.read_bytes().startswith(before)
    assert len(read_decisions(journal.path)) == 2


def test_threads_do_not_mix_their_lines(tmp_path):
    journal = Journal(tmp_path / "decided.jsonl")
    threads = [
        threading.Thread(target=journal.add, args=(decision(record=f"mou-{number}"),))
        for number in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {one.record for one in read_decisions(journal.path)} == {f"mou-{n}" for n in range(20)}


def test_a_file_that_is_not_there_yet_has_no_decision(tmp_path):
    assert read_decisions(tmp_path / "absent.jsonl") == []


@pytest.mark.parametrize("line", ["{", "[]", '{"article": "a"}', '{"verdict": "maybe"}'])
def test_a_line_that_is_no_decision_is_named(tmp_path, line):
    path = tmp_path / "decided.jsonl"
    path.write_text(f"{decision().model_dump_json()}\n{line}\n")

    with pytest.raises(SettingsError, match="line 2"):
        read_decisions(path)


def test_the_last_decision_counts_and_one_taken_back_does_not():
    last = standing(
        [
            decision(),
            decision(verdict="rejected"),
            decision(record="mou-2"),
            decision(record="mou-2", withdrawn=True),
        ]
    )
    assert {key: one.verdict for key, one in last.items()} == {("a", "mou-1"): "rejected"}


def test_a_text_is_known_by_its_hash():
    assert hash_of(ACCRA.article) != hash_of(NOTHING.article)
    assert hash_of(ACCRA.article) == hash_of(ACCRA.article.model_copy(update={"id": "other"}))

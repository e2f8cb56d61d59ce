"""Frames of pandas have types, and lead from one to the next."""

import pytest

from ictdiplo import to_frames
from ictdiplo.publish.tables.layout import OVERVIEW, TABLES

pandas = pytest.importorskip("pandas", reason="an extra; make test-all installs it")


def test_there_is_a_frame_for_each_table_also_without_a_row():
    frames = to_frames([])
    assert list(frames) == [OVERVIEW.name, *(table.name for table in TABLES)]
    assert all(frame.empty for frame in frames.values())
    assert str(frames["meetings"]["first_day"].dtype) == "datetime64[s]"


def test_columns_are_of_their_types(outcomes):
    frames = to_frames(outcomes)
    assert frames["mous"]["first_day"].max() == pandas.Timestamp(2024, 1, 1)
    assert frames["mous"]["refers_back"].sum() == 2
    assert frames["articles"]["cost"].isna().tolist() == [True, False, True]
    assert frames["articles"]["output_tokens"].tolist() == [pandas.NA, 0, pandas.NA]


def test_what_is_not_known_is_missing_and_no_word(outcomes):
    persons = to_frames(outcomes)["persons"]
    assert persons["name"].isna().sum() == 2
    assert "None" not in set(persons["name"].dropna())


def test_frames_are_joined_by_their_keys(outcomes):
    frames = to_frames(outcomes)
    joined = frames["mous"].merge(frames["quotes"], left_on="mou", right_on="record")
    assert len(joined) == len(frames["mous"])
    assert set(joined["article"]) <= set(frames["articles"]["article"])


def test_articles_that_failed_have_their_own_frame(outcomes):
    assert to_frames(outcomes)["failures"]["error"].tolist() == ["EmptyArticle"]

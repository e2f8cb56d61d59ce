"""What many records come to: when, who with whom, which country on what, how far."""

from datetime import date

import pytest

from ictdiplo.publish.figures import ToPage, figure
from ictdiplo.publish.overview import overview_of
from ictdiplo.publish.shown import show_articles
from ictdiplo.records import Meeting, MoU, When
from samples import ACCRA, CUBA, GHANA, ITU, KENYA, NOTHING, PERSIAN, PERU, RUSSIA

QUOTE = ACCRA.mous[0].evidence


def meeting(*parties, edtf=None, status="held", **more):
    when = When(text="then", edtf=edtf, rule="as written")
    return Meeting(
        id="m", parties=parties, participants=(), date=when, status=status, evidence=(), **more
    )


def mou(*parties, edtf=None, status="signed", expected=None):
    when, then = (When(text="then", edtf=day, rule="as written") for day in (edtf, expected))
    return MoU(
        id="u", parties=parties, instrument="memorandum", status=status, date=when,
        expected=then if expected else None, evidence=(),
    )  # fmt: skip


def overview(*found):
    return overview_of(show_articles(found))


def of(meetings=(), mous=()):
    return overview(NOTHING.model_copy(update={"meetings": tuple(meetings), "mous": tuple(mous)}))


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2025-11-24", date(2025, 11, 24), date(2025, 11, 24)),
        ("2025-11", date(2025, 11, 1), date(2025, 11, 30)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2025-11-17/2025-11-28", date(2025, 11, 17), date(2025, 11, 28)),
        ("2024~", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_date_is_as_long_on_the_line_as_it_is_uncertain(edtf, first, last):
    (moment,) = of([meeting(KENYA, GHANA, edtf=edtf)]).timeline
    assert (moment.first, moment.last) == (first, last)


def test_an_open_end_reaches_as_far_as_the_known_days_of_the_others():
    found = of([meeting(KENYA, GHANA, edtf="2020-05-01")], [mou(KENYA, PERU, edtf="2016/..")])
    assert found.timeline[0].last == date(2020, 5, 2)


def test_an_end_open_where_no_day_is_known_does_not_break_the_line():
    found = of(mous=[mou(KENYA, PERU, edtf="../..")])
    assert found.timeline[0].first <= found.timeline[0].last


def test_the_last_days_that_there_are_can_be_drawn():
    found = of(mous=[mou(KENYA, PERU, edtf=edtf) for edtf in ("9999-12-30", "9999", "2016/..")])
    assert len(figure("timeline", found, ToPage()).rows["moments"]) == 3


def test_what_has_no_date_is_counted_and_not_drawn():
    odd = [mou(KENYA, PERU, edtf=edtf) for edtf in ("2016-02-30", "2016/2015", "2016-02-30/..")]
    found = of([meeting(KENYA, GHANA)], odd)
    assert (found.timeline, found.undated) == ([], 4)


def test_a_stage_that_is_expected_has_its_own_mark_that_is_not_full():
    moments = of(mous=[mou(KENYA, PERU, edtf="2024", expected="2026")]).timeline
    assert [(one.done, one.first.year) for one in moments] == [(True, 2024), (False, 2026)]
    assert "next stage expected 2026" in moments[1].label


def test_the_same_sides_share_a_row_in_whatever_order_they_are_named():
    found = of([meeting(KENYA, GHANA, edtf="2020"), meeting(GHANA, KENYA, edtf="2021")])
    assert {one.row for one in found.timeline} == {"Ghana – Kenya"}


def test_of_many_sides_some_are_named_and_the_others_counted():
    (moment,) = of([meeting(CUBA, GHANA, KENYA, PERU, RUSSIA, edtf="2020")]).timeline
    assert moment.row == "Cuba – Ghana – Kenya – 2 more"


def test_who_met_whom_counts_meetings_that_were_held_and_each_pair_of_a_round():
    network = of(
        [
            meeting(KENYA, GHANA, ITU),
            meeting(GHANA, KENYA),
            meeting(KENYA, PERU, status="planned"),
            meeting(CUBA),
        ]
    ).network
    pairs = [(pair.one, pair.other, len(pair.meetings)) for pair in network.pairs]

    assert pairs == [("GHA", "KEN", 2), ("GHA", "ITU", 1), ("ITU", "KEN", 1)]
    assert network.names == {"GHA": "Ghana", "KEN": "Kenya", "ITU": "ITU"}


def test_a_record_counts_in_the_cell_of_each_of_its_countries_and_topics():
    matrix = overview(ACCRA, PERSIAN).matrix
    counts = {cell: len(entries) for cell, entries in matrix.cells.items()}

    assert counts == {
        ("KEN", "fibre"): 2, ("GHA", "fibre"): 2, ("KEN", "mobile"): 1, ("GHA", "mobile"): 1,
        ("IRN", "fibre"): 1, ("TJK", "fibre"): 1,
    }  # fmt: skip
    assert [*matrix.names] == ["GHA", "KEN", "IRN", "TJK"]
    assert matrix.topics == ["fibre", "mobile"]


def test_texts_stand_at_their_stage_the_latest_first():
    texts = [
        mou(KENYA, PERU, edtf="2024"),
        mou(KENYA, GHANA),
        mou(KENYA, CUBA, edtf="2025-02"),
        mou(KENYA, RUSSIA, status="drafted"),
    ]
    board = of(mous=texts).board
    sides = {stage: [shown.sides for _, shown in there] for stage, there in board.items()}

    assert [*board] == ["drafted", "signed"]
    assert sides["signed"] == ["Kenya – Cuba", "Kenya – Peru", "Kenya – Ghana"]

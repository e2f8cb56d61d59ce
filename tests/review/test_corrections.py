"""What a reviewer types becomes a record; what nobody touched stays as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.errors import SettingsError
from ictdiplo.publish.wording import records_in
from ictdiplo.records import Party
from ictdiplo.review.corrections import added, as_typed, corrected
from samples import ACCRA, HOSTILE, KENYA, PERSIAN, many

MEETING, PROPOSAL, MOU = records_in(ACCRA)
ALL = [record for found in (ACCRA, PERSIAN, *many(6)) for record in records_in(found)]


def test_fields_are_shown_as_gold_writes_them():
    assert as_typed(MEETING) == {
        "parties": "KEN; GHA",
        "participants": "Ada Oduya; Ghanaian counterpart",
        "date": "2025-11-24",
        "place": "Accra",
        "occasion": "",
        "format": "in_person",
        "status": "held",
    }


@pytest.mark.parametrize("record", ALL, ids=lambda record: record.id)
def test_what_is_typed_as_it_was_changes_nothing(record):
    assert corrected(record, as_typed(record)) == record


def test_a_corrected_side_stands_beside_one_that_keeps_its_words():
    mended = corrected(MOU, {"parties": "KEN; PER; African Union"})

    assert mended.parties[0] == KENYA
    assert mended.parties[1:] == (
        Party(text="PER", name="PER", code="PER", kind="country"),
        Party(text="African Union", name="African Union", kind="organisation"),
    )
    assert mended.evidence == MOU.evidence


def test_a_corrected_date_keeps_the_words_and_says_who_worked_it_out():
    date = corrected(MEETING, {"date": "2025-11"}).date
    assert (date.text, date.edtf, date.rule) == ("Monday", "2025-11", "corrected in review")


@pytest.mark.parametrize(
    ("record", "field"), [(MEETING, "date"), (MEETING, "place"), (MOU, "title"), (PROPOSAL, "due")]
)
def test_an_emptied_field_is_not_known(record, field):
    assert getattr(corrected(record, {field: ""}), field) is None


@pytest.mark.parametrize(
    ("record", "typed", "said"),
    [
        (MEETING, {"date": "last week"}, "write a date as"),
        (MEETING, {"status": "signed"}, "choose held, planned, cancelled"),
        (MEETING, {"signatories": "x"}, "no signatories"),
        (MOU, {"evidence": "x"}, "no evidence"),
        (PROPOSAL, {"id": "x"}, "no id"),
    ],
)
def test_what_makes_no_sense_is_refused_and_said(record, typed, said):
    with pytest.raises(SettingsError, match=said):
        corrected(record, typed)


def test_a_missed_record_is_made_of_what_is_typed_and_its_words():
    typed = {"parties": "KEN; GHA", "instrument": "memorandum", "status": "signed"}
    record = added("mou", "mou-added-1", typed, MOU.evidence)

    assert (record.status, record.evidence) == ("signed", MOU.evidence)
    assert record.parties[0].code == "KEN"


def test_a_missed_record_without_what_it_needs_is_refused():
    with pytest.raises(SettingsError, match="needs status"):
        added("meeting", "m", {"parties": "KEN; GHA"}, MEETING.evidence)


@given(st.dictionaries(st.sampled_from([*as_typed(MEETING)]), st.text(max_size=30)))
def test_any_text_makes_a_record_or_is_refused(typed):
    try:
        record = corrected(HOSTILE.meetings[0], typed)
    except SettingsError:
        return
    assert record.evidence == HOSTILE.meetings[0].evidence

"""Events are coded as the codebook says, whoever wrote it, and files of them are strict."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ictdiplo import SettingsError, write_tables
from ictdiplo.publish.tables.events import events_of, read_codebook
from ictdiplo.publish.tables.intake import Entry, TablesReport
from ictdiplo.publish.tables.polecat import COLUMNS
from ictdiplo.records import Meeting, MoU, Party, Place, Quote

GOLDEN = Path(__file__).parent / "golden"
WORDS = (Quote(quote="x", start=0, end=1),)
SIDES = {
    name: Party(text=name, name=name, code=code, kind=kind)
    for name, code, kind in [
        ("Kenya", "KEN", "country"),
        ("Ghana", "GHA", "country"),
        ("Peru", "PER", "country"),
        ("Kosovo", "XKX", "country"),
        ("ITU", None, "organisation"),
        ("Example Ltd", None, "company"),
    ]
}


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def coded(record, make):
    kind = "mous" if isinstance(record, MoU) else "meetings"
    found = make(**{kind: (record,)})
    return list(events_of(Entry("a", found), read_codebook(), TablesReport()))


def meeting(sides="Kenya Ghana", place=None, status="held", form="unstated"):
    return Meeting(
        id="meeting-1",
        parties=tuple(SIDES[side] for side in sides.split()),
        participants=(),
        place=Place(name="there", code=place) if place else None,
        format=form,
        status=status,
        evidence=WORDS,
    )


def mou(status):
    sides = (SIDES["Kenya"], SIDES["Ghana"])
    return MoU(id="mou-1", parties=sides, instrument="memorandum", status=status, evidence=WORDS)


def shown(event):
    coding = event.coding
    sides = [
        "+".join(actor.code or "?" for actor in group) for group in (event.actors, event.recipients)
    ]
    return " ".join(filter(None, [coding.event, *coding.mode, coding.cameo, *sides]))


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (meeting(), "CONSULT 040 KEN+GHA"),
        (meeting(place="GHA"), "CONSULT visit 042 KEN GHA"),
        (meeting(place="KEN"), "CONSULT visit 042 GHA KEN"),
        (meeting(place="PER"), "CONSULT third-party 044 KEN+GHA"),
        (meeting("Kenya ITU", place="PER"), "CONSULT 040 KEN+UNO"),
        (meeting("Kenya Ghana Peru", place="PER"), "CONSULT multilateral 040 KEN+GHA+PER"),
        (meeting(place="GHA", form="virtual"), "CONSULT phone 041 KEN+GHA"),
        (meeting(form="phone"), "CONSULT phone 041 KEN+GHA"),
        (meeting(place="GHA", status="planned"), "AGREE 036 KEN+GHA"),
        (meeting(place="GHA", status="cancelled"), "REJECT meet 125 KEN+GHA"),
        (meeting("Kosovo Ghana"), "CONSULT 040 KOS+GHA"),
        (mou("proposed"), "AGREE 030 KEN+GHA"),
        (mou("drafted"), "AGREE 030 KEN+GHA"),
        (mou("negotiating"), "CONSULT 046 KEN+GHA"),
        (mou("agreed"), "AGREE 030 KEN+GHA"),
        (mou("signed"), "SUPPORT 057 KEN+GHA"),
        (mou("in_force"), "SUPPORT 057 KEN+GHA"),
        (mou("implemented"), "COOPERATE 060 KEN GHA"),
    ],
)
def test_a_record_is_coded(record, expected, make):
    assert [shown(event) for event in coded(record, make)] == [expected]


def test_the_shipped_codebook_keeps_to_the_manual():
    quads = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "REQUEST": 3, "REJECT": 3}
    for rule in read_codebook().events:
        assert rule.why
        assert rule.event is None or rule.quad_code == quads[rule.event]


def test_what_has_no_event_or_no_side_is_counted(full, tmp_path):
    report = write_tables([full], tmp_path / "out.plover.jsonl")
    assert report.remarks == {
        "Records left out, since no event or side fits (mou)": 1,
        "Events without a date, since the article tells none": 1,
    }


def test_a_person_of_whom_no_side_is_known_is_counted(full, tmp_path):
    stranger = full.meetings[0].participants[0].model_copy(update={"party": None})
    changed = full.meetings[0].model_copy(update={"participants": (stranger,)})
    found = full.model_copy(update={"meetings": (changed, *full.meetings[1:])})
    report = write_tables([found], tmp_path / "out.plover.jsonl")
    assert report.remarks["Persons left out of events, since no side is theirs"] == 1


@pytest.mark.parametrize("name", ["events.plover.jsonl", "events.tsv"])
def test_it_writes_what_the_golden_file_shows(name, full, tmp_path):
    write_tables([full], tmp_path / name)
    assert (tmp_path / name).read_bytes() == (GOLDEN / name).read_bytes()


def test_a_proposal_has_the_day_of_the_meeting_at_which_it_was_made_and_never_the_articles(
    full, tmp_path
):
    write_tables([full], tmp_path / "out.plover.jsonl")
    days = {event["id"]: event["date"] for event in lines(tmp_path / "out.plover.jsonl")}
    assert days["a1/proposal-1"] == days["a1/meeting-1"] == "2025-11-01"
    assert days["a1/meeting-2"] is None


def test_offsets_of_an_event_lead_to_its_words(full, tmp_path):
    write_tables([full], tmp_path / "out.plover.jsonl")
    for event in lines(tmp_path / "out.plover.jsonl"):
        for words, place in zip(event["event_text"], event["text_info"], strict=True):
            assert full.article.text[place["start"] : place["end"]] == words


hostile = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("\t\r\n\x0b\x85\u2028=\"'"))
)


@given(hostile)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_row_has_forty_columns_whatever_the_article_says(make_titled, tmp_path, text):
    write_tables([make_titled(text)], tmp_path / "out.tsv")
    data = (tmp_path / "out.tsv").read_bytes().decode("utf-8", "strict")
    header, row, rest = data.split("\n")
    assert header.split("\t") == list(COLUMNS)
    assert (len(COLUMNS), len(row.split("\t")), rest) == (40, 40, "")
    assert "\r" not in data
    assert all((cell and cell[0] not in "=+-@") or cell == "-2.0" for cell in row.split("\t"))


def test_a_plain_reader_of_tabs_gets_the_columns_of_the_published_set(full, tmp_path):
    write_tables([full], tmp_path / "out.tsv")
    with (tmp_path / "out.tsv").open(encoding="utf-8", newline="") as file:
        first, *_ = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
    assert (first["Event Type"], first["Event Mode"]) == ("CONSULT", "visit")
    assert (first["Actor Country"], first["Recipient Country"]) == ("KEN", "GHA")
    assert first["Recipient Title"] == "counterpart; regulator of Ghana"
    assert first["Actor COW"] == "None"


def test_parts_of_the_codebook_can_be_replaced(full, tmp_path):
    own = {
        "codebook": "mine-1",
        "events": [{"when": {"type": ["mou"], "status": ["expired", "in_force"]}, "event": "CONCEDE",
                    "mode": [], "quad_code": 1, "event_scale": 4.5, "cameo": "08", "direction": "together"}],
    }  # fmt: skip
    (tmp_path / "mine.json").write_text(json.dumps(own))
    write_tables([full], tmp_path / "out.plover.jsonl", codebook=tmp_path / "mine.json")
    (event,) = lines(tmp_path / "out.plover.jsonl")
    assert event["event"] == ["CONCEDE"]
    assert event["cite_info"]["codebook"] == "mine-1"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("{", "cannot be read", id="no JSON"),
        pytest.param("[]", "cannot be read", id="no object"),
        pytest.param(
            '{"codebook": "x", "event": []}', r"no codebook \(event: Extra", id="misspelt"
        ),
        pytest.param(
            '{"codebook": "x", "events": [{"when": {}, "event": "AID", "direction": "up"}]}',
            r"no codebook \(events\.0\.direction: Input should be",
            id="no such direction",
        ),
        pytest.param('{"events": []}', "a `codebook` name of its own", id="under our name"),
    ],
)
def test_a_codebook_that_makes_no_sense_is_refused(content, said, full, tmp_path):
    (tmp_path / "odd.json").write_text(content)
    with pytest.raises(SettingsError, match=said):
        write_tables([full], tmp_path / "out.tsv", codebook=tmp_path / "odd.json")

"""What is printed can be read aloud, at any width, and obeys nothing that an article says."""

import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from ictdiplo.article import Article
from ictdiplo.publish.console import print_extraction
from ictdiplo.records import (
    Extraction,
    Meeting,
    MoU,
    Overlooked,
    Party,
    Person,
    Place,
    Proposal,
    Provenance,
    Quote,
    Rejected,
    Topic,
    Usage,
    When,
)

GOLDEN = Path(__file__).parent / "golden"

VALDORIA = Party(text="Valdorian", name="Valdoria", kind="country")
ORSANIA = Party(text="Orsana", name="Orsania", kind="country")
MINISTER = Person(name="Ilse Marrow", role="minister of communications", party=VALDORIA)
COUNTERPART = Person(role="Orsanian counterpart", party=ORSANIA)
OFFLINE = Provenance(reader="offline", version="0.1.0")


def article(**fields):
    return Article(**{"id": "a1", "text": "Text.", **fields})


def extraction(**fields):
    return Extraction(**{"provenance": OFFLINE, "usage": Usage(cost=0), **fields})


def quote(words):
    return Quote(quote=words, start=0, end=len(words))


def printed(found, width=80, **options):
    stream = io.StringIO()
    options = {"force_terminal": False, **options}  # whatever FORCE_COLOR says
    print_extraction(found, Console(file=stream, width=width, **options))
    return stream.getvalue()


FULL = extraction(
    article=article(
        id="valdoria-orsania",
        title="Valdoria and Orsania agree to lay a second cable under the Strait of Merrow",
        published=date(2025, 11, 24),
    ),
    meetings=(
        Meeting(
            id="meeting-1",
            parties=(VALDORIA, ORSANIA),
            participants=(MINISTER, COUNTERPART),
            date=When(text="a year ago", edtf="2024", rule="one year before publication"),
            place=Place(name="Port Lune"),
            occasion="the fourth Strait Connectivity Forum",
            format="in_person",
            status="held",
            topics=(
                Topic(topic="fibre", text="the second cable"),
                Topic(topic="data_transit", text="transit traffic"),
                Topic(topic="fibre", text="landing stations"),
            ),
            summary="The two ministers discussed a second cable and the transit traffic that it would carry.",
            evidence=(
                quote(
                    "Marrow met her Orsanian counterpart a year ago in Port Lune, on the sidelines of the "
                    "fourth Strait Connectivity Forum, to discuss the second cable"
                ),
                quote("The talks turned to\ntransit traffic"),
            ),
        ),
        Meeting(
            id="meeting-2",
            parties=(),
            participants=(),
            date=When(text="next week", rule="the publication date is unknown"),
            format="virtual",
            status="planned",
            evidence=(quote("They will speak again next week"),),
        ),
    ),
    proposals=(
        Proposal(
            id="proposal-1",
            proposers=(MINISTER,),
            proposer_party=(VALDORIA,),
            addressees=(ORSANIA,),
            kind="proposal",
            summary="Valdoria suggests a joint working group.",
            topics=(Topic(topic="other", text="working group"),),
            due=When(text="by the end of 2026", edtf="2026", rule="a year as written"),
            response="accepted",
            meeting="meeting-1",
            evidence=(quote("She proposed a joint working group by the end of 2026"),),
        ),
        Proposal(
            id="proposal-2",
            proposers=(),
            proposer_party=(ORSANIA,),
            addressees=(),
            kind="readiness",
            evidence=(quote("Orsana is ready to share its landing stations"),),
        ),
    ),
    mous=(
        MoU(
            id="mou-1",
            parties=(VALDORIA, ORSANIA),
            signatories=(Person(name="Tam Orlo"),),
            title="Memorandum on the Second Cable",
            instrument="action_plan",
            status="in_force",
            date=When(text="May 2023", edtf="2023-05", rule="as written"),
            expected=When(text="in 2028", edtf="2028", rule="as written"),
            refers_back=True,
            topics=(Topic(topic="fibre", text="second cable"),),
            meeting="meeting-1",
            evidence=(quote("the action plan of May 2023 remains in force"),),
        ),
    ),
    rejected=(
        Rejected(
            record="meeting-3",
            field="proposer_party",
            value="Brunthal",
            reason="these words are not in the article",
        ),
    ),
    provenance=Provenance(reader="openai/gpt-5-mini", version="0.1.0", cached=True),
    overlooked=(
        Overlooked(
            kind="meeting", rule="meetings/conferred", quote=quote("The envoys of both conferred.")
        ),
    ),
    warnings=("One sentence looks like a record and is in none: see overlooked.",),
)

NOTHING = extraction(article=article())

HOSTILE = extraction(
    article=article(
        id="[bold]id[/bold]", title="[red]Breaking[/red] :boom: \x1b]0;owned\x07 [link=http://x]y"
    ),
    meetings=(
        Meeting(
            id="meeting-1",
            parties=(Party(text="[/]", name="[/]", kind="company"),),
            participants=(Person(name="\x1b[31mRed\x9b0m", role="a \u202edesrever\u202c title"),),
            status="held",
            evidence=(
                quote("[bold]not bold[/bold] and [/nothing] \\[escaped] 192.168.1.1 http://x.y"),
            ),
        ),
    ),
)

PERSIAN = extraction(
    article=article(
        id="fa-1",
        title="وزیر ارتباطات ایران با همتای تاجیکستانی خود در باکو دیدار کرد و دربارهٔ فیبر نوری گفت‌وگو کردند",
        language="fa",
    ),
    meetings=(
        Meeting(
            id="meeting-1",
            parties=(Party(text="ایران", name="ایران", kind="country"), ORSANIA),
            participants=(Person(name="中村太郎", role="総務大臣"),),
            status="held",
            evidence=(
                quote(
                    "دو طرف بر گسترش همکاری‌ها در زمینهٔ فیبر نوری، مراکز داده و آموزش نیروی انسانی تأکید کردند"
                ),
            ),
        ),
    ),
)

CASES = {"full": FULL, "nothing": NOTHING, "hostile": HOSTILE, "persian": PERSIAN}


@pytest.mark.parametrize("name", CASES)
def test_it_prints_what_the_golden_file_shows(name):
    assert printed(CASES[name]) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [30, 50, 80, 200])
@pytest.mark.parametrize("name", CASES)
def test_no_line_is_wider_than_the_console_and_none_ends_in_space(name, width):
    for line in printed(CASES[name], width=width).splitlines():
        assert cell_len(line) <= width
        assert line == line.rstrip()


@pytest.mark.parametrize("name", CASES)
def test_no_word_is_lost_at_any_width(name):
    assert printed(CASES[name], width=40).split() == printed(CASES[name], width=400).split()


def test_a_very_narrow_console_still_shows_the_words():
    assert "Valdoria" in printed(FULL, width=5)


def test_a_terminal_gets_bold_and_a_pipe_gets_no_codes():
    assert "\x1b[1m" in printed(FULL, force_terminal=True, color_system="standard")
    assert "\x1b" not in printed(FULL)


def test_markup_and_emoji_codes_in_an_article_stay_text():
    assert "[red]Breaking[/red] :boom:" in printed(HOSTILE)
    assert "[bold]not bold[/bold] and [/nothing]" in printed(HOSTILE)


def test_an_article_cannot_send_codes_to_the_terminal():
    shown = printed(HOSTILE, force_terminal=True, color_system=None)
    assert not set(shown) & set("\x1b\x07\x9b\u202e\u202c")


def test_joiners_and_direction_marks_of_right_to_left_text_stay():
    title = "گفت‌وگو\u200f (ICT)"
    assert title in printed(extraction(article=article(title=title)))


def test_if_nothing_was_found_then_it_is_said_in_words():
    assert "Nothing found" in printed(NOTHING)
    assert "Nothing found" not in printed(FULL)


@given(st.text(), st.integers(min_value=1, max_value=120))
def test_any_text_can_be_printed_at_any_width(text, width):
    found = extraction(article=article(title=text), warnings=(text,))
    assert "a1" in "".join(printed(found, width).split())

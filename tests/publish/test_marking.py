"""Text is cut where quotes begin and end, and nothing of it is lost or doubled."""

from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.publish.marking import Mark, paragraphs


def mark(start, end, number=0):
    return Mark(start, end, f"a{number}", "meeting", number)


def pieces(text, *marks):
    return [
        [(piece.text, [one.number for one in piece.marks]) for piece in line]
        for line in paragraphs(text, marks)
    ]


def test_text_without_quotes_is_its_lines_that_are_not_blank():
    assert pieces("One.\n\n \nTwo.") == [[("One.", [])], [("Two.", [])]]


def test_quotes_that_overlap_share_a_piece():
    cut = pieces("abcdef", mark(0, 4, 0), mark(2, 6, 1))
    assert cut == [[("ab", [0]), ("cd", [0, 1]), ("ef", [1])]]


def test_a_quote_inside_another_leaves_the_other_whole():
    assert pieces("abcde", mark(0, 5, 0), mark(1, 2, 1)) == [
        [("a", [0]), ("b", [0, 1]), ("cde", [0])]
    ]


def test_a_quote_over_two_lines_begins_in_one_and_ends_in_the_other():
    first, second = paragraphs("ab\ncd", [mark(1, 4)])
    assert [piece.opening for piece in first] == [(), (mark(1, 4),)]
    assert [piece.closing for piece in second] == [(mark(1, 4),), ()]


spans = st.tuples(st.integers(0, 60), st.integers(1, 30))


@given(st.text(alphabet="ab \n", max_size=60), st.lists(spans, max_size=6))
def test_all_lines_come_out_as_they_were_and_each_mark_opens_and_closes_once(text, places):
    marks = [
        mark(start, start + length, number)
        for number, (start, length) in enumerate(places)
        if text[start : start + length].strip() == text[start : start + length] != ""
    ]
    marks = [one for one in marks if one.end <= len(text)]
    cut = list(paragraphs(text, marks))

    lines = ["".join(piece.text for piece in line) for line in cut]
    assert lines == [line for line in text.split("\n") if line.strip()]
    for which in ("opening", "closing"):
        found = [one.number for line in cut for piece in line for one in getattr(piece, which)]
        assert sorted(found) == [one.number for one in marks]

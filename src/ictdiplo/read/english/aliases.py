"""Aliases: short forms that an article introduces, “the Communications Authority (CA)”.

From there on the short form stands for the long one, and acts for the same country.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ...language.gazetteer import Entry, Mention, lookup
from .cues import load_words

# Capitalised words with “of”, “and” and the like between them, then the short form.
_INTRODUCED = re.compile(
    r"(?P<long>(?!The )[A-ZÀ-Þ][\w’'&.-]*(?: (?:of|the|for|and|de|du|la|on|in|&|[A-ZÀ-Þ][\w’'&.-]*)){1,9})"
    r" \((?:the )?[\"“']?(?P<short>[A-Z][A-Za-z-]{1,10}?)(?:-\d+)?[\"”']?\)"
)
# These are no bodies: “Economic Partnership Agreement (EPA)”, “World Internet Conference (WIC)”.
_NO_BODY = re.compile(
    r"(?:Agreement|Accord|Pact|Treaty|Convention|Protocol|Memorandum|Understanding|Cooperation|Programme"
    r"|Program|Project|Plan|Act|Law|Bill|System|Summit|Conference|Forum|Meeting|Exhibition|Expo|Week"
    r"|Internet|Things|Intelligence|Technology|Technologies|Station|Route|Zone|Area)s?$"
)


def find_aliases(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return where short forms stand that `text` introduces and no table knows, and their long forms."""
    known = {mention.text for mention in mentions}
    entries: dict[str, Entry] = {}
    written_out: list[Mention] = []
    for found in _introduced(text):
        body = not _NO_BODY.search(found["long"])
        if body and found["short"] not in known and _abbreviates(found["short"], found["long"]):
            entry = entries.setdefault(found["short"], _entry(found, mentions))
            if not _holds(found, mentions):
                written_out.append(Mention(*found.span("long"), found["long"], entry))
    if not entries:
        return []
    short_forms = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, entries))})(?![\w-])")
    return written_out + [
        Mention(*found.span(), found[0], entries[found[0]])
        for found in short_forms.finditer(text)
        if text[found.start() - 1 : found.start()] != "("
    ]


def _introduced(text: str) -> Iterator[re.Match[str]]:
    """Yield where a short form may be introduced; only lines with a bracket are looked at."""
    bracket = text.find(" (")
    while bracket >= 0:
        end = text.find("\n", bracket)
        end = len(text) if end < 0 else end
        yield from _INTRODUCED.finditer(text, text.rfind("\n", 0, bracket) + 1, end)
        bracket = text.find(" (", end)


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether the short form's letters stand in the long one, in their order, from its first."""
    letters = iter(long.casefold())
    capitals = sum(map(str.isupper, short))
    return (
        capitals > 1
        and short[0] == long[0]
        and all(letter in letters for letter in short.casefold().replace("-", ""))
    )


def _holds(found: re.Match[str], mentions: Sequence[Mention]) -> bool:
    """Tell whether a known name stands in the long form."""
    first = bisect_left(mentions, found.start("long"), key=lambda mention: mention.end)
    return any(mention.start < found.end("long") for mention in mentions[first : first + 1])


def _entry(found: re.Match[str], mentions: Sequence[Mention]) -> Entry:
    """Return what a short form stands for; its name are words of the article for that side.

    A state body goes by the country in its long form, everything else by the long form.
    """
    words = set(found["long"].casefold().split())
    if words.isdisjoint(load_words("names", "state_bodies")) or not words.isdisjoint(
        load_words("names", "acts_for_itself")
    ):
        spelt = "".join(word[0] for word in found["long"].split() if word[0].isupper())
        name = found["long"] if spelt == found["short"] else found["short"]
        return Entry(name, None, "organisation")
    first = bisect_left(mentions, found.start("long"), key=lambda mention: mention.end)
    end = (
        found.end("long")
        if found.string[found.end() : found.end() + 4] != " of "
        else found.end() + 5
    )
    inside = [m for m in mentions[first:] if m.start < end and m.entry.code]
    if not inside:
        return Entry(found["long"], None, "body")
    return Entry(inside[0].text, inside[0].entry.code, "body")


def party_words(mention: Mention) -> str:
    """Return the article's words for the side that a mention names; of a short form, the long one."""
    return mention.text if lookup(mention.text) else mention.entry.name

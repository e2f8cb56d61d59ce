"""Words of a sentence, each with a letter for its kind, so that names are found by their pattern.

    K country or capital   D demonym       B body        O organisation   (the gazetteer's)
    H office (minister)    A its modifier  M field       Y institution    S side, delegation
    N part of a name       P particle      T honorific   U abbreviation   E event
    G genitive of K to O   V name with 's  f from        q to   i in      o of, for, at, on
    t the, a, his          & and           , ( ) . marks x anything else

The words are in `data/cues_names.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from typing import NamedTuple

from ...language.gazetteer import Entry, Mention
from .cues import load_table, load_words

_WORD = re.compile(
    # Small letters, by far the most, first; those with “e” and “o” may begin one of the rest.
    r"[a-df-np-z]\w*(?:['’.&/-]\w+)*|"
    r"(?:M(?:rs?|s)|Drs?|Prof|Engr?|Hon|Amb|Gen|Lt|Col|Sen|H\.E)\.|(?<!\w)[A-ZÀ-Þ]\.(?=\s?[A-ZÀ-Þ])"
    r"|opposite\snumbers?|[Cc]harg[ée]\sd['’][Aa]ffaires|[Ee]xtraordinary\s[Aa]nd\s[Pp]lenipotentiary|\w+(?:['’.&/-]\w+)*|[^\w\s]"
)
_POSSESSIVE = re.compile(r"(?<=s)['’](?!\w)|['’]s(?!\w)")
_MENTION_KINDS = {"country": "K", "capital": "K", "demonym": "D", "body": "B", "organisation": "O"}
_SMALL = {
    **dict.fromkeys(("of", "for", "at", "on"), "o"),
    "to": "q",
    "in": "i",
    "from": "f",
    **dict.fromkeys(("the", "a", "an", "his", "her", "its", "their"), "t"),
    "and": "&",
}
_MARKS = {",": ",", "&": "&", "(": "(", ")": ")", ".": "."}
# In this order: "general" is an office's modifier before it is a soldier's rank.
_GROUPS = {
    "office": "H",
    "modifier": "A",
    "institution": "Y",
    "event": "E",
    "side": "S",
    "field": "M",
    "particle": "P",
}
_CAPITAL_BEHIND = re.compile(r"\s[A-ZÀ-Þ]\w+")
# A person, where “park” is else the name of an institution.
_KOREAN_NAME = re.compile(r"Park\s[A-Z][a-z]+-[a-z]+\b")
_NAME_BEFORE = re.compile(r"\w\s[A-ZÀ-Þ]\w+\s$")
_LONGEST_NAME = 24
# “Turkmentelecom” is an operator by its name.
_TELECOM = re.compile(r"\w(?:telecom|telekom)$")
_VERB_SUBJECTS = frozenset({"who", "which", "that", "he", "she", "it", "also", "now", "currently"})
_PARTICIPLE = ("ing", "ed", "ly")
# The letters of a word that is part of a name for no other reason than its capital.
_OF_NAMES = "NUV"


class Word(NamedTuple):
    """A word or mark: `text[start:end]` of the article, and the letter for its kind."""

    start: int
    end: int
    kind: str
    mention: Mention | None = None

    @property
    def entry(self) -> Entry | None:
        """What the gazetteer knows of it."""
        return self.mention.entry if self.mention else None


# A word that the text has there, or a name that the gazetteer has found.
Token = re.Match[str] | Mention


class Words:
    """The words of a sentence: a letter for the kind of each, and the words that are asked for.

    Most words are nobody's name or office and need not be made.
    """

    def __init__(self, kinds: str, tokens: Sequence[Token]) -> None:
        self.kinds = kinds
        self._tokens = tokens

    def __getitem__(self, part: slice) -> list[Word]:
        return list(map(_word, self._tokens[part], self.kinds[part]))

    def at(self, places: Sequence[int]) -> Words:
        """Return the words at some places as words of their own."""
        kinds = "".join([self.kinds[place] for place in places])
        return Words(kinds, [self._tokens[place] for place in places])


def sort_words(text: str, start: int, end: int, mentions: Iterable[Mention]) -> Words:
    """Return the words of `text[start:end]`; each of `mentions`, which lie in it, is one word."""
    kinds: list[str] = []
    tokens: list[Token] = []
    at = start
    for mention in mentions:
        plain = list(_WORD.finditer(text, at, mention.start))
        kinds += _plain_kinds(plain, opening=not tokens)
        tokens += plain
        genitive = _POSSESSIVE.match(text, mention.end)
        at = genitive.end() if genitive else mention.end
        kinds.append("G" if genitive else _mention_kind(mention))
        tokens.append(mention)
    plain = list(_WORD.finditer(text, at, end))
    kinds += _plain_kinds(plain, opening=not tokens)
    return Words("".join(kinds), [*tokens, *plain])


def _word(token: Token, kind: str) -> Word:
    if isinstance(token, Mention):
        return Word(token.start, token.end, kind, token)
    return Word(token.start(), token.start() + len(_bare(token[0])), kind)


def _mention_kind(mention: Mention) -> str:
    """Return the letter for a name of the gazetteer; “the Kenyans” act like a country."""
    people = mention.entry.kind == "demonym" and mention.text.endswith("s")
    return "K" if people and not mention.text.endswith("ss") else _MENTION_KINDS[mention.entry.kind]


def is_of_a_person(text: str, mention: Mention) -> bool:
    """Tell “Chad Lewis” and “Ana Lima” from the country and the city."""
    known = mention.text.casefold()
    if known in load_words("names", "given_names") and _CAPITAL_BEHIND.match(text, mention.end):
        return True
    before = text[max(0, mention.start - _LONGEST_NAME) : mention.start]
    return known in load_words("names", "surnames") and _NAME_BEFORE.search(before) is not None


def find_namesakes(text: str, names: AbstractSet[str]) -> frozenset[str]:
    """Return those of a text's names, folded, that mean another place in it, as Georgia may."""
    return frozenset(
        name
        for name in _namesakes().keys() & names
        for signs in [_namesakes()[name]]
        if signs["other"].search(text) and not signs["own"].search(text)
    )


def _plain_kinds(found: Sequence[re.Match[str]], *, opening: bool) -> list[str]:
    """Return the letters for words that the gazetteer knows nothing of.

    `opening` tells that they are the first of their sentence.
    """
    written = [token[0] for token in found]
    kinds = list(map(_kind, written))
    for at in [at for at, kind in enumerate(kinds) if kind in "HY"]:
        if kinds[at] == "H" and at and _is_verb(written[at - 1], written[at]):
            kinds[at] = "x"
        elif kinds[at] == "Y" and _KOREAN_NAME.match(found[at].string, found[at].start()):
            kinds[at] = "N"
    if opening:
        first = next((at for at, word in enumerate(written) if word[0].isalnum()), None)
        if first is not None and kinds[first] in _OF_NAMES and _is_participle(written[first]):
            kinds[first] = "x"
    return kinds


def _is_verb(before: str, word: str) -> bool:
    """Tell “who heads the agency” from the heads of agencies."""
    return before in _VERB_SUBJECTS and word in load_words("names", "verbs_too")


def _is_participle(word: str) -> bool:
    """Tell “Speaking”, with which a sentence begins, from a name."""
    return word[0].isupper() and _bare(word).casefold().removesuffix(".").endswith(_PARTICIPLE)


def _bare(token: str) -> str:
    """Return a word without a genitive's ending, or the first character of a mark."""
    if not token[0].isalnum():
        return token[0]
    return token[:-2] if token.endswith(("'s", "’s")) else token


@lru_cache(maxsize=1 << 15)
def _kind(token: str) -> str:
    """Return the letter for a word or mark, wherever it stands."""
    if not token[0].isalnum():
        return _MARKS.get(token, "x")
    word = _bare(token)
    kind = _kind_of_word(word)
    return "V" if kind in "NU" and word != token else kind


def _kind_of_word(word: str) -> str:
    small = word.casefold().removesuffix(".")
    if kind := _SMALL.get(small):
        return kind
    capital = word[0].isupper()
    if capital and small in load_words("names", "honorific") and (small != "he" or word == "HE"):
        return "A" if small == "general" else "T"
    # “Minister-in-Charge”, “minister-designate”
    if kind := "H" if small.startswith("minister-") else _listed().get(small):
        return kind if kind != "P" or not capital else "N"
    if not capital:
        return "N" if _small_al(word) else "x"
    if small in load_words("names", "capitalised_words"):
        return "x"
    return _kind_of_name(word)


def _kind_of_name(word: str) -> str:
    if _TELECOM.search(word):
        return "Y"
    return "U" if word.isupper() and len(word) > 2 else "N"  # noqa: PLR2004  # "S." is an initial


def _small_al(word: str) -> bool:
    """Tell “al-Khatib” and “d'Ivoire”, which begin small and go on with a capital."""
    head, mark, rest = word.partition("-")
    return bool(mark) and len(head) <= 3 and rest[:1].isupper()  # noqa: PLR2004  # al-, el-, ibn-


@cache
def _listed() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for group, kind in _GROUPS.items():
        for word in sorted(load_words("names", group)):
            kinds.setdefault(word, kind)
    return kinds


@cache
def _namesakes() -> dict[str, dict[str, re.Pattern[str]]]:
    table = load_table("names")["namesakes"]["words"]
    return {
        name: {sign: re.compile(rf"\b(?:{words})") for sign, words in signs.items()}
        for name, signs in table.items()
    }

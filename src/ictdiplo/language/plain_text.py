"""Bytes to text, and text to what a reader sees.

Bytes are never decoded with replacement characters: an encoding is known, or it is a guess that is
said aloud, or the bytes are refused.
Characters that nobody sees are taken out, because hidden instructions to a model are written in
them (Unicode tags, direction marks) and because offsets should count what is on the screen.
The joiners U+200C and U+200D stay, since Persian and Indic spelling needs them, but not between
Latin, Greek or Cyrillic letters, where they only hide words; nor does a run of variation selectors.
"""

from __future__ import annotations

import codecs
import re

from .identify import identify_language

# Single-byte encodings resemble each other, so the guess is kept among the commonest of news:
# unrestricted, charset-normalizer took Spanish in windows-1252 for cp852.
GUESSED = ["cp1252", "cp1251", "cp1256", "koi8_r", "gb18030", "shift_jis", "euc_kr"]
# A page's own word is believed for these; Python also has codecs that browsers refuse (UTF-7).
_BELIEVED = re.compile(
    r"ascii|cp(125\d|866|874|932|949)|iso8859-\d+|koi8-[ru]|big5|gb\w+|euc_\w+|shift_jis"
)
# What pages declare and what browsers take it for (WHATWG Encoding Standard, “labels”).
_AS_BROWSERS_DO = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
# Code pages that differ in few letters, which statistics of characters do not tell apart.
_CODE_PAGES = dict.fromkeys(("en", "es", "fr", "pt", "it", "de", "nl", "id"), "cp1252")
_CODE_PAGES |= {"tr": "cp1254", "az": "cp1254"}
# Longest first: the UTF-32 mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# More of these than one in fifty characters, and the bytes are no text.
MOST_CONTROLS = 1 / 50

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_END = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 but for tabs and line ends
    "\xad\u200b\u2060-\u2064\ufeff"  # soft hyphen, zero-width space, word joiner, byte order mark
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction
    "\ud800-\udfff\ufff9-\ufffb"  # lone surrogates, annotations
    "\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0"  # fillers and joiners that show nothing
    "\U000e0000-\U000e01ef"  # tags and variation selectors that spell out bytes
    "]"
)
_ALPHABET = "[A-Za-z\u00c0-\u052f]"  # Latin to Cyrillic
_MISPLACED = re.compile(
    rf"(?<={_ALPHABET})[\u200c\u200d]+(?={_ALPHABET})|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]+"
)


def clean(text: str) -> tuple[str, int]:
    r"""Return `text` with line ends as `\n` and without unseen characters, and how many they were.

    All else stays: white space, letter forms, entities such as `&gt;`.
    """
    text, unseen = _UNSEEN.subn("", _LINE_END.sub("\n", text))
    text, misplaced = _MISPLACED.subn("", text)
    return text, unseen + misplaced


def decode(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """Return the text of `data`, and its encoding if that had to be guessed.

    A byte order mark comes first, then UTF-8, then the `declared` charset, then the guess.

    Raises:
        ValueError: the bytes are no text, or in no encoding that is known here.
    """
    text, guess = _marked(data) or _as(data, "utf-8") or _declared(data, declared) or _guessed(data)
    if len(_CONTROLS.findall(text)) > MOST_CONTROLS * len(text):
        raise ValueError("the bytes are no text")
    return text, guess


def _marked(data: bytes) -> tuple[str, None] | None:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return _as(data, encoding)
    return None


def _as(data: bytes, encoding: str) -> tuple[str, None] | None:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError:
        return None


def _declared(data: bytes, name: str | None) -> tuple[str, None] | None:
    try:
        encoding = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None
    if not _BELIEVED.fullmatch(encoding):
        return None
    return _as(data, _AS_BROWSERS_DO.get(encoding, encoding))


def _guessed(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # rarely needed

    best = from_bytes(data, cp_isolation=GUESSED).best()
    if best is None:
        raise ValueError("the bytes are no text, or in no known encoding")
    own = _CODE_PAGES.get(identify_language(str(best)) or "", best.encoding)
    encoding = own if _as(data, own) else best.encoding
    return data.decode(encoding), encoding

"""Roles: what one of several is, of whom an article only writes “the Algerian and Kenyan counterparts”."""

from __future__ import annotations

import re

from ..language.gazetteer import find_mentions

# The plural of “heads of the administrations of”.
_PLURAL = re.compile(r"(?<=^head)s\b|(?<=^chief)s\b|(?<=\w)s(?= of$)")


def own_role(role: str, side: str) -> str:
    """Return the role of the one who acts for `side`, in the singular.

    `role` and `side` are words of the article: “Algerian and Kenyan counterparts” and “Kenyan” make
    “Kenyan counterpart”, “ministers of Guinea and Mali” and “Mali” make “minister of Mali”. A role
    that names one side only is returned as it is.
    """
    named = find_mentions(role)
    own = next((mention for mention in named if mention.text == side), None)
    if own is None or len({mention.entry.code for mention in named}) == 1:
        return role
    before = role[: named[0].start].strip().removesuffix(" the")
    behind = role[named[-1].end :].strip()
    if behind.endswith("s") and not before:
        return f"{side} {behind[:-1]}"
    if before.endswith(" of") and not behind:
        return f"{_PLURAL.sub('', before)} {side}"
    return role

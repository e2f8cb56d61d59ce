"""The fields of a record that a reviewer can correct, as plain text, and records made of them.

Sides are written as gold writes them: codes of ISO 3166-1 alpha-3, or names, with “;” between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeAlias, get_args

from pydantic import ValidationError

from ..errors import SettingsError
from ..publish.shown import RecordType, type_of
from ..publish.wording import Record
from ..records import (
    Instrument,
    Meeting,
    MeetingFormat,
    MeetingStatus,
    MoU,
    MoUStatus,
    Party,
    Person,
    Place,
    Proposal,
    ProposalKind,
    Quote,
    When,
)

Fields: TypeAlias = Mapping[str, str]
RULE = "corrected in review"

_CODE = re.compile(r"[A-Z]{3}")
_SEPARATOR = re.compile(r"\s*;\s*")


class Field(NamedTuple):
    """One field of a record: how it is read, and how it is made from what was typed."""

    show: Callable[[Any], str]
    make: Callable[[str, Any], Any]
    """Takes what was typed and what was there before."""
    choices: tuple[str, ...] = ()


def _typed(text: str) -> list[str]:
    return [one for one in _SEPARATOR.split(text.strip()) if one]


def _sides(parties: Iterable[Party]) -> str:
    return "; ".join(party.code or party.name for party in parties)


def _make_sides(text: str, before: Iterable[Party] | None) -> tuple[Party, ...]:
    known = {party.code or party.name: party for party in before or ()}
    return tuple(known.get(one) or _side(one) for one in _typed(text))


def _side(text: str) -> Party:
    code = text if _CODE.fullmatch(text) else None
    return Party(text=text, name=text, code=code, kind="country" if code else "organisation")


def _persons(persons: Iterable[Person]) -> str:
    return "; ".join(person.name or person.role or "" for person in persons)


def _make_persons(text: str, before: Iterable[Person] | None) -> tuple[Person, ...]:
    known = {person.name or person.role: person for person in before or ()}
    return tuple(known.get(one) or Person(name=one) for one in _typed(text))


def _when(when: When | None) -> str:
    return (when.edtf or "") if when else ""


def _make_when(text: str, before: When | None) -> When | None:
    if not text.strip():
        return None
    return When(text=before.text if before else text, edtf=text.strip(), rule=RULE)


def _place(place: Place | None) -> str:
    return place.name if place else ""


def _make_place(text: str, before: Place | None) -> Place | None:  # noqa: ARG001 - as the others
    return Place(name=text.strip()) if text.strip() else None


def _make_text(text: str, before: str | None) -> str | None:  # noqa: ARG001 - as the others
    return text.strip() or None


_SIDES = Field(_sides, _make_sides)
_PERSONS = Field(_persons, _make_persons)
_WHEN = Field(_when, _make_when)
_TEXT = Field(lambda text: text or "", _make_text)
_chosen = partial(Field, str, lambda text, _: text)

FIELDS: dict[RecordType, dict[str, Field]] = {
    "meeting": {
        "parties": _SIDES,
        "participants": _PERSONS,
        "date": _WHEN,
        "place": Field(_place, _make_place),
        "occasion": _TEXT,
        "format": _chosen(choices=get_args(MeetingFormat)),
        "status": _chosen(choices=get_args(MeetingStatus)),
    },
    "proposal": {
        "proposers": _PERSONS,
        "proposer_party": _SIDES,
        "addressees": _SIDES,
        "kind": _chosen(choices=get_args(ProposalKind)),
        "due": _WHEN,
    },
    "mou": {
        "parties": _SIDES,
        "signatories": _PERSONS,
        "title": _TEXT,
        "instrument": _chosen(choices=get_args(Instrument)),
        "status": _chosen(choices=get_args(MoUStatus)),
        "date": _WHEN,
    },
}
_MODELS: dict[RecordType, type[Meeting | Proposal | MoU]] = {
    "meeting": Meeting,
    "proposal": Proposal,
    "mou": MoU,
}
# What a record has from the start that nobody types.
_EMPTY: dict[RecordType, dict[str, Any]] = {
    "meeting": {"participants": (), "parties": ()},
    "proposal": {"proposers": (), "proposer_party": (), "addressees": ()},
    "mou": {"parties": ()},
}


def as_typed(record: Record) -> dict[str, str]:
    """Return a record's fields as a reviewer would type them."""
    fields = FIELDS[type_of(record)]
    return {name: field.show(getattr(record, name)) for name, field in fields.items()}


def corrected(record: Record, typed: Fields) -> Record:
    """Return the record with what was typed in the place of what it said.

    Raises:
        SettingsError: a field is unknown, or its text makes no sense.
    """
    before = {name: getattr(record, name) for name in type(record).model_fields}
    return _made(type_of(record), typed, before)


def added(type_: RecordType, id_: str, typed: Fields, evidence: tuple[Quote, ...]) -> Record:
    """Return a record that a reviewer found and the reader did not.

    Raises:
        SettingsError: a field is unknown or missing, or its text makes no sense.
    """
    return _made(type_, typed, {**_EMPTY[type_], "id": id_, "evidence": evidence})


def _made(type_: RecordType, typed: Fields, before: dict[str, Any]) -> Record:
    fields = FIELDS[type_]
    unknown = sorted(set(typed) - set(fields))
    if unknown:
        raise SettingsError(f"A {type_} has no {', '.join(unknown)} that could be corrected.")
    made = dict(before)
    for name, text in typed.items():
        if name in before and fields[name].show(before[name]) == text:
            continue  # so that what nobody touched keeps its words and its rule
        made[name] = _value(name, fields[name], text, before.get(name))
    try:
        return _MODELS[type_](**made)
    except ValidationError as error:
        raise SettingsError(f"A {type_} needs {error.errors()[0]['loc'][0]}.") from error


def _value(name: str, field: Field, text: str, before: Any) -> Any:
    if field.choices and text not in field.choices:
        raise SettingsError(f"“{text}” is no {name}; choose {', '.join(field.choices)}.")
    try:
        return field.make(text, before)
    except ValidationError as error:
        raise SettingsError(
            f"“{text}” is no {name}; write a date as 2025, 2025-11 or 2025-11-24."
        ) from error

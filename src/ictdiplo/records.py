"""What users get: meetings, proposals, memoranda, each tied to the words that report it.

Every value that was worked out stands beside the words it was worked out from:
`When.edtf` beside `When.text`, `Party.code` beside `Party.text`.
All models are frozen, and `Extraction.model_json_schema()` is their published schema.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from .article import Article
from .described import Described
from .looks import Paged, Shown

MeetingStatus = Literal["held", "planned", "cancelled"]
MeetingFormat = Literal["in_person", "virtual", "phone", "unstated"]
ProposalKind = Literal["proposal", "readiness"]
Response = Literal["accepted", "declined", "open"]
Instrument = Literal[
    "memorandum", "agreement", "action_plan", "programme", "protocol", "contract", "letter", "other"
]
MoUStatus = Literal[
    "proposed", "drafted", "negotiating", "agreed", "signed", "in_force", "implemented", "expired"
]
PartyKind = Literal["country", "organisation", "company", "office"]
TopicName = Literal[
    "fibre",
    "mobile",
    "spectrum",
    "space",
    "data_transit",
    "data_centres",
    "cybersecurity",
    "ai",
    "e_government",
    "digital_economy",
    "post",
    "skills",
    "online_safety",
    "standards",
    "research",
    "market_access",
    "other",
]
_DATE = r"(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?[~?%]?|\.\.)"
Edtf = Annotated[str, StringConstraints(pattern=rf"^{_DATE}(/{_DATE})?$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Value(Described, BaseModel):
    """The base of everything that is handed out: frozen, and closed to unknown fields."""

    # Errors of pydantic would quote the article otherwise.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Quote(Value):
    """Words of the article, and where they stand: `article.text[start:end] == quote`."""

    quote: str
    """The words, letter for letter as in the article."""
    start: int = Field(ge=0)
    """Offset of the first character in `article.text`, counted in code points."""
    end: int = Field(ge=0)
    """Offset behind the last character."""


class When(Value):
    """A date as it was written, and as it was worked out."""

    text: str
    """The words of the article that give the date."""
    edtf: Edtf | None = None
    """The date in EDTF (ISO 8601-2) Level 1, as precise as the words are; null if they do not tell."""
    rule: str
    """How the date was worked out, or why it could not be."""


class Party(Value):
    """A side: a country, an organisation, a company, or an office that stands for itself."""

    text: str
    """The side as the article writes it, such as “Dushanbe” or “the Tajik side”."""
    name: str
    """Its usual English name where a table knows it (“Tajikistan”, “ITU”), else the words themselves."""
    code: CountryCode | None = None
    """ISO 3166-1 alpha-3 code of the country it is or acts for; null for all others."""
    kind: PartyKind
    """What sort of side it is."""


class Person(Value):
    """A person, an office whose holder the article does not name, or the body that sat."""

    name: str | None = None
    """The name as written; never supplied from memory."""
    role: str | None = None
    """The office, title or body as written, such as “Algerian counterpart”."""
    party: Party | None = None
    """The side the person acts for."""


class Place(Value):
    """Where something is held."""

    name: str
    """The place as written."""
    code: CountryCode | None = None
    """ISO 3166-1 alpha-3 code of the country it lies in, where a table knows it."""


class Topic(Value):
    """What something is about."""

    topic: TopicName
    """The heading of the taxonomy."""
    text: str
    """The words of the article that were filed under it."""


class Meeting(Shown, Value):
    """One encounter between named officials or bodies."""

    id: str
    """The record's name within its article, such as “meeting-1”."""
    parties: tuple[Party, ...]
    """The sides that met, each once."""
    participants: tuple[Person, ...]
    """Who was or will be there; an office stands in where no name is given."""
    date: When | None = None
    """When it was or will be held; the first day if it lasts several."""
    place: Place | None = None
    """Where; null for virtual meetings and where the article does not say."""
    occasion: str | None = None
    """The conference or visit at which it took place, as written."""
    format: MeetingFormat = "unstated"
    """In person, by video or by phone."""
    status: MeetingStatus
    """Held, planned, or cancelled (also: postponed with no new date)."""
    topics: tuple[Topic, ...] = ()
    """What was discussed."""
    summary: str | None = None
    """One sentence in the reader's own words; its names and numbers stand in the article."""
    rules: tuple[str, ...] = ()
    """The offline reader's rules that found it, such as “meetings/received”; none for a model."""
    evidence: tuple[Quote, ...]
    """The words that report the meeting."""


class Proposal(Shown, Value):
    """Something one side suggests, offers or asks of another."""

    id: str
    """The record's name within its article, such as “proposal-1”."""
    proposers: tuple[Person, ...]
    """The persons, offices or bodies that put it forward."""
    proposer_party: tuple[Party, ...]
    """The sides they speak for; more than one for a joint call."""
    addressees: tuple[Party, ...]
    """The sides it is put to."""
    kind: ProposalKind
    """A proposal, or the weaker expression of readiness or interest."""
    summary: str | None = None
    """One sentence in the reader's own words; its names and numbers stand in the article."""
    topics: tuple[Topic, ...] = ()
    """What it is about."""
    due: When | None = None
    """By when, if the article says."""
    response: Response = "open"
    """What the other side made of it, as far as the article tells."""
    meeting: str | None = None
    """The id of the meeting at which it was made."""
    rules: tuple[str, ...] = ()
    """The offline reader's rules that found it, such as “meetings/received”; none for a model."""
    evidence: tuple[Quote, ...]
    """The words that report it."""


class MoU(Shown, Value):
    """A memorandum, agreement, programme or action plan: its drafting, signing or existence."""

    id: str
    """The record's name within its article, such as “mou-1”."""
    parties: tuple[Party, ...]
    """The sides bound by it."""
    signatories: tuple[Person, ...] = ()
    """Who signed or is to sign."""
    title: str | None = None
    """The text's title or subject as written."""
    instrument: Instrument
    """What sort of text it is."""
    status: MoUStatus
    """The latest stage that the article reports."""
    date: When | None = None
    """When it reached that stage."""
    expected: When | None = None
    """When the next stage is expected, such as a signing or an expiry."""
    refers_back: bool = False
    """True where it is an older text mentioned again, and not this article's news."""
    topics: tuple[Topic, ...] = ()
    """What it is about."""
    meeting: str | None = None
    """The id of the meeting at which it was signed or discussed."""
    rules: tuple[str, ...] = ()
    """The offline reader's rules that found it, such as “meetings/received”; none for a model."""
    evidence: tuple[Quote, ...]
    """The words that report it."""


class Rejected(Value):
    """Something the reader said that the article does not bear out."""

    record: str
    """The id of the record it was said of; if no such record is listed, the whole record was rejected."""
    field: str
    """Which field, such as `date` or `evidence`."""
    value: str
    """What was said."""
    reason: str
    """Why it is not passed on."""


class Overlooked(Value):
    """A sentence that looks like a record and that no record's quote touches."""

    kind: Literal["meeting", "proposal", "mou"]
    """What it looks like."""
    rule: str
    """The rule that says so, such as “meetings/received”."""
    quote: Quote
    """The sentence."""


class Provenance(Value):
    """Where the records come from: enough to get them again."""

    reader: str
    """`offline`, or the model's name as it was asked for; of a file, without its folder."""
    endpoint: str | None = None
    """Address of the endpoint without credentials, and of a file's own server without the port;
    null for the offline reader."""
    model_reported: str | None = None
    """The model's name as the endpoint reported it."""
    mode: str | None = None
    """How the answer's form was asked for: json_schema, tools, tools_required, json or md_json."""
    prompt_sha256: str | None = None
    """Hash of the prompt templates."""
    schema_sha256: str | None = None
    """Hash of the JSON Schema that was asked for."""
    version: str
    """The version of ictdiplo."""
    settings_sha256: str | None = None
    """Hash of the reader and of all its settings that shape the records, prompt, schema and version
    included: what has another one was read in another way."""
    cached: bool = False
    """True if every answer came from the cache."""
    attempts: int = 0
    """Requests sent, those that failed included."""


class Usage(Value):
    """What the answers cost; tokens of every attempt, failed ones too."""

    input_tokens: int | None = 0
    """Tokens read by the model; null where the endpoint did not say."""
    output_tokens: int | None = 0
    """Tokens written by the model; null where the endpoint did not say."""
    cost: float | None = None
    """US dollars; null where the price is unknown, 0 where nothing was sent."""
    seconds: float = 0.0
    """Time spent waiting for the endpoint; 0 where nothing was sent."""


class Extraction(Paged, Value):
    """One article and everything found in it."""

    article: Article
    """The article; every offset refers to its `text`."""
    meetings: tuple[Meeting, ...] = ()
    """Encounters, in the order in which they were reported."""
    proposals: tuple[Proposal, ...] = ()
    """Proposals and expressions of readiness."""
    mous: tuple[MoU, ...] = ()
    """Memoranda and other texts."""
    rejected: tuple[Rejected, ...] = ()
    """What the reader said and the article does not bear out."""
    overlooked: tuple[Overlooked, ...] = ()
    """Sentences of an English article that look like a record and are in none."""
    provenance: Provenance
    """Which reader, model, prompt and version."""
    usage: Usage
    """Tokens, money and time."""
    warnings: tuple[str, ...] = ()
    """What a careful user should know: a missing date, a language that is not read, odd characters."""

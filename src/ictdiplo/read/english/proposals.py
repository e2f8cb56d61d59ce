"""Proposals and readiness: who puts what to whom, as `data/cues_proposals.json` tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...draft import MOST_NAMES, DraftProposal
from ...language.folding import fold
from ...records import ProposalKind, Response
from .actors import PEOPLE, Actor
from .cast import Cast, side_of
from .cues import Hit, find_cues, load_cues, load_pattern, load_words
from .encounters import Encounter, Scene, draft_persons, join_actors
from .modality import is_denied, says
from .passages import REACH, actors_behind, quote
from .speakers import Speakers
from .story import Sentence, Story
from .texts import Text
from .topics import find_topics

BEFORE = 45
# Where an article tells of no meeting, the one addressed must stand this near behind the cue.
DIRECT = 40
# “, and the ”: what stands between two names of a list, in characters.
LINK = 10
_CLAUSE = re.compile(r"[,;:]|\s(?:and|but)\s")
_THAT = re.compile(r"[,;:“\"]|\b(?:that|said|says|added)\s")
# “any company that wishes to enter” proposes nothing.
# “a joint group should be set up” tells what before “should”.
_PASSIVE = re.compile(r"\s(?:\w+\s)?be\s")
_RELATIVE = re.compile(r"\b(?:that|which|who)\s$")
_SAYS_THAT = re.compile(
    r"\b(?:\w+ed|sa(?:id|ys)|told(?:\s[\w’'.-]+){1,4}|notes|adds|stresses|view|opinion)\sthat\s$"
)
# The words that tell an action or a field; names and figures do not, and “, he said” is no part of it.
_TELLING = re.compile(r"(?<![\w’'-])[a-z][a-z-]{3,}(?![\w’'])")
_SAID = re.compile(
    r",\s[^,]{0,60}?\b(?:said|says|added|adding|noted|noting|told|stressed|stressing|reported|saying)\b"
)
_KINDS: tuple[ProposalKind, ...] = ("proposal", "readiness")


class Put(NamedTuple):
    """A proposal in the form that a reader fills, and the rule that found it."""

    said: DraftProposal
    rule: str

    @property
    def rules(self) -> list[str]:
        """The cues that told of it."""
        return [self.rule]

    def draft(self) -> DraftProposal:
        """Return the proposal in the form that a reader fills."""
        return self.said


def find_proposals(
    story: Story, cast: Cast, encounters: Sequence[Encounter], texts: Sequence[Text]
) -> list[Put]:
    """Return the proposals of a story, at most one of each kind and side a sentence."""
    speakers = Speakers(cast, encounters, texts)
    proposals: list[Put] = []
    for index, sentence in enumerate(story.sentences):
        following = story.sentences[index + 1 : index + 2]
        proposals.extend(
            _answered(sentence, speakers) or _in_sentence(sentence, speakers, following)
        )
        speakers.follow(sentence)
    return proposals


def _in_sentence(
    sentence: Sentence, speakers: Speakers, following: Sequence[Sentence]
) -> Iterator[Put]:
    cues = load_cues("proposals", "cues")
    hits = find_cues(cues, sentence.text, sentence.start, sentence.end, sentence.words)
    hits.sort(key=lambda hit: "last" in hit.cue.says)
    for kind in _KINDS:
        put: set[str] = set()
        for hit in (hit for hit in hits if hit.cue.says["kind"] == kind):
            if put and "last" in hit.cue.says:
                break  # “at the request of Ro, Lin proposed …” is Lin's
            draft = _draft(sentence, hit, speakers, following)
            if draft and put.isdisjoint(draft.proposer_parties):
                put.update(draft.proposer_parties)
                yield Put(draft, hit.cue.rule)


def _answered(sentence: Sentence, speakers: Speakers) -> list[Put]:
    """Read “Havana rejected a Peruvian offer to …”: the offer is Peru's, Havana the addressee."""
    found = sentence.find("proposals", "answered", sentence.start, sentence.end)
    if not found or says(
        "negated", _CLAUSE.split(sentence.text[sentence.start : found.start()])[-1]
    ):
        return []
    own = [
        side_of(m)
        for m in sentence.mentions
        if found.start("whose") <= m.start < found.end("whose")
    ]
    others = [a for a in speakers.who_acts(sentence, found.start()) if a.side]
    if len(own) != 1 or not others or own[0].side in {actor.side for actor in others}:
        return []
    draft = DraftProposal(
        evidence=[quote(sentence, sentence.start, found.end())],
        proposer_parties=_parties(own),
        addressees=_parties(others),
        kind="proposal",
        topics=find_topics(sentence.text, found.end(), sentence.end),
        response="declined" if found["declined"] else "accepted",
    )
    return [Put(draft, "proposals/answered")]


def _draft(
    sentence: Sentence, hit: Hit, speakers: Speakers, following: Sequence[Sentence]
) -> DraftProposal | None:
    before = sentence.text[max(sentence.start, hit.start - BEFORE) : hit.start]
    if says("negated", _CLAUSE.split(before)[-1]) or is_denied(sentence, hit):
        return None
    if not _is_concrete(sentence, hit) or _is_relative(before):
        return None
    proposers = _proposers(sentence, hit, speakers)
    if "personal" in hit.cue.says and not any(_is_agent(a, sentence, hit) for a in proposers):
        return None
    own = [actor for actor in proposers if actor.side]
    if "other" in hit.cue.says and not (
        _is_between_sides(sentence, hit, own)
        or ("away" in hit.cue.says and speakers.is_in_talks(hit.start, own))
    ):
        return None
    scene = speakers.scene(hit.start, {actor.side for actor in own}) if own else None
    addressees = _addressees(sentence, hit, own, scene)
    # What all sides are ready for is no side's offer; what they call for may be.
    joint = hit.cue.says["kind"] == "proposal" and len({actor.side for actor in own}) > 1
    stranger = scene is not None and any(actor.side is None for actor in scene.actors)
    abroad = "firm" in hit.cue.says and speakers.is_among_others(sentence, own)
    if (
        not own
        or _is_at_home(sentence, hit, own)
        or not (addressees or joint or stranger or abroad)
    ):
        return None
    start, end = _stretch(sentence, hit, proposers)
    return DraftProposal(
        evidence=[quote(sentence, start, end)],
        proposers=draft_persons(proposers),
        proposer_parties=_parties(own),
        addressees=_parties(addressees),
        kind="proposal" if hit.cue.says["kind"] == "proposal" else "readiness",
        topics=find_topics(sentence.text, start, sentence.end),
        response=_response(following),
    )


def _is_relative(before: str) -> bool:
    """Tell “any company that wishes to enter” from “said that Peru would help”."""
    return _RELATIVE.search(before) is not None and _SAYS_THAT.search(before) is None


def _proposers(sentence: Sentence, hit: Hit, speakers: Speakers) -> list[Actor]:
    if "by" in hit.cue.says:
        return speakers.cast.acting(actors_behind(sentence, hit.end, REACH))
    if "said" in hit.cue.says and (saying := speakers.who_says(sentence)):
        return [saying]  # “Lin said Cuba should …” is Lin's
    if "said" in hit.cue.says and "other" in hit.cue.says:
        return []  # “Clients in Cuba should …” is said by nobody who acts
    return speakers.who_acts(sentence, sentence.end if "before" in hit.cue.says else hit.start)


def _is_at_home(sentence: Sentence, hit: Hit, own: Sequence[Actor]) -> bool:
    """Tell “called on Cuban firms to open offices”, said by Cuba's minister."""
    near = [m for m in sentence.mentions if 0 <= m.start - hit.end <= LINK]
    own_codes = {actor.code for actor in own if actor.code}
    asked = hit.cue.says["kind"] == "proposal" and not {"by", "gives"} & hit.cue.says.keys()
    if asked and load_pattern("proposals", "at_home").match(sentence.text, hit.end):
        return True
    return asked and bool(near) and near[0].entry.code in own_codes


def _is_between_sides(sentence: Sentence, hit: Hit, own: Sequence[Actor]) -> bool:
    """Tell what is wanted of another side, or together with it, from a plan for one's own country."""
    codes = set() if "said" in hit.cue.says else {actor.code for actor in own}
    named = (m.entry for m in sentence.mentions if m.entry.code or m.entry.kind == "organisation")
    others = any(entry.code not in codes for entry in named)
    joint = load_pattern("proposals", "other_side")
    return others or joint.search(sentence.text, sentence.start, sentence.end) is not None


def _is_agent(actor: Actor, sentence: Sentence, hit: Hit) -> bool:
    """Tell people and countries from “it”, which may be anything unless it offers or asks."""
    named = actor.start >= sentence.start or "firm" in hit.cue.says
    return actor.kind in PEOPLE or (actor.side is not None and named)


def _parties(actors: Sequence[Actor]) -> list[str]:
    return list(dict.fromkeys(actor.party for actor in actors if actor.party))[:MOST_NAMES]


def _addressees(
    sentence: Sentence, hit: Hit, proposers: Sequence[Actor], scene: Scene | None
) -> list[Actor]:
    """Return the other side: that of the meeting at hand, else whom the sentence names."""
    own = {actor.side for actor in proposers}
    if scene and own & set(scene.sides):
        return join_actors(a for a in scene.actors if a.side and a.side not in own)
    named = [a for a in sentence.actors if a.kind == "country" and a.side and a.side not in own]
    behind = [a for a in named if a.start >= hit.end and not sentence.tells_where(a.start)]
    direct = behind if hit.cue.says["kind"] == "proposal" else []
    return join_actors(_listed(named, hit.end) or (named if scene else direct))


def _listed(named: Sequence[Actor], at: int) -> list[Actor]:
    """Return those named right behind a place, and the list that goes on from there."""
    listed: list[Actor] = []
    reach = at + DIRECT
    for actor in named:
        if at <= actor.start <= reach:
            listed.append(actor)
            reach = max(reach, actor.end + LINK)
    return listed


def _is_concrete(sentence: Sentence, hit: Hit) -> bool:
    """Tell an action or a field from “ready to cooperate in ICT”."""
    start, end = (hit.end, sentence.end)
    if "before" in hit.cue.says:
        start, end = (sentence.start, hit.start)
    elif "said" in hit.cue.says and "concrete" in hit.cue.says:
        passive = _PASSIVE.match(sentence.text, hit.end)
        start = _clause_start(sentence, hit, _THAT) if passive else start
    matter = sentence.text[start:end]
    if hit.cue.says["kind"] == "proposal" and "concrete" not in hit.cue.says:
        return len(matter.split()) > 1
    if load_pattern("proposals", "anaphoric").search(matter):
        start, end, matter = sentence.start, sentence.end, str(sentence)
    topics = {fold(topic) for topic in find_topics(sentence.text, start, end)}
    if topics - load_words("proposals", "generic_topics"):
        return True
    said = {word.casefold() for word in _TELLING.findall(_SAID.split(matter)[0])}
    specific = said - load_words("proposals", "saying_nothing")
    return bool(specific) and not (load_pattern("proposals", "vague").search(matter) and not topics)


def _stretch(sentence: Sentence, hit: Hit, proposers: Sequence[Actor]) -> tuple[int, int]:
    """Return from where to where the words report it: from its subject on."""
    if "before" in hit.cue.says:
        return sentence.start, hit.end
    inside = [a.start for a in proposers if sentence.start <= a.start and a.end <= hit.start]
    start = min(inside, default=sentence.start)
    return (
        start
        if hit.start - start < BEFORE * 2
        else max(sentence.start, _clause_start(sentence, hit))
    ), hit.end


def _clause_start(sentence: Sentence, hit: Hit, before: re.Pattern[str] = _CLAUSE) -> int:
    breaks = [found.end() for found in before.finditer(sentence.text, sentence.start, hit.start)]
    return breaks[-1] if breaks else sentence.start


def _response(following: Sequence[Sentence]) -> Response:
    for sentence in following:
        if load_pattern("proposals", "declined").search(str(sentence)):
            return "declined"
        if re.search(r"\b(?:proposal|idea|offer|invitation|request|suggestion)\b", str(sentence)):
            return (
                "accepted"
                if load_pattern("proposals", "accepted").search(str(sentence))
                else "open"
            )
    return "open"

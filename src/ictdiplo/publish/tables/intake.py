"""What goes into tables: extractions with a key each; and what must be told about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from ...errors import TableError
from ...gather.run import Failure, Outcome
from ...records import Extraction, Meeting, MoU, Proposal

Record: TypeAlias = Meeting | Proposal | MoU


class Entry(NamedTuple):
    """An extraction, and what its article is called in the tables."""

    key: str
    """The article's id, made different from those before it."""
    found: Extraction

    def record_key(self, record: str) -> str:
        """Return what a record is called in the tables, by its id."""
        return f"{self.key}/{record}"


@dataclass
class TablesReport:
    """How much a file of tables holds, and what is not in it as it was."""

    articles: int = 0
    """Articles that were read; each is in the tables."""
    meetings: int = 0
    proposals: int = 0
    mous: int = 0
    failures: list[Failure] = field(default_factory=list)
    """Articles that were not read, or whose records contradict each other."""
    remarks: Counter[str] = field(default_factory=Counter)
    """What could not be kept as it was, and how often; empty where nothing was lost."""

    def __str__(self) -> str:
        """Return it in a sentence, and each remark in another."""
        counts = (
            _count(self.articles, "article"),
            _count(self.meetings, "meeting"),
            _count(self.proposals, "proposal"),
            _count(self.mous, "memorandum", "memoranda"),
        )
        failed = f"; {_count(len(self.failures), 'failure')}" if self.failures else ""
        remarks = (f"{said}: {times}." for said, times in self.remarks.items())
        return "\n".join((f"{', '.join(counts)}{failed}.", *remarks))


def records_of(found: Extraction) -> tuple[Record, ...]:
    """Return all records of an article, meetings first: the others refer to them."""
    return (*found.meetings, *found.proposals, *found.mous)


def entries(outcomes: Iterable[Outcome], report: TablesReport) -> Iterator[Entry | Failure]:
    """Give each article a key, and count; what contradicts itself becomes a failure."""
    keys: set[str] = set()
    times: Counter[str] = Counter()
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            entry: Entry | Failure = outcome._replace(article=_writable(outcome.article))
        elif flaw := _flaw(outcome):
            entry = Failure(_writable(outcome.article.id), TableError(flaw))
        else:
            entry = Entry(_new_key(outcome.article.id, keys, times), outcome)
        _count_in(entry, report)
        yield entry


def _count_in(entry: Entry | Failure, report: TablesReport) -> None:
    if isinstance(entry, Failure):
        report.failures.append(entry)
        return
    found = entry.found
    report.articles += 1
    report.meetings += len(found.meetings)
    report.proposals += len(found.proposals)
    report.mous += len(found.mous)
    if entry.key != found.article.id:
        report.remarks["Articles with the id of another, renamed with ~ and a number"] += 1


def _new_key(name: str, keys: set[str], times: Counter[str]) -> str:
    """Return the id, or the id with the first number that makes it new."""
    key = name
    while key in keys:
        times[name] += 1
        key = f"{name}~{times[name] + 1}"
    keys.add(key)
    return key


def _writable(name: str) -> str:
    """Return a name in which the halves of characters, as odd file names have them, are spelt out."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _flaw(found: Extraction) -> str | None:
    """Tell what no file could hold, or which references could not be followed."""
    try:
        found.model_dump_json()
    except ValueError:
        return "a text in it has half a character, which no file can hold."
    names = Counter(record.id for record in records_of(found))
    twice = [name for name, times in names.items() if times > 1]
    if twice:
        return f"several records are called {', '.join(twice)}."
    later: tuple[Proposal | MoU, ...] = (*found.proposals, *found.mous)
    said = {record.meeting for record in later if record.meeting}
    unknown = sorted(said - {meeting.id for meeting in found.meetings})
    return f"no meeting is called {', '.join(unknown)}." if unknown else None


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"

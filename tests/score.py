#!/usr/bin/env python3
# The reference that ictdiplo.evaluate is held against (tests/measure); a copy, kept as it is.
"""Score extracted records against gold annotations: detection P/R/F1 and field accuracy per record type.

    python3 score.py --gold DIR_OF_JSON --articles DIR_OF_TXT --predicted FILE.jsonl|DIR_OF_JSON

GOLD/<stem>.json holds meetings, proposals and mous as written down in ANNOTATION.md beside the data.
PREDICTED is what `ictdiplo extract ... --format jsonl` writes, a line an article whose
`article.id` is the file's stem; or a folder in the gold form, <stem>.json (a second annotator).
An article with gold and no prediction counts as empty: all its records are missed. An article
predicted twice is an error. A predicted record none of whose quotes stands in the article, or whose
quotes are longer than 60 words, is found nowhere and counts as spurious.

Within an article and type, records are paired one to one, best pairs first, and a pair counts
as found when it is similar enough:
  meeting   party-set F1 >= 0.5 and (quotes overlap, or participants' name F1 >= 0.5)
  proposal  quotes overlap
  mou       party-set F1 >= 0.5 and quotes overlap, or party-set F1 == 1 and same status
Two quotes overlap when, put back into the article, they share >= 30 % of the shorter one or
stand in the same sentence. Fields are then scored on the pairs alone:
  meeting   date, status, location (fuzzy), participants (name F1)
  proposal  proposer's party, kind
  mou       status, date, parties (set F1)
A date is right (1) when it names the same days, half right when one lies within the other
(2025-11 and 2025-11-20) and the wider spans at most a year, else wrong; EDTF intervals A/B count
from A's first to B's last day, open ends and impossible dates match only themselves. "online" and
the like count as no location. Parties are the same by code, by name, or by initials (ITU).
The headline figure is the mean of F1 * mean field accuracy over the types that occur in the gold
or in the predictions; where neither has any record, all is right and the figure is 1.
Standard library only, so that it says the same on every machine.
"""

from __future__ import annotations

import argparse
import calendar
import datetime
import json
import re
import unicodedata
from pathlib import Path

TYPES = ("meetings", "proposals", "mous")
LONGEST_QUOTE = 60  # words; gold quotes have at most 25, a long sentence has about 60
NO_PLACE = {"online", "virtual", "telephone", "phone", "video", "videoconference", "video link"}


# --- text -----------------------------------------------------------------------------------

def fold(text: object) -> str:
    """Case, accents, quotes and spacing folded away."""
    text = unicodedata.normalize("NFKD", str(text or "")).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"[‘’ʼ`´']", "", text)
    return re.sub(r"[^\w]+", " ", text).strip()


def place(quote: object, folded_article: str) -> tuple[int, int] | None:
    needle = fold(quote)
    if len(needle.split()) > LONGEST_QUOTE:
        return None
    at = folded_article.find(needle) if needle else -1
    return None if at < 0 else (at, at + len(needle))


def sentences(article: str) -> list[tuple[int, int]]:
    """Spans of the article's sentences, in the coordinates of its folded text."""
    spans, at, folded = [], 0, fold(article)
    for part in re.split(r"(?<=[.!?])[\"”’)]*\s+|\n+", article):
        needle = fold(part)
        if needle:
            start = folded.find(needle, at)
            if start >= 0:
                spans.append((start, start + len(needle)))
                at = start + len(needle)
    return spans


class Text:
    def __init__(self, article: str):
        self.folded, self.sentences = fold(article), sentences(article)

    def overlap(self, a: object, b: object) -> bool:
        x, y = place(a, self.folded), place(b, self.folded)
        if not x or not y:
            return False
        shared = min(x[1], y[1]) - max(x[0], y[0])
        if shared >= 0.3 * min(x[1] - x[0], y[1] - y[0]):
            return True
        return any(s <= x[0] < e and s <= y[0] < e for s, e in self.sentences)


# --- records, in one plain form ---------------------------------------------------------------

def party(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("code") or value.get("name")
    return fold(value)


def parties(value: object) -> set[str]:
    if isinstance(value, str):
        value = value.split(";")
    return {p for p in map(party, value or []) if p}


def name(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("role")
    return fold(value)


def when(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("edtf")
    return str(value) if value else None


def quotes(value: object) -> list[str]:
    if isinstance(value, dict):
        value = [value]
    if isinstance(value, list):
        return [q.get("quote", "") if isinstance(q, dict) else str(q) for q in value]
    return [str(value)] if value else []


def plain(record: dict, kind: str) -> dict:
    """A gold or a predicted record in the one form that is compared."""
    out = {"quotes": quotes(record.get("evidence"))}
    if kind == "meetings":
        out |= {"parties": parties(record.get("parties")), "names": [name(p) for p in record.get("participants") or []],
                "date": when(record.get("date")), "status": record.get("status"),
                "location": name(record.get("place") or record.get("location"))}
    elif kind == "proposals":
        proposer_party = record.get("proposer_party")
        if isinstance(proposer_party, list):
            proposer_party = ";".join(party(p) for p in proposer_party)
        out |= {"party": parties(proposer_party if isinstance(proposer_party, str) else [proposer_party]), "kind": record.get("kind")}
    else:
        out |= {"parties": parties(record.get("parties")), "status": record.get("status"), "date": when(record.get("date"))}
    return out


# --- similarity ---------------------------------------------------------------------------------

def days(edtf: str) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of an EDTF date or closed interval; None if it is neither."""
    ends = [re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", part.strip("?~%")) for part in edtf.split("/")]
    if not all(ends) or len(ends) > 2:
        return None
    try:
        (y, m, d), (y2, m2, d2) = ends[0].groups(), ends[-1].groups()
        first = datetime.date(int(y), int(m or 1), int(d or 1))
        month = int(m2 or 12)
        last = datetime.date(int(y2), month, int(d2 or calendar.monthrange(int(y2), month)[1]))
    except ValueError:
        return None
    return (first, last) if first <= last else None


def same_date(a: str | None, b: str | None) -> float:
    if a == b:
        return 1.0
    x, y = (days(a) if a else None), (days(b) if b else None)
    if not x or not y:
        return 0.0
    if x == y:
        return 1.0
    wide, narrow = sorted((x, y), key=lambda span: span[0] - span[1])
    return 0.5 if wide[0] <= narrow[0] and narrow[1] <= wide[1] and (wide[1] - wide[0]).days <= 366 else 0.0


def initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word not in {"of", "the", "for", "and", "on", "in"})


def same_party(a: str, b: str) -> bool:
    return a == b or (len(a) >= 3 and a == initials(b)) or (len(b) >= 3 and b == initials(a)) or ({a, b} == {"eu", "european union"})


def sides_f1(a: set[str], b: set[str]) -> float:
    """F1 of two sets of parties, each of which may be written in full or by its initials."""
    if not a and not b:
        return 1.0
    left = set(b)
    hits = 0
    for x in sorted(a):
        match = next((y for y in sorted(left) if same_party(x, y)), None)
        if match is not None:
            left.remove(match)
            hits += 1
    return 2 * hits / (len(a) + len(b))


def same_name(a: str, b: str) -> bool:
    """The shorter name's words stand in the longer one: 'hashemi' is 'seyyed sattar hashemi'."""
    short, long = sorted((a.split(), b.split()), key=len)
    return bool(short) and set(short) <= set(long) or a.split()[-1:] == b.split()[-1:] != []


def names_f1(a: list[str], b: list[str]) -> float:
    if not a and not b:
        return 1.0
    left, hits = list(b), 0
    for x in a:
        match = next((y for y in left if same_name(x, y)), None)
        if match is not None:
            left.remove(match)
            hits += 1
    return 2 * hits / (len(a) + len(b))


def similarity(gold: dict, found: dict, kind: str, text: Text) -> float:
    """0 where the two are not the same record; else larger for better pairs."""
    if not any(place(q, text.folded) for q in found["quotes"]):
        return 0.0
    quoted = any(text.overlap(q, p) for q in gold["quotes"] for p in found["quotes"])
    if kind == "proposals":
        return (1 + sides_f1(gold["party"], found["party"])) * quoted
    sides = sides_f1(gold["parties"], found["parties"])
    if kind == "meetings":
        people = names_f1(gold["names"], found["names"])
        return sides + people + quoted if sides >= 0.5 and (quoted or people >= 0.5) else 0.0
    same = gold["status"] == found["status"]
    return sides + quoted + same if (sides >= 0.5 and quoted) or (sides == 1 and same) else 0.0


def fields(gold: dict, found: dict, kind: str) -> dict[str, float]:
    if kind == "meetings":
        here = [("" if where in NO_PLACE else where) for where in (fold(gold["location"]), fold(found["location"]))]
        return {"date": same_date(gold["date"], found["date"]), "status": float(gold["status"] == found["status"]),
                "location": float(here[0] == here[1] or bool(here[0] and here[1] and (here[0] in here[1] or here[1] in here[0]))),
                "participants": names_f1(gold["names"], found["names"])}
    if kind == "proposals":
        return {"proposer_party": sides_f1(gold["party"], found["party"]), "kind": float(gold["kind"] == found["kind"])}
    return {"status": float(gold["status"] == found["status"]), "date": same_date(gold["date"], found["date"]),
            "parties": sides_f1(gold["parties"], found["parties"])}


def pair(gold: list[dict], found: list[dict], kind: str, text: Text) -> list[tuple[int, int]]:
    scored = sorted(((similarity(g, f, kind, text), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    pairs, left, right = [], set(), set()
    for score, i, j in scored:
        if score > 0 and i not in left and j not in right:
            pairs.append((i, j))
            left.add(i)
            right.add(j)
    return pairs


# --- the run --------------------------------------------------------------------------------------

def read_predictions(path: Path) -> dict[str, dict]:
    if path.is_dir():
        return {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in path.glob("*.json")}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    found: dict[str, dict] = {}
    for row in rows:
        if "meetings" not in row:  # a line that reports a failure
            continue
        stem = Path(row["article"]["id"]).stem
        if stem in found:
            raise SystemExit(f"{path}: article {stem} is predicted twice")
        found[stem] = row
    return found


def score(gold_dir: Path, article_dir: Path, predicted: Path, verbose: bool = False) -> dict:
    predictions = read_predictions(predicted)
    counts = {k: {"gold": 0, "found": 0, "pairs": 0, "fields": {}} for k in TYPES}
    for gold_file in sorted(gold_dir.glob("*.json")):
        gold_doc = json.loads(gold_file.read_text(encoding="utf-8"))
        found_doc = predictions.get(gold_file.stem, {})
        text = Text((article_dir / f"{gold_file.stem}.txt").read_text(encoding="utf-8"))
        for kind in TYPES:
            gold = [plain(r, kind) for r in gold_doc.get(kind) or []]
            found = [plain(r, kind) for r in found_doc.get(kind) or []]
            pairs = pair(gold, found, kind, text)
            tally = counts[kind]
            tally["gold"] += len(gold)
            tally["found"] += len(found)
            tally["pairs"] += len(pairs)
            for i, j in pairs:
                for field, value in fields(gold[i], found[j], kind).items():
                    tally["fields"].setdefault(field, []).append(value)
            if verbose:
                for i in sorted(set(range(len(gold))) - {i for i, _ in pairs}):
                    print(f"missed   {gold_file.stem} {kind} {gold[i]['quotes']}")
                for j in sorted(set(range(len(found))) - {j for _, j in pairs}):
                    print(f"spurious {gold_file.stem} {kind} {found[j]['quotes']}")
    report: dict = {}
    for kind, tally in counts.items():
        if not tally["gold"] and not tally["found"]:
            report[kind] = {"gold": 0, "found": 0, "precision": 1.0, "recall": 1.0, "f1": 1.0, "fields": {}, "f1_x_fields": 1.0}
            continue
        precision = tally["pairs"] / tally["found"] if tally["found"] else 0.0
        recall = tally["pairs"] / tally["gold"] if tally["gold"] else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        accuracy = {f: sum(v) / len(v) for f, v in tally["fields"].items()}
        mean = sum(accuracy.values()) / len(accuracy) if accuracy else 0.0
        report[kind] = {"gold": tally["gold"], "found": tally["found"], "precision": precision, "recall": recall,
                        "f1": f1, "fields": accuracy, "f1_x_fields": f1 * mean}
    scored = [report[k] for k in TYPES if report[k]["gold"] or report[k]["found"]] or [report[k] for k in TYPES]
    report["headline"] = sum(row["f1_x_fields"] for row in scored) / len(scored)
    report["detection_f1"] = sum(row["f1"] for row in scored) / len(scored)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--predicted", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("-v", "--verbose", action="store_true", help="name each missed and each spurious record")
    options = parser.parse_args()
    report = score(options.gold, options.articles, options.predicted, options.verbose)
    if options.json:
        print(json.dumps(report, indent=1))
        return
    for kind in TYPES:
        row = report[kind]
        accuracy = "  ".join(f"{f} {v:.2f}" for f, v in row["fields"].items())
        print(f"{kind:10} gold {row['gold']:3} found {row['found']:3}  P {row['precision']:.2f} R {row['recall']:.2f} F1 {row['f1']:.2f}  | {accuracy}")
    print(f"detection F1 {report['detection_f1']:.3f}   headline (F1 x fields) {report['headline']:.3f}")


if __name__ == "__main__":
    main()

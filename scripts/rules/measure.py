"""How well broken rules are noticed: on written histories, real threads and neutral dialogues; writes docs/rules.md.

    make measure-rules                          everything that is there
    make measure-rules ARGS="--belief true"     one belief only, nothing written

The measures are those of ../shared/score. Each folder of histories is played three times: with the belief as the tie
estimates it, with a belief that knows nothing (what does knowing the tie bring?), and with the true type given (what is
the ceiling of the rules?). Histories named unseen are reported as totals only.
"""

import argparse
import csv
import dataclasses
import gzip
import io
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from listener import catalogue, pipeline, relationship
from listener.book import Book
from listener.envelopes.recording import read, written
from listener.hearing import Hearing, Identities
from listener.model.reading import Reading
from listener.model.record import Record, Understood
from listener.model.signals import Signal
from listener.model.types import TYPE_INDEX, TYPES
from listener.normalise import normalise
from listener.replay import hear, read_ahead
from listener.settings import Settings
from listener.signals import Ear
from listener.workbench import core_of
from scripts.rules.tables import Lags, rules_table, threads_tables
from scripts.tie.scorer import Listening, scorer

SHARED = Path("../shared")
BELIEFS = ("own", "prior", "true")
KEYS = (
    "scenarios", "breach.caught", "breach.whole", "breach.loud_enough", "breach.in_day", "breach.lag_h", "breach.extra",
    "breach.proven", "acts.noted", "quiet.clean", "quiet.whispers", "forbidden.clean", "alerts.balance", "repair.role",
    "repair.avoid_f1", "wanted.top1",
)  # fmt: skip
MARKS = {
    "alerts.balance": 0.85, "forbidden.clean": 0.97, "breach.proven": 0.75, "breach.in_day": 0.85, "repair.role": 0.75,
    "repair.avoid_f1": 0.80,
}  # fmt: skip
LOUD = ("medium", "high", "critical")
HEAD = """# How well broken rules are noticed

Made by `make measure-rules`; see scripts/rules/measure.py.

"""
NEUTRAL = """
## Neutral dialogues

| domain | conversations | alerted at medium or above | per thousand | codes |
|---|---|---|---|---|
"""
KNOWLEDGE = catalogue.load()
_READ = relationship.read


def believing(belief: str, wanted: str | None) -> None:
    """Let the pipeline read the belief as it is, as nothing known, or as the truth."""

    def read_out(tie: Any, profile: Any, at: datetime, book: Any) -> Any:
        reading = _READ(tie, profile, at, book)
        if belief == "own":
            return reading
        row = np.full(len(TYPES), 1 / len(TYPES))
        if belief == "true" and wanted:
            row[:] = 0.1 / (len(TYPES) - 1)
            row[TYPE_INDEX[wanted]] = 0.9
        p = reading.p.copy()
        p[0] = p[1] = row
        told = {part.name: getattr(reading, part.name) for part in dataclasses.fields(Reading)}
        return Reading(**told | {"p": p})

    pipeline.relationship.read = read_out


@cache
def ear() -> Ear:
    """One ear for all recordings: making it costs more than most of them."""
    return Ear(KNOWLEDGE)


@cache
def hear_all(text: str, brand: str) -> tuple[Signal, ...]:
    """A recording heard once, whatever is then believed."""
    records: list[Record] = [one.as_record() for one in read(io.BytesIO(text.encode()))]
    hearing = Hearing(ear(), normalise, Identities(), brand)
    read_ahead(records, hearing.identities, hearing.brand)
    return tuple(signal for fate in hear(records, hearing) if isinstance(fate, Understood) for signal in fate.signals)


def play(lines: Sequence[str], until: str, brand: str | None = None) -> list[dict[str, Any]]:
    """What the listener says of a recording."""
    settings = Settings(brand=brand or "default")
    book = Book(core_of(settings, KNOWLEDGE))
    told = [outcome for signal in hear_all("".join(lines), settings.brand) for outcome in book.take(signal)]
    told += book.advance(datetime.fromisoformat(until))
    return [json.loads(written(one, settings.brand)) for one in told]


def histories(paths: Sequence[Path], belief: str) -> tuple[dict[str, Any], dict[str, Counter[str]], Lags]:
    """The measures over folders; per code how often it was right, missed, or came unasked for, and how late."""
    import score_stories as score  # from ../shared/score

    results, codes, lags = [], defaultdict(Counter), defaultdict(list)
    for folder, name in ((path, name) for path in paths for name in score.names(str(path))):
        expect, lines = score.read(str(folder), name)
        believing(belief, expect["wanted"][0])
        brand = next((v["brand"] for v in (json.loads(one)["value"] for one in lines) if v and v.get("brand")), None)
        out = play(lines, expect["until"], brand)
        results.append(score.judge(name, expect, out) | {"error": None})
        count(expect, out, codes, lags)
    believing("own", None)
    return score.metrics(results), codes, lags


def count(expect: dict[str, Any], out: Sequence[dict[str, Any]], codes: dict[str, Counter[str]], lags: Lags) -> None:
    """Which codes were alerted at medium or above: asked for, forbidden or in a quiet history, or neither (extra)."""
    first: dict[str, str] = {}
    for alert in (one["value"] for one in out if one["topic"].endswith("relational.alerts.v1")):
        if alert["severity"] in LOUD:
            first.setdefault(alert["act"]["code"], alert["updated_at"])
    loud = set(first)
    asked = {code for group in expect["must_alert"] for code in group}
    for code in loud:
        wrong = code in expect["must_not_alert"] or expect["no_alert_medium_plus"]
        codes[code]["right" if code in asked else "wrong" if wrong else "extra"] += 1
        if code in asked and expect["first_possible"]:
            late = datetime.fromisoformat(first[code]) - datetime.fromisoformat(expect["first_possible"])
            lags[code].append(max(0.0, late.total_seconds() / 3600))
    for group in expect["must_alert"]:
        if not set(group) & loud:
            codes[group[0]]["missed"] += 1


def dialogues(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Neutral dialogues: the customer's turns, conversation by conversation."""
    with gzip.open(path, "rt", newline="") as lines:
        talks: dict[str, list[str]] = {}
        for row in csv.DictReader(lines, delimiter="\t"):
            talks.setdefault(row["conversationId"], []).append(row["utterance"])
    yield from talks.items()


def neutral(path: Path, most: int) -> tuple[int, int, Counter[str]]:
    """How many neutral conversations met a medium or louder alert, of how many, and by which codes."""
    import conversations as talk  # from ../shared/score

    chats = [
        talk.talk("chat", name, [("customer", text) for text in turns]) for name, turns in list(dialogues(path))[:most]
    ]
    events = sorted((event for chat in chats for event in chat), key=lambda event: event["value"]["occurred_at"])
    out = play([json.dumps(event) + "\n" for event in events], talk.stamp(talk.SPAN))
    loud, codes = set(), Counter[str]()
    for one in out:
        if one["topic"].endswith("relational.alerts.v1") and one["value"]["severity"] in LOUD:
            loud.add(one["value"]["customer_id"])
            codes[one["value"]["act"]["code"]] += 1
    return len(loud), len(chats), codes


class Waiting(Listening):
    """The listener, asked again when some days have passed since the last turn."""

    days = 3

    def __call__(
        self, command: str, verb: str, lines: Sequence[Any], until: str | None = None, brand: str | None = None
    ) -> list[dict[str, Any]]:
        """What `listener hear` or `listener replay` would print of these lines, days later."""
        later = until and (datetime.fromisoformat(until) + timedelta(days=self.days)).isoformat()
        return super().__call__(command, verb, lines, later, brand)


def threads(
    rows: Sequence[dict[str, Any]], listening: Listening, shared: Path = SHARED
) -> tuple[dict[str, Any], dict[str, Counter[str]]]:
    """The measures over labelled threads; and of every act its readers agree on, how often it was right."""
    talk = scorer(shared, "conversations", listening)
    labels = [row["labels"] if isinstance(row["labels"], list) else [row["labels"]] * 2 for row in rows]
    first, second = ([pair[k] for pair in labels] for k in (0, 1))
    heard = talk.listen_to_threads("", [row["turns"] for row in rows])
    told = talk.thread_measures(first, second, *heard)
    acts: dict[str, Counter[str]] = defaultdict(Counter)
    for a, b, noticed in zip(first, second, heard[1], strict=True):
        for code in noticed - (set(a["acts"]) ^ set(b["acts"])):
            acts[code]["right" if code in a["acts"] else "wrong"] += 1
        for code in (set(a["acts"]) & set(b["acts"])) - noticed:
            acts[code]["missed"] += 1
    return {key: value for key, value in told.items() if "act" in key or "alert" in key}, acts


def labelled(shared: Path) -> dict[str, list[dict[str, Any]]]:
    """What labelled threads there are; those named unseen are reported as totals only."""
    there: dict[str, list[dict[str, Any]]] = {}
    if (path := shared / "data" / "threads.jsonl.gz").exists():
        with gzip.open(path, "rt") as lines:
            there["real"] = [json.loads(line) for line in lines]
    for name in ("dev", "unseen"):
        if (own := Path(f"tests/threads/{name}.jsonl")).exists():
            there[name] = [json.loads(line) for line in own.read_text().splitlines()]
    return there


def folders(shared: Path) -> dict[str, list[Path]]:
    """What histories there are: the shared ones, those written for tuning, and those nobody looks into."""
    own = Path("tests/histories")
    every = {
        "shared": [shared / "stories"],
        "dev": [own / name for name in ("dev", "dev2", "dev3", "dev4")],
        "dev5, 6": [own / "dev5", own / "dev6"],
        "dev8, 9": [own / "dev8", own / "dev9"],
        "dev10": [own / "dev10"],
        "dev11": [own / "dev11"],
        "dev12": [own / "dev12"],
        "unseen": [own / "unseen"],
        "unseen2": [own / "unseen2"],
    }
    return {name: paths for name, paths in every.items() if any(any(p.glob("*.expect.json")) for p in paths)}


def report(shared: Path, most: int) -> str:
    """docs/rules.md."""
    lines = HEAD.splitlines()
    lines += ["| measure | mark | " + " | ".join(f"{f} {b}" for f in folders(shared) for b in BELIEFS) + " |"]
    measured = {(f, b): histories(path, b) for f, path in folders(shared).items() for b in BELIEFS}
    lines += ["|---" * (2 + len(measured)) + "|"]
    for key in KEYS:
        cells = " | ".join(f"{measured[f, b][0][key]}" for f in folders(shared) for b in BELIEFS)
        lines.append(f"| {key} | {MARKS.get(key, '')} | {cells} |")
    lines += [
        "",
        "`own`: the belief as estimated; `prior`: nothing known of the tie; `true`: the true type given. The rules "
        "were written with an eye on `shared` and `dev`, and in part on the later `dev`; the tie learned from all "
        "`dev`. Nobody looks into `unseen` and `unseen2`. What a folder measured before rules were mended by it is its "
        "honest figure: `dev8` gave alerts.balance .753, breach.in_day .579, breach.proven .757, role .889; `dev9` "
        ".679, .812, .75 and .867; `dev10` .621, .438, .438 and .50; `dev11` .769, .625, .562 and .467; "
        "`dev12` .582, .438, .424 and .625.",
        "",
    ]
    lines += rules_table(
        [told[1:] for (folder, belief), told in measured.items() if belief == "own" and not folder.startswith("unseen")]
    )
    at_once, later = Listening(KNOWLEDGE), Waiting(KNOWLEDGE)
    talks = labelled(shared)
    told = {name: threads(rows, at_once, shared) for name, rows in talks.items()}
    told |= {
        f"{name}, 3 days on": (threads(rows, later, shared)[0], {}) for name, rows in talks.items() if name != "real"
    }
    lines += threads_tables(told)
    lines += NEUTRAL.splitlines()
    for path in sorted((shared / "data").glob("neutral_*.tsv.gz")):
        loud, every, codes = neutral(path, most)
        domain = path.name.removeprefix("neutral_").removesuffix(".tsv.gz")
        named = ", ".join(f"{code} {n}" for code, n in codes.most_common(4))
        lines.append(f"| {domain} | {every} | {loud} | {1000 * loud / max(every, 1):.1f} | {named} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, and write it down."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--shared", type=Path, default=SHARED)
    asked.add_argument("--belief", choices=BELIEFS, help="only this belief, printed")
    asked.add_argument("--neutral", type=int, default=300, help="neutral dialogues per domain")
    asked.add_argument("--write", type=Path, default=Path("docs/rules.md"))
    told = asked.parse_args()
    sys.path.insert(0, os.fspath(told.shared / "score"))
    if told.belief:
        for name, path in folders(told.shared).items():
            measures, *_ = histories(path, told.belief)
            print(name, {key: measures[key] for key in KEYS})
        return
    told.write.parent.mkdir(exist_ok=True)
    told.write.write_text(report(told.shared, told.neutral))
    print(told.write)


if __name__ == "__main__":
    main()

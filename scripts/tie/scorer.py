"""The shared scorer's figures of the tie, over the whole pipeline in one process."""

import gzip
import importlib
import io
import json
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from listener.catalogue import Catalogue, load
from listener.envelopes.recording import read, written
from listener.hearing import Hearing, Identities
from listener.normalise import normalise
from listener.replay import hear, heard_in, replay
from listener.settings import Settings
from listener.signals import Ear
from listener.workbench import core_of

STORIES = (
    "wanted.top1",
    "wanted.brier",
    "wanted.types_seen",
    "wanted.traps_passed",
    "held.top1",
    "engagement.balanced",
)
THREADS = ("wanted_top1", "wanted_top1_rare", "wanted_balanced", "wanted_plausible", "distress_auc", "distress_rho")
MARKS = {
    "wanted.top1": "≥ .75",
    "wanted.brier": "≤ .45",
    "wanted.types_seen": "≥ .85",
    "held.top1": "≥ .70",
    "engagement.balanced": "> .60",
    "wanted_top1": "≥ .60",
    "wanted_top1_rare": "≥ .35",
    "wanted_balanced": "≥ .40",
    "distress_auc": "≥ .88",
}
HELPDESK = {"help desk: dissatisfied, AUC": "≥ .84", "help desk: rank correlation": "≥ .66"}


def overlay(text: str) -> Path:
    """A folder that changes only the belief's settings."""
    folder = Path(tempfile.mkdtemp())
    (folder / "emissions").mkdir()
    (folder / "emissions" / "settings.yaml").write_text(text)
    return folder


class Listening:
    """The listener in this process, asked as the scorer asks its command, with the same answers: one ear for all."""

    def __init__(self, knowledge: Catalogue) -> None:
        self.knowledge, self.ear = knowledge, Ear(knowledge)

    def __call__(
        self, command: str, verb: str, lines: Sequence[Any], until: str | None = None, brand: str | None = None
    ) -> list[dict[str, Any]]:
        """What `listener hear` or `listener replay` would print of these lines."""
        text = "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines)
        records = [one.as_record() for one in read(io.BytesIO(text.encode()))]
        settings = Settings(brand=brand or "default")
        hearing = Hearing(self.ear, normalise, Identities(), settings.brand)
        if verb == "hear":
            return [heard.model_dump(mode="json") for heard in heard_in(hear(records, hearing))]
        end = datetime.fromisoformat(until) if until else None
        told = replay(records, end, hearing, core_of(settings, self.knowledge))
        return [json.loads(written(one, settings.brand)) for one in told]


def scorer(shared: Path, name: str, listening: Listening) -> Any:
    """A module of the shared scorer that asks this listener."""
    if str(shared / "score") not in sys.path:
        sys.path.insert(0, str(shared / "score"))
    module = importlib.import_module(name)
    module.__dict__["run"] = listening
    return module


def stories(shared: Path, folder: Path, listening: Listening) -> dict[str, float | None]:
    """The figures of score_stories.py over a folder."""
    score = scorer(shared, "score_stories", listening)
    told: dict[str, float | None] = score.metrics(
        [score.play("", str(folder), name) for name in score.names(str(folder))]
    )
    return told


def talks(shared: Path, file: Path, listening: Listening) -> dict[str, float | None]:
    """The shared scorer's figures over a file of threads; of our own, a reader who was alone is given twice."""
    score = scorer(shared, "conversations", listening)
    with gzip.open(file, "rt") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    labels = [two if isinstance(two := row["labels"], list) else [two, two | row.get("second", {})] for row in rows]
    first, second = ([pair[n] for pair in labels] for n in (0, 1))
    told = score.thread_measures(first, second, *score.listen_to_threads("", [row["turns"] for row in rows]))
    return {name.removeprefix("threads."): value for name, value in told.items()}


def helpdesk(shared: Path, listening: Listening) -> dict[str, float]:
    """The last estimate's distress against the raters of help-desk talks (on these, the weights were learned)."""
    talk = scorer(shared, "conversations", listening)
    told = json.loads(gzip.decompress((shared / "data" / "helpdesk_quality.json.gz").read_bytes()))
    author = {"customer": "customer", "helpdesk": "agent"}
    told_talks = [
        talk.talk("chat", f"h{n}", [(author[t["sender"]], " ".join(t["utterances"])) for t in d["turns"]])
        for n, d in enumerate(told)
    ]
    estimates, _ = talk.replay("", told_talks)
    felt = [talk.distress(estimates.get(f"h{n}")) for n in range(len(told))]
    unhappy = [-float(np.mean([a["quality"]["S"] for a in d["annotations"]])) for d in told]
    return dict(zip(HELPDESK, (talk.auc([u > 0 for u in unhappy], felt), talk.rho(felt, unhappy)), strict=True))


def of_stories(shared: Path, folders: Sequence[Path], listening: Listening) -> list[str]:
    """Whole histories, folder by folder, and the first without jumps."""
    still = Listening(load(overlay("jump: {digit_2: 0.0, digit_3: 0.0, honoured: 0.0}\n")))
    columns = {folder.name: stories(shared, folder, listening) for folder in folders}
    columns[f"{folders[0].name}, no jumps"] = stories(shared, folders[0], still)
    rows = [[name, MARKS.get(name, ""), *(column.get(name) for column in columns.values())] for name in STORIES]
    return ["\n## The shared scorer, whole pipeline\n", table(["metric", "mark", *columns], rows)]


def of_talks(shared: Path, threads: Sequence[Path], listening: Listening) -> list[str]:
    """Short talk; `threads` are our own files of it."""
    short = {"shared (264)": talks(shared, shared / "data" / "threads.jsonl.gz", listening)}
    short |= {f"own, {path.stem}": talks(shared, path, listening) for path in threads}
    brief = [[name, MARKS.get(name, ""), *(column.get(name) for column in short.values())] for name in THREADS]
    desk = [[name, HELPDESK[name], value] for name, value in helpdesk(shared, listening).items()]
    return [
        "\n## Short talk, whole pipeline\n",
        "By the shared scorer; all but `unseen` have two readers, and its one is given twice; the shared are real.\n",
        table(["metric", "mark", *short], brief),
        "\nRunning distress at the end of rated help-desk talks (the ear and these weights learned from them):\n",
        table(["metric", "mark", "here"], desk),
    ]


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table in Markdown."""
    shown = [
        [f"{cell:.3f}" if isinstance(cell, float) else "-" if cell is None else str(cell) for cell in row]
        for row in rows
    ]
    return "\n".join(
        ["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *("| " + " | ".join(row) + " |" for row in shown)]
    )

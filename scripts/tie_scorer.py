"""The shared scorer's figures of the tie, run as its README says, over the whole pipeline."""

import gzip
import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

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


def scored(script: str, what: Path, shared: Path, catalogue: Path | None = None) -> dict[str, float | None]:
    """The shared scorer's figures, run as its README says."""
    env = os.environ | ({"LISTENER_CATALOGUE": str(catalogue)} if catalogue else {})
    command = [
        sys.executable,
        str(shared / "score" / script),
        str(Path(sys.executable).parent / "listener"),
        str(what),
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=shared / "score", check=False)
    if done.returncode:
        print(f"{script}: {done.stderr[-400:]}", file=sys.stderr)
        return {}
    told: dict[str, float | None] = json.loads(done.stdout.splitlines()[-1])
    return {name.removeprefix("threads."): value for name, value in told.items()}


def threads_of(path: Path) -> Path:
    """Our own threads in the form that the scorer reads; they have one reader, who is given twice."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    file = Path(tempfile.mkdtemp()) / "threads.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row | {"labels": [row["labels"]] * 2}) + "\n" for row in rows)
    return file


def helpdesk(shared: Path) -> dict[str, float]:
    """The last estimate's distress against the raters of help-desk talks (on these, the weights were learned)."""
    sys.path.insert(0, str(shared / "score"))
    talk = importlib.import_module("conversations")
    told = json.loads(gzip.decompress((shared / "data" / "helpdesk_quality.json.gz").read_bytes()))
    author = {"customer": "customer", "helpdesk": "agent"}
    talks = [
        talk.talk("chat", f"h{n}", [(author[t["sender"]], " ".join(t["utterances"])) for t in d["turns"]])
        for n, d in enumerate(told)
    ]
    estimates, _ = talk.replay(str(Path(sys.executable).parent / "listener"), talks)
    felt = [talk.distress(estimates.get(f"h{n}")) for n in range(len(told))]
    unhappy = [-float(np.mean([a["quality"]["S"] for a in d["annotations"]])) for d in told]
    return dict(zip(HELPDESK, (talk.auc([u > 0 for u in unhappy], felt), talk.rho(felt, unhappy)), strict=True))


def of_stories(shared: Path, folders: Sequence[Path]) -> list[str]:
    """Whole histories, folder by folder, and the first without jumps."""
    still = overlay("jump: {digit_2: 0.0, digit_3: 0.0, honoured: 0.0}\n")
    columns = {folder.name: scored("score_stories.py", folder, shared) for folder in folders}
    columns[f"{folders[0].name}, no jumps"] = scored("score_stories.py", folders[0], shared, still)
    rows = [[name, MARKS.get(name, ""), *(column.get(name) for column in columns.values())] for name in STORIES]
    return ["\n## The shared scorer, whole pipeline\n", table(["metric", "mark", *columns], rows)]


def of_talks(shared: Path, threads: Sequence[Path]) -> list[str]:
    """Short talk; `threads` are our own files of it."""
    short = {"shared (264)": scored("score_threads.py", shared / "data" / "threads.jsonl.gz", shared)}
    short |= {f"own, {path.stem}": scored("score_threads.py", threads_of(path), shared) for path in threads}
    brief = [[name, MARKS.get(name, ""), *(column.get(name) for column in short.values())] for name in THREADS]
    desk = [[name, HELPDESK[name], value] for name, value in helpdesk(shared).items()]
    return [
        "\n## Short talk, whole pipeline\n",
        "`score_threads.py`; the shared threads are real and have two readers, ours have one, who is given twice.\n",
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

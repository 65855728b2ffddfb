"""Real text that others labelled, read for measuring the ear: one function a set.

The folder is named by LISTENER_MEASURE_DATA (default ../shared/data); a set whose file is absent is skipped with a
word.
"""

import csv
import gzip
import json
import os
from collections import defaultdict
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("LISTENER_MEASURE_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
NEUTRAL = ("airline", "fastfood", "finance", "insurance", "media", "software")


def _open(name: str, encoding: str = "utf-8") -> Any:
    return gzip.open(FOLDER / f"{name}.gz", "rt", encoding=encoding, errors="replace", newline="")


def rows(name: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    """A comma-separated file's rows."""
    with _open(name, encoding) as file:
        return list(csv.DictReader(file))


def complaints() -> list[tuple[str, int, bool]]:
    """Posts to firms: text, is it a complaint, is it one of the easy random negatives."""
    return [(r["text"], int(r["label"]), r["domain"].startswith("random")) for r in rows("complaints.csv")]


def airline() -> list[tuple[str, str, str]]:
    """Posts to airlines: text, sentiment, why negative (empty where it is not)."""
    return [(r["text"], r["airline_sentiment"], r["negativereason"]) for r in rows("airline.csv")]


def suggestions() -> list[tuple[str, int]]:
    """Sentences of a product forum: text, is it a suggestion."""
    return [(r["sentence"].strip().strip('"'), int(r["label"])) for r in rows("suggestions.csv")]


def politeness() -> list[tuple[str, int]]:
    """Requests between editors: text, 1 for the politest quarter, 0 for the least polite; the middle left out."""
    with _open("politeness.csv", "latin-1") as file:
        table = list(csv.reader(file))[1:]
    scored = [(row[2], float(row[-1])) for row in table if len(row) > 3]
    ranked = sorted(s for _, s in scored)
    low, high = ranked[len(ranked) // 4], ranked[len(ranked) * 3 // 4]
    return [(t, int(s >= high)) for t, s in scored if s <= low or s >= high]


def goemotions(part: str) -> tuple[list[str], list[tuple[str, tuple[int, ...]]]]:
    """Comments with their emotions: the 28 names, and (text, indices)."""
    with _open("goemotions_labels.txt") as file:
        names = file.read().split()
    with _open(f"goemotions_{part}.tsv") as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    return names, [(c[0], tuple(map(int, c[1].split(",")))) for c in lines if len(c) > 2]


def helpdesk() -> list[tuple[list[tuple[str, str]], float]]:
    """Help-desk threads: turns of (author, text), and the raters' mean satisfaction, -2..2."""
    with _open("helpdesk_quality.json") as file:
        told = json.load(file)
    author = {"customer": "customer", "helpdesk": "agent"}
    found = []
    for d in told:
        turns = [(author[t["sender"]], " ".join(t["utterances"])) for t in d["turns"]]
        marks = [a["quality"]["S"] for a in d["annotations"]]
        found.append((turns, sum(marks) / len(marks)))
    return found


def chats() -> list[dict[str, Any]]:
    """Support chats: `turns` of (author, [(sentence, emotion id, templated)]), `dropped`."""
    with _open("support_chats.json") as file:
        told = json.load(file)
    found = []
    for d in told:
        turns = []
        for t in d["turns"]:
            customer = t["floor"] == "inbound"
            said = t["text_mt"] if customer else t["text_src"]
            turns.append(
                ("customer" if customer else "agent", list(zip(said, t["Emotion"], t["Templated"], strict=False)))
            )
        found.append({"turns": turns, "dropped": float(d["dialog"].get("Dropped conversation") or 0)})
    return found


def neutral() -> dict[str, list[list[str]]]:
    """Uneventful service dialogues by domain: the customer's turns, conversation by conversation."""
    found: dict[str, list[list[str]]] = {}
    for domain in NEUTRAL:
        talks: dict[str, list[str]] = defaultdict(list)
        with _open(f"neutral_{domain}.tsv") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                talks[row["conversationId"]].append(row["utterance"] or "")
        found[domain] = list(talks.values())
    return found


def satisfaction(name: str) -> list[tuple[list[tuple[str, str]], list[float], float]]:
    """Two-sided dialogues: turns, the ratings of each user turn, and the overall one (1..5)."""
    with _open(f"satisfaction_{name}.txt") as file:
        blocks = [b for b in file.read().split("\n\n") if b.strip()]
    found = []
    for block in blocks:
        turns, marks, overall = [], [], 0.0
        for line in block.strip().split("\n"):
            cells = line.split("\t")
            scores = [float(x) for x in cells[-1].split(",") if x.strip().isdigit()] if len(cells) > 3 else []
            if cells[0] == "USER" and cells[1] == "OVERALL":
                overall = sum(scores) / max(1, len(scores))
            else:
                turns.append(("customer" if cells[0] == "USER" else "agent", cells[1] if len(cells) > 1 else ""))
                if cells[0] == "USER":
                    marks.append(sum(scores) / max(1, len(scores)))
        found.append((turns, marks, overall))
    return found


def threads() -> list[dict[str, Any]]:
    """Service threads that two readers labelled."""
    with _open("threads.jsonl") as file:
        return [json.loads(line) for line in file]

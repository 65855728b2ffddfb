"""What was written for training, read: posts and letters, sentences a signal, and what each type of customer says."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from listener.model.types import TYPES
from scripts.ear.example import Example
from scripts.ear.labelled import HASTY, fold_of, said_in, seen_in

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "listener" / "catalogue" / "data"
CORPUS = ROOT / "scripts" / "ear" / "corpus"
KINDS = ("late", "cancelled", "lost", "damaged", "service", "staff", "booking", "quality", "queue", "billing")
QUIET = frozenset(
    [
        "humour",
        "novelty_seeking",
        "lineage",
        "tenure",
        "nostalgia",
        "shared_goal",
        "forgiveness",
        "gratitude",
        "praise",
        "love",
        "loyalty",
        "joy",
        "return",
    ]
)
"""Signals whose sentences hold no complaint."""
ILL = frozenset(
    [
        "distress",
        "betrayal",
        "disrespect_felt",
        "repeat_effort",
        "remedy_rejected",
        "legal_threat",
        "public_warning",
        "escalation",
        "demand",
        "shaming",
        "canned",
        "promise_broken",
        "refused",
    ]
)
"""Signals whose sentences mostly hold one."""
AGAINST = frozenset(
    (*ILL, *["need", "exit", "price_concern", "privacy_concern", "captivity", "stop_contact", "rival_praise"])
)
"""Signals that a kind letter does not hold."""
KIND = (QUIET - {"humour", "praise"}) | frozenset(
    ["craving", "longing", "loyalty", "secrecy", "self_disclosure", "suggestion", "offered_solution"]
)
"""Signals that a cross post does not hold."""
OF_EVERY_DAY = frozenset(["demand", "gratitude", "joy", "self_disclosure", "exit", "stop_contact", "novelty_seeking"])
"""Signals that plain talk of every day may hold."""
VOICES_ILL = {  # how far a type's voice is one of complaint: of 1, read off DOMAIN 2.2 and 2.3
    "adversaries": 0.85,
    "enemies": 0.9,
    "captive": 0.85,
    "stalker_prey": 0.7,
    "ex_friends": 0.75,
    "master_slave": 0.7,
    "love_hate": 0.6,
    "complete_strangers": 0.03,
    "fleeting_acquaintance": 0.05,
    "casual_acquaintance": 0.05,
    "childhood_friends": 0.1,
    "fling": 0.05,
    "buddies": 0.05,
    "compartmentalised_friends": 0.1,
    "one_night_stand": 0.05,
    "kinship": 0.1,
    "old_friends": 0.1,
    "marriage_partners": 0.1,
    "secret_affair": 0.05,
    "courtship": 0.05,
    "best_friends": 0.1,
    "teammates": 0.05,
}


def said() -> Iterator[Example]:
    """Sentences that say a signal (+) or only look like it (-): said_*, agents, voices."""
    for path in sorted((*CORPUS.glob("said_*.txt"), CORPUS / "agents.txt")):
        side, signal = "customer" if "customer" in path.stem else "firm", ""
        for line in path.read_text().splitlines():
            if line.startswith("== "):
                signal = line[3:]
            elif line[:2] in ("+ ", "- "):
                yield _one(signal, side, line[2:], line[0] == "+", 1.0)
    for folder, side in (("voices_customer", "customer"), ("voices_firm", "firm")):
        for path in sorted((DATA / folder).glob("*.yaml")):
            told = yaml.safe_load(path.read_text())
            yield from _says(told.get("signal", path.stem), side, told["says"], told.get("not", []), 1.0)


def cues() -> Iterator[Example]:
    """The cues' own examples."""
    for path in sorted((DATA / "cues").glob("*.yaml")):
        told = yaml.safe_load(path.read_text())
        side = "firm" if told["side"] == "firm" else "customer"
        yield from _says(told["id"], side, told.get("says", []), told.get("not", []), 0.7)


def _says(signal: str, side: str, says: list[Any], not_: list[Any], weight: float) -> Iterator[Example]:
    for true, texts in ((True, says), (False, not_)):
        for text in texts:
            yield _one(signal, side, _text(text), true, weight)


def _text(told: Any) -> str:
    return told if isinstance(told, str) else str(told["text"])


def _one(signal: str, side: str, text: str, true: bool, weight: float) -> Example:
    labels = {f"{side}:{signal}": (float(true), (3.0 if true else 1.5) * weight)}
    if side == "customer" and true:
        labels.update(_implied(signal))
    return Example(text, side == "firm", labels, f"{side}:{signal}:{text[:24]}", "said")


def _implied(signal: str) -> dict[str, tuple[float, float]]:
    """What else is true, or not, of a text that says a signal."""
    if signal in QUIET:
        return {
            "customer:complaint": (0.03, 0.7),
            "customer:negative_emotion": (0.03, 0.7),
            "customer:distress": (0.02, 0.7),
        }
    if signal in ILL:
        return {"customer:complaint": (0.85, 0.7), "customer:negative_emotion": (0.7, 0.7)}
    if signal == "need":
        return {"customer:distress": (0.8, 0.7)}
    if signal == "complaint":
        return {"customer:negative_emotion": (0.6, 0.7), "customer:praise": (0.02, 1.0)}
    return {"customer:complaint": (0.9, 0.7)} if signal == "negative_emotion" else {}


ALSO = 0.15
"""What a type that a careful reader would accept weighs beside the one that was read."""
OFTEN = 25
"""Types with more threads than this weigh less a thread, by the root: voices say who speaks, not how many there are."""
_SLOT = re.compile(r"\{(\w+)\}")


def posts() -> Iterator[Example]:
    """The authored posts and letters; a line with slots is filled four ways."""
    chance = random.Random(20261124)
    slots = yaml.safe_load((CORPUS / "slots.yaml").read_text())
    for path in sorted((*CORPUS.glob("posts*.txt"), *CORPUS.glob("letters*.txt"))):
        stand: dict[str, float] = {}
        for line in path.read_text().splitlines():
            if line.startswith("=="):
                stand = {k: float(v) for k, v in (x.split("=") for x in line.split()[1:])}
            elif line and not line.startswith("#"):
                yield from _post(line, stand, slots, chance)


def _post(line: str, stand: dict[str, float], slots: dict[str, list[str]], chance: random.Random) -> Iterator[Example]:
    kind, _, text = line.rpartition("|") if "|" in line[:12] else ("", "", line)
    for _ in range(4 if "{" in text else 1):
        filled = _SLOT.sub(lambda m: chance.choice(slots[m.group(1)]), text).strip().replace(" / ", "\n\n")
        handled = chance.random() < 0.4 and "@" not in filled and "\n" not in filled and stand["complaint"] > 0.03
        weight = 1.5 if "{" in text else 4.0
        labels = {
            "customer:complaint": (stand["complaint"], weight),
            "customer:negative_emotion": (stand["feeling"], weight),
            "customer:praise": (stand["praise"], weight * (4.0 if stand["praise"] > 0.5 else 1.0)),
            "customer:distress": (0.1 if stand["complaint"] > 0.5 else 0.02, weight * 0.5),
        }
        if kind:
            labels |= {f"failure:{k}": (float(k == kind), 1.0) for k in KINDS}
        labels |= {f"customer:{s}": (0.02, 1.0 if "\n" in filled else 0.4) for s in _absent(stand)}
        yield Example(f"@brand {filled}" if handled else filled, False, labels, f"post:{text}", "post")


def _absent(stand: dict[str, float]) -> frozenset[str]:
    """Signals that a post which stands so does not hold: kind ones in a cross post, cross ones in a kind one."""
    if stand["complaint"] > 0.5:
        return KIND
    return AGAINST if stand["praise"] > 0.3 else (AGAINST | KIND) - OF_EVERY_DAY


def voices() -> Iterator[Example]:
    """What customers of each of the 29 types say."""
    paths = sorted((DATA / "voices").glob("*.yaml"))
    types = [p.stem for p in paths]
    for path in paths:
        for n, told in enumerate(yaml.safe_load(path.read_text())["says"]):
            labels = {f"voice:{t}": (float(t == path.stem), 1.0) for t in types}
            if path.stem in VOICES_ILL:
                labels["customer:complaint"] = (VOICES_ILL[path.stem], 0.08)
                labels["customer:negative_emotion"] = (VOICES_ILL[path.stem] * 0.8, 0.08)
            yield Example(_text(told), False, labels, f"voice:{path.stem}:{n // 4}", "voice")


def threads() -> Iterator[Example]:
    """What customers say in labelled threads: as voices of the type they were read as and as what they did."""
    paths = sorted((ROOT / "tests" / "threads").glob("dev*.jsonl"))
    told = [(p.stem, n, json.loads(line)) for p in paths for n, line in enumerate(p.read_text().splitlines())]
    often = Counter(seen_in(thread)[0] for _, _, thread in told)
    for file, n, thread in told:
        wanted, plausible = seen_in(thread)
        shares = dict.fromkeys(plausible, ALSO) | {wanted: 1.0}
        much = min(1.0, (OFTEN / often[wanted]) ** 0.5)
        of = {f"voice:{t}": (shares.get(t, 0.0) / sum(shares.values()), much) for t in TYPES}
        texts = [turn["text"] for turn in thread["turns"] if turn["who"] == "cust"]
        for text, said in zip(texts, said_in(thread), strict=True):
            labels = of | ({} if file in HASTY else said)
            yield Example(text, False, labels, f"thread:{thread['id']}", "voice", fold=fold_of(n))

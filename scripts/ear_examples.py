"""What the heads are trained on: texts with soft labels and how much each counts."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ear_sets
import yaml

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "listener" / "catalogue" / "data"
BACKGROUND_COMMENTS, BACKGROUND_TURNS = 4_000, 6_000
BAD = frozenset(
    [
        "anger",
        "annoyance",
        "disappointment",
        "disapproval",
        "disgust",
        "sadness",
        "fear",
        "grief",
        "remorse",
        "nervousness",
        "embarrassment",
    ]
)
GOOD = frozenset(
    [
        "admiration",
        "amusement",
        "approval",
        "caring",
        "excitement",
        "gratitude",
        "joy",
        "love",
        "optimism",
        "pride",
        "relief",
    ]
)
ILL = {  # how far a type's voice is one of complaint: of 1, read off DOMAIN 2.2 and 2.3
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


@dataclass
class Example:
    """One text: `labels` maps a head to (how true, 0..1; how much it counts)."""

    text: str
    firm: bool = False
    labels: dict[str, tuple[float, float]] = field(default_factory=dict)
    group: str = ""


def examples() -> list[Example]:
    """Everything, in a settled order."""
    told = [*_posts(), *_authored(), *_voices()]
    customers = sorted({h for e in told for h in e.labels if h.startswith("customer:")})
    firms = sorted({h for e in told for h in e.labels if h.startswith("firm:")})
    return [*told, *_comments(customers), *_turns(customers), *_helpdesk(customers, firms)]


def _text(told: Any) -> str:
    return told if isinstance(told, str) else str(told["text"])


def _authored() -> Iterator[Example]:
    """Says and not of every signal: voices_customer, voices_firm, and the cues' own examples."""
    for folder, side in (("voices_customer", "customer"), ("voices_firm", "firm")):
        for path in sorted((DATA / folder).glob("*.yaml")):
            told = yaml.safe_load(path.read_text())
            yield from _says(told.get("signal", path.stem), side, told["says"], told.get("not", []), 1.0)
    for path in sorted((DATA / "cues").glob("*.yaml")):
        told = yaml.safe_load(path.read_text())
        yield from _says(
            told["id"], "firm" if told["side"] == "firm" else "customer", told.get("says", []), told.get("not", []), 0.7
        )


def _says(signal: str, side: str, says: list[Any], not_: list[Any], weight: float) -> Iterator[Example]:
    for kind, texts in ((1.0, says), (0.0, not_)):
        for text in texts:
            labels = {f"{side}:{signal}": (kind, (3.0 if kind else 1.5) * weight)}
            if side == "customer" and kind:
                labels.update(_implied(signal))
            yield Example(_text(text), side == "firm", labels, f"{side}:{signal}")


_QUIET = (
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
)
_ILL = (
    "distress",
    "betrayal",
    "disrespect_felt",
    "repeat_effort",
    "remedy_rejected",
    "legal_threat",
    "public_warning",
    "escalation",
    "demand",
)


def _implied(signal: str) -> dict[str, tuple[float, float]]:
    """What else is true, or not, of a text that says a signal."""
    if signal in _QUIET:
        return {
            "customer:complaint": (0.03, 0.7),
            "customer:negative_emotion": (0.03, 0.7),
            "customer:distress": (0.02, 0.7),
        }
    if signal in _ILL:
        return {"customer:complaint": (0.85, 0.7), "customer:negative_emotion": (0.7, 0.7)}
    if signal == "complaint":
        return {"customer:negative_emotion": (0.6, 0.7), "customer:praise": (0.02, 1.0)}
    return {"customer:complaint": (0.9, 0.7)} if signal == "negative_emotion" else {}


_SLOT = re.compile(r"\{(\w+)\}")


def _posts() -> Iterator[Example]:
    """The authored posts, each line filled five ways (once where it has no slots)."""
    chance = random.Random(20261124)
    slots = yaml.safe_load((ROOT / "scripts" / "ear_corpus" / "slots.yaml").read_text())
    stand: dict[str, float] = {}
    lines = [
        x for p in sorted((ROOT / "scripts" / "ear_corpus").glob("posts*.txt")) for x in p.read_text().splitlines()
    ]
    for line in lines:
        if line.startswith("=="):
            stand = {k: float(v) for k, v in (x.split("=") for x in line.split()[1:])}
        elif line and not line.startswith("#"):
            kind, _, text = line.rpartition("|") if "|" in line[:12] else ("", "", line)
            for _ in range(4 if "{" in text else 1):
                filled = _SLOT.sub(lambda m: chance.choice(slots[m.group(1)]), text).strip()
                shown = f"@brand {filled}" if chance.random() < 0.4 else filled
                weight = 2.4 if "{" in text else 6.0
                labels = {
                    "customer:complaint": (stand["complaint"], weight),
                    "customer:negative_emotion": (stand["feeling"], weight),
                    "customer:praise": (stand["praise"], weight),
                }
                if kind:
                    labels |= {f"failure:{k}": (float(k == kind), 1.0) for k in KINDS}
                yield Example(shown, False, labels, f"post:{text}")


KINDS = ("late", "cancelled", "lost", "damaged", "service", "staff", "booking", "quality", "queue", "billing")


def _voices() -> Iterator[Example]:
    """What customers of each of the 29 types say."""
    paths = sorted((DATA / "voices").glob("*.yaml"))
    types = [p.stem for p in paths]
    for path in paths:
        for n, said in enumerate(yaml.safe_load(path.read_text())["says"]):
            labels = {f"voice:{t}": (float(t == path.stem), 1.0) for t in types}
            if path.stem in ILL:
                labels["customer:complaint"] = (ILL[path.stem], 0.08)
                labels["customer:negative_emotion"] = (ILL[path.stem] * 0.8, 0.08)
            yield Example(_text(said), False, labels, f"voice:{path.stem}:{n // 4}")


def _comments(customers: list[str]) -> Iterator[Example]:
    """Comments with their emotions; a part of the calm ones is background for every signal."""
    names, told = ear_sets.goemotions("train")
    for n, (text, marks) in enumerate(told):
        said = {names[i] for i in marks}
        labels = {f"emotion:{name}": (float(name in said), 1.0) for name in names}
        bad, good = bool(said & BAD), bool(said & GOOD)
        if n % 3 == 0:
            labels["customer:negative_emotion"] = (0.75 if bad and not good else 0.05 if good else 0.1, 0.12)
            labels["customer:complaint"] = (0.5 if said & {"anger", "annoyance", "disappointment"} else 0.05, 0.1)
        if n % 10 == 0:
            quiet = {h: (0.02, 0.15) for h in customers if h not in labels and h not in TRUE_OF_COMMENTS}
            labels = {**quiet, **labels}
        yield Example(text, False, labels, f"comment:{n}")


TRUE_OF_COMMENTS = {
    f"customer:{s}"
    for s in ("question", "gratitude", "praise", "joy", "love", "humour", "self_disclosure", "distress", "comparison")
}


def _turns(customers: list[str]) -> Iterator[Example]:
    """Turns of uneventful dialogues: background for every signal; nobody complains in them."""
    seen: set[str] = set()
    for talks in ear_sets.neutral().values():
        for talk in talks[::2]:
            for text in talk:
                if text and text not in seen:
                    seen.add(text)
                    heads = {
                        "customer:complaint": (0.02, 2.8),
                        "customer:negative_emotion": (0.01, 2.8),
                        "customer:distress": (0.01, 1.0),
                    }
                    others = {
                        h: (0.01, 0.1)
                        for h in customers
                        if h not in heads and h not in ("customer:question", "customer:gratitude")
                    }
                    yield Example(text, False, {**others, **heads}, f"turn:{len(seen)}")


def _helpdesk(customers: list[str], firms: list[str]) -> Iterator[Example]:
    """Customers' turns of help-desk threads, as discontented as the raters found the whole thread."""
    for n, (turns, satisfaction) in enumerate(ear_sets.helpdesk()):
        ill = min(max((0.6 - satisfaction) / 2.0, 0.0), 1.0)
        for author, text in turns:
            if author == "customer":
                labels = {
                    "customer:negative_emotion": (0.15 + 0.75 * ill, 0.1),
                    "customer:complaint": (0.4 + 0.55 * ill, 0.06),
                    "customer:distress": (0.6 * ill, 0.1),
                }
                yield Example(text, False, {h: v for h, v in labels.items() if h in customers}, f"helpdesk:{n}")
    del firms

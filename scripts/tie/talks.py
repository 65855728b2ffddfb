"""Short talk as the estimator sees it: labelled threads, and the exchanges that the voices' authors wrote."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from listener.catalogue import Catalogue
from listener.hearing import Hearing, Identities
from listener.model.record import Record, Understood
from listener.model.signals import Act, Heard, Signal
from listener.model.topics import KEY_OF
from listener.normalise import normalise
from listener.signals import Ear
from listener.signals.heads.linear import read_heads
from scripts.ear.labelled import FOLDS, felt_in, fold_of, seen_in, without
from scripts.tie.histories import VOICES, History, fold

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
SPAN_S = 90.0
"""Seconds that a whole talk takes: less than any deadline, so that the words are read and not the clocks."""


@dataclass(frozen=True, slots=True)
class Talk:
    """One short talk: (author, text) in order, and what a careful reader says of it; `distress` 0..3 or unknown."""

    name: str
    channel: str
    turns: tuple[tuple[str, str], ...]
    wanted: tuple[str, ...]
    plausible: tuple[str, ...] = ()
    distress: float | None = None
    fold: int | None = None


def threads(path: Path) -> list[Talk]:
    """Threads with their readers' labels (tests/threads/README.md)."""
    return [_thread(n, json.loads(line)) for n, line in enumerate(path.read_text(encoding="utf-8").splitlines())]


def _thread(n: int, told: dict[str, Any]) -> Talk:
    wanted, plausible = seen_in(told)
    return Talk(
        name=str(told["id"]),
        channel=str(told["channel"]),
        turns=tuple(("customer" if t["who"] == "cust" else "agent", t["text"]) for t in told["turns"]),
        wanted=(wanted,),
        plausible=plausible,
        distress=felt_in(told),
        fold=fold_of(n),
    )


def opening(talk: Talk) -> Talk | None:
    """The talk as it stood when its customer had spoken once; nothing where they never spoke again."""
    spoke = [n for n, (author, _) in enumerate(talk.turns) if author == "customer"]
    if len(spoke) < 2:
        return None
    return replace(talk, name=f"{talk.name}-opening", turns=talk.turns[: spoke[0] + 1])


def unmet(talks: Sequence[Talk], knowledge: Catalogue) -> list[History]:
    """Threads as an ear hears them whose voices learned from none of their fold, in the same order.

    Raises:
        FileNotFoundError: where the ear was not trained here, so that there are no such voices.
    """
    found: dict[str, History] = {}
    for part in range(FOLDS):
        heads = read_heads(without(part))
        if heads is None:
            raise FileNotFoundError(f"{without(part)}: train the ear first (python -m scripts.ear.train)")
        mine = heard([talk for talk in talks if talk.fold == part], knowledge, Ear(knowledge, heads=heads))
        found |= {history.name: history for history in mine}
    return [found[talk.name] for talk in talks]


def exchanges() -> Iterator[Talk]:
    """What the voices' authors let each type say and hear, once as a chat and once as posts: where says nothing."""
    for path in sorted(VOICES.glob("*.yaml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        for n, lines in enumerate(told.get("exchanges", [])):
            turns = tuple(("customer" if who == "c" else "agent", text) for line in lines for who, text in line.items())
            for channel in ("chat", "social"):
                yield Talk(f"{path.stem}-x{n}-{channel}", channel, turns, (told["type"],))


def heard(talks: Iterable[Talk], knowledge: Catalogue, ear: Ear, *, natural: bool = True) -> list[History]:
    """Each talk as a history of a customer nobody has heard of; `natural` where types come as often as in life."""
    talks = list(talks)
    signals = signals_of(talks, ear)
    told = []
    for talk in talks:
        tie, profile = fold(signals[talk.name], talk.name, knowledge)[-1]
        at = datetime.fromtimestamp(tie.at_s, UTC)
        told.append(History(talk.name, talk.wanted, (), None, tie, profile, at, natural=natural))
    return told


def signals_of(talks: Iterable[Talk], ear: Ear) -> dict[str, list[Signal]]:
    """What was heard in each talk, in order."""
    hearing = Hearing(ear, normalise, Identities(), "default")
    found: dict[str, list[Signal]] = defaultdict(list)
    records = [record for talk in talks for record in _records(talk)]
    for fate in hearing.hear(records):
        for signal in fate.signals if isinstance(fate, Understood) else ():
            if isinstance(signal, Heard | Act):
                found[signal.customer_id].append(signal)
    return found


def _records(talk: Talk) -> Iterator[Record]:
    for n, (author, text) in enumerate(talk.turns):
        at = START + timedelta(seconds=SPAN_S * n / len(talk.turns))
        value = {
            "event_id": f"{talk.name}-{n}",
            "occurred_at": at.isoformat(),
            "customer": {"customer_id": talk.name},
            "author": author,
            "conversation_id": talk.name,
            "text": text,
        }
        yield Record(KEY_OF[f"contact.{talk.channel}.v1"], None, json.dumps(value).encode())

"""Histories as the estimator sees them, for fitting and measuring the tie. Reads recordings, writes nothing."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import yaml

from listener import relationship
from listener.catalogue import Catalogue
from listener.envelopes.recording import read
from listener.hearing import Hearing, Identities
from listener.model.inputs import Profile
from listener.model.message import Message
from listener.model.record import Understood
from listener.model.signals import Act, Broadcast, Heard, ProfileTold, Signal
from listener.model.tie import TieState
from listener.normalise import normalise
from listener.replay import read_ahead
from listener.signals import Ear

VOICES = Path(__file__).parents[2] / "listener/catalogue/data/voices"
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class History:
    """One written history: what a careful reader says of it, and what the estimator has counted at its end."""

    name: str
    wanted: tuple[str, ...]
    held: tuple[str, ...]
    engagement: str | None
    tie: TieState
    profile: Profile | None
    at: datetime
    weight: float = 1.0
    voiced: bool = True
    natural: bool = False


def histories(folder: Path, knowledge: Catalogue, ear: Ear) -> list[History]:
    """Every history of a folder, in order of name."""
    return [_history(path, knowledge, ear)[-1] for path in sorted(folder.glob("*.expect.json"))]


def growing(folder: Path, knowledge: Catalogue, ear: Ear) -> list[list[History]]:
    """Every history of a folder as it grew: after each talk of the customer's, and last at its end."""
    return [_history(path, knowledge, ear) for path in sorted(folder.glob("*.expect.json"))]


def utterances(knowledge: Catalogue, ear: Ear) -> list[History]:
    """What the voices' authors let each type say, as histories of one turn; no head is asked (it was taught them)."""
    told: list[History] = []
    for path in sorted(VOICES.glob("*.yaml")):
        authored = yaml.safe_load(path.read_text())
        for n, said in enumerate(authored["says"]):
            told.append(_uttered(f"{path.stem}-{n}", authored["type"], said["in"], said["text"], knowledge, ear))
    return told


def _uttered(name: str, type_id: str, channel: str, text: str, knowledge: Catalogue, ear: Ear) -> History:
    message = Message(text=text, channel=channel, role="customer", occurred_at=NOON)
    heard = msgspec.structs.asdict(ear.listen([message])[0])
    fields = ("language", "sentiment", "emotions", "signals", "register_", "target", "offered", "traits")
    turn = Heard(
        event_id=name,
        occurred_at=NOON,
        heard_at=NOON,
        customer_id=name,
        brand="voices",
        channel=channel,
        role="customer",
        public=channel == "social",
        **{field: heard[field] for field in fields if heard[field] is not None},
    )
    tie = relationship.revise(relationship.begin(NOON), turn, (), None, knowledge)
    return History(name, (type_id,), (), None, tie, None, NOON, voiced=False)


def recorded(expect: Path, ear: Ear) -> tuple[dict[str, Any], str, list[Signal]]:
    """What a reader expects of a recorded history, its brand, and the signals in it."""
    told: dict[str, Any] = json.loads(expect.read_text())
    with expect.with_name(expect.name.replace(".expect.json", ".jsonl")).open("rb") as lines:
        records = [one.as_record() for one in read(lines)]
    brand = next((b for r in records if r.value and (b := json.loads(r.value).get("brand"))), "default")
    hearing = Hearing(ear, normalise, Identities(), brand)
    read_ahead(records, hearing.identities, brand)
    signals = [s for fate in hearing.hear(records) if isinstance(fate, Understood) for s in fate.signals]
    return told, brand, signals


def _history(expect: Path, knowledge: Catalogue, ear: Ear) -> list[History]:
    told, _, signals = recorded(expect, ear)
    at = datetime.fromisoformat(told["until"])
    name, held = expect.name.removesuffix(".expect.json"), tuple(told.get("held") or ())
    grown = fold(signals, told["customer_id"], knowledge)
    ends = [datetime.fromtimestamp(tie.at_s, UTC) for tie, _ in grown[:-1]] + [at]
    return [
        History(name, tuple(told["wanted"]), held, told.get("engagement"), tie, profile, end)
        for (tie, profile), end in zip(grown, ends, strict=True)
    ]


def fold(signals: list[Signal], customer: str, knowledge: Catalogue) -> list[tuple[TieState, Profile | None]]:
    """The belief about one customer after each talk and at the end, without the rules' findings: counts need none."""
    profile: Profile | None = None
    tie: TieState | None = None
    grown: list[tuple[TieState, Profile | None]] = []
    for signal in signals:
        if isinstance(signal, ProfileTold) and signal.customer_id == customer:
            profile = signal.data
        elif isinstance(signal, Broadcast) and _is_meant(signal, profile) and tie is not None:
            tie = relationship.revise(tie, signal, (), profile, knowledge)
        elif isinstance(signal, Heard | Act) and signal.customer_id == customer:
            known = tie or relationship.begin(signal.occurred_at)
            tie = relationship.revise(known, signal, (), profile, knowledge)
            if len(tie.moves) > len(known.moves) or tie.moves[-1:] != known.moves[-1:]:
                grown.append((known, profile))
    assert tie is not None, f"{customer} was never heard"
    return [(t, p) for t, p in grown if t.moves] + [(tie, profile)]


def _is_meant(signal: Broadcast, profile: Profile | None) -> bool:
    audience = signal.data.audience
    return audience is None or audience.everyone or (profile is not None and audience.segment in profile.segments)

"""What is put on the bus in the scenarios, and what the replay of it says."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import orjson

from listener import catalogue
from listener.envelopes.recording import Recorded, read, tick
from listener.model.record import DeadLetter, Passed, RecordFate, Understood
from listener.model.topics import OUTPUTS
from listener.replay import replay
from listener.settings import Settings
from listener.workbench import core_of, hearing_of
from tests.crowds import ACT_AT, customers, rise, thanks
from tests.crowds import UNTIL as UNTIL_ALL_IS_OVER
from tests.delivery.listening import Expected, Result, take
from tests.delivery.merging_core import merging_core
from tests.delivery.poison import poisonous
from tests.delivery.stages import BRAND
from tests.delivery.waiting import HUGE
from tests.shell_fakes import PATIENCE, chat, counting_core, hearing
from tests.stories_told import UNTIL, interleaved

CUSTOMERS = 200
CROWD = 48
THANKFUL = 20
BEFORE_THE_ACT = 2 * CROWD / (2 * CROWD + 1 + THANKFUL + 1)
"""What part of the crowd's records says who they are; then comes the act, some of their words, and a tick at last."""
NEAR = 20
"""How far a producer's second copy, or a reordered neighbour, lies behind: within what a customer's ring remembers."""


@dataclass(frozen=True)
class Input:
    """Records in the order they are sent, and what should come of them."""

    sent: list[Recorded]
    expected: Expected
    apart: list[Recorded] = field(default_factory=list)
    """What the disturbance sends."""


def flood(count: int, customers: int, seed: int = 1, topics: Sequence[str] = ("contact.chat.v1",)) -> list[Recorded]:
    """Lines of many customers, some minutes apart, on one channel or by turns on several."""
    chance, at = random.Random(seed), datetime(2026, 3, 2, tzinfo=UTC)
    lines = []
    for n in range(count):
        at += timedelta(seconds=chance.randrange(1, 30))
        who = f"C-{chance.randrange(customers)}"
        value = chat(f"line {n}", customer=who, event_id=f"e-{n}", occurred_at=at.isoformat())
        topic = topics[n % len(topics)]
        lines.append(orjson.dumps({"topic": topic, "key": who, "value": value, "headers": {}}))
    return list(read(lines))


def expected(
    recorded: Sequence[Recorded], until: datetime | None = None, core: str = "counting", gathered: bool = True
) -> Expected:
    """What the replay says; without the brand's own alerts where no stage gathers them."""
    should = Expected(Result())

    def watch(fate: RecordFate) -> None:
        should.buried += isinstance(fate, DeadLetter)
        should.other += isinstance(fate, Passed)
        should.heard += isinstance(fate, Understood) and bool(fate.signals)

    ear, parts = _parts(core)
    for outcome in replay([r.as_record() for r in recorded], until, ear(), parts, watch):
        value = None if outcome.value is None else json.loads(outcome.value.model_dump_json(by_alias=True))
        if OUTPUTS[outcome.topic] != OUTPUTS["alerts"] or (value and (gathered or value["customer_id"])):
            take(should.result, OUTPUTS[outcome.topic], outcome.customer_id, value)
    return should


def _parts(core: str) -> tuple[Callable[[], Any], Any]:
    if core == "counting":
        return lambda: hearing(brand=BRAND), counting_core(BRAND)
    settings, knowledge = Settings(brand=BRAND, clock="event"), catalogue.load().read_through()
    if core == "merging":
        return lambda: hearing(brand=BRAND), merging_core(BRAND, knowledge)
    return lambda: hearing_of(settings, knowledge), core_of(settings, knowledge)


def plain(count: int, seed: int) -> Input:
    """Chat of two hundred customers."""
    sent = flood(count, CUSTOMERS, seed)
    return Input(sent, expected(sent))


def as_huge(recorded: Sequence[Recorded], one_in: int, padding: int = 0) -> list[Recorded]:
    """The same, but all save one in so many are of a single customer; and longer, if wanted."""
    sent = []
    for n, one in enumerate(recorded):
        value = orjson.loads(one.value or b"")
        who = value["customer"]["customer_id"] if n % one_in == 0 else HUGE
        value |= {"text": f"{value['text']} {'x' * padding}", "customer": {"customer_id": who}}
        sent.append(replace(one, key=who.encode(), value=orjson.dumps(value)))
    return sent


def large(count: int, seed: int) -> Input:
    """Lines of sixteen kilobytes, one half of them of a single customer."""
    sent = as_huge(flood(count, CUSTOMERS, seed), one_in=2, padding=16_000)
    return Input(sent, expected(sent))


def laden(count: int, seed: int) -> Input:
    """Acts of the firm with fifteen kilobytes of details, which ingest passes on; one half to a single customer."""
    sent = []
    for one in as_huge(flood(count, CUSTOMERS, seed, ("brand.acts.v1",)), one_in=2):
        value = orjson.loads(one.value or b"")
        told = {name: value[name] for name in ("event_id", "occurred_at", "customer")}
        told |= {"kind": "post_read", "details": {"words": "x" * 15_000}}
        sent.append(replace(one, value=orjson.dumps(told)))
    return Input(sent, expected(sent))


def channels(count: int, seed: int) -> Input:
    """Customers who speak by turns on two channels, so that their order lies across partitions."""
    sent = flood(count, CUSTOMERS, seed, ("contact.chat.v1", "contact.voice.v1"))
    return Input(sent, expected(sent))


def hour(count: int, seed: int) -> Input:
    """The last hour, on two channels, of customers whose day of patience ends at its end; every fifth stays silent.

    The others speak in time, one after the other, so that most are due long before what they said is read; and then
    all by turns.
    """
    now, chance, lines = datetime.now(UTC), random.Random(seed), count - CUSTOMERS
    told = [(now - PATIENCE - timedelta(minutes=1), f"C-{n}") for n in range(CUSTOMERS)]
    talkative, in_blocks = [who for n, (_, who) in enumerate(told) if n % 5], int(0.8 * lines)
    for n in range(lines):
        turn = n * len(talkative) // in_blocks if n < in_blocks else n
        told.append((now - timedelta(hours=1) * (1 - n / lines), talkative[turn % len(talkative)]))
    recorded, topics = [], ("contact.chat.v1", "contact.voice.v1")
    for n, (at, who) in enumerate(told):
        value = chat(f"line {n}", customer=who, event_id=f"e-{n}", occurred_at=at.isoformat())
        recorded.append(orjson.dumps({"topic": chance.choice(topics), "key": who, "value": value, "headers": {}}))
    sent = list(read(recorded))
    return Input(sent, expected(sent, until=now))


def divided(count: int, seed: int) -> Input:
    """Every tenth line is of customers who write apart from all others."""
    sent, apart = [], []
    for n, one in enumerate(flood(count, CUSTOMERS, seed)):
        if n % 10:
            sent.append(one)
        else:
            value = orjson.loads(one.value or b"")
            who = value["customer"]["customer_id"] = f"N-{n % 70}"
            apart.append(replace(one, key=who.encode(), value=orjson.dumps(value)))
    return Input(sent, expected([*sent, *apart]), apart)


def doubled(count: int, seed: int) -> Input:
    """A producer that says every tenth thing again, a little later."""
    once, chance = flood(count, CUSTOMERS, seed), random.Random(seed)
    again = [(n + chance.uniform(1, NEAR), one) for n, one in enumerate(once) if chance.random() < 0.1]
    sent = [one for _, one in sorted([*enumerate(once), *again], key=lambda told: told[0])]
    should = expected(once)
    should.heard = len(sent)
    return Input(_in_line(sent), should)


def shuffled(count: int, seed: int) -> Input:
    """What different customers say, in another order; what each says, in its own."""
    once, chance = flood(count, CUSTOMERS, seed), random.Random(seed)
    latest: dict[bytes | None, float] = {}
    turns = []
    for n, one in enumerate(once):
        turn = latest[one.key] = max(latest.get(one.key, -1.0), n + chance.uniform(0, NEAR))
        turns.append((turn, n, one))
    return Input(_in_line([one for *_, one in sorted(turns, key=lambda told: told[:2])]), expected(once))


def late(count: int, seed: int) -> Input:
    """One in seven happened up to three days before those around it."""
    chance, sent = random.Random(seed), []
    for one in flood(count, CUSTOMERS, seed):
        if chance.random() < 1 / 7:
            value = orjson.loads(one.value or b"")
            value["occurred_at"] = (one.at - timedelta(hours=chance.uniform(1, 72))).isoformat()
            one = replace(one, value=orjson.dumps(value))
        sent.append(one)
    return Input(sent, expected(sent))


def poisoned(count: int, seed: int) -> Input:
    """Something that cannot be used after every tenth line: every field of every input, keys, headers, raw bytes."""
    sent, bad = [], poisonous(random.Random(seed))
    for n, one in enumerate(flood(count, CUSTOMERS, seed)):
        sent.append(one)
        if n % 10 == 0:
            sent.append(replace(next(bad), at=one.at))
    return Input(_in_line(sent), expected(_in_line(sent)))


def merged(count: int, seed: int) -> Input:
    """Each customer writes under three names, which become one by and by; now and then they ask to be forgotten."""
    chance, at, recorded = random.Random(seed), datetime(2026, 3, 2, tzinfo=UTC), []
    names = [[f"C-{n}-{name}" for name in "abc"] for n in range(CUSTOMERS)]
    for n in range(count):
        at += timedelta(seconds=chance.randrange(1, 30))
        known, turn = names[n % CUSTOMERS], chance.random()
        if turn < 0.7:
            who, topic = chance.choice(known), "contact.chat.v1"
            value = chat(f"line {n}", customer=who, event_id=f"e-{n}", occurred_at=at.isoformat())
        else:
            (who, into), topic = chance.sample(known, 2), "listener.commands.v1"
            what = "merge" if turn < 0.92 else "erase"
            value = {"command_id": f"c-{n}", "occurred_at": at.isoformat(), "customer_id": who, "command": what}
            value |= {"into": into} if what == "merge" else {}
        recorded.append(orjson.dumps({"topic": topic, "key": who, "value": value, "headers": {}}))
    sent = _in_line(list(read(recorded)))
    return Input(sent, expected(sent, core="merging"))


@cache
def stories(count: int, seed: int) -> Input:
    """The project's own stories, told twice over by other customers, heard by the real ear and the real core."""
    sent = list(read(interleaved()))
    sent = _in_line([*sent, tick(UNTIL)])
    return Input(sent, expected(sent, core="real", gathered=False))


@cache
def crowds(count: int, seed: int) -> Input:
    """One act that hurts a crowd, and what it makes of the brand's alerts; heard by the real ear and the real core."""
    told = [*customers(CROWD), rise(), *thanks(THANKFUL, ACT_AT.replace(hour=9))]
    sent = _in_line([*read(told), tick(UNTIL_ALL_IS_OVER)])
    return Input(sent, expected(sent, core="real"))


def _in_line(sent: Sequence[Recorded]) -> list[Recorded]:
    """Numbered as they are sent: the number settles which of two of one millisecond came first."""
    return [replace(one, line=n) for n, one in enumerate(sent)]

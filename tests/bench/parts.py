"""What each part costs by itself, in processor time and in one run: the ear, the estimator, the core's step.

`python -m tests.bench.parts` prints microseconds; the ratios hold on a busy machine too, as all parts share it.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from listener import catalogue, pipeline, relationship
from listener.book import Book, Core
from listener.commands.stages.single import settle_down
from listener.hearing import Hearing, Identities
from listener.model.outcomes import Outcome
from listener.model.record import Record, Understood
from listener.model.signals import SIGNAL, Signal
from listener.model.state import CustomerState
from listener.model.tie import TieState
from listener.normalise import normalise
from listener.replay import hear
from listener.signals import Ear
from tests.bench.ear import beside
from tests.bench.measuring import flood
from tests.stories_told import BRAND

KNOWLEDGE = catalogue.load().read_through()
ROUNDS = 3
PUBLISHED, EAR = "vaderSentiment as published, 25 words", "the ear, a message of 25 words"
ESTIMATOR = "the estimator, an event: forget, revise, read"


@dataclass(frozen=True, slots=True)
class Part:
    """What one thing costs, in microseconds of processor time."""

    name: str
    us: float


def parts(events: int = 1500) -> list[Part]:
    """The parts of a chat line's way, the ear on messages of 25 words and all else on the bench's own lines."""
    hearing = Hearing(Ear(KNOWLEDGE, b"listener"), normalise, Identities(), BRAND)
    records = [one.as_record() for one in flood(events)]
    signals = heard(records, hearing)
    raw = [signal.model_dump_json(by_alias=True).encode() for signal in signals]
    states = folded(signals)
    stored = [state.to_bytes() for state in states]
    estimates = [outcome.value for outcome in outcomes(signals[:300]) if outcome.topic == "estimates"]
    ear, published, _ = beside(25)
    settle_down()  # as every stage does once it has loaded what it needs
    return [
        Part(PUBLISHED, published),
        Part(EAR, ear),
        Part(ESTIMATOR, each(lambda: estimate(signals), events)),
        Part("ingest's core, a line: decode, hear, announce", each(lambda: heard(records, hearing), events)),
        Part("the core's step, a signal", each(lambda: sum(1 for _ in outcomes(signals)), events)),
        Part("a signal written", each(lambda: [s.model_dump_json(by_alias=True).encode() for s in signals], events)),
        Part("a signal read", each(lambda: [SIGNAL.validate_json(one) for one in raw], events)),
        Part("an estimate written", each(lambda: [e.model_dump_json() for e in estimates if e], len(estimates))),
        Part("a state read", each(lambda: [CustomerState.from_bytes(one) for one in stored], len(stored))),
        Part("a state written", each(lambda: [one.to_bytes() for one in states], len(states))),
    ]


def each(work: Callable[[], object], count: int) -> float:
    """Microseconds of processor time for one of `count`, the best of some rounds."""
    work()
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best / count * 1e6


def heard(records: list[Record], hearing: Hearing) -> list[Signal]:
    """The bench's own lines as relate is told of them."""
    return [one for fate in hear(records, hearing) if isinstance(fate, Understood) for one in fate.signals]


def book() -> Book:
    """Nobody known yet."""
    step, wake = partial(pipeline.step, catalogue=KNOWLEDGE), partial(pipeline.wake, catalogue=KNOWLEDGE)
    return Book(Core(BRAND, step, wake, pipeline.next_due))


def outcomes(signals: Iterable[Signal]) -> Iterator[Outcome]:
    """Everything the core decides, as the live fold asks for it: no estimate is made of those that are replaced."""
    customers = book()
    for signal in signals:
        yield from customers.take(signal)


def folded(signals: Iterable[Signal]) -> list[CustomerState]:
    """What is kept of everybody afterwards."""
    customers = book()
    for signal in signals:
        for _ in customers.take(signal):
            pass
    return list(customers.states.values())


def estimate(signals: Iterable[Signal]) -> None:
    """The belief alone: let time pass, take the event in, read all that is told of it."""
    ties: dict[str, TieState] = {}
    for signal in signals:
        now, who = signal.occurred_at, signal.customer_id
        tie = relationship.forget(ties.get(who) or relationship.begin(now), now)
        tie = ties[who] = relationship.revise(tie, signal, (), None, KNOWLEDGE)
        reading = relationship.read(tie, None, now, KNOWLEDGE)
        _ = reading.p, reading.engagement, reading.distress, reading.strength


def main() -> None:
    """Print a line a part, and the ratio the tie is held to."""
    told = parts()
    us = {part.name: part.us for part in told}
    for part in told:
        print(f"{part.name:50} {part.us:8.1f} us")
    print(f"the estimator is {us[ESTIMATOR] / us[EAR]:.2f} of the ear on a 25-word message (mark 0.25)")


if __name__ == "__main__":
    main()

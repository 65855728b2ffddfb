"""`listener rules explain FILE`: a recording, moment by moment: what each rule made of it, and what came of that."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from listener import pipeline
from listener.book import Core
from listener.catalogue import Catalogue
from listener.commands.reading import Reading
from listener.commands.shared import Trouble, progress
from listener.commands.telling_moments import moment_in_words, time_in_words
from listener.commands.verdicts import at
from listener.model.outcomes import Outcome
from listener.model.outputs import Alert
from listener.model.record import Fate
from listener.model.signals import Signal
from listener.model.state import CustomerState
from listener.replay import replay
from listener.settings import Settings
from listener.workbench import hearing_of, records_of

HOW_TO_READ = """\
How to read this: one block for each thing that was said, for each act of the firm, and for each moment at which time
ran out (times are UTC). In it stand the rules that it concerns, those that noticed something first; under each rule its
conditions, all of which must hold: `yes` holds, `NO` does not. Numbers are how sure it is, from 0 to 1.
`=>` is what CRM is told. `listener rules explain RULE` says a rule, and the words used here, in full.
"""
Step = tuple[CustomerState, tuple[Outcome, ...]]


@dataclass(slots=True)
class _Telling:
    """Steps as the pipeline does, and keeps in words what happened at each moment."""

    customer: str | None
    every: bool
    book: Catalogue
    told: list[str] = field(default_factory=list)
    last: str | None = None
    met: dict[str, None] = field(default_factory=dict)

    def step(self, state: CustomerState, signal: Signal) -> Step:
        """One signal; before it, whatever was due."""
        self.met[state.customer_id] = None
        if self.customer not in (None, state.customer_id) or state.has_heard(signal.event_id):
            return pipeline.step(state, signal, self.book)
        state, woken = self.wake(state, signal.occurred_at)
        after, outcomes = pipeline.step(state, signal, self.book)
        self._note(state, moment_in_words(state, after, signal, outcomes, self.book, every=self.every))
        return after, woken + outcomes

    def wake(self, state: CustomerState, until: datetime) -> Step:
        """Every deadline up to a moment, each told by itself."""
        outcomes: tuple[Outcome, ...] = ()
        while (due := pipeline.next_due(state)) is not None and due <= until:
            before = state
            state, more = pipeline.wake(state, due, self.book)
            self._note(state, time_in_words(before, state, due, more, self.book))
            outcomes += more
        return state, outcomes

    def _note(self, state: CustomerState, lines: Iterator[str]) -> None:
        block = list(lines)
        if block and self.customer is None and self.last != state.customer_id:
            self.last = state.customer_id
            self.told += ["", f"Customer {state.customer_id}"]
        self.told += ["", *block] if block else []

    def take(self) -> list[str]:
        """What was told since it was last asked."""
        told, self.told = self.told, []
        return told


def recording_in_words(
    file: Path, customer: str | None, every: bool, book: Catalogue, settings: Settings, until: datetime | None = None
) -> Iterator[str]:
    """Moment by moment, what each rule made of it and what came of it, up to and including deadlines at `until`.

    Raises:
        Trouble: where nobody of this name is in the recording.
    """
    records, telling = records_of(file), _Telling(customer, every, book)
    reading = Reading(file, records, settings.brand)
    core = Core(settings.brand, telling.step, partial(pipeline.wake, catalogue=book), pipeline.next_due)
    ends: dict[str, list[Alert]] = {}
    is_told = False
    with progress(f"playing {file.name}", len(records)) as turn:
        for outcome in replay(records, until, hearing_of(settings, book), core, both(reading.take, turn)):
            if lines := telling.take():
                yield from lines if is_told else (HOW_TO_READ, *lines[1:])
                is_told = True
            alert = outcome.value if outcome.topic == "alerts" else None
            if isinstance(alert, Alert) and customer in (None, alert.customer_id):
                ends.setdefault(alert.alert_id, []).append(alert)
    yield from telling.take()
    if is_told:
        yield from _in_the_end(ends, until)
    reading.end()
    if customer is not None and customer not in telling.met:
        raise Trouble(f"nobody in {file} is called {customer!r}; {_who(list(telling.met))}", 2)


def _in_the_end(ends: dict[str, list[Alert]], until: datetime | None) -> Iterator[str]:
    """Every alert's life on one line."""
    yield f"\nIn the end: {'these alerts' if ends else 'no alert'}"
    for life in ends.values():
        last = life[-1]
        told = ", ".join(f"{one.status} {at(one.updated_at)}" for one in life)
        yield f"  {last.act.code} {last.rule_id}, {last.severity}, customer {last.customer_id}: {told}"
    if until is None:
        yield "  (what falls due after the last record has not been waited for: --until TIME does)"


def both(one: Callable[[Fate], None], turn: Callable[[int], None]) -> Callable[[Fate], None]:
    """Let two watch: one each fate, the other how many there were."""

    def watch(fate: Fate) -> None:
        one(fate)
        turn(1)

    return watch


def _who(known: list[str]) -> str:
    """A few of those who are in it."""
    if not known:
        return "nobody of this brand is in it (LISTENER_BRAND says which brand is ours)"
    return f"it tells of {', '.join(known[:5])}" + (f" and {len(known) - 5} more" if len(known) > 5 else "")

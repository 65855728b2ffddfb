"""`listener rules explain FILE`: a recording, moment by moment: what the rules made of it, and what came of that."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from listener import pipeline
from listener.book import Core
from listener.catalogue import Catalogue
from listener.commands.reading import Reading
from listener.commands.rules.explaining.believing import Beliefs
from listener.commands.rules.explaining.overhearing import Overheard
from listener.commands.rules.explaining.printing_moments import Printer, folded
from listener.commands.rules.explaining.telling_moments import Moment, moment_of, time_up
from listener.commands.rules.explaining.verdicts import at
from listener.commands.shared import Trouble, progress
from listener.model.outcomes import Outcome
from listener.model.outputs import Alert
from listener.model.record import Fate
from listener.model.signals import Signal
from listener.model.state import CustomerState
from listener.replay import replay
from listener.settings import Settings
from listener.workbench import hearing_of, records_of

HOW_TO_READ: Final = """\
How to read this: a line for each thing that was said or reported, and for each moment at which time ran out (UTC).
Below it stand the acts to which it mattered, each by its code, and why. `=>` is what CRM is told.
How sure: hardly, perhaps (from 0.4), likely (0.6), very likely (0.8), almost certain (0.95), and 1 is beyond doubt.
“likely (0.71 = 0.83 heard × 0.85 trusted)”: 0.83 is how surely it was heard, 0.85 how far such a sign is trusted.
“heard … in the whole text”: no phrase or sentence says it by itself, but all the words together.
How grave: an irritation (level 1), a breach (level 2) or a grave breach (level 3); that depends on the customer.
“On record only” raises no alert; a breach raises a medium one, a grave breach a high one, which is critical where
safety, distress, law or leaving comes in.
“taken for” is the tie with the firm that they most likely want. An act is judged by what they were taken for before."""
NEARER: Final = (
    "One rule in full: `listener rules explain F02 FILE`; why a text is heard so: `listener hear FILE --explain`."
)
Step = tuple[CustomerState, tuple[Outcome, ...]]


@dataclass(slots=True)
class Playing:
    """A recording as it is played: steps as the pipeline does, and keeps what happened at each moment."""

    customer: str | None
    near: bool
    book: Catalogue
    told: list[Moment] = field(default_factory=list)
    met: dict[str, None] = field(default_factory=dict)
    beliefs: Beliefs = field(init=False)
    overheard: Overheard = field(init=False)
    lives: dict[str, list[Alert]] = field(default_factory=dict)

    def moments(self, file: Path, settings: Settings, until: datetime | None) -> Iterator[Moment]:
        """Moment by moment, up to and including deadlines at `until`.

        Raises:
            Trouble: where nobody of this name is in the recording.
        """
        records, hearing = records_of(file), hearing_of(settings, self.book)
        self.beliefs, self.overheard = Beliefs(self.book), Overheard(hearing.ear)
        hearing = replace(hearing, ear=self.overheard)
        reading = Reading(file, records, settings.brand)
        core = Core(settings.brand, self._step, partial(pipeline.wake, catalogue=self.book), pipeline.next_due)
        with progress(f"playing {file.name}", len(records)) as turn:
            for outcome in replay(records, until, hearing, core, both(self._watching(reading), turn)):
                yield from self._take()
                alert = outcome.value if outcome.topic == "alerts" else None
                if isinstance(alert, Alert) and self.customer in (None, alert.customer_id):
                    self.lives.setdefault(alert.alert_id, []).append(alert)
        yield from self._take()
        reading.end()
        if self.customer is not None and self.customer not in self.met:
            raise Trouble(f"nobody in {file} is called {self.customer!r}; {_who(list(self.met))}", 2)

    def _watching(self, reading: Reading) -> Callable[[Fate], None]:
        """What became of a record goes to two: what was read of the file, and the words of what was heard."""

        def watch(fate: Fate) -> None:
            reading.take(fate)
            self.overheard.take(fate)

        return watch

    def _step(self, state: CustomerState, signal: Signal) -> Step:
        """One signal; before it, whatever was due."""
        self.met[state.customer_id] = None
        words = self.overheard.words(signal)
        if self.customer not in (None, state.customer_id) or state.has_heard(signal.event_id):
            return pipeline.step(state, signal, self.book)
        state, woken = self._wake(state, signal.occurred_at)
        after, outcomes = pipeline.step(state, signal, self.book)
        moved = self.beliefs.moved(state, after, outcomes)
        self._note(moment_of(state, after, signal, outcomes, self.book, near=self.near, words=words, moved=moved))
        return after, woken + outcomes

    def _wake(self, state: CustomerState, until: datetime) -> Step:
        """Every deadline up to a moment, each told by itself."""
        outcomes: tuple[Outcome, ...] = ()
        while (due := pipeline.next_due(state)) is not None and due <= until:
            before = state
            state, more = pipeline.wake(state, due, self.book)
            self._note(time_up(before, state, due, more, self.book))
            outcomes += more
        return state, outcomes

    def _note(self, moment: Moment | None) -> None:
        self.told += [moment] if moment else []

    def _take(self) -> list[Moment]:
        told, self.told = self.told, []
        return told


def recording_in_words(
    file: Path, customer: str | None, every: bool, book: Catalogue, settings: Settings, until: datetime | None = None
) -> Iterator[str]:
    """The story of a recording: what was noticed, owed, settled, late and told; with `every`, all else too.

    Raises:
        Trouble: where nobody of this name is in the recording.
    """
    playing, is_told = Playing(customer, not every, book), False
    printer = Printer(every, customer is None, gathers=every)
    for moment in playing.moments(file, settings, until):
        if not is_told:
            is_told = True
            yield HOW_TO_READ
        yield from printer.lines(moment)
    if is_told:
        yield from in_the_end(playing.lives, until)
    if every:
        yield from printer.not_noticed()
    elif printer.left_out:
        yield f"Left out: {printer.left_out} times that a rule was asked and nothing came of it (`--all` counts them);"
    if is_told:
        yield from folded(NEARER, "")


def in_the_end(lives: dict[str, list[Alert]], until: datetime | None) -> Iterator[str]:
    """Every alert's life, day by day; whose it is where there are several customers."""
    yield f"\nIn the end: {'these alerts' if lives else 'no alert'}"
    several = len({life[-1].customer_id for life in lives.values()}) > 1
    for life in lives.values():
        last, days = life[-1], {one.status: at(one.updated_at)[:10] for one in life}
        told = ", ".join(f"{status} {day}" for status, day in sorted(days.items(), key=lambda one: one[1]))
        whose = f", {last.customer_id}" if several else ""
        yield from folded(f"  {last.act.code} {last.title}, {last.severity}{whose}: {told}", " " * 6)
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

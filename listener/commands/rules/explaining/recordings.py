"""`listener rules explain FILE`: a recording, moment by moment: what the rules made of it, and what came of that."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from listener import pipeline
from listener.book import Core
from listener.catalogue import Catalogue
from listener.commands.reading import Tally, records_of
from listener.commands.shared import Trouble, hearing_in_force, progress
from listener.directives import is_repeat
from listener.model.ledger import Debt
from listener.model.outcomes import Outcome, Step
from listener.model.outputs import Alert
from listener.model.record import RecordFate
from listener.model.signals import Disposed, Signal
from listener.model.state import CustomerState
from listener.replay import replay
from listener.retelling.believing import Beliefs
from listener.retelling.folding import folded, paragraph
from listener.retelling.gravity import Foretold
from listener.retelling.overhearing import Overheard
from listener.retelling.printing_moments import Printer
from listener.retelling.telling_moments import Moment, moment_of, time_up
from listener.retelling.to_do import to_do
from listener.settings import Settings

HOW_TO_READ: Final = """\
How to read this: what was said or reported, moment by moment (UTC), and below each moment what it was taken as, by the
code of a rule: F.. the firm did wrong, B.. the firm did well, C.. the customer did, M.. they are treated as somebody
else, S01 small slights add up, D01 distress. Where nothing stands below, nothing was heard surely enough for a rule.
“sure: 0.75” goes from 0 (not at all) to 1 (beyond doubt). An alert (`=>`, what CRM is told) takes at least 0.6, and at
least a breach of what this customer may expect: a breach makes it medium, a grave breach high, what presses besides
critical, an irritation none. What they may expect goes by what they are “taken for”, with its share of the belief
(settled from 0.5 of 1 on).
What is to be done stands first; the story that led to it stands below."""
IN_FULL: Final = """
Of each act all conditions are told: `yes` holds, `NO` does not. “likely: 0.71 = 0.83 heard × 0.85 trusted”: 0.83 is how
surely it was heard, 0.85 how far such a sign is trusted. In [] behind a moment is the id of its record."""
NEARER: Final = (
    "More: every condition, also of what came to nothing: `--all`; long texts uncut: `--text`; one rule in full: "
    "`listener rules explain F02 FILE`; why a text is heard so: `listener hear FILE --explain`."
)


@dataclass(slots=True)
class Playing:
    """A recording as it is played: steps as the pipeline does, and keeps what happened at each moment."""

    customer: str | None
    near: bool
    book: Catalogue
    whole: bool = False
    told: list[Moment] = field(default_factory=list)
    met: dict[str, None] = field(default_factory=dict)
    beliefs: Beliefs = field(init=False)
    overheard: Overheard = field(init=False)
    lives: dict[str, list[Alert]] = field(default_factory=dict)
    owed: dict[str, tuple[Debt, ...]] = field(default_factory=dict)
    foretold: dict[tuple[str, str], Foretold] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    now: datetime | None = None

    def moments(self, file: Path, settings: Settings, until: datetime | None) -> Iterator[Moment]:
        """Moment by moment, up to and including deadlines at `until`.

        Raises:
            Trouble: where nobody of this name is in the recording.
        """
        records, hearing = records_of(file), hearing_in_force(settings, self.book)
        self.beliefs, self.overheard = Beliefs(self.book), Overheard(hearing.ear, self.whole)
        hearing = replace(hearing, ear=self.overheard)
        tally = Tally(file, records, settings.brand)
        core = Core(settings.brand, self._step, partial(pipeline.wake, catalogue=self.book), pipeline.next_due)
        with progress(f"playing {file.name}", len(records)) as turn:
            for outcome in replay(records, until, hearing, core, both(self._watching(tally), turn)):
                yield from self._take()
                alert = outcome.value if outcome.topic == "alerts" else None
                if isinstance(alert, Alert) and self.customer in (None, alert.customer_id):
                    self.lives.setdefault(alert.alert_id, []).append(alert)
        yield from self._take()
        tally.end()
        if self.customer is not None and self.customer not in self.met:
            raise Trouble(f"nobody in {file} is called {self.customer!r}; {_who(list(self.met))}", 2)

    def _watching(self, tally: Tally) -> Callable[[RecordFate], None]:
        """What became of a record goes to two: what was read of the file, and the words of what was heard."""

        def watch(fate: RecordFate) -> None:
            tally.take(fate)
            self.overheard.take(fate)

        return watch

    def _step(self, state: CustomerState, signal: Signal) -> Step:
        """One signal; before it, whatever was due."""
        self.met[state.customer_id] = None
        words = self.overheard.words(signal, state.profile)
        if self.customer not in (None, state.customer_id) or is_repeat(state, signal):
            return pipeline.step(state, signal, self.book)
        state, woken = self._wake(state, signal.occurred_at)
        after, outcomes = pipeline.step(state, signal, self.book)
        moved = self.beliefs.moved(state, after, outcomes, words.alike)
        self._note(moment_of(state, after, signal, outcomes, self.book, near=self.near, words=words, moved=moved))
        self._remember(after)
        if isinstance(signal, Disposed):
            self.closed |= {one.alert_id: signal.data.disposition for one in _resolved(outcomes)}
        return after, woken + outcomes

    def _wake(self, state: CustomerState, until: datetime) -> Step:
        """Every deadline up to a moment, each told by itself."""
        outcomes: tuple[Outcome, ...] = ()
        while (due := pipeline.next_due(state)) is not None and due <= until:
            before = state
            state, more = pipeline.wake(state, due, self.book)
            self._note(time_up(before, state, due, more, self.book, self.foretold))
            outcomes += more
        return state, outcomes

    def _note(self, moment: Moment | None) -> None:
        """Keep a moment, and how grave it was said to be if what is owed from it did not come."""
        if moment is None:
            return
        self.told.append(moment)
        for verdict in moment.verdicts:
            if verdict.level and moment.taken:
                self.foretold[verdict.rule_id, moment.event_id] = Foretold(verdict.level, moment.taken[0])

    def _remember(self, state: CustomerState) -> None:
        """What is owed to a customer by now."""
        self.now = max(self.now or state.at, state.at)
        if state.ledger.debts or state.customer_id in self.owed:
            self.owed[state.customer_id] = state.ledger.debts

    def _take(self) -> list[Moment]:
        told, self.told = self.told, []
        return told


def recording_in_words(
    file: Path, customer: str | None, every: bool, book: Catalogue, settings: Settings, until: datetime | None = None,
    whole: bool = False,
) -> Iterator[str]:  # fmt: skip
    """What is to be done, and the story of the recording: what was noticed, owed, settled, late and told.

    With `every`, all else too; with `whole`, long texts are not cut.

    Raises:
        Trouble: where nobody of this name is in the recording.
    """
    playing = Playing(customer, not every, book, whole or every)
    printer = Printer(every, customer is None, gathers=every)
    story = [line for moment in playing.moments(file, settings, until) for line in printer.lines(moment)]
    if not story:
        return
    yield from paragraph(HOW_TO_READ + (IN_FULL if every else ""))
    yield from the_end(playing, until)
    yield "\nWhat happened"
    yield from story
    if every:
        yield from printer.not_noticed()
    if len(playing.met) > 1 and customer is None:
        yield "\nThere are several customers in it: `--customer ID` tells of one alone."
    yield from ("", *folded(NEARER, ""))


def the_end(
    playing: Playing, until: datetime | None, rules: frozenset[str] | None = None, about: str = ""
) -> Iterator[str]:
    """What is to be done when all was played; of some rules only (`about` names them), where they are given."""
    lives = {key: life for key, life in playing.lives.items() if rules is None or life[-1].rule_id in rules}
    owed = {who: [debt for debt in debts if rules is None or debt.rule in rules] for who, debts in playing.owed.items()}
    yield from to_do(lives, owed, until or playing.now, playing.book, about, playing.closed)
    if until is None:
        yield from folded("  (what falls due after the last record has not been waited for: --until TIME does)", "  ")


def _resolved(outcomes: Sequence[Outcome]) -> Iterator[Alert]:
    """The alerts that ended well at one moment."""
    told = (one.value for one in outcomes if one.topic == "alerts")
    yield from (alert for alert in told if isinstance(alert, Alert) and alert.status == "resolved")


def both(one: Callable[[RecordFate], None], turn: Callable[[int], None]) -> Callable[[RecordFate], None]:
    """Let two watch: one each fate, the other how many there were."""

    def watch(fate: RecordFate) -> None:
        one(fate)
        turn(1)

    return watch


def _who(known: list[str]) -> str:
    """A few of those who are in it."""
    if not known:
        return "nobody of this brand is in it (LISTENER_BRAND says which brand is ours)"
    return f"it tells of {', '.join(known[:5])}" + (f" and {len(known) - 5} more" if len(known) > 5 else "")

"""`listener rules explain RULE FILE`: where in a recording something came of a rule, and where nearly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from listener.catalogue import Catalogue
from listener.catalogue.rules import Rule
from listener.commands.rules.explaining.recordings import Playing, the_end
from listener.commands.rules.explaining.rule_in_words import waits_for
from listener.retelling.folding import folded, paragraph
from listener.retelling.printing_moments import Printer
from listener.retelling.telling_moments import Moment
from listener.retelling.verdicts import titled
from listener.settings import Settings

NEAREST: Final = 3
"""How many near misses are told."""
HOW_TO_READ: Final = """\
Below each moment stand the rule's conditions, which must all hold: `yes` holds, `NO` does not. “sure: 0.75” goes from 0
(not at all) to 1 (beyond doubt), in words: hardly, perhaps (from 0.4), likely (0.6), very likely (0.8), almost certain
(0.95). “likely: 0.71 = 0.83 heard × 0.85 trusted”: 0.83 is how surely it was heard, 0.85 how far such a sign is
trusted. “heard … in the whole text”: no phrase or sentence says it by itself. `=>` is what CRM is told. In [] behind a
moment is the id of its record. `listener rules explain {code}` says the rule itself."""


@dataclass(slots=True)
class _Found:
    """The moments at which something came of a rule, and those at which nothing did, with how much was lacking."""

    news: list[tuple[int, Moment]] = field(default_factory=list)
    misses: list[tuple[float, int, Moment]] = field(default_factory=list)

    def take(self, number: int, moment: Moment) -> None:
        """One moment, cut down to the rule."""
        if moment.met:
            self.news.append((number, moment))
        elif moment.verdicts:
            self.misses.append((min(one.lack for one in moment.verdicts), number, moment))

    def nearest(self, most: int) -> list[Moment]:
        """The nearest misses, in order of time."""
        chosen = sorted(self.misses, key=lambda one: one[:2])[:most]
        return [moment for _, _, moment in sorted(chosen, key=lambda one: one[1])]


def rule_over_recording(
    rules: Sequence[Rule], file: Path, customer: str | None, every: bool, book: Catalogue, settings: Settings,
    until: datetime | None,
) -> Iterator[str]:  # fmt: skip
    """Every moment at which something came of these rules (of one code), the nearest misses (or all), their alerts.

    Raises:
        Trouble: where nobody of this name is in the recording.
    """
    ids, found, playing = (
        frozenset(rule.id for rule in rules),
        _Found(),
        Playing(customer, near=False, book=book, whole=True),
    )
    for number, moment in enumerate(playing.moments(file, settings, until)):
        found.take(number, moment.of(ids))
    yield f"{' and '.join(titled(rule, book) for rule in rules)}, in {file.name}"
    yield from paragraph(HOW_TO_READ.format(code=rules[0].code))
    printer, met = Printer(every=True, names_customers=customer is None), len(found.news)
    yield f"\nSomething came of it at {_moments(met)}:" if met else "\nNothing came of it."
    for _, moment in found.news:
        yield from printer.lines(moment)
    most = len(found.misses) if every else NEAREST
    yield from _missed(found, most, rules, book, Printer(every=True, names_customers=customer is None))
    yield from the_end(playing, until, ids, rules[0].code)


def _moments(number: int) -> str:
    return f"{number} moment{'' if number == 1 else 's'}"


def _missed(found: _Found, most: int, rules: Sequence[Rule], book: Catalogue, printer: Printer) -> Iterator[str]:
    if not found.misses:
        kinds = ", or when ".join(dict.fromkeys(kind for rule in rules for kind in waits_for(rule, book)))
        rest = "nothing else" if found.news else "nothing"
        yield ""
        yield from folded(f"It was asked at {rest} in this recording: it is asked when {kinds}.", "")
        return
    nearest, times = found.nearest(most), len(found.misses)
    which = "" if len(nearest) == times else f"; the {len(nearest)} at which it came nearest (`--all` shows all)"
    yield f"\nIt was asked at {_moments(times)}{' more, and nothing came of it' if found.news else ''}{which}:"
    for moment in nearest:
        yield from printer.lines(moment)

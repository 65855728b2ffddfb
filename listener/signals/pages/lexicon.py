"""All cues of one language as rules, and the vocabulary of those who speak it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from listener.catalogue.cues import Circumstance, Cue, Cues
from listener.signals.cues.circumstances import BIT
from listener.signals.cues.phrases import Phrase, compile_phrase
from listener.signals.cues.sieve import ANYBODY, CUSTOMER, FIRM, Sieve
from listener.signals.heads.linear import Heads
from listener.signals.pages.vocabulary import Vocabulary
from listener.signals.words.vader import Vader


@dataclass(frozen=True, slots=True, eq=False)
class CueRule:
    """One phrase of one cue: what it tells, how surely, and what is left of it in a circumstance (that it `minds`)."""

    number: int
    signal: str
    phrase: Phrase
    p: float
    unless: Mapping[Circumstance, float]
    stop: bool
    minds: int


class Lexicon:
    """The cues of a language: their `rules`, the `sieve` that says which may match where, and the `vocabulary` met.

    By rule: its `numbers`, and its `matchers`.
    """

    def __init__(
        self, cues: Cues, language: str, heads: Heads | None = None, key: bytes = b"", vader: Vader | None = None
    ) -> None:
        names = cues.names.get(language, {})
        self.language, self.key = language, key
        self.rules = numbered(r for cue in cues.by_signal.values() for r in rules_of(cue, language, names))
        self.numbers = np.array([r.number for r in self.rules], np.int64)
        self.matchers = _Matchers(self.rules)
        sides = {cue.id: SIDES[cue.side] for cue in cues.by_signal.values()}
        self.sieve = Sieve([r.phrase for r in self.rules], [sides[r.signal] for r in self.rules])
        row_of = heads.row_of if heads is not None else _no_row
        self.vocabulary = Vocabulary(language, key, row_of, self.sieve.kind_of, vader)


class _Matchers(dict[int, Callable[[str, int], re.Match[str] | None] | None]):
    """By rule, what says whether its phrase begins at a place; made when first asked for, None where a word is all."""

    def __init__(self, rules: Sequence[CueRule]) -> None:
        self._rules = rules

    def __missing__(self, rule: int) -> Callable[[str, int], re.Match[str] | None] | None:
        phrase = self._rules[rule].phrase
        return self.setdefault(rule, None if phrase.is_word else phrase.regex.match)


SIDES = {"customer": CUSTOMER, "firm": FIRM, "both": ANYBODY}


def _no_row(_word: str) -> int:
    return 0


def rules_of(cue: Cue, language: str, names: Mapping[str, str]) -> Iterable[CueRule]:
    """The phrases of a cue in one language, compiled; the parts of one phrase share its number (here: its place)."""
    place, minds = 0, sum([BIT.get(circumstance, 0) for circumstance in cue.unless])
    for p, sources in cue.patterns.get(language, {}).items():  # type: ignore[call-overload]  # any text may be asked for
        for source in sources:
            place += 1
            yield from (
                CueRule(place, cue.id, part, p, cue.unless, False, minds)
                for part in compile_phrase(source, names, language)
            )
    for source in cue.stops.get(language, ()):  # type: ignore[call-overload]  # any text may be asked for
        place += 1
        yield from (CueRule(place, cue.id, part, 0.0, {}, True, 0) for part in compile_phrase(source, names, language))


def numbered(rules: Iterable[CueRule]) -> list[CueRule]:
    """The rules, each phrase with a number of its own over all cues."""
    numbers: dict[tuple[str, int], int] = {}
    return [replace(r, number=numbers.setdefault((r.signal, r.number), len(numbers))) for r in rules]

"""What is wrong with the book of cues, said all at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from listener.catalogue.cues import Cue, Cues
from listener.model.message import Message, Role
from listener.signals.ear import Ear
from listener.signals.phrases import PhraseError, compile_phrase

_AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
MOST_BRANCHES = 140
"""Branches of one phrase; more are better kept as phrases of their own."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong with one cue; what is not `grave` is advice."""

    cue: str
    check: str
    says: str
    grave: bool = True


def phrases_can_be_read(cues: Cues) -> Iterator[Issue]:
    """Every phrase is written in the language of phrases and has a word that must be there."""
    for cue, language, source in _every(cues):
        try:
            compile_phrase(source, cues.names.get(language, {}), language)
        except PhraseError as trouble:
            yield Issue(cue.id, "phrases_can_be_read", str(trouble))


def phrases_do_not_repeat(cues: Cues) -> Iterator[Issue]:
    """No cue has the same phrase twice."""
    for cue in cues.by_signal.values():
        for language, strengths in cue.patterns.items():
            sources = [s for every in strengths.values() for s in every]
            for source in sorted({s for s in sources if sources.count(s) > 1}):
                yield Issue(cue.id, "phrases_do_not_repeat", f"{language}: {source!r} stands there twice")


def stops_do_not_swallow(cues: Cues) -> Iterator[Issue]:
    """No phrase is also a stop: it could never be heard."""
    for cue in cues.by_signal.values():
        for language, stops in cue.stops.items():
            for source in sorted({s for every in cue.patterns.get(language, {}).values() for s in every} & set(stops)):
                yield Issue(cue.id, "stops_do_not_swallow", f"{language}: {source!r} never matches, a stop undoes it")


def phrases_stay_small(cues: Cues) -> Iterator[Issue]:
    """A phrase of very many branches is slow to read, for people too."""
    for cue, language, source in _every(cues):
        if source.count("|") > MOST_BRANCHES:
            yield Issue(
                cue.id,
                "phrases_stay_small",
                f"{language}: {source[:40]!r}… has {source.count('|') + 1} branches",
                False,
            )


def cues_tell_both_ways(cues: Cues) -> Iterator[Issue]:
    """Every cue has sentences that say it and sentences that do not."""
    for cue in cues.by_signal.values():
        if not cue.says or not cue.not_:
            yield Issue(cue.id, "cues_tell_both_ways", "it needs examples under `says` and under `not`")


CHECKS: tuple[Callable[[Cues], Iterator[Issue]], ...] = (
    phrases_can_be_read,
    phrases_do_not_repeat,
    stops_do_not_swallow,
    phrases_stay_small,
    cues_tell_both_ways,
)


def lint(cues: Cues) -> list[Issue]:
    """Everything that is wrong, in the order of the checks."""
    return [issue for check in CHECKS for issue in check(cues)]


def failing_examples(cue: Cue, ear: Ear) -> Iterator[tuple[str, bool, float]]:
    """A cue's own sentences that are not heard as they should be: the sentence, whether it says it, and the score."""
    role: Role = "agent" if cue.side == "firm" else "customer"
    for texts, says in ((cue.says, True), (cue.not_, False)):
        for text, said in zip(texts, ear.listen([Message(t, "email", role, _AT) for t in texts]), strict=True):
            score = said.signals.get(cue.id, 0.0)
            if (score >= 0.5) is not says:
                yield text, says, score


def _every(cues: Cues) -> Iterator[tuple[Cue, str, str]]:
    for cue in cues.by_signal.values():
        for language, strengths in cue.patterns.items():
            yield from ((cue, language, source) for every in strengths.values() for source in every)
        for language, stops in cue.stops.items():
            yield from ((cue, language, source) for source in stops)

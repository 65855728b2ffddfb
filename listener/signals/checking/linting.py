"""What is wrong with the book of cues, said all at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from listener.catalogue.cues import Cue, Cues
from listener.model.message import Message, Role
from listener.signals.checking.samples import samples, ways
from listener.signals.cues.phrases import PhraseError, compile_phrase
from listener.signals.ear import Ear
from listener.signals.matches.matching import matches
from listener.signals.pages.lexicon import Lexicon
from listener.signals.pages.page import Page
from listener.signals.words.language import READ as LANGUAGES

_AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
MOST_BRANCHES = 140
"""Branches of one phrase; more are better kept as phrases of their own."""
MOST_WAYS = 1_000
"""Ways a phrase may stretch over one stretch of text: what an expression tries at the worst, from each word on."""


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
        trouble = _trouble(source, language, tuple(sorted(cues.names.get(language, {}).items())))
        if trouble is not None:
            yield Issue(cue.id, "phrases_can_be_read", f"{language}: {trouble}")


def phrases_do_not_repeat(cues: Cues) -> Iterator[Issue]:
    """No cue has the same phrase twice."""
    for cue in cues.by_signal.values():
        for language, strengths in cue.patterns.items():
            sources = [s for every in strengths.values() for s in every]
            for source in sorted({s for s in sources if sources.count(s) > 1}):
                yield Issue(cue.id, "phrases_do_not_repeat", f"{language}: {source!r} stands there twice")


def phrases_are_heard(cues: Cues) -> Iterator[Issue]:
    """Every phrase is found in the texts it was written for: it can match, and no stop undoes all of them."""
    for tried in _tries(cues):
        if any(tried.mine in found for found in tried.found):
            continue
        regexes = [p.regex for p in compile_phrase(tried.source, tried.names, tried.language)]
        plain = [page for page in tried.plains if any(r.search(page) for r in regexes)]
        why = "a stop undoes it" if plain else "no text can match it"
        yield Issue(tried.cue, "phrases_are_heard", f"{tried.language}: {tried.source[:60]!r} is never heard: {why}")


def phrases_add_something(cues: Cues) -> Iterator[Issue]:
    """No phrase stands only where another of its cue says as much already."""
    for tried in _tries(cues):
        others = [{f for f in found if f != tried.mine and f[2] >= tried.mine[2]} for found in tried.found]
        always = set.intersection(*others) if others else set()
        if always and all(tried.mine in found for found in tried.found):
            other = min(always)[1]
            told = f"{tried.language}: {tried.source[:50]!r} adds nothing to {other[:50]!r}"
            yield Issue(tried.cue, "phrases_add_something", told, False)


def phrases_cannot_blow_up(cues: Cues) -> Iterator[Issue]:
    """No phrase can stretch over one text in very many ways, each of which would have to be tried."""
    for cue, language, source in _every(cues):
        if _is_readable(language, source, cues) and (n := ways(source, cues.names.get(language, {}))) > MOST_WAYS:
            told = f"{language}: {source[:60]!r} can stretch in {n} ways, more than {MOST_WAYS}: fewer or smaller gaps"
            yield Issue(cue.id, "phrases_cannot_blow_up", told)


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
    phrases_are_heard,
    phrases_cannot_blow_up,
    phrases_add_something,
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


PhraseHeard = tuple[str, str, float]
"""A phrase that spoke: its cue, as it is written, and how surely it tells."""


@dataclass(frozen=True, slots=True)
class _Try:
    """One phrase on the texts it was written for: what of its cue was found in each, and each in plain form."""

    cue: str
    language: str
    source: str
    names: Mapping[str, str]
    mine: PhraseHeard
    found: list[set[PhraseHeard]]
    plains: list[str]


def _tries(cues: Cues) -> list[_Try]:
    """Every pattern that can be read, tried; kept, for two checks ask."""
    if not _TRIED or _TRIED[0][0] is not cues:
        _TRIED[:] = [(cues, [t for language in LANGUAGES for t in _tried(cues, language)])]
    return _TRIED[0][1]


_TRIED: list[tuple[Cues, list[_Try]]] = []


def _tried(cues: Cues, language: str) -> Iterator[_Try]:
    names = cues.names.get(language, {})
    asked = [
        (cue, source, p, samples(source, names, language))
        for cue in cues.by_signal.values()
        for p, sources in cue.patterns.get(language, {}).items()  # type: ignore[call-overload]  # any text may be asked for
        for source in sources
        if _is_readable(language, source, cues)
    ]
    told = [(cue, text) for cue, _, _, texts in asked for text in texts]
    if not told:
        return
    page = Page([text for _, text in told], Lexicon(_readable(cues), language))
    found = iter(zip(matches(page, [c.side == "firm" for c, _ in told], [True] * len(told)), page.plains, strict=True))
    for cue, source, p, texts in asked:
        mine = [next(found) for _ in texts]
        spoke = [
            {(m.rule.signal, m.rule.phrase.source, m.rule.p) for m in f if m.rule.signal == cue.id} for f, _ in mine
        ]
        yield _Try(cue.id, language, source, names, (cue.id, source, p), spoke, [plain for _, plain in mine])


def _readable(cues: Cues) -> Cues:
    """The cues without the phrases that cannot be read: what else is wrong is told all the same."""
    if not any(phrases_can_be_read(cues)):
        return cues
    kept = {}
    for name, cue in cues.by_signal.items():
        patterns = {
            language: {p: [s for s in sources if _is_readable(language, s, cues)] for p, sources in by_p.items()}
            for language, by_p in cue.patterns.items()
        }
        stops = {lang: [s for s in some if _is_readable(lang, s, cues)] for lang, some in cue.stops.items()}
        kept[name] = cue.model_copy(update={"patterns": patterns, "stops": stops})
    return Cues(kept, cues.names, cues.overlay)


def _is_readable(language: str, source: str, cues: Cues) -> bool:
    return _trouble(source, language, tuple(sorted(cues.names.get(language, {}).items()))) is None


@lru_cache(maxsize=16_384)
def _trouble(source: str, language: str, names: tuple[tuple[str, str], ...]) -> str | None:
    """What keeps a phrase from being read."""
    try:
        compile_phrase(source, dict(names), language)
    except PhraseError as trouble:
        return str(trouble)
    return None


def _every(cues: Cues) -> Iterator[tuple[Cue, str, str]]:
    for cue in cues.by_signal.values():
        for language, strengths in cue.patterns.items():
            yield from ((cue, language, source) for every in strengths.values() for source in every)
        for language, stops in cue.stops.items():
            yield from ((cue, language, source) for source in stops)

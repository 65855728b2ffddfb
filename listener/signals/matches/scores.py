"""From the cues' matches to one probability a signal."""

from collections.abc import Sequence

from listener.signals.matches.matching import Match


def combine(found: Sequence[Match]) -> tuple[dict[str, float], dict[str, Match]]:
    """One probability a signal from all its matches, and the match that spoke loudest.

    Matches of one signal are not independent: the strongest counts in full, each further one for a quarter.
    """
    by_signal: dict[str, list[Match]] = {}
    for match in found:
        by_signal.setdefault(match.rule.signal, []).append(match)
    scores: dict[str, float] = {}
    best: dict[str, Match] = {}
    for signal, every in by_signal.items():
        if len(every) == 1:
            scores[signal], best[signal] = every[0].p, every[0]
            continue
        every.sort(key=lambda m: (-m.p, m.start, m.rule.phrase.source))
        quiet = 1.0
        for n, match in enumerate(every[:6]):
            quiet *= 1 - match.p * (1.0 if n == 0 else 0.25)
        scores[signal], best[signal] = min(1 - quiet, 0.995), every[0]
    return scores, best

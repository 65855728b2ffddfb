"""Every phrase found in the texts of a page, with what its circumstances leave of it."""

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from listener.signals.arrays.growing import Ints
from listener.signals.cues.circumstances import BIT, PARTED, opener, parts, stands
from listener.signals.cues.sieve import CUSTOMER, FIRM, NOBODY
from listener.signals.matches.surroundings import may_hold, quotations_of
from listener.signals.pages.lexicon import CueRule
from listener.signals.pages.page import Page


class Match(msgspec.Struct, frozen=True):
    """A phrase found: `start` and `end` are places in the plain text, `around` the circumstance that weakened it."""

    rule: CueRule
    start: int
    end: int
    p: float
    around: str = ""


def matches(page: Page, firm: Sequence[bool], read: Sequence[bool]) -> list[list[Match]]:
    """Every phrase found in each text, at most once each; nothing in texts that are not to be `read`.

    `firm` says of which texts the firm is the author: they are listened to for other cues.
    """
    asked = np.where(np.array(read, bool), np.where(np.array(firm, bool), FIRM, CUSTOMER), NOBODY)
    texts, found = _without_stopped(*_found(page, asked))
    out: list[list[Match]] = [[] for _ in firm]
    for n, match in zip(texts, _weighed(page, texts, found), strict=True):
        out[n].append(match)
    return out


def _found(page: Page, asked: Ints) -> tuple[list[int], list[Match]]:
    """The phrases that stand in the texts, each at its first place in each; and in which text each stands."""
    texts, found, plains, lexicon = list[int](), list[Match](), page.plains, page.lexicon
    text, word, phrase = page.candidates(asked)
    places, base = page.places, page.places.base[text]
    keys = text * len(lexicon.rules) + lexicon.numbers[phrase]
    stands = (places.begin[word] - base, places.token[word] - base, places.end[word] - base)
    done: set[int] = set()
    for n, r, key, start, token, end in zip(*[x.tolist() for x in (text, phrase, keys, *stands)], strict=True):
        if key in done:
            continue
        match_at = lexicon.matchers[r]
        if match_at is not None:
            hit = match_at(plains[n], start)
            if hit is None:
                continue
            token, end = hit.span()
        rule = lexicon.rules[r]
        found.append(Match(rule, token, end, rule.p))
        texts.append(n)
        if not rule.stop:
            done.add(key)
    return texts, found


def _without_stopped(texts: list[int], found: list[Match]) -> tuple[list[int], list[Match]]:
    """What no stop of the same signal overlaps; and no stops."""
    stops: dict[tuple[int, str], list[Match]] = {}
    for n, match in zip(texts, found, strict=True):
        if match.rule.stop:
            stops.setdefault((n, match.rule.signal), []).append(match)
    if not stops:
        return texts, found
    kept = [
        (n, m)
        for n, m in zip(texts, found, strict=True)
        if not m.rule.stop and not ((n, m.rule.signal) in stops and _overlaps(m, stops[n, m.rule.signal]))
    ]
    return [n for n, _ in kept], [m for _, m in kept]


def _overlaps(match: Match, others: Iterable[Match]) -> bool:
    return any(other.start < match.end and match.start < other.end for other in others)


def _weighed(page: Page, texts: list[int], found: list[Match]) -> list[Match]:
    """The matches with what their circumstances leave of them: negated, asked, supposed, quoted, told by another."""
    if not found:
        return found
    starts, ends = np.array([(m.start, m.end) for m in found]).T
    bits = may_hold(page, np.array(texts), starts, ends)
    quoted = quotations_of(page, texts, bits)
    return [
        _weigh(page, n, match, may, quoted.get(n, ())) if may & match.rule.minds else match
        for n, match, may in zip(texts, found, bits, strict=True)
    ]


def _weigh(page: Page, n: int, match: Match, may: int, quoted: Sequence[tuple[int, int]]) -> Match:
    """What the circumstances that may hold leave of a match."""
    p, told = match.p, ""
    for circumstance, left in match.rule.unless.items():
        if may & BIT.get(circumstance, 0) and (
            circumstance == "question" or stands(circumstance, match.start, match.end, page.plains[n], quoted)
        ):
            p, told = p * left, circumstance
    if not told or (told in PARTED and _is_parted(match, told, page, n)):
        return match
    return Match(match.rule, match.start, match.end, p, told)


def _is_parted(match: Match, around: str, page: Page, n: int) -> bool:
    """Whether a comma stands between a match and the word that would negate or suppose it; plain texts have none."""
    at = opener(around, match.start, page.plains[n])
    if at is None:
        return False
    (start, _), (end, _) = (page.places.span(n, place, place + 1) for place in (at, match.start))
    return parts(page.texts[n][start:end])

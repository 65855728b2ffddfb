"""The life of a brand's alert, from the lives of its members.

A function of the set of their words: in which order they came, and how often, makes no difference. So what is said
live, wherever a customer's partition lies and whoever is killed meanwhile, is what a replay says.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from listener.common_cause.alert_change import AlertChange

HOUR_S: Final = 3600


class Snapshot(NamedTuple):
    """How things stood at one moment of event time, and each member's last word by then.

    `known_s` is when the hour it tells of is over: whoever lives in time waits for it, so that an hour is told once.
    """

    status: str
    at_s: int
    known_s: int
    raised_s: int
    members: tuple[AlertChange, ...]


def raised_at(words: Iterable[AlertChange], above: int, within_s: int) -> int | None:
    """When the first alert beyond `above` within `within_s` was raised, or None: too few for the brand's own."""
    begun: dict[str, int] = {}
    for word in words:
        begun[word.alert_id] = min(word.started_s, begun.get(word.alert_id, word.started_s))
    starts = sorted(begun.values())
    return next((last for first, last in zip(starts, starts[above:], strict=False) if last - first <= within_s), None)


def life_cycle(words: Iterable[AlertChange], above: int, within_s: int, since_s: int = 0) -> Iterator[Snapshot]:
    """How things stood when it was raised, and then at the last change of every hour in which there was one.

    It ends when all members have ended; what comes after that is a matter of its own. Of the moments before `since_s`
    only the last is worked out.
    """
    words = sorted(set(words), key=lambda word: word.turn)
    raised_s = raised_at(words, above, within_s)
    if raised_s is None:
        return
    hours = [(hour, list(told)) for hour, told in groupby(words, lambda word: _hour(word.at_s, raised_s))]
    now: dict[str, AlertChange] = {}
    escalated = False
    for n, (hour, told) in enumerate(hours):
        now.update((word.alert_id, word) for word in told)
        is_over = not any(word.is_open for word in now.values())
        is_first, turns_grave = n == 0, not escalated and any(word.status == "escalated" for word in told)
        escalated |= turns_grave
        at_s = raised_s if is_first else told[-1].at_s
        is_known_to_all = n + 1 < len(hours) and hours[n + 1][1][-1].at_s <= since_s and not is_over
        if not is_known_to_all:
            members, known_s = tuple(now.values()), raised_s + hour * HOUR_S
            if is_first:
                yield Snapshot("raised", at_s, known_s, raised_s, members)
            if is_over:
                yield Snapshot(_ending(members), at_s, known_s, raised_s, members)
            elif not is_first:
                yield Snapshot("escalated" if turns_grave else "updated", at_s, known_s, raised_s, members)
        if is_over:
            return


def _hour(at_s: int, raised_s: int) -> int:
    """Which hour of its life a moment belongs to: 0 up to its raising, 1 the hour after that, …"""
    return max(0, -(-(at_s - raised_s) // HOUR_S))


def _ending(members: Sequence[AlertChange]) -> str:
    """Resolved where every one of them was; where one ran out unmended, it expired."""
    return "expired" if any(word.status == "expired" for word in members) else "resolved"

"""What was told of two customers who turn out to be one."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from listener.model.told import CLOSED, RAISED, SILENCES, Silence, Told


def merge(told: Told, other: Told, called: Callable[[int], int]) -> Told:
    """Open alerts keep their ids and go on; what was taught of either holds; `called` renumbers the other's matters.

    Under every other list's cap the newest stay; `choose` ends the open ones that are too many, since it can say so.
    An alert that both know of is one, as it stands here.
    """
    known = {one.alert_id for one in told.open} | {one.alert_id for one in told.closed}
    opened = [replace(one, matter=called(one.matter)) for one in other.open if one.alert_id not in known]
    ended = [replace(one, matter=called(one.matter)) for one in other.closed if one.alert_id not in known]
    return Told(
        open=tuple(sorted((*told.open, *opened), key=lambda one: one.started_s)),
        closed=tuple(sorted((*told.closed, *ended), key=lambda one: one.ended_s)[-CLOSED:]),
        silences=_longest((*told.silences, *other.silences))[-SILENCES:],
        raised=tuple(sorted((*told.raised, *other.raised))[-RAISED:]),
    )


def _longest(silences: Iterable[Silence]) -> tuple[Silence, ...]:
    """Of silences about one rule, and as strong, the one that lasts longest."""
    kept: dict[tuple[str, int], Silence] = {}
    for one in silences:
        known = kept.get((one.rule, one.levels), one)
        kept[one.rule, one.levels] = max(known, one, key=lambda silence: silence.until_s)
    return tuple(kept.values())

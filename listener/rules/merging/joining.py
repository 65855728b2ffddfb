"""Lists of two halves of one history, joined."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


def joined(lists: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    """What is in any of them, each once, in order.

    >>> joined([("a", "b"), ("b", "c")])
    ('a', 'b', 'c')
    """
    return tuple(dict.fromkeys(one for listed in lists for one in listed))


def once(things: Iterable[T], when: Callable[[T], Any], what: Callable[[T], object]) -> tuple[T, ...]:
    """Things in order of time; of two that are the same the one that sorts last.

    >>> once([(7, "send"), (5, "call"), (3, "send")], when=lambda told: told[0], what=lambda told: told[1])
    ((5, 'call'), (7, 'send'))
    """
    return tuple(sorted({what(one): one for one in sorted(things, key=when)}.values(), key=when))


def told_at(thing: Any) -> tuple[int, str]:
    """When something was told, for sorting: by its event where the times are equal."""
    return thing.at_s, thing.event_id


def event_of(thing: Any) -> str:
    """The event that told of something."""
    name: str = thing.event_id
    return name

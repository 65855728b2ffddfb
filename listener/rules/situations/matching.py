"""Whether a condition holds of a case, and how probably: details, cues, situations."""

from collections.abc import Mapping
from math import inf
from typing import Any

from listener.catalogue.rules import Condition, Notice
from listener.rules.case import Case
from listener.rules.situations import understand


def probability(notice: Notice, case: Case) -> float:
    """How sure it is that this is the act: the rule's own p, times the weakest cue it rests on; 0 where it fails."""
    return notice.p * matches(notice, case)


def matches(condition: Condition, case: Case) -> float:
    """How probable the cues are that a condition wants (1 where it wants none); 0 where anything is missing."""
    said = _said(condition, case.says)
    if not said or (condition.where and not _told(condition.where, case.details)):
        return 0.0
    for words in condition.if_:
        claim, argument, wanted = understand(words)
        if claim(case, argument) is not wanted:
            return 0.0
    return said


def _said(condition: Condition, says: Mapping[str, float]) -> float:
    """The weakest of all that must be said, the strongest of those of which one must be."""
    if condition.unless_says:
        for cue, least in condition.unless_says.items():
            if says.get(cue, 0.0) >= least:
                return 0.0
    weakest = 1.0
    for cue, least in condition.says.items():
        if (p := says.get(cue, 0.0)) < least:
            return 0.0
        weakest = min(weakest, p)
    if condition.says_any:
        heard = [p for cue, least in condition.says_any.items() if (p := says.get(cue, 0.0)) >= least]
        return min(weakest, max(heard, default=0.0))
    return weakest


def _told(where: Mapping[str, Any], details: Mapping[str, Any]) -> bool:
    """Whether the act's details are as wanted; a detail that is not told is not as wanted."""
    return all(told_as_wanted(wanted, details.get(name)) for name, wanted in where.items())


def told_as_wanted(wanted: Any, told: Any) -> bool:
    """One detail against what is wanted of it.

    >>> told_as_wanted({"above": 0}, 25), told_as_wanted(["voucher", "gift"], "gift"), told_as_wanted(False, None)
    (True, True, False)
    """
    if isinstance(wanted, Mapping):
        if isinstance(told, bool) or not isinstance(told, int | float):
            return False
        return bool(wanted.get("above", -inf) < told < wanted.get("below", inf))
    if isinstance(wanted, list):
        return told in wanted
    return bool(told == wanted) and type(told) is type(wanted)

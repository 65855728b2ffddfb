"""What a planned act could be instead: the same plan with one thing changed, to be judged anew (verdict.py)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from listener.model.inputs import BrandAct
from listener.rules.case.written_times import seconds_of

AHEAD: Final = (timedelta(days=30), timedelta(days=60))
"""How long before it a notice is tried: the leads that the rules of prices and terms ask for (F06, F07)."""
_NOTICED: Final = frozenset(
    {"price_changed", "terms_changed", "product_retired", "range_repositioned", "partnership_announced"}
)
_OTHERWISE: Final[Mapping[str, tuple[tuple[str, dict[str, Any]], ...]]] = {
    "price_changed": (
        ("say the reason", {"reason_given": True}),
        ("for new customers only", {"scope": "new_customers"}),
        ("for everybody alike", {"scope": "all"}),
    ),
    "terms_changed": (
        ("ask for their consent", {"consent": "opt_in"}),
        ("take no right away", {"rights_removed": False}),
        ("take no right away, and ask for their consent", {"rights_removed": False, "consent": "opt_in"}),
    ),
    "campaign_sent": (
        ("send news in place of an offer", {"purpose": "news"}),
        ("use no personal data", {"personal": False}),
    ),
    "compensation_issued": (("pay the money back", {"form": "refund"}), ("replace it", {"form": "replacement"})),
    "data_requested": (("let them choose whether to answer", {"required": False}),),
    "fee_charged": (("say the fee beforehand", {"disclosed": True}),),
    "idea_used": (("credit whose idea it was", {"credited": True}),),
    "recognition_given": (("do it in private", {"public": False}),),
    "outreach_made": (("wait until they ask for it", {"solicited": True}),),
}  # fmt: skip


_UNTOLD: Final[Mapping[str, Any]] = {
    "scope": "all", "rights_removed": False, "personal": False, "public": False, "required": False, "credited": False,
}  # fmt: skip
"""What a plan means that says nothing of a detail: a price for all, no right taken away, nothing personal."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the plan in words, the act as it would be then, and how long before it they would be told.

    `other` is what of it is no notice.
    """

    words: str
    act: BrandAct
    told_ahead: timedelta | None = None
    other: str = ""

    def includes(self, simpler: "Change") -> bool:
        """Whether it does all that another change does, or more."""
        told = (self.told_ahead or timedelta()) >= (simpler.told_ahead or timedelta())
        return told and simpler.other in ("", self.other)


@dataclass(frozen=True, slots=True)
class Relief:
    """What a change of the plan would bring: how many would be hurt, how many of them gravely, and the advice then."""

    words: str
    hurt: float
    grave: float
    advice: str


def notice_in(act: BrandAct) -> timedelta | None:
    """How long before it takes effect the plan itself tells of it, where it says when that is."""
    effective, announced = seconds_of(act.details.get("effective_at")), seconds_of(act.details.get("announced_at"))
    if effective is None:
        return None
    told = min(act.occurred_at.timestamp(), announced if announced is not None else act.occurred_at.timestamp())
    return timedelta(seconds=max(0.0, effective - told))


def notices_of(act: BrandAct, given: timedelta | None) -> list[timedelta]:
    """The notices to try: longer than what is given already, for acts that can be told of ahead."""
    known = max(given or timedelta(), notice_in(act) or timedelta())
    return [ahead for ahead in AHEAD if act.kind in _NOTICED and ahead > known]


def changes_of(act: BrandAct, given: timedelta | None = None) -> Iterator[Change]:
    """The changes to try, the simplest first: other details, then a notice so long ahead, where it can be told of.

    `given` is a notice that the customers will have had anyhow; none is tried that is no longer than it.
    """
    others = [
        Change(words, _with(act, told), given, words)
        for words, told in _OTHERWISE.get(act.kind, ())
        if _differs(act, told)
    ]
    yield from others
    for ahead in notices_of(act, given):
        days = f"tell each of them {ahead.days} days before"
        yield Change(days, act, ahead)
        yield from (Change(f"{days}, and {other.words}", other.act, ahead, other.words) for other in others)


def _differs(act: BrandAct, told: Mapping[str, Any]) -> bool:
    return any(act.details.get(name, _UNTOLD.get(name)) != value for name, value in told.items())


def _with(act: BrandAct, told: Mapping[str, Any]) -> BrandAct:
    return act.model_copy(update={"details": {**act.details, **told}})

"""What a planned act could be instead: the same plan with one thing changed, to be judged anew (prechecking.py)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from listener.model.inputs import BrandAct

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


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the plan in words, the act as it would be then, and how long before it they would be told."""

    words: str
    act: BrandAct
    told_ahead: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Relief:
    """What a change of the plan would bring: how many would be hurt, how many of them gravely, and the advice then."""

    words: str
    hurt: float
    grave: float
    advice: str


def changes_of(act: BrandAct) -> Iterator[Change]:
    """The changes to try, the simplest first: other details, then a notice so long ahead, where it can be told of."""
    others = [Change(words, _with(act, told)) for words, told in _OTHERWISE.get(act.kind, ()) if _differs(act, told)]
    yield from others
    for ahead in AHEAD if act.kind in _NOTICED else ():
        days = f"tell each of them {ahead.days} days before"
        yield Change(days, act, ahead)
        yield from (Change(f"{days}, and {other.words}", other.act, ahead) for other in others)


def _differs(act: BrandAct, told: Mapping[str, Any]) -> bool:
    return any(act.details.get(name) != value for name, value in told.items())


def _with(act: BrandAct, told: Mapping[str, Any]) -> BrandAct:
    return act.model_copy(update={"details": {**act.details, **told}})

"""Matters: acts and complaints that hang together in time, judged on what was believed before the first of them."""

from msgspec.structs import replace

from listener.catalogue.thresholds import Thresholds
from listener.model.ledger import CODES, MATTERS, Matter, snapshot
from listener.rules.case import Case


def current(case: Case) -> Matter | None:
    """The matter that is still going on, if any: nothing rests longer than 21 days, nothing lasts longer than 60."""
    matter = case.ledger.matters[-1] if case.ledger.matters else None
    return None if matter is None or is_over(matter, case.at_s, case.catalogue.thresholds) else matter


def is_over(matter: Matter, at_s: int, limits: Thresholds) -> bool:
    """Whether a matter has rested, or lasted, for too long by now for anything to join it."""
    return at_s - matter.last_s > limits.s("matter_rests") or at_s - matter.opened_s > limits.s("matter_lasts")


def join(case: Case, code: str, *, complaint: bool = False) -> Matter:
    """Add an act or a complaint to the matter that is going on, or open one on the belief as it stands."""
    matter = current(case)
    if matter is None:
        matter = Matter(
            key=case.ledger.next_key,
            cause=case.event_id or f"due:{case.at_s}",
            opened_s=case.at_s,
            last_s=case.at_s,
            belief=snapshot(case.reading.p),
            contacts=case.ledger.contacts,
        )
        case.amend(matters=(*case.ledger.matters, matter)[-MATTERS:], next_key=matter.key + 1)
    codes = matter.codes if not code or code in matter.codes else (*matter.codes, code)
    joined = replace(
        matter,
        last_s=max(matter.last_s, case.at_s),
        codes=codes[-CODES:],
        complained_s=case.at_s if complaint else matter.complained_s,
    )
    case.amend(matters=(*case.ledger.matters[:-1], joined))
    return joined

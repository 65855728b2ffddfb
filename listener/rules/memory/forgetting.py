"""What the ledger lets go of: what no rule looks at any more, so that a state holds the present and not the past."""

from typing import Any

from msgspec.structs import replace

from listener.catalogue.thresholds import Thresholds
from listener.model.ledger import FORGOTTEN_AFTER_S, Ledger
from listener.rules.case.matters import is_over


def forget(ledger: Ledger, at_s: int, limits: Thresholds) -> Ledger:
    """The ledger without deeds of more than 90 days ago, and without a matter that is over.

    The oldest stands first, so that where nothing is to go only that is looked at. Conversations stay: a letter comes
    back to one after months.
    """
    since_s, changed = at_s - FORGOTTEN_AFTER_S, dict[str, Any]()
    if ledger.deeds and ledger.deeds[0].at_s < since_s:
        changed["deeds"] = tuple(one for one in ledger.deeds if one.at_s >= since_s)
    if ledger.matters and is_over(ledger.matters[-1], at_s, limits):
        changed["matters"] = ()
    return replace(ledger, **changed) if changed else ledger

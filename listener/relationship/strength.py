"""How strong the tie is, 0..1: what its types are made of, and what both sides have put in."""

from listener.catalogue import Catalogue
from listener.relationship.packing import Numbers
from listener.relationship.view import View, ramp


def strength_of(held: Numbers, view: View, catalogue: Catalogue) -> float:
    """Expected durability, warmth and communality of what is held, and years and contacts shared.

    Strong ties soften failures and sharpen slights (DOMAIN 3.3, V16), so hostile ties have none.
    """
    shared = 0.5 * ramp(view.tenure_days, 0, 1825) + 0.5 * ramp(view.n("turns") + view.n("orders"), 0, 20)
    return float(min(1.0, max(0.0, 0.8 * float(held @ catalogue.types.bonds) + 0.2 * shared)))

"""Why the repair of an alert is chosen for one kind of customer where they are taken for another."""

from listener.catalogue import Catalogue
from listener.model.ledger import Matter
from listener.model.reading import Reading
from listener.model.state import CustomerState
from listener.model.told import Open
from listener.model.types import TYPES
from listener.retelling.verdicts import at
from listener.rules.findings.weighing import belief_for


def why_chosen(alert: Open, state: CustomerState, taken: Reading, book: Catalogue) -> str:
    """For whom the repair is chosen, and where that is not what they are taken for now, why; `taken` is the belief.

    An act is judged on what they were taken for before its matter began: the wrong itself changes how they sound. And
    among what they may be, those count who mind the act.
    """
    now = taken.top("wanted", 1)[0][0]
    if not alert.wanted or alert.wanted == now:
        return ""
    matter = matter_of(alert.matter, state)
    before = TYPES[int(belief_for(matter, taken, book)[0].argmax())]
    chosen, name, old = (f"“{book.types.by_id[one].display}”" for one in (alert.wanted, now, before))
    when = f"before this matter began{f' ({at(matter.opened_s)})' if matter else ''}"
    if alert.wanted == before:
        return f", as for {chosen}: so they were taken {when}; by now they sound like {name}"
    were = f"{when} they were taken for {old}, now for {name}; " if before != now else ""
    return f", as for {chosen}: {were}of the kinds of customer they may be, it hurts this kind most"


def matter_of(key: int, state: CustomerState) -> Matter | None:
    """The matter of this number, while it is remembered."""
    return next((one for one in state.ledger.matters if one.key == key), None)


def judged_as(matter: Matter | None, taken: Reading, book: Catalogue) -> str:
    """What an act is judged by, where that is not what they are taken for now; else empty."""
    if matter is None:
        return ""
    before, now = TYPES[int(belief_for(matter, taken, book)[0].argmax())], taken.top("wanted", 1)[0][0]
    if before == now:
        return ""
    name = book.types.by_id[before].display
    return f"judged as of “{name}”, what they were taken for before this matter began ({at(matter.opened_s)})"

"""One act, one alert: what else is wrong with it is told with what was raised for it, not beside it."""

from msgspec.structs import replace

from listener.alerting.occasion import Occasion
from listener.alerting.saying import say
from listener.model.findings import Finding
from listener.model.outputs import Alert
from listener.model.told import Open, Told


def carry(told: Told, cause: Open, finding: Finding, occasion: Occasion) -> tuple[Told, Alert | None]:
    """Where its cause is raised at this very moment, that is said whole, with a few words of this; else nothing is."""
    title = occasion.catalogue.rules.by_id[finding.rule_id].title
    with_it = f"With it: {title[0].lower()}{title[1:]}."
    if cause.started_s != occasion.at_s or cause.code == finding.code or with_it in cause.why:
        return told, None
    fuller = replace(cause, why=f"{cause.why} {with_it}")
    return told.with_changed(cause, fuller), say(fuller, "raised", occasion)

"""Why what adds up and what shows was told: strain of small slights (S01) and distress (D01), in words."""

from collections.abc import Iterator

from listener.catalogue.thresholds import Thresholds
from listener.model.spans import DAY_S
from listener.rules.case import Case
from listener.rules.explaining import phrasing
from listener.rules.explaining.account import Line
from listener.rules.explaining.sentences import lasting, share
from listener.rules.treatment.feeling import BREAKS, GRIEVED, PACE_KNOWN


def asked_of_feeling(code: str, limits: Thresholds) -> str | None:
    """When a rule that no act sets off is broken, in words; None for any other rule."""
    return {
        "S01": (
            f"slights of the firm add up to {limits.strain_raises:g} or more, what is left of each halving in "
            f"{lasting(limits.strain_half_life)}; again only once they have been below {limits.strain_clears:g}"
        ),
        "D01": (
            f"the customer's distress is {share(limits.distress_raises)} or more, their own words tell both distress "
            f"and a grievance ({share(GRIEVED)} or more), and the firm is the cause, by an act of its own within "
            f"{lasting(limits.distress_cause_within)} or, of somebody new, by what they say; again only once it has "
            f"been below {share(limits.distress_clears)}"
        ),
        "C02": (
            f"the customer has been heard of for {PACE_KNOWN // DAY_S} days and their conduct speaks for wanting less "
            "of the tie; again only once it no longer does"
        ),
    }.get(code)


def felt(case: Case, code: str) -> Iterator[Line]:
    """The conditions of the act of this code; the case holds the ledger and the belief after it."""
    limits, book = case.catalogue.thresholds, case.catalogue
    if code == "S01":
        now = case.ledger.strain_at(case.at_s, limits.s("strain_half_life"))
        slights = [d for d in case.ledger.deeds if d.code.startswith(BREAKS) and d.level][-4:]
        done = ", ".join(f"{one} {phrasing.titled(one, book)}" for one in dict.fromkeys(d.code for d in slights))
        yield Line(
            f"slights of the firm add up to {now:.1f}, where {limits.strain_raises:g} is enough (an irritation is 1, "
            f"a breach 2, a grave breach 3, and they fade): {done}",
            held=True,
        )
    if code == "D01":
        least, within = share(limits.distress_raises), lasting(limits.distress_cause_within)
        yield Line(f"their distress is {share(case.reading.distress)}, at least {least} needed", held=True)
        yield Line(
            f"the firm has a part in it: an act of its own within {within}, or, of somebody new, their words",
            held=True,
        )

"""Why what adds up and what shows was told: strain of small slights (S01) and distress (D01), in words."""

from collections.abc import Iterator

from listener.rules import phrasing
from listener.rules.case import Case
from listener.rules.explaining import Line
from listener.rules.feeling import BREAKS
from listener.rules.sentences import lasting, share


def felt(case: Case, code: str) -> Iterator[Line]:
    """The conditions of the act of this code; the case holds the ledger and the belief after it."""
    limits, book = case.catalogue.thresholds, case.catalogue
    if code == "S01":
        now = case.ledger.strain_at(case.at_s, limits.s("strain_half_life"))
        slights = [d for d in case.ledger.deeds if d.code.startswith(BREAKS) and d.level][-4:]
        done = ", ".join(f"{one} {phrasing.titled(one, book)}" for one in dict.fromkeys(d.code for d in slights))
        yield Line(
            f"slights of the firm add up to {now:.1f}, at least {limits.strain_raises:g} needed: {done}", held=True
        )
    if code == "D01":
        least, within = share(limits.distress_raises), lasting(limits.distress_cause_within)
        yield Line(f"their distress is {share(case.reading.distress)}, at least {least} needed", held=True)
        yield Line(
            f"the firm is its cause: an act of its own within {within}, or, of somebody new, their words", held=True
        )

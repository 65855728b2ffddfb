"""Noticing acts in a signal: only the rules that its kind or its cues can set off are asked."""

from collections.abc import Iterator

from listener.catalogue.rules import FOR_GOOD, Notice, Rule, Way
from listener.model.findings import Finding
from listener.model.ledger import Proof
from listener.rules.case import Case
from listener.rules.case.given_word import assurances, given_here
from listener.rules.findings.finding import found
from listener.rules.situations.matching import probability


def notice(case: Case) -> tuple[Finding, ...]:
    """Every act this signal shows, by its surest way, in order of code."""
    best: dict[str, tuple[float, Rule, Notice]] = {}
    candidates = {id(way): (rule, way) for rule, way in _candidates(case)}  # several cues may set off one way
    for rule, way in candidates.values():
        if (p := probability(way, case)) and p > best.get(rule.id, (0.0,))[0]:
            best[rule.id] = (p, rule, way)
    ordered = sorted(best.values(), key=lambda one: (one[1].code, one[1].id))
    return tuple(
        found(
            case, rule, round(p, 4), way.tells, once=way.once, for_anyone=way.for_anyone, proofs=_word_given(case, rule)
        )
        for p, rule, way in ordered
    )


def _word_given(case: Case, rule: Rule) -> tuple[Proof, ...]:
    """The promises that a broken word goes against: an alert cites them."""
    if rule.owes is None or not rule.owes.is_word:
        return ()
    if rule.owes.within == FOR_GOOD:
        return tuple(proof for debt in assurances(case) for proof in debt.proofs)
    return tuple(proof for debt in given_here(case) for proof in debt.proofs)


def _candidates(case: Case) -> Iterator[Way]:
    """The ways to notice that this signal can set off."""
    book = case.catalogue.rules
    yield from book.of_kind.get(case.kind or case.side, ())
    side, of_cue = case.side, book.of_cue
    for cue, p in case.says.items():
        for least, way in of_cue.get((side, cue), ()):
            if p >= least:
                yield way

"""What may be meant and may be a slip: no fault of a rule, and worth a word to who writes one."""

from collections.abc import Collection, Iterator

from listener.catalogue import Catalogue
from listener.catalogue.rules import Rule
from listener.rules.checking_cues import cues_are_of_the_side
from listener.rules.issues import Issue


def advise(catalogue: Catalogue, own: Collection[str]) -> list[Issue]:
    """All there is to say of the rules with these ids."""
    rules = [rule for rule in catalogue.rules.live if rule.id in own]
    return [*codes_are_told_once(catalogue, rules), *cues_are_of_the_side(catalogue, rules)]


def codes_are_told_once(catalogue: Catalogue, rules: Collection[Rule]) -> Iterator[Issue]:
    """Where two rules are of one code, whoever is told hears of an act by one of them only."""
    for rule in rules:
        others = [one for one in catalogue.rules.live if one.code == rule.code and one.id != rule.id]
        if not others:
            continue
        names = " and ".join(one.id for one in others)
        if rule.mismatch:
            says = "whichever is met first tells of it, and the others of this code say nothing for 60 days"
        elif rule.owes and any(one.owes for one in others):
            says = "of what is owed by both one tells, the one that is due first"
        else:
            says = "of an act that both notice one tells, the surer (`p`)"
        instead = f"; if {rule.id} is to speak instead, write `status: shadow` into rules/{others[0].id}.yaml"
        told = f"{rule.code} is noticed by {names} too: {says}{instead}"
        yield Issue(rule.id, "codes_are_told_once", told, ("code",))

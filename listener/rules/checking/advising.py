"""What may be meant and may be a slip: no fault of a rule, and worth a word to who writes one."""

from collections.abc import Collection, Iterator
from typing import Final

from listener.catalogue import Catalogue
from listener.catalogue.mistakes import Place
from listener.catalogue.rules import Rule
from listener.rules.checking.cues import cues_are_of_the_side
from listener.rules.checking.issues import Issue

BLANK: Final = "Say in a sentence"
"""How the sentences begin that a first draft leaves to be written."""


def advise(catalogue: Catalogue, own: Collection[str]) -> list[Issue]:
    """All there is to say of the rules with these ids."""
    rules = [rule for rule in catalogue.rules.live if rule.id in own]
    return [
        *codes_are_told_once(catalogue, rules),
        *cues_are_of_the_side(catalogue, rules),
        *sentences_are_written(rules),
        *some_way_is_sure_enough(catalogue, rules),
    ]


def codes_are_told_once(catalogue: Catalogue, rules: Collection[Rule]) -> Iterator[Issue]:
    """Where two rules of one code wait for the same, whoever is told hears of an act by one of them only.

    One in the shadow tells nobody and keeps no other from telling; a built-in one that stands there was put aside.
    Danger is told of by rules of its own, which stand aside for none.
    """
    for rule in rules:
        others = [
            one for one in catalogue.rules.live
            if one.code == rule.code and one.id != rule.id and one.status == "on"
            and one.unsafe is rule.unsafe and _wait_for_the_same(one, rule)
        ]  # fmt: skip
        is_put_aside = rule.status != "on" and f"rules/{rule.id}.yaml" in catalogue.shelf.built_in
        if others and not is_put_aside:
            names = " and ".join(one.id for one in others)
            files = " and ".join(f"rules/{one.id}.yaml" for one in others)
            once = "" if rule.status == "on" else f", once {rule.id} is on"
            told = f"{rule.code} is noticed by {names} too: {_who_tells(rule, others)}{once}"
            instead = f"if {rule.id} is to speak instead, put {names} aside: `status: shadow` in {files} of your folder"
            yield Issue(rule.id, "codes_are_told_once", f"{told}; {instead}", ("code",))


def _wait_for_the_same(one: Rule, other: Rule) -> bool:
    both_owe = one.owes and other.owes and one.owes.when == other.owes.when
    both_notice = {way.when for way in one.notices} & {way.when for way in other.notices}
    return bool((one.mismatch and other.mismatch) or both_owe or both_notice)


def _who_tells(rule: Rule, others: Collection[Rule]) -> str:
    if rule.mismatch:
        return "whichever is met first tells of it, and the others of this code say nothing for 60 days"
    if rule.owes and any(one.owes for one in others):
        return "of what is owed by both one tells, the one that is due first"
    return "of an act that both notice one tells, the surer (`p`)"


def sentences_are_written(rules: Collection[Rule]) -> Iterator[Issue]:
    """What a first draft leaves to be said in the author's words is said."""
    for rule in rules:
        if rule.why.startswith(BLANK):
            yield Issue(rule.id, "sentences_are_written", "`why` is still the draft's: say why it matters", ("why",))
        told: list[tuple[Place, str]] = [(("notices", n, "tells"), way.tells) for n, way in enumerate(rule.notices)]
        told += [
            ((part, "tells"), way.tells) for part, way in (("owes", rule.owes), ("mismatch", rule.mismatch)) if way
        ]
        for at, sentence in told:
            if sentence.startswith(BLANK):
                says = "`tells` is still the draft's: whoever reads the alert reads this sentence"
                yield Issue(rule.id, "sentences_are_written", says, at)


def some_way_is_sure_enough(catalogue: Catalogue, rules: Collection[Rule]) -> Iterator[Issue]:
    """A rule that is on can raise an alert."""
    least = catalogue.thresholds.act_p
    for rule in rules:
        ways: list[tuple[Place, float]] = [(("notices", n, "p"), way.p) for n, way in enumerate(rule.notices)]
        ways += [(("owes", "p"), rule.owes.p)] if rule.owes else []
        if rule.status == "on" and ways and all(p < least for _, p in ways):
            says = f"it is on, and never sure enough for an alert: no way of it has a `p` of {least:g} or more"
            yield Issue(rule.id, "some_way_is_sure_enough", says, ways[0][0])

"""Which repair fits: by the wound, by what this customer wants the firm to be, by what they refused (DOMAIN 3.7)."""

from typing import cast

from listener.catalogue import Catalogue
from listener.model.findings import Finding
from listener.model.spans import seconds
from listener.model.told import Open
from listener.model.types import TypeId

FORMS = ("gift_card", "voucher", "credit", "gift", "discount")
"""Forms of compensation that have a word of their own among those to avoid."""


def role_of(alert: Open, catalogue: Catalogue) -> str | None:
    """Who handles it: the wanted type's role; nobody for a customer's act, unless safety is at stake.

    What is in one role's hands whoever they are, as danger is, goes to that role.
    """
    if own := catalogue.repairs.wound(alert.rule, alert.code).role:
        return own
    if alert.code.startswith("C") and not alert.critical:
        return None
    return catalogue.types.by_id[alert.wanted].role if alert.wanted else None


def moves_of(alert: Open, catalogue: Catalogue) -> tuple[str, ...]:
    """What to do, the type's moves before the wound's."""
    if alert.code.startswith("C"):
        return ("listen_first",)
    wound = catalogue.repairs.wound(alert.rule, alert.code)
    if wound.role:
        return wound.do[:5]
    mending = catalogue.repairs.types.get(cast(TypeId, alert.wanted))
    both = (*(mending.do if mending else ()), *wound.do)
    return catalogue.repairs.at_peace(both, alert.avoid)[:5]


def avoid_for(finding: Finding, catalogue: Catalogue) -> tuple[str, ...]:
    """What would insult, most surely first: what those it may have hurt mind, and more of what has hurt already.

    A word weighs the belief in the types that mind it, more where this act is made worse by it, or where it names the
    money that was given in place of the fix, and a little more for every other act of the matter. Whoever is named by
    the belief, the words of the likeliest type come in at their share of it.
    """
    repairs, weights = catalogue.repairs, dict[str, float]()
    wound = repairs.wound(finding.rule_id, finding.code)
    if wound.role:
        return wound.avoid
    for name, share in finding.minds.items():
        for word in repairs.types[cast(TypeId, name)].avoid:
            weights[word] = weights.get(word, 0.0) + share
    given = str(finding.details.get("form"))
    for word in (*wound.avoid, *((given,) if finding.code == "F05" and given in FORMS else ())):
        weights[word] = weights.get(word, 0.0) + repairs.own_act_weighs
    for code in finding.along:
        for word in repairs.wounds[code].avoid if code in repairs.wounds and code != finding.code else ():
            weights[word] = weights.get(word, 0.0) + repairs.other_acts_weigh
    surest = sorted(weights, key=lambda word: -weights[word])[: repairs.most_avoided]
    return tuple(word for word in surest if weights[word] >= repairs.avoided_from)


def due_within(finding: Finding, severity: str, catalogue: Catalogue) -> int:
    """How soon the repair is due, in seconds: by the severity, sooner where the type waits less."""
    repairs = catalogue.repairs
    mending = repairs.types.get(cast(TypeId, finding.wanted))
    own = seconds(mending.within) if mending and mending.within else None
    by_severity = repairs.within_s[severity]
    return min(by_severity, own) if own else by_severity


def suppressed(alert: Open, catalogue: Catalogue) -> tuple[str, ...]:
    """Which kinds of contact to hold back while it is open."""
    return tuple(word for word in alert.avoid if word in catalogue.repairs.holds)

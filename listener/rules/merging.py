"""Two customers who turn out to be one: what is owed to both, in order of time."""

from msgspec.structs import replace

from listener.model.ledger import APART, DEBTS, DEEDS, IDEAS, NOTICES, SENDS, TALKS, Ledger


def merge(ledger: Ledger, other: Ledger) -> Ledger:
    """One ledger out of two; nothing owed is forgotten."""
    debts = [*ledger.debts, *(replace(one, matter=one.matter + APART if one.matter else 0) for one in other.debts)]
    deeds = [*ledger.deeds, *(replace(one, matter=one.matter + APART if one.matter else 0) for one in other.deeds)]
    opted = {c: max(ledger.opted.get(c, 0), other.opted.get(c, 0)) for c in {*ledger.opted, *other.opted}}
    firsts = [one for one in (ledger.first_s, other.first_s) if one]
    return replace(
        ledger,
        debts=tuple(sorted(debts, key=lambda one: one.opened_s))[-DEBTS:],
        deeds=tuple(sorted(deeds, key=lambda one: one.at_s))[-DEEDS:],
        talks=tuple(sorted((*ledger.talks, *other.talks), key=lambda one: max(one.customer_s, one.firm_s)))[-TALKS:],
        sends=tuple(sorted((*ledger.sends, *other.sends)))[-SENDS:],
        opted=dict(sorted(opted.items())),
        notices=tuple(sorted((*ledger.notices, *other.notices), key=lambda one: one.at_s))[-NOTICES:],
        ideas=tuple(sorted((*ledger.ideas, *other.ideas), key=lambda one: one[1]))[-IDEAS:],
        categories=tuple(dict.fromkeys((*ledger.categories, *other.categories)))[-6:],
        contacts=ledger.contacts + other.contacts,
        orders=ledger.orders + other.orders,
        first_s=min(firsts, default=0),
        customer_s=max(ledger.customer_s, other.customer_s),
        order_s=max(ledger.order_s, other.order_s),
        firm_s=max(ledger.firm_s, other.firm_s),
    )

"""Of two customers who turn out to be one: their matters, numbered as one's, and what is owed to both."""

from collections.abc import Callable

from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.model.ledger import CODES, DEBTS, MATTERS, Debt, Ledger, Matter
from listener.rules.case.matters import is_over
from listener.rules.case.need import kept
from listener.rules.debts.settling import ANSWERS
from listener.rules.merging.joining import event_of, joined, once, told_at

Both = tuple[Ledger, Ledger]
Numbering = Callable[[int], int]


def numbering(ledger: Ledger, other: Ledger, catalogue: Catalogue) -> Numbering:
    """What a number of the other's matters becomes in this ledger: one that no matter of its own has.

    A trouble that both halves are in the middle of is one matter, and keeps the number it has here. 0 is no matter.
    """
    used = (*(debt.matter for debt in ledger.debts), *(deed.matter for deed in ledger.deeds))
    taken = max(ledger.next_key - 1, *used, 0)
    shared = _is_one_matter(ledger, other, catalogue)

    def called(number: int) -> int:
        if shared and number == other.matters[-1].key:
            return ledger.matters[-1].key
        return number + taken if number else 0

    return called


def _is_one_matter(ledger: Ledger, other: Ledger, catalogue: Catalogue) -> bool:
    """Whether the latest matters of both hang together in time, as acts of one matter do."""
    if not (ledger.matters and other.matters):
        return False
    early, late = sorted((ledger.matters[-1], other.matters[-1]), key=lambda one: one.opened_s)
    limits = catalogue.thresholds
    lasts = late.last_s - early.opened_s <= limits.s("matter_lasts")
    return lasts and not is_over(early, late.opened_s, limits)


def renumbered(ledger: Ledger, called: Numbering) -> Ledger:
    """The ledger with other numbers for its matters."""
    return replace(
        ledger,
        matters=tuple(replace(one, key=called(one.key)) for one in ledger.matters),
        debts=tuple(replace(one, matter=called(one.matter)) for one in ledger.debts),
        deeds=tuple(replace(one, matter=called(one.matter)) for one in ledger.deeds),
    )


def matters(both: Both, catalogue: Catalogue) -> tuple[Matter, ...]:
    """The matters newest heard of; one that both are in is judged on the belief that more turns had formed."""
    matters = sorted((one for half in both for one in half.matters), key=lambda one: (one.last_s, one.opened_s))
    if not _is_one_matter(*both, catalogue):
        return tuple(matters[-MATTERS:])
    early, late = sorted((half.matters[-1] for half in both), key=lambda one: (one.opened_s, one.cause))
    known = late if late.contacts > early.contacts else early
    one = replace(
        early,
        last_s=max(early.last_s, late.last_s),
        belief=known.belief,
        contacts=known.contacts,
        codes=joined((early.codes, late.codes))[-CODES:],
        complained_s=max(early.complained_s, late.complained_s),
    )
    return (*(m for m in matters if m.key != one.key), one)[-MATTERS:]


def debts(both: Both, catalogue: Catalogue) -> tuple[Debt, ...]:
    """What is owed to either, oldest first; the same asked in one conversation under both names is owed once."""
    mine, theirs = both
    debts: list[Debt] = []
    open_ = [d for d in mine.debts if not _is_answered(d, theirs, catalogue)]
    open_ += [d for d in theirs.debts if not _is_answered(d, mine, catalogue)]
    for debt in sorted(open_, key=lambda d: (d.opened_s, d.rule, d.cause)):
        place = next((n for n, one in enumerate(debts) if _is_same(one, debt, catalogue)), None)
        if place is None:
            debts.append(debt)
        else:
            debts[place] = _asked_again(debts[place], debt)
    return tuple(debts[-DEBTS:])


def _is_answered(debt: Debt, elsewhere: Ledger, catalogue: Catalogue) -> bool:
    """Whether a person of the firm has spoken in its conversation since, under the customer's other name."""
    rule, talk = catalogue.rules.by_id.get(debt.rule), elsewhere.talk(debt.talk)
    if rule is None or rule.owes is None or talk is None or debt.breached:
        return False
    return talk.firm_s > debt.opened_s and not ANSWERS.isdisjoint(rule.owes.settled_by)


def _is_same(one: Debt, other: Debt, catalogue: Catalogue) -> bool:
    rule = catalogue.rules.by_id.get(one.rule)
    if one.rule != other.rule or rule is None or rule.owes is None:
        return False
    return one.cause == other.cause or (bool(one.talk) and one.talk == other.talk and not rule.owes.is_word)


def _asked_again(first: Debt, again: Debt) -> Debt:
    proofs = once((*first.proofs, *again.proofs), told_at, event_of)
    return replace(
        first,
        p=max(first.p, again.p),
        proofs=kept(proofs),
        breached=first.breached or again.breached,
        matter=first.matter or again.matter,
        troubled=first.troubled or again.troubled,
    )

"""What a signal makes of what is owed, and of the treatment so far: why something is owed, settled, or adds up."""

from collections.abc import Iterator
from dataclasses import dataclass

from listener.catalogue.rules import Mismatch, Rule
from listener.model.ledger import Debt
from listener.rules import mismatches, owing, phrasing
from listener.rules.case import Case
from listener.rules.explaining import Line, concerns, conditions
from listener.rules.finding import weigh
from listener.rules.matters import current
from listener.rules.settling import settled_by


@dataclass(frozen=True, slots=True)
class Owing:
    """Whether something came to be owed: its conditions, how sure, due when (None: nothing is owed).

    `joins` is what was owed already for the same, whose time runs on; `level` how grave it would be never to answer.
    """

    rule: Rule
    lines: tuple[Line, ...]
    p: float
    due_s: int | None
    joins: Debt | None
    level: int


@dataclass(frozen=True, slots=True)
class Settling:
    """Something owed that this signal settles, by a way its rule names; `by` is None where it is owed still."""

    rule: Rule
    debt: Debt
    by: str | None


@dataclass(frozen=True, slots=True)
class Adding:
    """How far a mismatch has come with what was just done: its conditions, and whether they hold."""

    rule: Rule
    lines: tuple[Line, ...]


def owings(case: Case, *, near: bool = True) -> Iterator[Owing]:
    """What comes to be owed by this signal, or why it does not."""
    for rule, owes in case.catalogue.rules.owing:
        if not concerns(owes, case, near=near):
            continue
        p, due_s = owing.prospect(case, rule, owes)
        lines = [*conditions(case, owes)]
        if p and due_s is None:
            no_day = "a day is named by which" if owes.within == "promise" else "something is due on this channel"
            lines.append(Line(no_day, held=False))
        level = weigh(case, rule, current(case)).level
        yield Owing(rule, tuple(lines), round(p, 3), due_s, owing.joined(case, rule, owes), level)


def settlings(case: Case) -> Iterator[Settling]:
    """What was owed before this signal, and what it makes of it."""
    for debt in case.ledger.debts:
        rule = case.catalogue.rules.by_id.get(debt.rule)
        if rule is not None and rule.owes is not None and not (debt.breached and case.at_s >= debt.ends_s):
            yield Settling(rule, debt, settled_by(case, debt, rule.owes.settled_by))


def addings(case: Case) -> Iterator[Adding]:
    """The mismatches to which what was just done adds; the case holds the ledger and the belief after it."""
    fresh = {deed.code for deed in case.ledger.deeds if deed.at_s == case.at_s}
    for rule in case.catalogue.rules.mismatches:
        want = rule.mismatch
        if want is None or fresh.isdisjoint(want.conduct):
            continue
        yield Adding(rule, tuple(_told(case, want, mismatches.standing(case, want))))


def _told(case: Case, want: Mismatch, now: mismatches.Standing) -> Iterator[Line]:
    book = case.catalogue
    names = phrasing.any_of([book.types.by_id[name].display for name in want.wants])
    wish = "wants" if want.track == "wanted" else "holds"
    codes = dict.fromkeys(deed.code for deed in now.deeds)
    done = ", ".join(f"{code} {phrasing.titled(code, book)}" for code in codes)
    yield Line(f"{wish} {names}: {now.share:.2f} of the belief (needs {want.share:g})", now.share >= want.share)
    yield Line(f"was treated otherwise, worth {now.worth:.2f} (needs {want.needs:g}): {done}", now.worth >= want.needs)
    yield Line(f"in {now.kinds} different ways (needs {want.kinds})", now.kinds >= want.kinds)
    yield Line(f"{now.contacts} turns of theirs were heard (needs {want.contacts})", now.contacts >= want.contacts)

"""What a signal makes of what is owed, and of the treatment so far: why something is owed, settled, or adds up."""

from collections.abc import Iterator
from dataclasses import dataclass

from listener.catalogue import Catalogue
from listener.catalogue.rules import Mismatch, Owes, Rule
from listener.model.ledger import Debt
from listener.rules.case import Case
from listener.rules.case.matters import current
from listener.rules.debts import owing
from listener.rules.debts.easing import eased_by
from listener.rules.debts.settling import obstacles, settled_by
from listener.rules.explaining import phrasing
from listener.rules.explaining.account import Line, Quotes, concerns, conditions
from listener.rules.explaining.sentences import beside, lasting, share
from listener.rules.findings.finding import weigh
from listener.rules.situations.matching import matches
from listener.rules.treatment import mismatches


@dataclass(frozen=True, slots=True)
class Owing:
    """Whether something came to be owed: its conditions, how sure, due when (None: nothing is owed).

    `p` is what was heard (`said`), times what such a sign is trusted, times less where it is an `afterthought`: what it
    then is, in words; else empty.
    `joins` is what was owed already for the same, whose time runs on; `level` how grave it would be never to answer.
    """

    rule: Rule
    lines: tuple[Line, ...]
    p: float
    said: float
    afterthought: str
    due_s: int | None
    joins: Debt | None
    level: int

    @property
    def lack(self) -> float:
        """How much was lacking for it to be owed."""
        return sum(line.lack for line in self.lines if not line.held)


@dataclass(frozen=True, slots=True)
class Settling:
    """Something owed that this signal settles, by a way its rule names (`by`); or why it settles nothing.

    `eased` is what makes it less likely that more is owed, in words; `here` whether it was said where that is owed.
    """

    rule: Rule
    debt: Debt
    by: str | None
    why_not: tuple[str, ...]
    eased: str
    here: bool


@dataclass(frozen=True, slots=True)
class Adding:
    """How far a mismatch has come with what was just done: its conditions, and whether they hold."""

    rule: Rule
    lines: tuple[Line, ...]


def owings(case: Case, *, near: bool = True, quotes: Quotes | None = None) -> Iterator[Owing]:
    """What comes to be owed by this signal, or why it does not."""
    for rule, owes in case.catalogue.rules.owing:
        if not concerns(owes, case, near=near):
            continue
        p, due_s = owing.prospect(case, rule, owes)
        lines = [*conditions(case, owes, quotes)]
        if p and due_s is None:
            lines.append(Line(_not_due(case, owes), held=False))
        level, joins = weigh(case, rule, current(case)).level, owing.joined(case, rule, owes)
        afterthought = _afterthought(case) if p and owing.is_afterthought(case, rule) else ""
        yield Owing(rule, tuple(lines), round(p, 3), matches(owes, case), afterthought, due_s, joins, level)


def _not_due(case: Case, owes: Owes) -> str:
    """Why what would be owed is not."""
    if owing.is_answered_since(case, owes):
        return "a person of the firm has spoken here since"
    return "no day is named by which" if owes.is_word else "nothing is due on this channel"


def _afterthought(case: Case) -> str:
    """Why what they ask may want no answer."""
    if case.channel == "email":
        return "for a letter that asks nothing outright"
    spoken = bool(case.talk and case.talk.firm_s)
    return "for what is said once the firm has answered" if spoken else "for a post to nobody in particular"


def settlings(case: Case) -> Iterator[Settling]:
    """What was owed before this signal, and what it makes of it."""
    for debt in case.ledger.debts:
        rule = case.catalogue.rules.by_id.get(debt.rule)
        if rule is None or rule.owes is None or (not owing.falls_due(debt) and case.at_s >= debt.ends_s):
            continue
        names, here = rule.owes.settled_by, bool(debt.talk) and debt.talk == case.mark
        by = settled_by(case, debt, names)
        why_not = () if by else tuple(obstacles(case, debt, names))
        yield Settling(rule, debt, by, why_not, "" if by else eased_by(case, debt), here)


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
    wish = "what they want is the tie of" if want.track == "wanted" else "what they have is the tie of"
    found = f"{wish} a {names}: {beside(now.share, want.share)} of the belief, at least {share(want.share)} needed"
    yield Line(found, now.share >= want.share,
               max(0.0, want.share - now.share) / want.share)  # fmt: skip
    lack = max(0.0, want.needs - now.worth) / want.needs
    yield Line(_treated(want, now, book), now.worth >= want.needs, lack)
    yield Line(f"kinds of such treatment: {now.kinds}, at least {want.kinds} needed", now.kinds >= want.kinds,
               tells=now.kinds < want.kinds)  # fmt: skip
    yield Line(f"turns of theirs heard: {now.contacts}, at least {want.contacts} needed", now.contacts >= want.contacts,
               tells=now.contacts < want.contacts)  # fmt: skip


def _treated(want: Mismatch, now: mismatches.Standing, book: Catalogue) -> str:
    """What was done to them otherwise, and how much each counts: what the rule gives for it, by how sure it is."""
    counts: dict[str, tuple[float, int]] = {}
    for deed in now.deeds:
        worth, times = counts.get(deed.code, (0.0, 0))
        counts[deed.code] = (worth + want.conduct[deed.code] * deed.p * deed.counts, times + deed.counts)
    done = [
        f"{code} {phrasing.titled(code, book)} ({f'{times} times, ' if times > 1 else ''}{share(worth)})"
        for code, (worth, times) in counts.items()
    ]
    treated = ", ".join(done) or "nothing of the kind"
    enough = f"{beside(now.worth, want.needs)}, where {want.needs:g} is enough"
    return f"they were treated otherwise within {lasting(want.within)}: {treated}; together {enough}"

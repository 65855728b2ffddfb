"""What `listener precheck` says to whoever plans the act: the advice, why it would hurt whom, and what would help."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from listener.rules.explaining import phrasing
from listener.rules.prechecking.softening import notice_in

if TYPE_CHECKING:
    from listener.catalogue import Catalogue
    from listener.model.inputs import BrandAct
    from listener.rules.prechecking import Crowd, Verdict

ADVICE: Final = {
    "proceed": "go ahead: few or none would mind",
    "give_notice": "go ahead, but tell them well before",
    "consult": "talk first to those it would hurt, and change the plan with them",
    "rescind": "do not do it like this; if it is out already, take it back",
}
MANY: Final = 20
BEST: Final = 6
TRACE: Final = 0.5
"""Fewer customers than this, all told, are less than one; a type of which there are no more is not counted out."""
WORTH_A_WORD: Final = 0.1
"""Fewer than this (of one kind, or of all such types together) are none."""
SHORT: Final = 5
"""So many types are named in a row before the rest is counted."""
_SOURCES: Final = re.compile(r"\s*\((?:[SV]\d+(?:, )?)+\)")


def verdict_in_words(
    planned: "BrandAct", verdict: "Verdict", crowd: "Crowd", book: "Catalogue", told_ahead: timedelta | None = None,
    shown: int = SHORT,
) -> Iterator[str]:  # fmt: skip
    """All of it, from the advice down; in a row of types so many are `shown`."""
    told = verdict.reaction
    details = ", ".join(f"{phrasing.plain(name)} {phrasing.value(one)}" for name, one in planned.details.items())
    yield f"{phrasing.plain(told.kind)}{f' ({details})' if details else ''}"
    yield f"Advice: {told.advice.replace('_', ' ')} - {ADVICE[told.advice]}"
    fall, meant = verdict.fall, _customers(verdict.customers)
    grave = f", {_about(fall.grave)} of these gravely" if fall.hurt >= WORTH_A_WORD else ""
    yield f"It is meant for {meant}; {_about(fall.hurt)} would be hurt by it{grave}."
    if told_ahead or notice_in(planned):
        days = round(max(told_ahead or timedelta(), notice_in(planned) or timedelta()) / timedelta(days=1))
        yield f"They are told of it {days} day{'' if days == 1 else 's'} before it takes effect."
    yield from _rules(verdict, book, shown)
    yield from _help(verdict)
    yield from _who(verdict, book, shown)
    yield from _names("Spare these, who would most probably take it as a breach", verdict.spare)
    yield from _names("Do not reach out to these now, since an open alert holds such contact back", verdict.on_hold)
    if crowd.holds:
        yield "Whatever is planned, open alerts hold back for now:"
        for customer, words in list(crowd.holds.items())[:MANY]:
            yield f"  {customer}: {', '.join(map(phrasing.plain, words))}"


def _customers(number: float) -> str:
    return "1 customer" if number == 1 else f"{number:g} customers"


def _about(expected: float) -> str:
    """An expected number of customers, of whom each may count in parts, as people say it.

    >>> _about(9.96), _about(0.5), _about(0.3), _about(0.02)
    ('about 10', 'about 1', 'less than one', 'none')
    """
    if expected < WORTH_A_WORD:
        return "none"
    return f"about {_whole(expected)}" if expected >= TRACE else "less than one"


def _whole(expected: float) -> int:
    return int(expected + 0.5)


def _rules(verdict: "Verdict", book: "Catalogue", shown: int) -> Iterator[str]:
    if verdict.breaks:
        yield "Rules it would break:"
    for code, names in verdict.breaks.items():
        rule = book.rules.by_id[verdict.by[code]]
        yield f"  {code} {rule.title}. {verdict.why[code]}".rstrip()
        yield f"      because: {_SOURCES.sub('', ' '.join(rule.why.split()))}"
        yield f"      minded by {_minding(names, verdict, book, shown)}"


def _minding(names: Sequence[str], verdict: "Verdict", book: "Catalogue", shown: int) -> str:
    """The types by the names staff know; where most mind, those who do not."""
    if len(names) <= len(book.types.by_id) * 2 / 3:
        return _row(names, verdict, book, shown)
    others = [name for name in book.types.by_id if name not in names]
    return f"everybody but {_row(others, verdict, book, shown)}" if others else "everybody"


def _row(names: Sequence[str], verdict: "Verdict", book: "Catalogue", shown: int) -> str:
    """Types in a row, those first of whom most are meant; what would be too long is counted."""
    here: dict[str, float] = {name: one.customers for name, one in verdict.reaction.exposure.items()}
    called = [book.types.by_id[name].display for name in sorted(names, key=lambda name: -here.get(name, 0.0))]
    left = len(called) - shown
    return ", ".join(called[:shown]) + f" and {left} more types" if left > 1 else ", ".join(called)


def _help(verdict: "Verdict") -> Iterator[str]:
    if verdict.reliefs:
        yield "What would help (each tried by itself on these customers):"
    for one in verdict.reliefs[:BEST]:
        advice = one.advice.replace("_", " ")
        grave = f", {_about(one.grave)} gravely" if one.hurt >= WORTH_A_WORD else ""
        yield f"  {one.words}: {_about(one.hurt)} hurt{grave}; then the advice is: {advice}"
    if verdict.breaks and not verdict.reliefs:
        yield "No notice, consent or other form that was tried would hurt fewer: it is the thing itself they mind."


def _who(verdict: "Verdict", book: "Catalogue", shown: int) -> Iterator[str]:
    """The types that are there in numbers; of the rest only the names."""
    exposed = sorted(verdict.reaction.exposure.items(), key=lambda pair: -pair[1].customers * pair[1].severity)
    if exposed:
        yield "Who would mind, and about how many (one of whom we are not sure counts in parts):"
    for name, one in exposed:
        if one.customers >= TRACE:
            codes = ", ".join(code for code, names in verdict.breaks.items() if name in names)
            grave = phrasing.GRAVE[int(one.severity)]
            yield f"  {book.types.by_id[name].display:28} {_whole(one.customers):5}  {grave} ({codes})"
    rest = [name for name, one in exposed if one.customers < TRACE]
    parts = sum(one.customers for _, one in exposed if one.customers < TRACE)
    if parts >= WORTH_A_WORD:
        yield f"  others, less than one of each ({_about(parts)} in all): {_row(rest, verdict, book, shown)}"
    for segment, fall in verdict.segments.items():
        grave = f", {_about(fall.grave)} gravely" if fall.hurt >= WORTH_A_WORD else ""
        yield f"  segment {segment}: of {fall.customers} {_about(fall.hurt)} hurt{grave}"


def _names(what: str, customers: Sequence[str]) -> Iterator[str]:
    if customers:
        more = f" and {len(customers) - MANY} more (--json has all)" if len(customers) > MANY else ""
        yield f"{what}: {', '.join(customers[:MANY])}{more}"

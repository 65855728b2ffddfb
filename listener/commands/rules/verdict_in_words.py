"""What `listener precheck` says to whoever plans the act: the advice, why it would hurt whom, and what would help."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from listener.rules import phrasing
from listener.rules.softening import notice_in

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
"""Fewer customers than this, all told, of one type are named and not counted out."""
WORTH_A_WORD: Final = 0.1
"""Fewer than this of all such types together are not even named."""
_SOURCES: Final = re.compile(r"\s*\((?:[SV]\d+(?:, )?)+\)")


def verdict_in_words(
    planned: "BrandAct", verdict: "Verdict", crowd: "Crowd", book: "Catalogue", told_ahead: timedelta | None = None
) -> Iterator[str]:
    """All of it, from the advice down."""
    told = verdict.reaction
    details = ", ".join(f"{phrasing.plain(name)} {phrasing.value(one)}" for name, one in planned.details.items())
    yield f"{phrasing.plain(told.kind)}{f' ({details})' if details else ''}"
    yield f"Advice: {told.advice.replace('_', ' ')} - {ADVICE[told.advice]}"
    fall, meant = verdict.fall, _customers(verdict.customers)
    yield f"It is meant for {meant}; about {fall.hurt:.1f} would be hurt by it, {fall.grave:.1f} of these gravely."
    if told_ahead or notice_in(planned):
        days = max(told_ahead or timedelta(), notice_in(planned) or timedelta()).days
        yield f"They are told of it {days} day{'' if days == 1 else 's'} before it takes effect."
    yield from _rules(verdict, book)
    yield from _help(verdict)
    yield from _who(verdict, book)
    yield from _names("Spare these, who would most probably take it as a breach", verdict.spare)
    yield from _names("Do not reach out to these now, since an open alert holds such contact back", verdict.on_hold)
    if crowd.holds:
        yield "Whatever is planned, open alerts hold back for now:"
        for customer, words in list(crowd.holds.items())[:MANY]:
            yield f"  {customer}: {', '.join(map(phrasing.plain, words))}"


def _customers(number: float) -> str:
    return "1 customer" if number == 1 else f"{number:g} customers"


def _rules(verdict: "Verdict", book: "Catalogue") -> Iterator[str]:
    if verdict.breaks:
        yield "Rules it would break:"
    for code, names in verdict.breaks.items():
        rule = book.rules.of_code(code)
        yield f"  {code} {rule.title if rule else ''}. {verdict.why.get(code, '')}".rstrip()
        if rule:
            yield f"      because: {_SOURCES.sub('', ' '.join(rule.why.split()))}"
        yield f"      minded by {_minding(names, book)}"


def _minding(names: Sequence[str], book: "Catalogue") -> str:
    """The types by the names staff know; where most mind, those who do not."""
    display = {name: one.display for name, one in book.types.by_id.items()}
    others = [shown for name, shown in display.items() if name not in names]
    if len(names) <= len(display) * 2 / 3:
        return ", ".join(display[name] for name in names)
    return f"everybody but {', '.join(others)}" if others else "everybody"


def _help(verdict: "Verdict") -> Iterator[str]:
    if verdict.reliefs:
        yield "What would help (each tried by itself on these customers):"
    for one in verdict.reliefs[:BEST]:
        advice = one.advice.replace("_", " ")
        yield f"  {one.words}: {one.hurt:.1f} hurt, {one.grave:.1f} gravely; then the advice is: {advice}"
    if verdict.breaks and not verdict.reliefs:
        yield "No notice, consent or other form that was tried would hurt fewer: it is the thing itself they mind."


def _who(verdict: "Verdict", book: "Catalogue") -> Iterator[str]:
    """The types that are there in numbers; of the rest only the names."""
    exposed = sorted(verdict.reaction.exposure.items(), key=lambda pair: -pair[1].customers * pair[1].severity)
    if exposed:
        yield "Who would mind (a customer of whom we are not sure counts in parts):"
    for name, one in exposed:
        if one.customers >= TRACE:
            codes = ", ".join(code for code, names in verdict.breaks.items() if name in names)
            grave = phrasing.GRAVE[int(one.severity)]
            yield f"  {book.types.by_id[name].display:28} {one.customers:8.1f}  {grave} ({codes})"
    rest = [book.types.by_id[name].display for name, one in exposed if one.customers < TRACE]
    parts = sum(one.customers for _, one in exposed if one.customers < TRACE)
    if parts >= WORTH_A_WORD:
        yield f"  {'less than half of one each':28} {parts:8.1f}  in all: {', '.join(rest)}"
    for segment, fall in verdict.segments.items():
        yield f"  segment {segment}: {fall.hurt:.1f} of {fall.customers} hurt, {fall.grave:.1f} gravely"


def _names(what: str, customers: Sequence[str]) -> Iterator[str]:
    if customers:
        more = f" and {len(customers) - MANY} more (--json has all)" if len(customers) > MANY else ""
        yield f"{what}: {', '.join(customers[:MANY])}{more}"

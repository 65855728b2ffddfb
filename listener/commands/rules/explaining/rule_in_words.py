"""`listener rules explain RULE`: what a rule waits for, what it owes, for whom it is how grave, and its words."""

import re
from collections.abc import Iterator
from typing import Final

from listener.catalogue import Catalogue
from listener.catalogue.rules import Condition, Mismatch, Owes, Rule
from listener.rules.debts.settling import SETTLEMENTS
from listener.rules.explaining import phrasing
from listener.rules.explaining.feeling import asked_of_feeling

_LEFT_OPEN: Final = re.compile(r"\{\w+\}")
"""Where a sentence of `tells` takes a detail of the act."""


def rules_called(name: str, book: Catalogue) -> list[Rule]:
    """The rule of this id, or all rules of this code."""
    if name in book.rules.by_id:
        return [book.rules.by_id[name]]
    return [rule for rule in book.rules.by_id.values() if rule.code == name.upper()]


def waits_for(rule: Rule, book: Catalogue) -> Iterator[str]:
    """What a rule is asked at, in words."""
    if told := asked_of_feeling(rule.code, book.thresholds):
        yield told
    yield from (phrasing.spoken(way.when) for way in rule.notices)
    if rule.owes:
        yield phrasing.spoken(rule.owes.when)
    if rule.mismatch:
        yield f"one of {', '.join(rule.mismatch.conduct)} was noticed"


def rule_in_words(rule: Rule, book: Catalogue) -> str:
    """One rule, whole."""
    return "\n".join(_lines(rule, book))


def _lines(rule: Rule, book: Catalogue) -> Iterator[str]:
    yield f"{rule.code} {rule.id} ({rule.status}): {rule.title}"
    yield from ("", " ".join(rule.why.split()), "")
    if felt := asked_of_feeling(rule.code, book.thresholds):
        yield f"No single act sets it off. It is told when {felt}."
    if len(rule.notices) > 1:
        yield f"Its act is noticed in any of {len(rule.notices)} ways, each with all its conditions; the surest counts."
    for n, way in enumerate(rule.notices, 1):
        says = f"“{_LEFT_OPEN.sub('…', way.tells)}”"
        told = (says, f"when {phrasing.spoken(way.when)}", f"sure to {way.p:g}", phrasing.counted(way.once))
        yield f"{n}. {', '.join(part for part in told if part)}"
        yield from _conditions(way, book)
    if rule.owes:
        yield from _owed(rule.owes, book)
    if rule.mismatch:
        yield from _mismatch(rule.mismatch, book)
    if rule.code.startswith("F"):
        yield from ("", "How grave it is, by what the customer wants the firm to be to them:")
        yield from (
            f"  {grave} (level {level}): {', '.join(types) or 'nobody'}"
            for level, grave, types in phrasing.grave_for(rule.code, book)
        )
    yield from _silence(rule, book)
    if rule.mended_by:
        yield f"mended by: {_codes(rule.mended_by, book)}"
    yield from _glossary(rule, book)


def _conditions(way: Condition, book: Catalogue) -> Iterator[str]:
    yield from (f"     {phrasing.detail(name, wanted)}" for name, wanted in way.where.items())
    yield from (f"     heard: {phrasing.plain(cue)}, at least {least:g}" for cue, least in way.says.items())
    if way.says_any:
        needs = [f"{phrasing.plain(cue)} (at least {least:g})" for cue, least in way.says_any.items()]
        yield f"     heard{', any one of' if len(needs) > 1 else ''}: {phrasing.any_of(needs)}"
    yield from (
        f"     not heard: {phrasing.plain(cue)}, at {least:g} or more" for cue, least in way.unless_says.items()
    )
    yield from (f"     {phrasing.situation(words, book)}" for words in way.if_)


def _owed(owes: Owes, book: Catalogue) -> Iterator[str]:
    yield f"Something is owed when {phrasing.spoken(owes.when)}, sure to {owes.p:g}"
    yield from _conditions(owes, book)
    yield f"   due within: {phrasing.spans(owes.within)}"
    yield "   settled by any of:"
    for name in owes.settled_by:
        meaning = (
            " ".join((SETTLEMENTS[name].lacks.__doc__ or "").split("\n\n")[0].split()) if name in SETTLEMENTS else ""
        )
        yield f"     {name}: {meaning}"
    yield f"   if none of these comes in time, that is the act; an answer up to {owes.until} late still ends its alert"


def _mismatch(want: Mismatch, book: Catalogue) -> Iterator[str]:
    names = phrasing.any_of([book.types.by_id[name].display for name in want.wants])
    wish = "wants the firm to be" if want.track == "wanted" else "holds the firm to be"
    yield f"It is noticed when all of this holds, within {want.within}:"
    yield f"     the customer {wish}: {names} (together at least {want.share:g} of the belief)"
    yield f"     what was done to them is worth {want.needs:g} or more, each act by how sure it is:"
    for code, worth in want.conduct.items():
        yield f"       {worth:g} for each {code} {phrasing.titled(code, book)}"
    yield f"     of {want.kinds} or more different kinds; at least {want.contacts} turns of theirs were heard"


def _silence(rule: Rule, book: Catalogue) -> Iterator[str]:
    if rule.unsafe:
        yield "what it notices puts somebody in danger: its alert is critical, whoever they are"
    if rule.silent_while:
        yield f"says nothing while an alert of these is open: {_codes(rule.silent_while, book)}"
    if rule.symptom_of:
        yield f"says nothing of an act that an open alert of these tells of already: {_codes(rule.symptom_of, book)}"


def _codes(codes: tuple[str, ...], book: Catalogue) -> str:
    return ", ".join(f"{code} {phrasing.titled(code, book)}" for code in codes)


def _glossary(rule: Rule, book: Catalogue) -> Iterator[str]:
    """What the cues and the situations that it names mean."""
    ways: list[Condition] = [*rule.notices, *([rule.owes] if rule.owes else [])]
    cues = dict.fromkeys(cue for way in ways for cue in (*way.says, *way.says_any, *way.unless_says))
    asked = dict(phrasing.meaning_of_situation(words) for way in ways for words in way.if_)
    if cues:
        yield from ("", "What is heard, from 0 (not at all) to 1 (beyond doubt):")
        yield from (f"  {phrasing.plain(cue)}: {phrasing.meaning_of_cue(cue, book)}" for cue in sorted(cues))
    if asked:
        yield from ("", "The situations:")
        yield from (f"  {name}: {meaning}" for name, meaning in sorted(asked.items()))

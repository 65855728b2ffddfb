"""Conditions as sentences that say what was found, and what was needed where that is something else."""

import re
from collections.abc import Callable, Mapping, Sequence
from inspect import signature
from typing import Any, Final

from listener.catalogue import Catalogue
from listener.model.types import FAMILIES, TYPE_INDEX
from listener.rules.case import Case
from listener.rules.explaining import phrasing
from listener.rules.explaining.naming import heard
from listener.rules.situations import SITUATIONS, deeds_of, understand
from listener.rules.situations.arguments import done, failed
from listener.rules.situations.changes import lead_s
from listener.rules.situations.matching import told_as_wanted
from listener.rules.situations.owed import COMPLAINT_STANDS_S
from listener.rules.situations.vocabulary import SENTENCES
from listener.rules.situations.who import named

_EITHER: Final = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")
Figure = Callable[[Case, str], str]


def share(p: float) -> str:
    """A probability as rules and alerts write it.

    >>> share(0.934), share(0.5), share(1), share(0)
    ('0.93', '0.5', '1', '0')
    """
    return f"{p:.2f}".rstrip("0").rstrip(".")


SURENESS: Final = ((0.95, "almost certain"), (0.8, "very likely"), (0.6, "likely"), (0.4, "perhaps"), (0.0, "hardly"))
"""From how sure on a word is said of a probability; “likely” begins where an alert may come of it."""


def surely(p: float) -> str:
    """How sure it is, in words.

    >>> surely(0.97), surely(0.62), surely(0.44)
    ('almost certain (0.97)', 'likely (0.62)', 'perhaps (0.44)')
    """
    return f"{surely_called(p)} ({share(p)})"


def surely_called(p: float) -> str:
    """The word alone."""
    return next(word for least, word in SURENESS if round(p, 2) >= least)


def detail(name: str, wanted: Any, told: Any) -> str:
    """One detail of an act, and, where that is not what a rule asks for or only one of many, what was needed of it.

    >>> detail("change_pct", {"above": 0}, 25), detail("disclosed", False, False)
    ('reported: change percent 25, above 0 needed', 'reported: not disclosed')
    >>> detail("scope", ["all", "existing_customers"], "new_customers"), detail("avoidable", True, None)
    ('reported: scope new customers; needed: scope all or existing customers', 'not reported: avoidable')
    """
    if told is None:
        return f"not reported: {_named(name)}"
    if isinstance(wanted, Mapping):
        bounds = " and ".join(f"{word} {phrasing.value(n)}" for word, n in wanted.items())
        return f"{reported(name, told)}, {bounds} needed"
    needed = "" if told_as_wanted(wanted, told) else f"; needed: {_valued(name, wanted)}"
    return f"{reported(name, told)}{needed}"


def reported(name: str, told: Any) -> str:
    """One detail of an act as it was told.

    >>> reported("change_pct", 25), reported("reason_given", False)
    ('reported: change percent 25', 'reported: not reason given')
    """
    return f"reported: {_valued(name, told)}"


def _valued(name: str, told: Any) -> str:
    if isinstance(told, bool):
        return _named(name) if told else f"not {_named(name)}"
    return phrasing.value(told) if name == "what" else f"{_named(name)} {phrasing.value(told)}"


def _named(name: str) -> str:
    return phrasing.plain(name).replace("pct", "percent")


def beside(p: float, least: float) -> str:
    """A figure beside its bound: one that falls short of it by a hair does not look as if it met it.

    >>> beside(0.62, 0.5), beside(0.498, 0.5), beside(0.001, 0.5)
    ('0.62', 'just under 0.5', 'not at all')
    """
    if p < least and round(p, 2) >= least:
        return f"just under {share(least)}"
    return share(p) if round(p, 2) else "not at all"


def sure_beside(p: float, least: float) -> str:
    """The same in words: how surely something was heard, beside what a rule asks for.

    >>> sure_beside(0.62, 0.5), sure_beside(0.498, 0.5), sure_beside(0.0, 0.5)
    ('likely (0.62)', 'just under 0.5', 'not at all')
    """
    told = beside(p, least)
    return surely(p) if told == share(p) else told


def at_least(cue: str, p: float, least: float, where: str = "") -> str:
    """A cue that must be heard, and in which words it was.

    >>> at_least("suggestion", 0.93, 0.5, " in “you could”")
    'heard an idea in “you could”: very likely (0.93), at least 0.5 needed'
    """
    return f"heard {heard(cue)}{where}: {sure_beside(p, least)}, at least {share(least)} needed"


def less_than(cue: str, p: float, limit: float, where: str = "") -> str:
    """A cue that must hardly be heard.

    >>> less_than("humour", 0.79, 0.5)
    'heard humour: likely (0.79), less than 0.5 needed'
    """
    return f"heard {heard(cue)}{where}: {sure_beside(p, limit)}, less than {share(limit)} needed"


def loudest(wanted: Mapping[str, float], says: Mapping[str, float]) -> str | None:
    """Of cues of which one is enough, the surest that was; None where none was."""
    enough = [cue for cue, least in wanted.items() if says.get(cue, 0.0) >= least]
    return max(enough, key=lambda cue: says[cue], default=None)


def none_of(wanted: Mapping[str, float], says: Mapping[str, float]) -> str:
    """Cues of which one would be enough and none was: how far each came.

    >>> none_of({"suggestion": 0.6, "complaint": 0.5}, {"suggestion": 0.2})
    'none of these was heard surely enough: an idea (heard 0.2, at least 0.6 needed), a complaint (not heard)'
    """
    told = [
        f"{heard(cue)} (heard {beside(says[cue], least)}, at least {share(least)} needed)"
        if round(says.get(cue, 0.0), 2)
        else f"{heard(cue)} (not heard)"
        for cue, least in wanted.items()
    ]
    return told[0] if len(told) == 1 else f"none of these was heard surely enough: {', '.join(told)}"


def situation(words: str, case: Case) -> str:
    """What is so of a situation, with the figure it rests on; where that is not what a rule asks for, also that."""
    claim, argument, wanted = understand(words)
    name = next(name for name, known in SITUATIONS.items() if known is claim)
    is_so = claim(case, argument)
    told = _said(name, argument, case.catalogue, is_so=is_so)
    figure = _FIGURES[name](case, argument) if name in _FIGURES else ""
    if name in _SHARES:
        figure += f" of the belief, {'at least' if wanted else 'less than'} 0.5 needed"
    told += f" ({figure})" if figure else ""
    if is_so is wanted or name in _SHARES:
        return told
    return f"{told}; needed: {_said(name, argument, case.catalogue, is_so=wanted)}"


def _said(name: str, argument: str, book: Catalogue, *, is_so: bool) -> str:
    takes = list(signature(SITUATIONS[name]).parameters)[1]
    values = {takes: lasting(argument) if takes == "span" and argument else argument or "once"}
    words = argument.split()
    kinds = [book.types.by_id[one].display for one in words if one in TYPE_INDEX]
    values["types"] = _kinds([*kinds, *(f"{one} tie" for one in words if one in FAMILIES)])
    sentence = SENTENCES[name]
    if takes in ("deeds", "codes"):
        asked = done(argument)
        values |= {"codes": phrasing.any_of([f"{c} {phrasing.titled(c, book)}" for c in asked.codes.split()])}
        values |= {"within": lasting(f"{asked.within_s // 86_400} d")}
        if asked.times > 1:
            sentence = sentence.replace(
                "[this was|this was not] noticed", f"this was noticed [at least|fewer than] {asked.times} times"
            )
    if takes == "failure":
        within, failures = failed(argument)
        which = f" ({phrasing.any_of([*map(_named, failures)])})" if failures else ""
        values |= {"within": lasting(within), "failure": f"failure{which}"}
    if not argument:
        sentence = sentence.replace(" at least {span} before", " ahead")
    return _EITHER.sub(r"\1" if is_so else r"\2", sentence).format_map(values)


def lasting(span: str | float) -> str:
    """A time as people say it: one that a rule writes, or so many seconds.

    >>> lasting("30 d"), lasting("1 y"), lasting("10 min"), lasting(86_400 * 900), lasting(3600 * 30), lasting("1 d")
    ('30 days', '1 year', '10 minutes', '2.5 years', '30 hours', '1 day')
    """
    if isinstance(span, str):
        number, unit = re.fullmatch(r"\s*([\d.]+)\s*(\w+)\s*", span).groups()  # type: ignore[union-attr]  # rules are linted
    else:
        unit = "y" if span >= 2 * 31_536_000 else "d" if span >= 3 * 86_400 else "h" if span >= 7200 else "min"
        each = {"y": 31_536_000, "d": 86_400, "h": 3600, "min": 60}[unit]
        number = f"{span / each:.{1 if unit == 'y' else 0}f}"
    names = {"s": "second", "min": "minute", "h": "hour", "d": "day", "y": "year"}
    return f"{number} {names[unit]}{'' if number == '1' else 's'}"


_MANY: Final = 4
"""More kinds of customer than this are counted and not named."""


def _kinds(names: Sequence[str]) -> str:
    few = names if len(names) <= _MANY else (*names[: _MANY - 1], f"{len(names) - _MANY + 1} other kinds")
    return phrasing.any_of(few)


def _wanted(case: Case, types: str) -> str:
    return beside(case.share(*named(case, types)), 0.5)


def _wanted_or_held(case: Case, types: str) -> str:
    return beside(max(case.share(*named(case, types), track=track) for track in ("wanted", "held")), 0.5)


def _done(case: Case, argument: str) -> str:
    asked = done(argument)
    found = len(deeds_of(case.ledger, asked.codes, case.at_s, asked.within_s))
    return f"{found} times" if asked.times > 1 else ""


def _fit(case: Case, argument: str) -> str:
    name, least = argument.split()
    fit = dict(case.heard.voices).get(name, 0.0) if case.heard else 0.0  # type: ignore[call-overload]  # any text may be asked for
    return f"a fit of {fit:.1f}, at least {least} needed"


def _complained(case: Case, _: str) -> str:
    """How long ago, and how long a complaint counts."""
    stands = lasting(COMPLAINT_STANDS_S)
    waits = [debt for debt in case.ledger.debts if debt.code == "F02" and debt.troubled]
    if waits:
        first = min(waits, key=lambda one: one.opened_s)
        return (
            f"made {lasting(case.at_s - first.opened_s)} ago; while unanswered it counts for "
            f"{lasting(first.ends_s - first.opened_s)}"
        )
    last_s = max((matter.complained_s for matter in case.ledger.matters), default=0)
    if not last_s:
        return ""
    return (
        f"the last was {lasting(case.at_s - last_s)} ago; one counts for {stands}, longer while it waits for its answer"
    )


_FIGURES: Final[dict[str, Figure]] = {
    "tenure over": lambda case, _: lasting(case.tenure_s()),
    "contacts under": lambda case, _: str(case.ledger.contacts),
    "contacts over": lambda case, _: str(case.ledger.contacts),
    "wants mostly": _wanted,
    "wants or holds mostly": _wanted_or_held,
    "complaint open": _complained,
    "done before": _done,
    "speaks as": _fit,
    "lead under": lambda case, _: lasting(max(0.0, lead_s(case))),
    "distressed": lambda case, _: f"{share(case.reading.distress)}, counted from 0.6",
    "offered": lambda case, _: str(case.talk.offered if case.talk else 0),
    "more formal than": lambda case, _: f"{case.ledger.formal - case.heard.register_:.2f}" if case.heard else "",
}
"""The figure that a situation is decided by."""
_SHARES: Final = ("wants mostly", "wants or holds mostly")
"""Situations decided by a share of the belief: half of it is needed."""

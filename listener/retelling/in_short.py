"""What came of one moment, in short: a line or two for each act, with what it rests on."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from listener.retelling.folding import UNDER, folded
from listener.retelling.verdicts import RuleVerdict
from listener.rules.explaining.account import Line

_SHORT: Final = 3
"""So many reasons are told in short of what has weight, the first being what was heard."""
_BRIEF: Final = 46
"""Of what has none the quotation is cut to so many characters."""
_REPORTED: Final = "reported: "
"""How a detail begins that was told in an act's report."""


def in_short(told: Mapping[str, Sequence[RuleVerdict]]) -> Iterator[str]:
    """What came of each act and why: of one code what has weight, or else the surest; what is said of several, once."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    weighty = [one for verdicts in told.values() for one in verdicts if not one.is_slight]
    said_already = {where for one in weighty for where in _quotations(one)}
    for verdicts in told.values():
        for verdict in [one for one in verdicts if not one.is_slight] or verdicts[:1]:
            if verdict.is_slight and _goes_without_saying(verdict, told, said_already):
                continue
            said = kind(verdict), f" ({verdict.sure})" if verdict.sure else "", _with_reasons(verdict)
            name = verdict.name if verdict.is_named else verdict.code
            alike.setdefault(said, []).append(name)
    for (begins, sure, says), names in alike.items():
        yield from folded(f"  {begins}{', '.join(dict.fromkeys(names))}{sure}: {says}", UNDER)


def _goes_without_saying(verdict: RuleVerdict, told: Collection[str], said_already: Collection[str]) -> bool:
    """That they speak up where anything else is told; another act of theirs where its words were told already."""
    if verdict.code == "C03" and len(told) > 1:
        return True
    return verdict.code[0] == "C" and any(where in said_already for where in _quotations(verdict))


def _quotations(verdict: RuleVerdict) -> list[str]:
    """In which words it was heard."""
    return [line.where for _, lines in verdict.ways[:1] for line in lines if line.heard and line.where]


def kind(verdict: RuleVerdict) -> str:
    """What is done well, and what is noted only, says so first."""
    return ("good: " if verdict.code[0] == "B" else "noted: ") if verdict.is_slight else ""


def _with_reasons(verdict: RuleVerdict) -> str:
    """What came of it, and why: of what has weight in all its words, of what has not briefly."""
    lines = verdict.ways[0][1] if verdict.ways else ()
    reasons = [*_reasons([line for line in lines if line.tells] or lines[:1], brief=verdict.is_slight)]
    if verdict.is_slight:
        return "; ".join(reasons[:1] if verdict.code[0] == "B" else [verdict.says, *reasons[:1]])
    return f"{verdict.says}{'. Why: ' if reasons else ''}{'; '.join(reasons[:_SHORT])}"


def _reasons(lines: Sequence[Line], *, brief: bool) -> Iterator[str]:
    """What was found; what was heard in the same words, and what was reported, stands together."""
    reported = [line.brief.removeprefix(_REPORTED) for line in lines if line.brief.startswith(_REPORTED)]
    if reported:
        yield f"{_REPORTED}{', '.join(reported)}"
    for line in lines:
        if line.heard:
            same = [one.heard for one in lines if one.heard and one.where == line.where]
            if same[0] == line.heard:
                yield f"heard {' and '.join(same)}{_begun(line.where) if brief else line.where}"
        elif not line.brief.startswith(_REPORTED):
            yield line.brief or line.words


def _begun(where: str) -> str:
    """The first words of a quotation; all of them stand above it.

    >>> _begun(" in “the tap drips and drips, and it has dripped for all of the winter that is past”")
    ' in “the tap drips and drips, and it has…”'
    """
    return where if len(where) <= _BRIEF else f"{where[:_BRIEF].rsplit(' ', 1)[0].rstrip(' ,;:…')}…”"

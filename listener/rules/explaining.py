"""Why each rule did or did not fire on a signal, condition by condition, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from listener.catalogue.rules import Condition, Notice, Owes, Rule
from listener.rules.case import Case
from listener.rules.finding import weigh
from listener.rules.matching import told_as_wanted
from listener.rules.matters import current
from listener.rules.situations import holds


@dataclass(frozen=True, slots=True)
class Line:
    """One condition in words, and whether it held."""

    words: str
    held: bool


@dataclass(frozen=True, slots=True)
class Account:
    """One way of one rule on one signal: its conditions, what came of it (`p` 0: nothing), how grave it would be.

    `owes` is set where nothing is done yet: something comes to be owed, and only its absence would be the act.
    """

    rule: Rule
    lines: tuple[Line, ...]
    p: float
    level: int
    owes: Owes | None = None

    @property
    def fired(self) -> bool:
        """Whether the act was noticed, or the thing has come to be owed."""
        return self.p > 0


def account(case: Case, *, near: bool = True) -> Iterator[Account]:
    """Every rule that this signal concerns, by its nearest way; with `near`, only those of which some cue was heard."""
    for rule in case.catalogue.rules.live:
        ways: list[Condition] = [*rule.notices, *([rule.owes] if rule.owes else [])]
        best: Account | None = None
        for way in ways:
            if way.when != (case.kind or case.side) or (near and not _is_near(way, case)):
                continue
            told = _account(case, rule, way)
            if best is None or (told.p, _held(told)) > (best.p, _held(best)):
                best = told
        if best is not None:
            yield best


def _is_near(way: Condition, case: Case) -> bool:
    """Whether any cue it waits for was heard at all; one that waits for none is near whenever its act is done."""
    cues = (*way.says, *way.says_any)
    return not cues or any(case.cue(cue) >= 0.3 for cue in cues)


def _held(told: Account) -> float:
    return sum(line.held for line in told.lines)


def _account(case: Case, rule: Rule, way: Condition) -> Account:
    lines = [Line(f"{_who(way.when)}", True)]
    lines += [
        Line(_detail(name, wanted, case), told_as_wanted(wanted, case.details.get(name)))
        for name, wanted in way.where.items()
    ]
    lines += [
        Line(f"{cue} at least {least:g} (heard {case.cue(cue):.2f})", case.cue(cue) >= least)
        for cue, least in way.says.items()
    ]
    if way.says_any:
        heard = [cue for cue, least in way.says_any.items() if case.cue(cue) >= least]
        told = ", ".join(f"{cue} {case.cue(cue):.2f}" for cue in way.says_any)
        lines.append(Line(f"one of: {told}", bool(heard)))
    lines += [
        Line(f"not {cue} ({case.cue(cue):.2f}, must stay below {least:g})", case.cue(cue) < least)
        for cue, least in way.unless_says.items()
    ]
    lines += [Line(words, holds(words, case)) for words in way.if_]
    held = all(line.held for line in lines)
    cues = [case.cue(cue) for cue in way.says] + ([max(case.cue(c) for c in way.says_any)] if way.says_any else [])
    own = way.p if isinstance(way, Notice) else getattr(way, "p", 1.0)
    p = own * min(cues, default=1.0) if held else 0.0
    return Account(
        rule, tuple(lines), round(p, 3), weigh(case, rule, current(case)).level, way if isinstance(way, Owes) else None
    )


def _who(when: str) -> str:
    spoken = {
        "customer": "the customer speaks",
        "agent": "the firm speaks",
        "campaign": "a mailing",
        "system": "an automatic message",
    }
    return spoken.get(when, when.replace("_", " "))


def _detail(name: str, wanted: object, case: Case) -> str:
    told = case.details.get(name)
    was = "not told" if told is None else repr(told)
    if isinstance(wanted, dict):
        bounds = " and ".join(f"{word} {limit:g}" for word, limit in wanted.items())
        return f"{name} {bounds} (is {was})"
    if isinstance(wanted, list):
        return f"{name} one of {', '.join(map(str, wanted))} (is {was})"
    return f"{name} is {'not told' if wanted is None else wanted} (is {was})"

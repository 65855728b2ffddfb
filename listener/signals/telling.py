"""What is told of each message: of cues and heads one probability a signal, and what follows from them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from listener.signals.panel import Chances, Judged, Panel, by_name

QUIETEST = 0.01
"""Scores below this are not told: the signal was not heard."""
_NEEDS = {"question": 0.5, "complaint": 0.6, "demand": 0.5, "suggestion": 0.6, "escalation": 0.6, "distress": 0.7}
"""How surely a customer must be heard to want something for it to need an answer. That something failed is not enough:
who tells of it and asks nothing may have made their peace with it."""
_DERIVED = ("exit", "rival_left", "politeness", "brusque")


class Left(NamedTuple):
    """A cell of the chances that is not rounded yet."""

    message: int
    column: int


class Teller:
    """Puts together what cues and heads say: a column a signal, in the order of the alphabet."""

    def __init__(self, panel: Panel, cues: Iterable[str]) -> None:
        self._headed = frozenset(panel.signals)
        failures = [f"failure:{name}" for name in panel.names["failure"]]
        names = sorted({*cues, *self._headed, *failures, *_DERIVED, *_NEEDS})
        self.column = {name: n for n, name in enumerate(names)}
        self._names = np.array(names, object)
        self._sides = [(panel.columns[side], self._columns(panel.names[side])) for side in ("customer", "firm")]
        self._failures = self._columns(failures)
        self._needs, self._bars = self._columns(list(_NEEDS)), np.array(list(_NEEDS.values()))

    def _columns(self, names: Sequence[str]) -> NDArray[np.int64]:
        return np.array([self.column[name] for name in names], np.int64)

    def chances(
        self, cued: Sequence[Mapping[str, float]], asked: Sequence[int], judged: Judged
    ) -> tuple[Chances, list[Left]]:
        """What cues (by message) and heads (of the messages `asked`) say; where a signal has a head, only that."""
        chances = np.zeros((len(cued), len(self._names)))
        if asked:
            lines = np.array(asked, np.int64)
            for heads, columns in self._sides:
                told, signal = np.nonzero(judged.signals[:, heads])
                chances[lines[told], columns[signal]] = judged.signals[:, heads][told, signal]
            chances[lines[:, None], self._failures] = judged.failures
        rough, is_judged = list[Left](), set(asked)
        for n, scores in enumerate(cued):
            for name, p in scores.items():
                if name not in self._headed or n not in is_judged:
                    chances[n, self.column[name]] = p
                    rough.append(Left(n, self.column[name]))
        return chances, rough

    def be_polite(self, chances: Chances, lines: Sequence[int]) -> list[Left]:
        """How polite the manner of asking is: what is courteous against what is brusque; neither leans to plain."""
        polite, brusque = self.column["politeness"], self.column["brusque"]
        manner = 0.46 + 0.5 * (chances[lines, polite] - chances[lines, brusque])
        chances[lines, polite] = np.clip(manner, 0.0, 1.0)
        return [Left(n, polite) for n in lines]

    def tell(self, chances: Chances, rough: Iterable[Left]) -> list[dict[str, float]]:
        """The signals of each message by name, in the order of the alphabet, rounded."""
        for n, column in rough:
            p = float(chances[n, column])
            chances[n, column] = round(p, 3) if p >= QUIETEST else 0.0
        return by_name(chances, self._names)

    def need_answers(self, chances: Chances, firm: Sequence[bool]) -> list[bool]:
        """Which messages of the customer want an answer."""
        wants = (chances[:, self._needs] >= self._bars).any(1) & ~np.array(firm, bool)
        answers: list[bool] = wants.tolist()
        return answers

"""What is told of each message: of cues and heads one probability a signal, and what follows from them."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from listener.signals.heads.panel import Chances, Judged, Panel, by_name

QUIETEST = 0.01
"""Scores below this are not told: the signal was not heard."""
_NEEDS = {"question": 0.5, "complaint": 0.6, "demand": 0.5, "suggestion": 0.6, "escalation": 0.6, "distress": 0.7}
"""How surely a customer must be heard to want something for it to need an answer. That something failed is not enough:
who tells of it and asks nothing may have made their peace with it."""
_DERIVED = ("exit", "gone", "rival_left", "politeness", "brusque")


Cell = tuple[int, int]
"""A message and a column: a cell of the chances that is not rounded yet."""


class Scorer:
    """Puts together what cues and heads say: a column a signal, in the order of the alphabet."""

    def __init__(self, panel: Panel, cues: Iterable[str]) -> None:
        self._headed = frozenset(panel.signals)
        failures = [f"failure:{name}" for name in panel.names["failure"]]
        names = sorted({*cues, *self._headed, *failures, *_DERIVED, *_NEEDS})
        self.column = {name: n for n, name in enumerate(names)}
        self._headless = {name: n for name, n in self.column.items() if name not in self._headed}
        self._names = np.array(names, object)
        self._sides = [(panel.columns[side], self._columns(panel.names[side])) for side in ("customer", "firm")]
        self._failures = self._columns(failures)
        self._needs, self._bars = self._columns(list(_NEEDS)), np.array(list(_NEEDS.values()))

    def _columns(self, names: Sequence[str]) -> NDArray[np.int64]:
        return np.array([self.column[name] for name in names], np.int64)

    def chances(
        self, cued: Sequence[Mapping[str, float]], asked: Sequence[int], judged: Judged
    ) -> tuple[Chances, list[Cell]]:
        """What cues (by message) and heads (of the messages `asked`) say; where a signal has a head, only that."""
        chances = np.zeros((len(cued), len(self._names)))
        if asked:
            lines = np.array(asked, np.int64)
            for heads, columns in self._sides:
                told, signal = np.nonzero(judged.signals[:, heads])
                chances[lines[told], columns[signal]] = judged.signals[:, heads][told, signal]
            chances[lines[:, None], self._failures] = judged.failures
        is_judged = set(asked)
        rough = list[Cell]()
        for n, scores in enumerate(cued):
            own = self._headless if n in is_judged else self.column
            for name in scores.keys() & own.keys():
                chances[n, own[name]] = scores[name]
                rough.append((n, own[name]))
        return chances, rough

    def be_polite(self, chances: Chances, lines: Sequence[int]) -> list[Cell]:
        """How polite the manner of asking is: what is courteous against what is brusque; neither leans to plain."""
        polite, brusque = self.column["politeness"], self.column["brusque"]
        manner = 0.46 + 0.5 * (chances[lines, polite] - chances[lines, brusque])
        chances[lines, polite] = np.clip(manner, 0.0, 1.0)
        return [(n, polite) for n in lines]

    def tell(self, chances: Chances, rough: Iterable[Cell]) -> list[dict[str, float]]:
        """The signals of each message by name, in the order of the alphabet, rounded."""
        cells = tuple(np.array(list(rough), np.int64).reshape(-1, 2).T)
        chances[cells] = [round(p, 3) if p >= QUIETEST else 0.0 for p in chances[cells].tolist()]
        return by_name(chances, self._names)

    def need_answers(self, chances: Chances, firm: Sequence[bool]) -> list[bool]:
        """Which messages of the customer want an answer."""
        wants = (chances[:, self._needs] >= self._bars).any(1) & ~np.array(firm, bool)
        answers: list[bool] = wants.tolist()
        return answers

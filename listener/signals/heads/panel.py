"""What the trained heads say of a batch of messages, in the words of CONTRACT 3."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from listener.model.types import TypeId
from listener.signals.arrays.growing import Ints
from listener.signals.heads.facts import LONGEST_COUNTED, table
from listener.signals.heads.linear import KINDS, Floats, Heads, start_odds

Chances = NDArray[np.float64]
FAINTEST = 0.01
"""Signals below this were not heard; graded scores above it let others rank even quiet turns."""
FAINTEST_EMOTION = 0.05
VOICE_TEMPERATURE = 8.0
"""The voices' heads are this much too sure of text they were not trained on (left-out histories,
scripts/tie/fit.py)."""
VOICE_LIMIT = 3.0
"""Nats: the most that the words of one message may say for or against a type."""
FAINTEST_UNCUED = 0.1
"""The same for a signal that no cue spoke of."""
SWAY, LIFT = 1.2, 0.7
"""Nats: how far a head with one or two hundred sentences may move what its cue said, down and up: moved further, texts
of other writers are heard no better, and ideas worse."""
RESERVE = 1.35
"""Nats that such a head holds back where no cue spoke: with less, obliquer words are heard and templates everywhere."""
LENIENCE = 1.25
"""Nats that a signal is less likely in a text of sixty words and more in which no cue spoke of it."""
ILL = frozenset(("complaint", "negative_emotion", "distress"))
BROAD = ILL | {"praise"}
"""Signals whose heads were trained on much text of many kinds."""
Asked = tuple[bool, Ints, dict[int, float], str]
"""Whether the firm speaks, the rows of its words, its facts, and its channel."""
GRIEVED = 0.3
"""How likely a complaint must be for its kind to be told."""
AT_HOME = {"chat": -0.4, "voice": -0.4}
"""Nats: how much less likely ill feeling is on a channel than in a mail, before a word is read: most turns of a chat
answer the agent's questions."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the heads say of some messages: a line each.

    `signals` are the chances by the panel's signals (0: not heard, or not of the side that speaks), `failures` by its
    failures (0 but for the customer's complaints); emotions and voices by name.
    """

    signals: Chances
    failures: Chances
    emotions: Sequence[dict[str, float]]
    voices: Sequence[Mapping[TypeId, float]]


@dataclass(frozen=True)
class Panel:
    """The heads, sorted by what they speak of.

    `order` is each cue's column among the facts, `names` by kind what the heads speak of, `columns` by kind where they
    stand. By signal, of the customer and then of the firm: the column of its `cue` among the facts (0 where it has
    none, and is not `cued`), whether its head is `narrow` and may not say much, whether it tells of `ill` feeling.
    """

    heads: Heads | None
    order: Mapping[str, int]
    names: Mapping[str, Sequence[str]]
    columns: Mapping[str, slice]
    cue: Ints
    cued: NDArray[np.bool_]
    narrow: NDArray[np.bool_]
    ill: NDArray[np.bool_]

    @classmethod
    def of(cls, heads: Heads | None, signals: Sequence[str]) -> "Panel":
        """Sort the heads. A cue they were not trained with speaks for itself alone."""
        names: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for head in heads.names if heads is not None else ():
            kind, _, name = head.partition(":")
            names[kind].append(name)
        ends = np.cumsum([len(names[kind]) for kind in KINDS]).tolist()
        columns = {kind: slice(end - len(names[kind]), end) for kind, end in zip(KINDS, ends, strict=True)}
        if heads is None:
            order = {s: i for i, s in enumerate(signals)}
        else:
            order = {f[4:]: i for i, f in enumerate(heads.facts) if f.startswith("cue:")}
        own = names["customer"] + names["firm"]
        cued = np.array([n in order for n in own], bool)
        return cls(
            heads,
            order,
            names,
            columns,
            np.array([order.get(n, 0) for n in own], np.int64),
            cued,
            cued & np.array([n not in BROAD for n in own], bool),
            cued & np.array([n in ILL for n in own], bool),
        )

    @property
    def signals(self) -> list[str]:
        """What the heads of both sides speak of, the customer's first."""
        return [*self.names["customer"], *self.names["firm"]]

    def judge(self, asked: Sequence[Asked]) -> Judged:
        """What the heads say of each message of a batch."""
        if self.heads is None or not asked:
            none = np.zeros((len(asked), 0))
            return Judged(none, none, [{}] * len(asked), [{}] * len(asked))
        scores = self.heads.scores([a[1] for a in asked], [a[2] for a in asked])
        firm = np.array([a[0] for a in asked], bool)
        signals = self._signals(scores, asked, firm)
        grieved = signals[:, self.names["customer"].index("complaint")] >= GRIEVED
        emotions = _told(_chance(scores[:, self.columns["emotion"]]), FAINTEST_EMOTION)
        names = np.array(self.names["emotion"], object)
        return Judged(signals, self._failures(scores, grieved), by_name(emotions, names), self._voices(scores, firm))

    def _signals(self, scores: Floats, asked: Sequence[Asked], firm: NDArray[np.bool_]) -> Chances:
        """The chances of the signals, rounded; 0 for those not heard and those of the other side."""
        assert self.heads is not None  # judge has seen to it
        facts = table([a[2] for a in asked], len(self.heads.facts))
        said = facts[:, self.cue]
        silent = said == 0
        wordy = LENIENCE * (facts[:, [self.heads.facts.index("length")]] >= LONGEST_COUNTED)
        odds = scores[:, : len(self.cue)]
        narrow = np.where(silent, odds - RESERVE - wordy, np.clip(odds, -SWAY, LIFT))
        odds = np.where(self.narrow, narrow, odds)
        odds += np.where(self.cued, start_odds(said), np.float32(0))
        at_home = np.array([[AT_HOME.get(a[3], 0.0)] for a in asked], np.float32)
        odds = np.where(self.ill, odds + at_home - (wordy * silent).astype(np.float32), odds)
        chance = _chance(odds)
        chance[self.narrow & silent & (chance < FAINTEST_UNCUED)] = 0.0
        chances = _told(chance, FAINTEST)
        chances[firm, self.columns["customer"]] = 0.0
        chances[~firm, self.columns["firm"]] = 0.0
        return chances

    def _failures(self, scores: Floats, grieved: NDArray[np.bool_]) -> Chances:
        """What failed, where there is a complaint."""
        out = np.zeros((len(scores), len(self.names["failure"])))
        if out.shape[1] and grieved.any():
            z = scores[grieved, self.columns["failure"]]
            p = np.exp(z - z.max(1, keepdims=True))
            p /= p.sum(1, keepdims=True)
            out[grieved] = _told(p, FAINTEST_EMOTION)
        return out

    def _voices(self, scores: Floats, firm: NDArray[np.bool_]) -> list[dict[TypeId, float]]:
        """What the customer's words say for and against each type, in nats."""
        z = scores[:, self.columns["voice"]]
        if not z.shape[1]:
            return [{} for _ in scores]
        z = np.clip((z - z.mean(1, keepdims=True)) / VOICE_TEMPERATURE, -VOICE_LIMIT, VOICE_LIMIT)
        names = cast(list[TypeId], self.names["voice"])
        lines = np.round(z.astype(np.float64), 2).tolist()
        return [
            {} if is_firm else dict(zip(names, line, strict=True))
            for line, is_firm in zip(lines, firm.tolist(), strict=True)
        ]


def _chance(scores: Floats) -> Floats:
    chance: Floats = np.float32(1) / (np.float32(1) + np.exp(-np.clip(scores, -30, 30)))
    return chance


def _told(chance: Floats, faintest: float) -> Chances:
    """Three digits of each chance; 0 for what is fainter than that."""
    kept = np.round(chance.astype(np.float64), 3)
    return np.where(kept < faintest, 0.0, kept)


def by_name(values: Chances, names: NDArray[Any]) -> list[dict[str, float]]:
    """Each line's values that are not 0, by the names of their columns."""
    lines, columns = np.nonzero(values)
    named, held = names[columns].tolist(), values[lines, columns].tolist()
    edges = np.searchsorted(lines, np.arange(len(values) + 1)).tolist()
    return [dict(zip(named[a:b], held[a:b], strict=True)) for a, b in pairwise(edges)]

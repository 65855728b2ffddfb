"""What the trained heads say of a batch of messages, in the words of CONTRACT 3."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from listener.model.types import TypeId
from listener.signals.facts import LONGEST_COUNTED, table
from listener.signals.growing import Ints
from listener.signals.heads import Heads, start_odds

FAINTEST = 0.01
"""Signals below this were not heard; graded scores above it let others rank even quiet turns."""
FAINTEST_EMOTION = 0.05
VOICE_TEMPERATURE = 8.0
"""The voices' heads are this much too sure of text they were not trained on (left-out histories,
scripts/fit_tie.py)."""
VOICE_LIMIT = 3.0
"""Nats: the most that the words of one message may say for or against a type."""
FAINTEST_UNCUED = 0.1
"""The same for a signal that no cue spoke of."""
SWAY, LIFT = 1.2, 0.7
"""Nats: how far a head with few sentences may move what its cue said, down and up."""
RESERVE = 1.5
"""Nats that such a head holds back where no cue spoke."""
LENIENCE = 1.0
"""Nats that a signal is less likely in a text of sixty words and more in which no cue spoke of it."""
ILL = frozenset(("complaint", "negative_emotion", "distress"))
BROAD = ILL | {"praise"}
"""Signals whose heads were trained on much text of many kinds."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the heads say of one message."""

    signals: Mapping[str, float] = field(default_factory=dict)
    emotions: Mapping[str, float] = field(default_factory=dict)
    voices: Mapping[TypeId, float] = field(default_factory=dict)


UNJUDGED = Judged()
Asked = tuple[bool, Ints, dict[int, float], str]
"""Whether the firm speaks, the rows of its words, its facts, and its channel."""
GRIEVED = 0.3
"""How likely a complaint must be for its kind to be told."""
AT_HOME = {"social": -0.4, "chat": -0.4, "voice": -0.4}
"""Nats: how much less likely ill feeling is on a channel than in a mail, before a word is read: most turns of a chat
answer the agent's questions, and many posts only mention a firm."""


@dataclass(frozen=True)
class Panel:
    """The heads, sorted by what they speak of: columns of the score matrix, by kind."""

    heads: Heads | None
    order: Mapping[str, int]
    columns: Mapping[str, NDArray[np.int64]]
    names: Mapping[str, list[str]]
    signals: NDArray[np.int64]
    cues: NDArray[np.int64]
    narrow: NDArray[np.int64]
    narrow_cues: NDArray[np.int64]
    ill: NDArray[np.int64]
    ill_cues: NDArray[np.int64]

    @classmethod
    def of(cls, heads: Heads | None, signals: Sequence[str]) -> "Panel":
        """Sort the heads. A cue they were not trained with speaks for itself alone."""
        none = np.zeros(0, np.int64)
        if heads is None:
            return cls(None, {s: i for i, s in enumerate(signals)}, {}, {}, none, none, none, none, none, none)
        order = {f[4:]: i for i, f in enumerate(heads.facts) if f.startswith("cue:")}
        names: dict[str, list[str]] = {}
        columns: dict[str, list[int]] = {}
        for i, head in enumerate(heads.names):
            kind, _, name = head.partition(":")
            names.setdefault(kind, []).append(name)
            columns.setdefault(kind, []).append(i)
        own = [
            (i, order[n])
            for k in ("customer", "firm")
            for i, n in zip(columns.get(k, ()), names.get(k, ()), strict=True)
            if n in order
        ]
        return cls(
            heads,
            order,
            {k: np.array(v, np.int64) for k, v in columns.items()},
            names,
            np.array([i for i, _ in own], np.int64),
            np.array([c for _, c in own], np.int64),
            np.array([i for i, c in own if heads.facts[c][4:] not in BROAD], np.int64),
            np.array([c for _, c in own if heads.facts[c][4:] not in BROAD], np.int64),
            np.array([i for i, c in own if heads.facts[c][4:] in ILL], np.int64),
            np.array([c for _, c in own if heads.facts[c][4:] in ILL], np.int64),
        )

    @property
    def headed(self) -> frozenset[str]:
        """Signals that have a head, so that the head's word stands for the cues'."""
        return frozenset((*self.names.get("customer", ()), *self.names.get("firm", ()))) if self.heads else frozenset()

    def judge(self, asked: Sequence[Asked]) -> list[Judged]:
        """What the heads say of each message of a batch."""
        if self.heads is None or not asked:
            return [UNJUDGED] * len(asked)
        facts = table([a[2] for a in asked], len(self.heads.facts))
        scores = self.heads.scores([a[1] for a in asked], [a[2] for a in asked])
        wordy = LENIENCE * (facts[:, [self.heads.facts.index("length")]] >= LONGEST_COUNTED)
        silent = facts[:, self.narrow_cues] == 0
        narrow = scores[:, self.narrow]
        scores[:, self.narrow] = np.where(silent, narrow - RESERVE - wordy, np.clip(narrow, -SWAY, LIFT))
        scores[:, self.signals] += start_odds(facts[:, self.cues])
        scores[:, self.ill] += np.array([[AT_HOME.get(a[3], 0.0)] for a in asked], np.float32)
        scores[:, self.ill] -= wordy * (facts[:, self.ill_cues] == 0)
        chance = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
        unsaid = silent & (chance[:, self.narrow] < FAINTEST_UNCUED)
        chance[:, self.narrow] = np.where(unsaid, 0.0, chance[:, self.narrow])
        emotions = self._told(chance, "emotion")
        customer, firm = self._told(chance, "customer"), self._told(chance, "firm")
        failures, voices = self._failures(scores), self._voices(scores)
        out = []
        for n, (is_firm, _, _, _) in enumerate(asked):
            said = firm[n] if is_firm else customer[n]
            if not is_firm and said.get("complaint", 0.0) >= GRIEVED:
                said |= failures[n]
            out.append(Judged(said, emotions[n], {} if is_firm else voices[n]))
        return out

    def _told(self, chance: NDArray[np.floating[Any]], kind: str) -> list[dict[str, float]]:
        names = self.names.get(kind, [])
        if not names:
            return [{} for _ in chance]
        kept = np.round(chance[:, self.columns[kind]].astype(np.float64), 3)
        out: list[dict[str, float]] = [{} for _ in chance]
        lines, places = np.nonzero(kept >= (FAINTEST_EMOTION if kind == "emotion" else FAINTEST))
        for line, place, p in zip(lines.tolist(), places.tolist(), kept[lines, places].tolist(), strict=True):
            out[line][names[place]] = p
        return out

    def _failures(self, scores: NDArray[np.float32]) -> list[dict[str, float]]:
        if "failure" not in self.columns:
            return [{} for _ in scores]
        z = scores[:, self.columns["failure"]]
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        names = [f"failure:{n}" for n in self.names["failure"]]
        return [
            {n: x for n, x in zip(names, row, strict=True) if x >= FAINTEST_EMOTION}
            for row in np.round(p.astype(np.float64), 3).tolist()
        ]

    def _voices(self, scores: NDArray[np.float32]) -> list[dict[TypeId, float]]:
        if "voice" not in self.columns:
            return [{} for _ in scores]
        z = scores[:, self.columns["voice"]]
        z = np.clip((z - z.mean(1, keepdims=True)) / VOICE_TEMPERATURE, -VOICE_LIMIT, VOICE_LIMIT)
        names = cast(list[TypeId], self.names["voice"])
        return [dict(zip(names, row, strict=True)) for row in np.round(z.astype(np.float64), 2).tolist()]

"""The few facts of a message that the heads weigh beside its words: what the cues said, the sentiment, the form."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

FORM = ("positive", "negative", "length", "question", "exclamation", "handle", "caps", "emoji")


def fact_names(signals: Sequence[str]) -> tuple[str, ...]:
    """The columns: every cue's signal, then the facts of form."""
    return (*[f"cue:{s}" for s in signals], *FORM)


def facts_of(scores: Mapping[str, float], order: Mapping[str, int], sentiment: float, text: str, words: int, caps: float) -> list[float]:
    """One message's line, in the order of fact_names."""
    line = [0.0] * (len(order) + len(FORM))
    for signal, p in scores.items():
        line[order[signal]] = p
    n = len(order)
    line[n] = sentiment if sentiment > 0 else 0.0
    line[n + 1] = -sentiment if sentiment < 0 else 0.0
    line[n + 2] = min(words, 60) / 30.0
    line[n + 3] = 1.0 if "?" in text else 0.0
    line[n + 4] = min(text.count("!"), 3) / 3.0
    line[n + 5] = 1.0 if "@" in text else 0.0
    line[n + 6] = min(caps * 4, 1.0)
    line[n + 7] = 0.0 if text.isascii() else 1.0
    return line


Line = NDArray[np.float32]

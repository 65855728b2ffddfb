"""The few facts of a message that the heads weigh beside its words: what the cues said, the sentiment, the form."""

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

FORM = ("positive", "negative", "length", "question", "exclamation", "handle", "caps", "emoji")
LONGEST_COUNTED = 2.0
"""The fact of length grows to this, at sixty words."""


def fact_names(signals: Sequence[str]) -> tuple[str, ...]:
    """The columns: every cue's signal, then the facts of form."""
    return (*[f"cue:{s}" for s in signals], *FORM)


def facts_of(
    scores: Mapping[str, float], order: Mapping[str, int], sentiment: float, text: str, words: int, caps: float
) -> dict[int, float]:
    """One message's facts that are not zero, by column in the order of fact_names."""
    line = {order[signal]: p for signal, p in scores.items() if signal in order}
    n = len(order)
    if sentiment:
        line[n + (sentiment < 0)] = abs(sentiment)
    line[n + 2] = min(words / 30.0, LONGEST_COUNTED)
    if "?" in text:
        line[n + 3] = 1.0
    if "!" in text:
        line[n + 4] = min(text.count("!"), 3) / 3.0
    if "@" in text:
        line[n + 5] = 1.0
    if caps:
        line[n + 6] = min(caps * 4, 1.0)
    if not text.isascii():
        line[n + 7] = 1.0
    return line


def cells(lines: Sequence[Mapping[int, float]]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """A batch's facts one behind the other: how many each line has, their columns and their values."""
    lengths = np.fromiter(map(len, lines), np.int64, len(lines))
    columns = np.fromiter(chain.from_iterable(lines), np.int64, int(lengths.sum()))
    values = np.fromiter(chain.from_iterable([line.values() for line in lines]), np.float32, int(lengths.sum()))
    return lengths, columns, values


def table(lines: Sequence[Mapping[int, float]], width: int) -> NDArray[np.float32]:
    """A batch's facts as one array, a line a message."""
    lengths, columns, values = cells(lines)
    out = np.zeros((len(lines), width), np.float32)
    out[np.repeat(np.arange(len(lines)), lengths), columns] = values
    return out

"""What tells distress: how much each cue, emotion and manner of writing weighs, for it and against it."""

from math import exp
from typing import Final

from pydantic import Field

from listener.catalogue.shelf import Entry, Shelf

FILE: Final = "distress.yaml"
ANSWERED: Final = "answered"
"""That a turn of the firm's came at all, whatever it says."""
Weights = dict[str, float]


class DistressWeights(Entry):
    """A running sum in nats: each turn keeps `keeps` of it and adds pain less ease (scripts/tie/fit_distress.py).

    In a chat each turn keeps `keeps_in_chat`: turns are many and short, and what was said ten lines ago is often
    settled; a post or a mail is seldom taken back by the next.

    `signals`, `emotions` and `manner` are nats where what they name is certain: positive for pain, negative for ease.
    `answers` are those of what the firm's turns say, `answered_with` of what they feel: it apologises to those it
    reads as hurt, and jokes with others, so an answer is a witness of what it answers; and that
    somebody answers at all (ANSWERED) eases. `rest` is the log-odds of high
    distress where nothing was felt; `breach` what a grave breach by the firm adds that no words tell of; `within` the
    bounds of the sum; `line_s` the seconds within which lines that one side writes in a row are one turn.
    """

    source: str
    rest: float = Field(lt=0)
    keeps: float = Field(gt=0, lt=1)
    keeps_in_chat: float = Field(gt=0, lt=1)
    answers: Weights
    answered_with: Weights = Field(default_factory=dict)
    breach: float = Field(ge=0)
    half_life_days: float = Field(gt=0)
    line_s: int = Field(ge=0)
    within: tuple[float, float]
    signals: Weights
    emotions: Weights
    manner: Weights

    def kept(self, channel: str) -> float:
        """What a turn on a channel keeps of what was felt before it."""
        return self.keeps_in_chat if channel == "chat" else self.keeps

    def shown(self, nats: float) -> float:
        """The chance that distress is high, less what it is where nothing was felt: 0 at rest."""
        rest = 1.0 / (1.0 + exp(-self.rest))
        return max(0.0, (1.0 / (1.0 + exp(-self.rest - nats)) - rest) / (1.0 - rest))


def read_distress(shelf: Shelf) -> DistressWeights:
    """The weights."""
    return shelf.one(FILE, DistressWeights)

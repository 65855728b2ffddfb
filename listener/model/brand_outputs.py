"""What we tell of the whole brand: its relationship profile, and how an act of the company was taken (CONTRACT 3)."""

from typing import Literal

from pydantic import Field

from listener.model.types import Family, TypeId
from listener.model.wire import Moment, Money, Outgoing, Probability


class TypeTotals(Outgoing):
    """What the brand's customers of one type (or family) add up to; customers are expected counts."""

    customers: float
    share: Probability
    inflow: float = 0.0
    outflow: float = 0.0
    annual_value: Money | None = None
    strained: float = 0.0


class Portfolio(Outgoing):
    """The brand's relationship profile."""

    brand: str
    as_of: Moment
    customers: int
    types: dict[TypeId, TypeTotals]
    families: dict[Family, TypeTotals]
    unsettled: Probability


class Exposure(Outgoing):
    """How many customers of a type an act reaches, and how gravely."""

    customers: float
    severity: float


class Observed(Outgoing):
    """How customers of a type took it."""

    customers: float
    valence_before: float
    valence_after: float
    distress_delta: float
    exit_talk: float


class Reaction(Outgoing):
    """How customers of each type took, or would take, an act of the company."""

    act_id: str
    brand: str
    kind: str
    announced_at: Moment
    as_of: Moment
    exposure: dict[TypeId, Exposure]
    observed: dict[TypeId, Observed] = Field(default_factory=dict)
    advice: Literal["proceed", "give_notice", "consult", "rescind"]

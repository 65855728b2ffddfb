"""What we tell of a customer: estimate, alerts, acts noticed, transitions, briefing, advocacy (CONTRACT 3)."""

from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from listener.model.types import Family, Track, TypeId
from listener.model.wire import Moment, Money, Outgoing, Probability

Severity = Literal["info", "low", "medium", "high", "critical"]
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
"""From the slightest to the gravest; an alert's severity is kept as its place in this order."""
Status = Literal["raised", "updated", "escalated", "acknowledged", "resolved", "expired"]
AlertKind = Literal["transgression", "mismatch", "strain", "distress", "customer_breach"]
Engagement = Literal["ratcheting_up", "steady", "dialling_down"]


class TypeShare(Outgoing):
    """A type and how probable it is."""

    type: TypeId
    p: Probability


class TrackEstimate(Outgoing):
    """One track of the belief, as others read it: the three most probable types, the families, how unsettled it is."""

    top: tuple[TypeShare, ...]
    family: dict[Family, Probability]
    unsettled: Probability


class Dimensions(Outgoing):
    """Where the relationship lies on the four dimensions the research names: expected coordinates of the held track."""

    valence: Annotated[float, Field(ge=-1, le=1)]
    intimacy: Probability
    intensity: Probability
    power: Annotated[float, Field(ge=-1, le=1)]


class ValueAtStake(Outgoing):
    """What the customer is worth a year, and how much of it is at risk now."""

    annual: Money | None = None
    at_risk: Money | None = None


class Because(Outgoing):
    """A signal that moved the belief: which type it moved, on which track, by how many nats."""

    event_id: str
    signal: str
    moved: Track
    type: TypeId
    weight: float


class Estimate(Outgoing):
    """What is believed of a customer now."""

    customer_id: str
    brand: str
    as_of: Moment
    events_heard: int
    held: TrackEstimate
    wanted: TrackEstimate
    enacted: TrackEstimate
    dimensions: Dimensions
    strength: Probability
    strain: Annotated[float, Field(ge=0)]
    distress: Probability
    engagement: Engagement
    leaving: Probability = 0.0
    value: ValueAtStake
    because: tuple[Because, ...] = ()
    catalogue: str


class NoticedAct(Outgoing):
    """An act that breaks or honours a norm, alerted or not; `severity` is its digit for this customer's types.

    `held_back` is why no alert is raised for an act that is grave enough: unsure, doubtful, shadow, silenced, symptom,
    cool_down, cap. `held_by` is the id of the open alert that speaks for a symptom.
    """

    customer_id: str
    brand: str
    at: Moment
    code: str
    p: Probability
    event_id: str
    channel: str
    severity: Annotated[int, Field(ge=0, le=3)]
    alert_id: str | None = None
    rule_id: str | None = None
    held_back: str | None = None
    held_by: str | None = None


class Evidence(Outgoing):
    """One event that proves an alert."""

    event_id: str
    channel: str
    occurred_at: Moment
    role: str
    says: str
    excerpt: str = ""


class AlertedAct(Outgoing):
    """The act an alert is about, by code and name of the taxonomy."""

    code: str
    name: str
    by: Literal["firm", "customer"]


class TopTypes(Outgoing):
    """The three most probable types of each track, as the alert was decided."""

    held: tuple[TypeShare, ...] = ()
    wanted: tuple[TypeShare, ...] = ()
    enacted: tuple[TypeShare, ...] = ()


class Repair(Outgoing):
    """What would mend it, who should, by when, and what would insult."""

    role: str | None = None
    do: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    due_at: Moment | None = None


class Gathered(Outgoing):
    """How many customers' alerts of one cause a brand's alert stands for, how many go on, how grave they are."""

    customers: Annotated[int, Field(ge=1)]
    open: Annotated[int, Field(ge=0)]
    severities: dict[Severity, int]


class Alert(Outgoing):
    """One change in the life of an alert. `alert_id` depends on customer, brand, rule and first cause only.

    A brand's alert has no customer; `counts` says how many it stands for by the type they want, `gathered` the rest.
    """

    alert_id: str
    status: Status
    kind: AlertKind
    rule_id: str
    rule_version: int
    title: str
    severity: Severity
    threat: Probability
    confidence: Probability
    customer_id: str | None
    brand: str
    relationship: TopTypes
    act: AlertedAct
    evidence: tuple[Evidence, ...]
    why: str
    repair: Repair
    value_at_risk: Money | None = None
    started_at: Moment
    updated_at: Moment
    ended_at: Moment | None = None
    occurrences: Annotated[int, Field(ge=1)] = 1
    suppresses: tuple[str, ...] = ()
    cause_event_id: str | None = None
    counts: dict[str, int] | None = None
    gathered: Gathered | None = None
    catalogue: str


class Transition(Outgoing):
    """A move from one type to another, a ratchet up or a dial down, or distress setting in or easing."""

    customer_id: str
    brand: str
    at: Moment
    kind: Literal["type_change", "engagement", "distress"]
    track: Track
    from_: Annotated[str, Field(alias="from")]
    to: str
    p: Probability
    expected_path: bool
    because: tuple[Because, ...] = ()

    model_config = Outgoing.model_config | {"populate_by_name": True, "serialize_by_alias": True}


class OpenMatter(Outgoing):
    """Something that is owed to the customer."""

    what: str
    since: Moment
    due_at: Moment | None = None


class History(Outgoing):
    """What a host should remember."""

    customer_since: str | None = None
    last_contact: Moment | None = None
    named_contacts: tuple[str, ...] = ()


class Briefing(Outgoing):
    """What a service agent should know before speaking."""

    customer_id: str
    brand: str
    as_of: Moment
    name: str | None
    held: tuple[TypeShare, ...]
    wanted: tuple[TypeShare, ...]
    in_one_line: str
    expects: tuple[str, ...]
    do: tuple[str, ...]
    avoid: tuple[str, ...]
    open_matters: tuple[OpenMatter, ...] = ()
    history: History
    role: str | None = None


class AdvocateEngagement(Outgoing):
    """How often and how lately the customer posts."""

    posts_90d: int
    last_post_at: Moment | None = None


class Advocate(Outgoing):
    """How strongly, and how honestly, a customer recommends the brand."""

    customer_id: str
    brand: str
    as_of: Moment
    score: Probability
    engagement: AdvocateEngagement
    reach: float
    love: float
    incentivised_share: Probability
    rank_inputs: dict[str, float] = Field(default_factory=dict)

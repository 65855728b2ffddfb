"""Signals with defaults, so that a test says only what it is about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from listener import relationship
from listener.catalogue import Catalogue, load
from listener.model.inputs import BrandAct, Profile
from listener.model.signals import Act, Heard
from listener.model.tie import CUSTOMER_CUES, FIRM_CUES, LATER_CUES, TRAITS, TieState
from listener.model.types import TYPES

KNOWN: Catalogue = load()
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def heard(days: float = 0.0, name: str = "", **told: Any) -> Heard:
    """A turn, by default a customer's chat message of twenty-two words."""
    at = START + timedelta(days=days)
    told = {
        "channel": "chat",
        "role": "customer",
        "traits": {"words": 22.0, "sentences": 2.0, "word_length": 4.3},
    } | told
    return Heard(
        event_id=name or f"h{days}{sorted(told.get('signals', {}))}",
        occurred_at=at,
        heard_at=at,
        customer_id="C-1",
        brand="acme",
        **told,
    )


def act(kind: str, days: float = 0.0, **details: Any) -> Act:
    """An act of the firm to this customer."""
    at = START + timedelta(days=days)
    told = BrandAct.model_validate(
        {"event_id": f"a{days}{kind}", "occurred_at": at, "customer": {"customer_id": "C-1"}, "kind": kind}
        | {"details": details}
    )
    return Act(event_id=told.event_id, occurred_at=at, heard_at=at, customer_id="C-1", brand="acme", data=told)


def ordered(days: float, category: str = "kibble", value: str = "84.50") -> Act:
    """An order of the customer's."""
    return act("order_placed", days, category=category, value={"amount": value, "currency": "EUR"}, by="customer")


def after(*signals: Heard | Act, profile: Profile | None = None) -> TieState:
    """The belief after these signals."""
    tie = relationship.begin(START)
    for signal in signals:
        tie = relationship.revise(tie, signal, (), profile, KNOWN)
    return tie


def top(tie: TieState, track: str = "wanted", days: float = 0.0, profile: Profile | None = None) -> str:
    """The most probable type at so many days from the start."""
    return relationship.read(tie, profile, START + timedelta(days=days), KNOWN).top(track, 1)[0][0]


def share(tie: TieState, name: str, days: float = 0.0, profile: Profile | None = None) -> float:
    """How probable a wanted type is at so many days from the start."""
    return dict(relationship.read(tie, profile, START + timedelta(days=days), KNOWN).top("wanted", 29))[name]


chances = st.floats(0, 1, allow_nan=False)


@st.composite
def turns(draw: st.DrawFn) -> Heard:
    """Any turn of either side, within the first two years."""
    names = CUSTOMER_CUES + LATER_CUES + FIRM_CUES
    return heard(
        days=draw(st.integers(0, 700)) + draw(st.integers(0, 1439)) / 1440,
        name=draw(st.uuids()).hex,
        role=draw(st.sampled_from(["customer", "customer", "agent", "bot", "campaign"])),
        channel=draw(st.sampled_from(["chat", "email", "social", "voice"])),
        conversation_id=draw(st.sampled_from([None, "a", "b"])),
        public=draw(st.booleans()),
        sentiment=draw(st.none() | st.floats(-1, 1)),
        target=draw(st.sampled_from(["brand", "brand", "rival", "other"])),
        register_=draw(chances),
        offered=draw(st.integers(0, 3)),
        signals=draw(st.dictionaries(st.sampled_from(names), chances, max_size=6)),
        emotions=draw(st.dictionaries(st.sampled_from(["anger", "joy", "grief", "pride"]), chances, max_size=3)),
        voices=draw(st.dictionaries(st.sampled_from(TYPES), st.floats(-6, 6), max_size=8)),
        traits=draw(st.dictionaries(st.sampled_from(("words", *TRAITS)), st.floats(0, 5000), max_size=5)),
    )


KINDS = (
    "order_placed",
    "order_cancelled",
    "campaign_sent",
    "outreach_made",
    "consent_changed",
    "product_launched",
    "service_incident",
    "compensation_issued",
    "tier_changed",
    "terms_changed",
    "recognition_given",
    "unheard_of",
)


@st.composite
def acts(draw: st.DrawFn) -> Act:
    """Any act, with details that may be missing or strange."""
    strange = st.none() | st.booleans() | st.floats(allow_nan=True) | st.text(max_size=5) | st.just({"amount": "12.5"})
    return act(
        draw(st.sampled_from(KINDS)),
        days=draw(st.integers(0, 700)) + draw(st.integers(0, 1439)) / 1440,
        **draw(st.dictionaries(st.sampled_from(["value", "category", "by", "severity", "direction"]), strange)),
    )


profiles = st.builds(
    Profile,
    customer_id=st.just("C-1"),
    customer_since=st.none() | st.dates(START.date().replace(year=1971), START.date()),
    segments=st.lists(st.sampled_from(["gold", "trial", "staff", "x"]), max_size=2).map(tuple),
    named_contacts=st.lists(st.just("Maria"), max_size=1).map(tuple),
    chosen_by=st.sampled_from(["self", "employer", "landlord", "bundle", "family"]),
)
stories = st.lists(turns() | acts(), max_size=12).map(lambda told: sorted(told, key=lambda s: s.occurred_at))

"""What always holds, whatever comes: alerts live in order, ids are stable, nothing grows without bound."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from listener.model.ledger import Ledger
from listener.model.told import Told
from listener.model.types import TYPES
from listener.rules.rehearsing import signal_of
from tests.alerting.harness import Customer

CUES = ("complaint", "question", "suggestion", "exit", "gratitude", "distress", "rival_praise", "demand", "betrayal")
FIRM = ("scripted", "apology", "concrete", "familiarity", "refusal", "promise", "policy_cited", "commitment_ask")
ACTS = (
    ("service_incident", {"incident": "late", "severity": 3}),
    ("campaign_sent", {"purpose": "promotion", "creative_id": "x"}),
    ("price_changed", {"change_pct": 12, "scope": "all"}),
    ("compensation_issued", {"form": "voucher", "requested": False}),
    ("fix_made", {"what": "repair"}),
    ("outreach_made", {"solicited": False, "channel": "phone"}),
    ("order_placed", {"by": "customer", "category": "tea"}),
    ("product_retired", {"product": "tea"}),
    ("consent_changed", {"direction": "opt_out", "channel": "all"}),
)
turns = st.one_of(
    st.tuples(st.just("customer"), st.dictionaries(st.sampled_from(CUES), st.floats(0.3, 1), max_size=4)),
    st.tuples(st.just("agent"), st.dictionaries(st.sampled_from(FIRM), st.floats(0.3, 1), max_size=4)),
)
lines = st.one_of(
    st.builds(
        lambda t, n: {t[0]: t[1], "talk": f"t{n}", "needs_answer": n % 2 == 0, "promise": "2 d"},
        turns,
        st.integers(0, 3),
    ),
    st.builds(lambda a: {"act": a[0], "details": a[1]}, st.sampled_from(ACTS)),
)
histories = st.lists(st.tuples(st.integers(1, 4000), lines), max_size=60)


def play(wanted: str, history) -> Customer:
    customer, minutes = Customer(wanted), 0
    for n, (gap, line) in enumerate(history):
        minutes += gap
        customer.hear(signal_of(line | {"at": f"{minutes} min"}, n))
    return customer


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TYPES), histories)
def test_an_alert_is_raised_before_anything_else_and_ends_once(wanted: str, history) -> None:
    ended: set[str] = set()
    begun: set[str] = set()
    for alert in play(wanted, history).alerts:
        assert alert.alert_id not in ended
        assert (alert.status == "raised") is (alert.alert_id not in begun)
        begun.add(alert.alert_id)
        if alert.status in ("resolved", "expired"):
            ended.add(alert.alert_id)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(TYPES), histories)
def test_the_same_history_says_the_same(wanted: str, history) -> None:
    assert play(wanted, history).alerts == play(wanted, history).alerts


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(TYPES), histories)
def test_what_is_kept_survives_its_stored_form_and_stays_small(wanted: str, history) -> None:
    customer = play(wanted, history)
    for kept, kind in ((customer.ledger, Ledger), (customer.told, Told)):
        stored = msgspec.msgpack.encode(kept)
        assert msgspec.msgpack.decode(stored, type=kind) == kept
        assert len(stored) < 12_000

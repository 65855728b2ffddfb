import io
from typing import Any

import orjson
import pytest
from rich.console import Console

from listener.bus.tailing import Seen
from listener.model.outputs import Alert, Estimate
from listener.showing import Chronicle, Phrasebook, moves
from listener.showing.portrait import portrait

WORDS = Phrasebook(
    {"business_partners": "working partner", "basic_exchange": "practical buyer"}, {"F01": "ignored_suggestion"}
)
FAMILIES = ("transactional", "cooperative", "friendly", "committed", "hedonic", "asymmetric", "negative")


def track(p: float, type_: str = "business_partners") -> dict[str, Any]:
    tops = [{"type": type_, "p": p}, {"type": "buddies", "p": 0.1}, {"type": "fling", "p": 0.05}]
    return {"top": tops, "family": dict.fromkeys(FAMILIES, p / 7), "unsettled": 0.4}


def estimate(at: str = "2026-03-02T10:00:00Z", p: float = 0.7, **over: Any) -> dict[str, Any]:
    told = {
        "customer_id": "C-1",
        "brand": "acme",
        "as_of": at,
        "events_heard": 3,
        "held": track(p),
        "wanted": track(p),
        "enacted": track(0.1),
        "dimensions": {"valence": 0, "intimacy": 0, "intensity": 0, "power": 0},
        "strength": 0.5,
        "strain": 0.0,
        "distress": 0.1,
        "engagement": "steady",
        "value": {"annual": None, "at_risk": {"amount": "1850.00", "currency": "USD"}},
        "because": [
            {"event_id": "m-3", "signal": "suggestion", "moved": "wanted", "type": "business_partners", "weight": 1.3}
        ],
        "catalogue": "x",
    }
    return told | over


def alert(status: str = "raised", at: str = "2026-03-02T10:00:00Z", **over: Any) -> dict[str, Any]:
    shares = [{"type": "business_partners", "p": 0.74}]
    proof = {"event_id": "m-3", "channel": "email", "occurred_at": at, "role": "customer", "says": "suggestion"}
    told = {
        "alert_id": "a1",
        "status": status,
        "kind": "transgression",
        "rule_id": "ignored-suggestion",
        "rule_version": 1,
        "title": "A suggestion went unanswered",
        "severity": "high",
        "threat": 0.7,
        "confidence": 0.8,
        "customer_id": "C-1",
        "brand": "acme",
        "relationship": {"held": shares, "wanted": shares, "enacted": [{"type": "basic_exchange", "p": 0.6}]},
        "act": {"code": "F01", "name": "ignored_suggestion", "by": "firm"},
        "evidence": [proof | {"excerpt": "Have you thought of evening slots?"}],
        "why": "Seen as “working partner” (0.74). No answer within 72 h.",
        "repair": {"role": "honoured_partner_manager", "do": ["answer_with_substance"], "avoid": ["voucher"]},
        "started_at": at,
        "updated_at": at,
        "catalogue": "x",
    }
    return told | over


def heard(at: str = "2026-03-02T09:00:00Z", **over: Any) -> dict[str, Any]:
    told = {"channel": "email", "role": "customer", "signals": {"suggestion": 0.9, "exit": 0.1}, "excerpt": "An idea"}
    return signal("heard", "m-3", at) | told | over


def said(kind: str, event_id: str, data: dict[str, Any]) -> dict[str, Any]:
    return signal(kind, event_id, "2026-03-02T08:00:00Z") | {"data": data}


def signal(kind: str, event_id: str, at: str) -> dict[str, Any]:
    who = {"customer_id": "C-1", "brand": "acme"}
    return {"kind": kind, "event_id": event_id, "occurred_at": at, "heard_at": at, **who}


def seen(topic: str, value: dict[str, Any]) -> Seen:
    return Seen(f"relational.{topic}.v1", 0, 0, 0, b"C-1", orjson.dumps(value), ())


def told(*records: Seen, at_end: bool = False) -> str:
    """What a reader would see."""
    out = io.StringIO()
    chronicle = Chronicle(WORDS, Console(file=out, width=110).print)
    for record in records:
        chronicle.take([record])
    if at_end:
        chronicle.finish()
    return out.getvalue()


def test_a_contact_is_told_before_what_it_led_to():
    story = told(seen("signals", heard()), seen("alerts", alert()), seen("estimates", estimate()))
    assert story.index("“An idea”") < story.index("A suggestion went unanswered") < story.index("wants working partner")


def test_a_contact_is_told_once():
    story = told(seen("signals", heard()), seen("estimates", estimate()), seen("estimates", estimate(p=0.9)))
    assert story.count("“An idea”") == 1


def test_what_led_to_nothing_is_told_at_the_end():
    assert "“An idea”" in told(seen("signals", heard()), at_end=True)


def test_only_what_was_heard_well_is_said():
    story = told(seen("signals", heard()), at_end=True)
    assert ("suggestion" in story, "exit" in story) == (True, False)


def test_an_alert_told_again_has_happened_again_only_where_it_was_done_again():
    again = told(seen("alerts", alert()), seen("alerts", alert("updated", occurrences=2)))
    assert "happened again: a suggestion went unanswered (2 times)" in again
    known = told(seen("alerts", alert()), seen("alerts", alert("updated", occurrences=1)))
    assert "more is known of it: a suggestion went unanswered" in known
    assert "happened again" not in known


def test_people_go_by_their_names():
    profile = said("profile", "p-1", {"customer_id": "C-1", "name": "Ann Lee"})
    assert "Ann Lee" in told(seen("signals", profile), seen("signals", heard()), at_end=True)


def test_a_belief_is_named_only_where_it_is_sure():
    assert "wants working partner 70 %" in told(seen("estimates", estimate(p=0.7)))
    assert "wants unsettled (working partner 34 %)" in told(seen("estimates", estimate(p=0.34)))


def test_small_moves_are_not_worth_a_line():
    before, after = seen("estimates", estimate(p=0.70)), seen("estimates", estimate(p=0.72))
    assert told(before, after).count("wants") == 1


def test_a_change_says_what_it_was_before():
    before = seen("estimates", estimate(wanted=track(0.6, "basic_exchange")))
    assert "wants working partner 70 %  (was practical buyer 60 %)" in told(before, seen("estimates", estimate()))


def test_an_alert_says_for_whom_why_and_what_to_do():
    story = told(seen("alerts", alert()))
    for part in (
        "HIGH",
        "taken as: working partner 74 %; the firm acts as in practical buyer 60 %",
        "No answer within 72 h.",
        "“Have you thought of evening slots?”",
        "answer with substance",
        "honoured partner manager",
        "F01 ignored suggestion",
    ):
        assert part in story
    assert "business_partners" not in story


def test_an_act_that_said_nothing_is_proof_by_what_was_done():
    sent = {"event_id": "a-1", "channel": "act", "occurred_at": "2026-03-02T08:00:00Z", "role": "firm"}
    story = told(seen("alerts", alert(evidence=[sent | {"says": "campaign_sent: promotion"}, sent | {"says": "F01"}])))
    assert "2 Mar 08:00, the firm: campaign sent: promotion" in story
    assert "2 Mar 08:00, the firm: ignored suggestion" in story


@pytest.mark.parametrize(
    ("status", "said"), [("escalated", "escalated"), ("resolved", "resolved"), ("expired", "never mended")]
)
def test_the_life_of_an_alert_is_told_in_a_line(status: str, said: str):
    story = told(seen("alerts", alert()), seen("alerts", alert(status)))
    assert f"{said}: a suggestion went unanswered" in story


def test_an_act_to_everyone_is_told_once_though_each_partition_has_it():
    act = {"event_id": "a-1", "occurred_at": "2026-03-02T08:00:00Z", "audience": {"everyone": True}}
    act |= {"kind": "price_changed", "details": {"product": "membership", "change_pct": 25, "act_id": "x"}}
    copies = [seen("signals", said("broadcast", "a-1", act) | {"customer_id": ""}) for _ in range(4)]
    story = told(*copies)
    assert story.count("everyone") == 1
    assert "price changed: membership, +25 %" in story


def test_a_portrait_fits_the_open_alerts_beneath_the_belief():
    out = io.StringIO()
    still_open, over = Alert.model_validate(alert()), Alert.model_validate(alert("resolved", title="An old matter"))
    console = Console(file=out, width=110)
    console.print(portrait(Estimate.model_validate(estimate()), [still_open, over], WORDS, "Ann Lee"))
    picture = out.getvalue()
    assert "Ann Lee" in picture
    assert "wants more like “working partner”: suggestion" in picture
    assert "A suggestion went unanswered" in picture
    assert "An old matter" not in picture
    assert "███████████····· working partner 70 %" in picture


def test_moves_tell_the_day_what_moved_and_by_what():
    later = estimate("2026-03-09T10:00:00Z", 0.8) | {"wanted": track(0.8, "basic_exchange")}
    later["because"] = [{**later["because"][0], "event_id": "m-9", "signal": "voice"}, *later["because"]]
    told = moves([Estimate.model_validate(one) for one in (estimate(), estimate(), later)], WORDS)
    assert told[0].startswith("2026-03-02  wants working partner 70 %")
    assert told[0].endswith("[suggestion]")
    changed = next(line for line in told if "was working partner" in line)
    assert changed.startswith("2026-03-09  wants practical buyer 80 %")
    assert changed.endswith("[how they put it]")
    assert not [line for line in told if line.startswith("2026-03-02") and "▲" in line]

"""An alert is said whole at every change of its life, from what is kept of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from listener.alerting.occasion import Occasion
from listener.alerting.saying import packed_tops, reason, say
from listener.model.ledger import Proof
from listener.model.outputs import Alert
from listener.model.types import TYPE_INDEX, TYPES
from listener.rules.rehearsing import BEGIN
from tests.alerting.test_holding_back import found
from tests.alerting.test_repairing import alert
from tests.rules.builders import CATALOGUE, OPENED, belief

NOW = BEGIN + timedelta(hours=3)
FAILURE = CATALOGUE.rules.by_id["failure"]


def told(ended: bool = False, **facts: Any) -> Alert:
    """An alert as it is said three hours after the beginning."""
    return say(
        alert(**{"started_s": OPENED, **facts}), "updated", Occasion(("C-7", "acme"), NOW, CATALOGUE), ended=ended
    )


def test_it_says_whose_it_is_by_which_rule_and_how_grave() -> None:
    one = told(severity=3, threat=0.12345, confidence=0.98765, occurrences=4, why="Because.", broadcast="a-9")
    assert (one.alert_id, one.status, one.customer_id, one.brand) == ("x", "updated", "C-7", "acme")
    assert (one.kind, one.rule_id, one.rule_version, one.title) == (
        "transgression", "failure", FAILURE.version, FAILURE.title,
    )  # fmt: skip
    assert (one.severity, one.threat, one.confidence, one.occurrences) == ("high", 0.123, 0.988, 4)
    assert (one.why, one.cause_event_id, one.catalogue) == ("Because.", "a-9", CATALOGUE.version)
    assert (one.act.code, one.act.name, one.act.by) == ("F12", "product_or_service_failure", "firm")


@pytest.mark.parametrize("severity", range(5))
def test_severities_are_said_in_words(severity: int) -> None:
    assert told(severity=severity).severity == ("info", "low", "medium", "high", "critical")[severity]


@pytest.mark.parametrize(
    ("code", "by"), [("F12", "firm"), ("M01", "firm"), ("S01", "firm"), ("C01", "customer"), ("D01", "customer")]
)
def test_it_says_whose_act_it_was(code: str, by: str) -> None:
    assert told(code=code).act.by == by


def test_what_the_rule_is_about_is_the_alerts_kind() -> None:
    assert told(code="C01", rule="rival-praised").kind == "customer_breach"


def test_an_alert_of_a_rule_that_is_no_more_is_still_said() -> None:
    one = told(rule="withdrawn-rule")
    assert (one.kind, one.rule_id, one.rule_version, one.title) == (
        "transgression",
        "withdrawn-rule",
        0,
        "withdrawn-rule",
    )


def test_it_says_when_it_began_changed_and_is_to_be_repaired() -> None:
    one = told(repair_due_s=OPENED + 86_400)
    assert (one.started_at, one.updated_at, one.ended_at) == (BEGIN, NOW, None)
    assert one.repair.due_at == BEGIN + timedelta(days=1)
    assert told(repair_due_s=0).repair.due_at is None


def test_the_repair_is_the_one_that_fits() -> None:
    repair = told(wanted="basic_exchange", avoid=("campaign", "long_apology")).repair
    assert (repair.role, repair.avoid) == ("reliability_desk", ("campaign", "long_apology"))
    assert repair.do[0] == "fix_or_refund_at_once"


def test_contact_is_held_back_until_it_ends() -> None:
    assert told(avoid=("campaign", "voucher")).suppresses == ("campaign",)
    ended = told(avoid=("campaign",), ended=True)
    assert (ended.suppresses, ended.ended_at) == ((), NOW)


def test_it_cites_what_proves_it() -> None:
    (proof,) = told(proofs=(Proof("e-1", "email", OPENED + 60, "customer", "complaint", "lost again"),)).evidence
    assert (proof.event_id, proof.channel, proof.role) == ("e-1", "email", "customer")
    assert (proof.says, proof.excerpt, proof.occurred_at) == ("complaint", "lost again", BEGIN + timedelta(minutes=1))


def test_what_is_at_risk_is_told_where_it_is_known() -> None:
    money = told(at_risk=("12.50", "EUR")).value_at_risk
    assert money is not None
    assert (str(money.amount), money.currency) == ("12.50", "EUR")
    assert told().value_at_risk is None


def test_the_three_most_probable_types_of_each_track_are_kept_in_eighteen_bytes_and_said() -> None:
    shares = ({"fling": 3 / 5, "rebound": 1 / 5}, {"captive": 1 / 3, "enemies": 1 / 5}, {"kinship": 1.0})
    rows = np.full((3, len(TYPES)), 0.001)
    for row, told_of in zip(rows, shares, strict=True):
        for name, p in told_of.items():
            row[TYPE_INDEX[name]] = p
    packed = packed_tops(replace(belief("fling"), p=rows))
    assert len(packed) == 18
    said = told(tops=packed).relationship
    tracks = [[(one.type, one.p) for one in track] for track in (said.held, said.wanted, said.enacted)]
    first, second = ((name, 0.0) for name in TYPES[:2])
    assert tracks == [
        [("fling", 0.6), ("rebound", 0.2), first],
        [("captive", 0.333), ("enemies", 0.2), first],
        [("kinship", 1.0), first, second],
    ]


def test_a_belief_that_was_not_kept_is_not_made_up() -> None:
    for tops in (b"", b"\x00" * 17):
        said = told(tops=tops).relationship
        assert (said.held, said.wanted, said.enacted) == ((), (), ())


def why(
    wanted: str = "basic_exchange", *, sure: float = 0.9, level: int = 2, code: str = "F12", because: str = "It broke."
) -> str:
    rule = next(one for one in CATALOGUE.rules.by_id.values() if one.code == code and not one.unsafe)
    act = found(code, rule.id, wanted=wanted, sure=sure, level=level, why=because)
    return reason(rule, act, CATALOGUE)


def test_the_reason_says_what_they_want_what_happened_and_how_grave_that_is() -> None:
    assert why() == "Seen as “practical buyer” (0.90). It broke. For them this is a breach."
    assert why(level=1).endswith("For them this is an irritation.")
    assert why(level=3).endswith("For them this is a grave breach.")
    assert why(level=0).endswith("It broke.")


def test_a_tie_is_named_as_settled_from_a_half_on() -> None:
    assert why(sure=0.5).startswith("Seen as “practical buyer” (0.50).")
    assert why(sure=0.49).startswith("Not settled; perhaps “practical buyer” (0.49).")


def test_a_tie_that_hardly_anybody_believes_in_is_not_named() -> None:
    assert why(sure=0.05).startswith("Not settled; perhaps “practical buyer” (0.05).")
    assert why(sure=0.049) == "Not settled. It broke. For them this is a breach."
    assert why("", sure=0.0).startswith("Not settled. It broke.")


def test_only_a_firms_act_is_called_a_breach() -> None:
    assert why(code="C01").endswith("It broke.")


def test_where_the_act_has_no_words_of_its_own_the_rules_title_tells_it() -> None:
    assert why(because="") == f"Seen as “practical buyer” (0.90). {FAILURE.title}. For them this is a breach."


def test_a_reason_is_four_hundred_characters_at_most() -> None:
    assert len(why(because="x" * 500)) == 400

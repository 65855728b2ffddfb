"""Why an act that is grave enough becomes no alert: each reason, and that what says nothing is no reason."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from msgspec.structs import replace as amended

from listener import alerting
from listener.alerting.holding_back import held_back
from listener.alerting.occasion import Occasion
from listener.model.findings import Finding
from listener.model.inputs import Command
from listener.model.ledger import Proof
from listener.model.outputs import SEVERITIES
from listener.model.told import Told
from listener.model.types import TYPE_INDEX, TYPES
from listener.rules.rehearsing import BEGIN
from tests.alerting.harness import WHO, Customer
from tests.alerting.test_life import failure
from tests.rules.builders import CATALOGUE, belief, done, said

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def found(code: str, rule_id: str, **told: object) -> Finding:
    """A finding as the rules make it."""
    facts = {"phase": "noticed", "by": "firm", "at": BEGIN, "event_id": "e", "cause": "e", "matter": 1, "p": 0.9}
    return Finding(code=code, rule_id=rule_id, **{**facts, "level": 2, "wanted": "best_friends", **told})  # type: ignore[arg-type]  # facts of a test


NOTHING = Told()


def reason(finding: Finding, told: Told = NOTHING) -> str | None:
    """Why this finding becomes no alert."""
    _, _, (fate,) = alerting.choose(told, [finding], belief("best_friends"), None, WHO, finding.at, CATALOGUE)
    return fate.held_back


def test_an_act_that_is_not_sure_is_noted_and_no_more() -> None:
    assert reason(found("F12", "failure", p=0.59)) == "unsure"
    assert reason(found("F12", "failure", p=0.6)) is None


def test_an_act_that_breaks_nothing_for_them_is_not_held_back_from_anything() -> None:
    assert reason(found("F12", "failure", level=1)) is None


def test_half_a_belief_in_a_breach_and_half_in_nothing_is_no_alert() -> None:
    """The largest digit that half of the belief holds is 2, yet what is expected is nearer to an irritation."""
    row = np.full(len(TYPES), 1e-4)
    row[TYPE_INDEX["basic_exchange"]], row[TYPE_INDEX["complete_strangers"]] = 0.52, 0.48  # F22: 2 and 0
    customer = Customer("basic_exchange", reading=replace(belief("basic_exchange"), p=np.array([row, row * 0, row])))
    customer.hear(done("order_placed"), done("price_changed", "400 d", scope="new_customers", change_pct=-30))
    assert customer.reasons("F22") == ["doubtful"]
    sure = Customer("basic_exchange")
    sure.hear(done("order_placed"), done("price_changed", "400 d", scope="new_customers", change_pct=-30))
    assert sure.reasons("F22") == [None]


def test_a_grave_breach_wants_the_majority_only() -> None:
    assert reason(found("F12", "failure", level=3, expected=1.55)) is None
    assert reason(found("F12", "failure", level=2, expected=1.55)) == "doubtful"


def test_strain_is_a_symptom_while_an_alert_is_open_and_distress_for_a_day() -> None:
    customer = Customer("basic_exchange").hear(failure())
    for rule, code in (("strain", "S01"), ("distress", "D01")):
        assert reason(found(code, rule, at=BEGIN + HOUR), customer.told) == "symptom"
    customer.dispose(HOUR, rule_id="failure", disposition="resolved")
    assert reason(found("S01", "strain", at=BEGIN + 2 * HOUR), customer.told) is None


def test_neglect_is_silent_while_a_question_is_unanswered() -> None:
    customer = Customer("best_friends")
    customer.hear(said("customer", complaint=0.9, question=0.9, needs_answer=True)).wait(2 * DAY)
    assert customer.life("F02")[0] == "raised"
    assert reason(found("F33", "neglect", at=BEGIN + 2 * DAY), customer.told) == "symptom"


def test_a_symptom_is_told_by_the_alert_of_its_act() -> None:
    """A price that rises with no word to those who are close is one matter: F24 has no alert beside F06's."""
    friend = Customer("best_friends").hear(done("price_changed", "1 d", change_pct=25, scope="all"))
    assert friend.reasons("F24") == ["symptom"]
    assert (friend.life("F24"), friend.life("F06")) == ([], ["raised"])


def test_a_symptom_graver_than_its_cause_makes_the_cause_as_grave() -> None:
    """Partners bear a price, and mind that nobody told them: one alert, and it is high."""
    partner = Customer("business_partners").hear(done("price_changed", "1 d", change_pct=25, scope="all"))
    told = [(one.act.code, one.status, one.severity, one.occurrences) for one in partner.alerts]
    assert told == [("F06", "raised", "medium", 1), ("F06", "updated", "high", 1)]


def test_a_symptom_of_another_act_has_an_alert_of_its_own() -> None:
    rise, end = done("price_changed", "1 d", change_pct=25, scope="all"), done("product_retired", "3 d", product="api")
    partner = Customer("business_partners").hear(rise, end)
    assert (partner.life("F24"), partner.last("F24").evidence[-1].event_id) == (["raised"], end.event_id)


def test_a_rule_that_just_ended_cools_down_unless_it_is_graver() -> None:
    customer = Customer("basic_exchange").hear(failure())
    customer.dispose(HOUR, rule_id="failure", disposition="resolved")
    again = found("F12", "failure", at=BEGIN + DAY, matter=9, level=3)
    assert reason(again, customer.told) == "cool_down"
    assert reason(amended(again, critical=True), customer.told) is None
    assert reason(amended(again, at=BEGIN + 4 * DAY), customer.told) is None


def test_no_more_than_ten_a_day_but_for_what_is_critical() -> None:
    start = int(BEGIN.timestamp())
    told = Told(raised=tuple(start + n for n in range(10)))
    assert reason(found("F12", "failure", at=BEGIN + HOUR), told) == "cap"
    assert reason(found("F12", "failure", at=BEGIN + HOUR, level=3), told) == "cap", "what is high waits too"
    assert reason(found("F12", "failure", at=BEGIN + HOUR, critical=True), told) is None
    assert reason(found("F12", "failure", at=BEGIN + DAY + HOUR), told) is None


def test_a_silence_asked_for_is_a_reason_and_so_is_a_disposition() -> None:
    order = Command(command_id="k", occurred_at=BEGIN, customer_id="C-1", command="silence", until=BEGIN + DAY)
    told = alerting.silence(Told(), order)
    last = BEGIN + DAY - timedelta(seconds=1)
    assert reason(found("F12", "failure", at=BEGIN + HOUR), told) == "silenced"
    assert reason(found("F12", "failure", at=last, level=3, critical=True), told) == "silenced", "whatever it is"
    assert reason(found("F12", "failure", at=BEGIN + DAY), told) is None


def words(role: str, event_id: str = "e2") -> Proof:
    return Proof(event_id, "chat", int(BEGIN.timestamp()), role, "it failed")


def test_what_a_customer_says_of_an_act_comes_back_to_the_act_that_began_it() -> None:
    rise = found("F06", "price-rise-without-notice")
    told, _, _ = alerting.choose(NOTHING, [rise], belief("best_friends"), None, WHO, BEGIN, CATALOGUE)
    again = found("F24", "no-advance-notice", event_id="e2", cause="e", matter=2)
    assert reason(amended(again, evidence=(words("customer"),)), told) == "symptom"
    assert reason(amended(again, evidence=(words("agent"),)), told) is None, "the firm did it again"
    assert reason(amended(again, evidence=(words("customer", "e0"),)), told) is None, "they said something else"


def test_one_matter_has_one_alert_and_what_comes_after_is_said_by_it() -> None:
    customer = Customer("basic_exchange").hear(failure(), failure("2 h"))
    assert customer.reasons("F12") == [None, None]
    assert len({fate.alert_id for code, fate in customer.fates if code == "F12"}) == 1


def held(finding: Finding, rule_id: str, severity: str = "medium", told: Told = NOTHING, **rule: object) -> str | None:
    """The reason, asked of the rule itself."""
    asked = CATALOGUE.rules.by_id[rule_id].model_copy(update=rule)
    return held_back(told, finding, asked, SEVERITIES.index(severity), Occasion(WHO, finding.at, CATALOGUE))


def test_a_rule_in_the_shadow_says_nothing() -> None:
    assert held(found("F12", "failure"), "failure", status="shadow") == "shadow"
    assert held(found("F12", "failure"), "failure", status="on") is None


def test_what_is_expected_is_asked_of_medium_alerts_only_and_from_its_bound_on() -> None:
    bound = CATALOGUE.thresholds.expected_from
    assert [held(found("F12", "failure", expected=x), "failure") for x in (0.0, 0.5, bound - 0.01, bound)] == [
        None, "doubtful", "doubtful", None,
    ]  # fmt: skip
    assert held(found("F12", "failure", expected=0.5), "failure", "high") is None


def test_distress_waits_a_day_after_any_alert_and_strain_does_not_mind_a_low_one() -> None:
    customer = Customer("basic_exchange").hear(failure())
    low = replace_severity(customer.told, SEVERITIES.index("low"))
    for hours, reason_ in ((1, "symptom"), (24, "symptom"), (24.1, None)):
        at = BEGIN + hours * HOUR
        assert held(found("D01", "distress", at=at), "distress", told=low) == reason_
        assert held(found("S01", "strain", at=at), "strain", told=low) is None
        assert held(found("F13", "repeated-effort", at=at), "repeated-effort", told=low) is None
    assert held(found("D01", "distress", at=BEGIN + 5 * DAY), "distress", told=customer.told) == "symptom"


def replace_severity(told: Told, severity: int) -> Told:
    return Told(open=tuple(amended(one, severity=severity) for one in told.open))


def test_bounds_of_time_belong_to_what_comes_after_them() -> None:
    customer = Customer("basic_exchange").hear(failure())
    customer.dispose(HOUR, rule_id="failure", disposition="resolved")
    cool = timedelta(seconds=CATALOGUE.thresholds.s("cool_down"))
    late = found("F12", "failure", matter=9, level=3, at=BEGIN + HOUR + cool)
    assert held(late, "failure", "high", customer.told) is None
    assert held(amended(late, at=late.at - timedelta(seconds=1)), "failure", "high", customer.told) == "cool_down"
    start = int(BEGIN.timestamp())
    full = Told(raised=(start,) * 10)
    assert held(found("F12", "failure", at=BEGIN + DAY), "failure", told=full) is None
    assert held(found("F12", "failure", at=BEGIN + DAY - timedelta(seconds=1)), "failure", told=full) == "cap"


def test_an_alert_of_another_rule_in_the_same_matter_is_not_this_one() -> None:
    customer = Customer("basic_exchange").hear(failure())
    told = Told(open=customer.told.open, raised=(int(BEGIN.timestamp()),) * 10)
    matter = customer.told.open[0].matter
    assert held(found("F13", "repeated-effort", at=BEGIN + HOUR, matter=matter), "repeated-effort", told=told) == "cap"
    assert held(found("F12", "failure", at=BEGIN + HOUR, matter=matter), "failure", told=told) is None


def test_two_rules_for_one_code_make_one_alert_and_the_surest_makes_it() -> None:
    """A firm's own rule for an act that has a rule already says it better, not twice."""
    unsure, sure = found("F12", "failure", p=0.7), found("F12", "inconsistency", p=0.9)
    told, said, fates = alerting.choose(NOTHING, [unsure, sure], belief("best_friends"), None, WHO, BEGIN, CATALOGUE)
    assert [one.rule_id for one in said] == ["inconsistency"]
    assert [fate.held_back for fate in fates] == ["symptom", None]
    assert reason(found("F12", "failure", p=0.7, event_id="another"), told) is None

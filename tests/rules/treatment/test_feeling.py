"""What adds up and what shows: strain, distress, a customer who turns away; and when their own breaches are muted."""

from datetime import timedelta
from typing import Any

import pytest

from listener.catalogue import Catalogue
from listener.catalogue.rules import RuleBook
from listener.model.findings import Finding
from listener.model.inputs import Profile
from listener.model.ledger import Deed, Ledger, Matter, Proof, snapshot
from listener.model.reading import Reading
from listener.model.signals import Act, Heard
from listener.rules.case import Case, of_signal
from listener.rules.rehearsing import BEGIN
from listener.rules.treatment.feeling import add_strain, distressed, muted, strained, turned_away
from tests.alerting.test_holding_back import found
from tests.rules.builders import CATALOGUE, DAY, OPENED, belief, debt, done, said

WRONGED = {"distress": 0.9, "complaint": 0.9}
BOOK = CATALOGUE.rules


def without(code: str) -> list[Catalogue]:
    """The catalogue where a rule is off, and where it is not there at all."""
    rule = BOOK.of_code(code)
    assert rule is not None
    others = {name: one for name, one in BOOK.by_id.items() if one is not rule}
    off = {**others, rule.id: rule.model_copy(update={"status": "off"})}
    told = []
    for rules in (off, others):
        catalogue = Catalogue(CATALOGUE.shelf)
        vars(catalogue)["rules"] = RuleBook(rules)  # as if it had been read from the files
        told.append(catalogue)
    return told


def case(
    signal: Heard | Act, ledger: Ledger | None = None, reading: Reading | None = None, *,
    profile: Profile | None = None, catalogue: Catalogue = CATALOGUE,
) -> Case:  # fmt: skip
    return of_signal(ledger or Ledger(), signal, reading or belief("business_partners"), profile, catalogue)


def deed(code: str = "F12", at_s: int = OPENED, **told: Any) -> Deed:
    return Deed(**{"code": code, "at_s": at_s, "level": 2, "sure": 90, "matter": 1, "event_id": code, **told})


def strain_of(*findings: Finding, ledger: Ledger | None = None, at: str = "0 s") -> float:
    one = case(done("order_placed", at), ledger)
    add_strain(one, findings)
    assert one.ledger.strain_s == (one.at_s if one.ledger.strain != (ledger or Ledger()).strain else 0)
    return one.ledger.strain


def test_each_breach_of_the_firms_adds_its_digit() -> None:
    assert strain_of(found("F12", "failure", level=3)) == 3
    assert strain_of(found("F12", "failure", level=1), found("F20", "demotion", level=2, p=0.6)) == 3
    assert strain_of(found("F02", "unanswered", phase="breached")) == 2


def test_nothing_else_adds_any() -> None:
    for told in ({"level": 0}, {"p": 0.59}, {"phase": "settled"}, {"phase": "opened"}):
        assert strain_of(found("F12", "failure", **told)) == 0
    assert strain_of(found("C01", "rival-praised"), found("M01", "x"), found("B02", "notice-given")) == 0
    assert strain_of(found("C01", "rival-praised"), found("F12", "failure")) == 2, "beside another it counts"


def test_the_same_act_adds_once_in_a_matter_and_each_time_outside_one() -> None:
    again = Ledger(deeds=(deed(), deed()))
    assert strain_of(found("F12", "failure"), ledger=again) == 0
    assert strain_of(found("F12", "failure"), ledger=Ledger(deeds=(deed(), deed(level=0)))) == 2
    assert strain_of(found("F12", "failure"), ledger=Ledger(deeds=(deed(), deed(matter=9), deed("F20")))) == 2
    loose = Ledger(deeds=(deed(matter=0), deed(matter=0)))
    assert strain_of(found("F12", "failure", matter=0), ledger=loose) == 2


def test_half_of_it_is_left_after_forty_five_days() -> None:
    held = Ledger(strain=4.0, strain_s=OPENED)
    assert strain_of(found("F12", "failure", level=3), ledger=held, at="45 d") == 5.0
    assert strain_of(found("F12", "failure"), ledger=held, at="20 d") == 4.939


def test_slights_that_reach_five_together_are_told_once() -> None:
    one = case(done("order_placed"), Ledger(strain=5.0, strain_s=OPENED))
    (told,) = strained(one)
    assert (told.code, told.p, told.phase) == ("S01", 0.9, "noticed")
    assert one.ledger.strained
    assert strained(case(done("order_placed"), one.ledger)) == ()
    assert strained(case(done("order_placed"), Ledger(strain=4.99, strain_s=OPENED))) == ()


def test_what_is_left_of_it_counts_not_what_there_was() -> None:
    assert strained(case(done("order_placed", "1 d"), Ledger(strain=5.0, strain_s=OPENED))) == ()


@pytest.mark.parametrize(("left", "still"), [(3.0, True), (2.99, False)])
def test_it_can_be_told_again_once_it_was_below_three(left: float, still: bool) -> None:
    one = case(done("order_placed"), Ledger(strain=left, strain_s=OPENED, strained=True))
    assert strained(one) == ()
    assert one.ledger.strained is still


def test_the_last_four_slights_are_cited_and_each_kind_is_named_once() -> None:
    deeds = [deed("F20", OPENED - 9), deed("F03", OPENED - 8), deed("F12", OPENED - 7), deed("F03", OPENED - 6)]
    harmless = [deed("C01", OPENED - 3), deed("F01", OPENED - 2, level=0)]
    slights = [*deeds, deed("F21", OPENED - 5, event_id="e5"), *harmless]
    ledger = Ledger(strain=6.26, strain_s=OPENED, deeds=tuple(slights))
    (told,) = strained(case(done("order_placed"), ledger))
    assert told.why == "Small slights add up to 6.3: F03, F12, F21."
    cited = [one for one in told.evidence if one.says.startswith("F")]
    assert cited[-1] == Proof("e5", "act", OPENED - 5, "firm", "F21")
    assert {one.event_id for one in told.evidence} >= {"F03", "F12", "e5"}
    assert "F20" not in {one.event_id for one in told.evidence}


def test_strain_whose_rule_is_off_or_gone_is_not_told() -> None:
    for catalogue in without("S01"):
        one = case(done("order_placed"), Ledger(strain=9.0, strain_s=OPENED), catalogue=catalogue)
        assert strained(one) == ()
        assert not one.ledger.strained


def in_distress(
    distress: float = 0.7, *, signal: Heard | None = None, ledger: Ledger | None = None, **told: Any
) -> tuple[tuple[Finding, ...], Ledger]:
    """What shows in a turn of somebody this distressed, whom the firm has failed of late."""
    reading = belief("business_partners", distress=distress)
    one = case(signal or said("customer", **WRONGED), ledger or Ledger(deeds=(deed(),)), reading, **told)
    return distressed(one), one.ledger


def test_distress_that_the_firm_has_caused_is_told_once() -> None:
    (told,), ledger = in_distress(0.7)
    assert (told.code, told.p) == ("D01", 0.7)
    assert told.why == "Distress stands at 0.70, and the firm is its cause."
    assert ledger.distressed
    assert in_distress(ledger=ledger)[0] == ()
    assert in_distress(0.69)[0] == ()
    assert in_distress(0.77777)[0][0].p == 0.778


@pytest.mark.parametrize(("distress", "still"), [(0.5, True), (0.49, False)])
def test_it_can_be_told_again_once_it_has_eased(distress: float, still: bool) -> None:
    told, ledger = in_distress(distress, ledger=Ledger(deeds=(deed(),), distressed=True))
    assert (told, ledger.distressed) == ((), still)


def test_it_shows_in_what_the_customer_says() -> None:
    assert in_distress(signal=said("agent", **WRONGED))[0] == ()


def test_distress_whose_rule_is_off_or_gone_is_not_told() -> None:
    for catalogue in without("D01"):
        assert in_distress(catalogue=catalogue)[0] == ()


@pytest.mark.parametrize("cue", ["distress", "complaint"])
def test_the_words_must_sound_distressed_and_be_of_trouble_with_the_firm(cue: str) -> None:
    assert in_distress(signal=said("customer", **{**WRONGED, cue: 0.6}))[0]
    assert not in_distress(signal=said("customer", **{**WRONGED, cue: 0.59}))[0]


def test_an_act_of_the_firms_within_a_fortnight_that_weighs_and_is_sure_is_its_cause() -> None:
    far = "60 d"
    turn = said("customer", far, in_="email", **WRONGED)
    at_s = OPENED + 60 * DAY

    def caused(**told: Any) -> bool:
        return bool(in_distress(signal=turn, ledger=Ledger(deeds=(deed(**told),), contacts=9))[0])

    assert caused(at_s=at_s - 14 * DAY)
    assert not caused(at_s=at_s - 14 * DAY - 1)
    assert caused(at_s=at_s, sure=60)
    assert not caused(at_s=at_s, sure=59)
    assert not caused(at_s=at_s, level=0)
    assert not caused(at_s=at_s, code="C01")


def test_so_is_what_it_owes_and_has_not_given_in_time() -> None:
    for breached, p, shows in ((True, 0.6, True), (True, 0.59, False), (False, 0.9, False)):
        owed = Ledger(debts=(debt(breached=breached, p=p),), contacts=9)
        assert bool(in_distress(signal=said("customer", in_="email", **WRONGED), ledger=owed)[0]) is shows


def stranger(signal: Heard | None = None, profile: Profile | None = None, **told: Any) -> bool:
    """Whether distress is told of somebody to whom nothing was done that is known."""
    facts = {"contacts": 2, "about_brand": True, "first_s": OPENED}
    return bool(in_distress(signal=signal, ledger=Ledger(**{**facts, **told}), profile=profile)[0])


def test_of_somebody_new_their_own_words_are_enough() -> None:
    assert stranger()
    assert not stranger(contacts=3)
    assert not stranger(about_brand=False)
    assert not stranger(said("customer", in_="email", **WRONGED)), "a letter is no cry for help"
    (told,), _ = in_distress(0.7, ledger=Ledger(contacts=2, about_brand=True, first_s=OPENED))
    assert told.why == "Distress stands at 0.70, and they bring it to the firm.", "nothing is known that the firm did"


def test_nobody_is_new_after_ninety_days() -> None:
    assert stranger(first_s=OPENED - 90 * DAY + 1)
    assert not stranger(first_s=OPENED - 90 * DAY)
    assert not stranger(profile=Profile(customer_id="C-1", customer_since=BEGIN - timedelta(days=400)))


def moved(
    engagement: str = "dialling_down", ledger: Ledger | None = None, signal: Heard | Act | None = None, **told: Any
) -> tuple[tuple[Finding, ...], Ledger]:
    reading = belief("business_partners", engagement=engagement)
    known = Ledger(first_s=OPENED - 30 * DAY) if ledger is None else ledger
    one = case(signal or done("order_placed"), known, reading, **told)
    return turned_away(one), one.ledger


def test_a_customer_who_turns_away_is_told_of_once_until_they_are_steady_again() -> None:
    (told,), ledger = moved()
    assert (told.code, told.p, told.why) == ("C02", 0.7, "Their conduct speaks for wanting less of the tie.")
    assert ledger.dialled_down
    assert moved(ledger=ledger)[0] == ()
    steady, ledger = moved("steady", ledger)
    assert (steady, ledger.dialled_down) == ((), False)
    assert moved("steady")[0] == ()


def test_whoever_has_been_heard_for_less_than_a_month_has_no_pace() -> None:
    assert moved(ledger=Ledger(first_s=OPENED - 30 * DAY + 1))[0] == ()
    assert moved(ledger=Ledger())[0] == ()


def test_turning_away_whose_rule_is_off_or_gone_is_not_told() -> None:
    for catalogue in without("C02"):
        told, ledger = moved(catalogue=catalogue)
        assert (told, ledger.dialled_down) == ((), True)


def level(code: str = "C01", ledger: Ledger | None = None) -> int:
    """The level of a customer's breach once it is asked what the firm has done."""
    findings = (found("F12", "failure"), found(code, "rival-praised", level=1))
    firm, customer = muted(case(said("customer"), ledger), findings)
    assert firm == findings[0], "the firm's act weighs what it weighs"
    assert customer == found(code, "rival-praised", level=customer.level), "nothing else changes"
    return customer.level


def ongoing(*codes: str) -> Ledger:
    matter = Matter(1, "e", OPENED, OPENED, snapshot(belief("fling").p), 0, codes)
    return Ledger(matters=(matter,))


def test_a_customers_breach_weighs_nothing_while_the_firms_is_open() -> None:
    assert level() == 1
    assert level(ledger=ongoing("C01", "F12")) == 0
    assert level(ledger=ongoing("C01")) == level(ledger=ongoing()) == 1
    assert level(ledger=Ledger(debts=(debt(breached=True),))) == 0
    assert level(ledger=Ledger(debts=(debt(),))) == 1


def test_nor_for_thirty_days_after_one() -> None:
    assert level(ledger=Ledger(deeds=(deed(at_s=OPENED - 30 * DAY),))) == 0
    assert level(ledger=Ledger(deeds=(deed(at_s=OPENED - 30 * DAY - 1),))) == 1
    assert level(ledger=Ledger(deeds=(deed(level=1),))) == 1
    assert level(ledger=Ledger(deeds=(deed("C01"),))) == 1


@pytest.mark.parametrize("code", ["C06", "C07"])
def test_retaliation_and_abuse_weigh_whatever_the_firm_has_done(code: str) -> None:
    assert level(code, ongoing("F12")) == 1


def test_where_the_customer_did_nothing_nothing_is_muted() -> None:
    findings = (found("F12", "failure"),)
    assert muted(case(said("customer"), ongoing("F12")), findings) == findings

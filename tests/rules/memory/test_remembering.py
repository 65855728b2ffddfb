"""What is kept of a signal once it is judged, and that it stays small."""

import pytest

from listener.model.ledger import GivenNotice, Ledger, Mark, mark_of
from listener.model.signals import Act, Heard
from listener.rules.memory.remembering import remember
from tests.rules.builders import DAY, OPENED, case_of, done, said

HOUR = 3600
OTHERS = ("phone", "sms", "post", "push", "in_person")
HERE = mark_of("t")


def kept(*signals: Heard | Act, ledger: Ledger | None = None) -> Ledger:
    """The ledger after these were remembered, one after another."""
    ledger = ledger or Ledger()
    for signal in signals:
        case = case_of(signal, ledger)
        remember(case)
        ledger = case.ledger
    return ledger


def words(letter: str, n: int) -> str:
    """A sketch of n content words."""
    return f"{int(letter, 16):016x}:" + ".".join(f"{k:05x}{letter}" for k in range(n))


def test_they_are_known_since_the_first_signal_whoever_sent_it() -> None:
    for first in (said("customer"), said("agent"), done("order_placed"), done("anything")):
        assert kept(first, said("customer", "1 h")).first_s == OPENED


def test_a_customers_turn_is_counted_and_timed_and_what_was_sent_before_it_counts_as_answered() -> None:
    ledger = kept(done("campaign_sent"), said("customer", "1 h"), said("customer", "2 h"))
    assert (ledger.contacts, ledger.customer_s, ledger.touches) == (2, OPENED + 2 * HOUR, ())
    assert ledger.firm_s == 0


@pytest.mark.parametrize(("complaint", "opens"), [(0.5, True), (0.49, False)])
def test_a_complaint_opens_a_matter_that_names_no_act_yet(complaint: float, opens: bool) -> None:
    ledger = kept(said("customer", complaint=complaint))
    assert [(one.codes, one.complained_s) for one in ledger.matters] == ([((), OPENED)] if opens else [])


def test_the_first_turn_says_how_formal_they_are_and_later_ones_move_that_slowly() -> None:
    assert kept(said("customer", register=0.9)).formal == pytest.approx(0.9)
    assert kept(said("customer", register=0.9), said("customer", register=0.1)).formal == pytest.approx(0.66)
    assert kept(said("agent", register=0.9)).formal == 0.5


def test_how_aggrieved_they_sound_becomes_their_habit_slowly() -> None:
    once = kept(said("customer", complaint=0.9))
    assert once.habit == pytest.approx(0.27)
    assert kept(said("customer"), ledger=once).habit == pytest.approx(0.189)
    assert kept(said("customer", complaint=0.777)).habit == 0.233


def test_what_was_talked_of_last_is_known() -> None:
    assert kept(said("customer")).about_brand
    assert not kept(said("customer"), said("customer", target="rival")).about_brand


@pytest.mark.parametrize("cue", ["exit", "legal_threat", "escalation"])
def test_when_they_last_spoke_of_leaving_or_threatened_is_known(cue: str) -> None:
    field, other = ("exit_s", "legal_s") if cue == "exit" else ("legal_s", "exit_s")
    ledger = kept(said("customer", **{cue: 0.6}), said("customer", "1 h", **{cue: 0.59}))
    assert (getattr(ledger, field), getattr(ledger, other)) == (OPENED, 0)
    assert getattr(kept(said("customer", "1 h", **{cue: 0.9}), ledger=ledger), field) == OPENED + HOUR


def test_a_conversation_remembers_the_clearest_of_what_was_said_in_it() -> None:
    loud = said("customer", complaint=0.6, question=0.8, tenure=0.7, secrecy=0.95)
    soft = said("customer", "1 h", complaint=0.3, question=0.2, tenure=0.1, secrecy=0.1)
    for turns in ((loud, soft), (loud,)):
        (talk,) = kept(*turns).talks
        assert (talk.mark, talk.begun_by_firm, talk.firm_s) == (HERE, False, 0)
        assert (talk.complaint, talk.voice, talk.asked_history, talk.secrecy) == (0.6, 0.8, 0.7, 0.95)
    assert kept(loud, soft).talks[0].customer_s == OPENED + HOUR
    assert kept(soft, loud).talks[0].voice == 0.8


def test_who_always_grumbles_has_complained_half_as_clearly() -> None:
    (talk,) = kept(said("customer", complaint=0.6), ledger=Ledger(habit=0.6)).talks
    assert talk.complaint == 0.3


def test_a_turn_that_wants_an_answer_is_a_voice_whatever_its_words() -> None:
    assert kept(said("customer", needs_answer=True)).talks[0].voice == 1.0
    assert kept(said("customer")).talks[0].voice == 0.0


def test_ways_out_that_they_offer_are_counted() -> None:
    assert kept(said("customer", offered_solution=0.6)).talks[0].offered == 1
    assert kept(said("customer", offered_solution=0.59)).talks[0].offered == 0
    assert kept(said("customer", offered=3, offered_solution=0.9), said("customer", offered=2)).talks[0].offered == 5


def test_what_a_conversation_is_about_is_what_they_said_last_of_it_in_sixteen_words() -> None:
    first, wordless = said("customer", sketch=words("a", 20)), said("customer", "1 h")
    (talk,) = kept(first, wordless).talks
    assert talk.words == bytes.fromhex("".join(f"{k:05x}a" for k in range(16)))
    assert kept(first, said("customer", "1 h", sketch=words("b", 2))).talks[0].words.hex() == "00000b00001b"


@pytest.mark.parametrize("cue", ["suggestion", "offered_solution"])
def test_ideas_are_kept_with_their_words_the_three_newest(cue: str) -> None:
    faint = said("customer", sketch=words("b", 1), **{cue: 0.49})
    ideas = [said("customer", f"{n} h", sketch=words("a", 20), **{cue: 0.5}) for n in range(4)]
    ledger = kept(faint, *ideas, faint)
    assert [one[:2] for one in ledger.ideas] == [(one.event_id, OPENED + n * HOUR) for n, one in enumerate(ideas)][1:]
    assert {len(one[2]) for one in ledger.ideas} == {48}


def test_a_remedy_turned_down_is_remembered_by_its_form_once_each_the_last_four() -> None:
    ledger = kept(said("customer", remedy_rejected=0.9))
    assert ledger.rejected == ()
    for form in ("credit", "gift", "voucher", "gift", "discount", "gift_card"):
        ledger = kept(done("compensation_issued", form=form), said("customer", remedy_rejected=0.5), ledger=ledger)
    assert ledger.rejected == ("gift", "voucher", "discount", "gift_card")
    unsaid = kept(done("compensation_issued", form="refund"), said("customer", remedy_rejected=0.49), ledger=ledger)
    assert unsaid.rejected == ledger.rejected


def test_a_human_of_the_firm_is_remembered_and_a_machine_is_not() -> None:
    turn = {"refusal": 0.5, "apology": 0.6, "compensation_offer": 0.6}
    human, machine = said("agent", **turn, sketch=words("a", 2)), said("bot", **turn, sketch=words("a", 2))
    ledger, other = kept(human), kept(machine)
    (talk,), (bots,) = ledger.talks, other.talks
    assert (talk.begun_by_firm, talk.firm_s, talk.refused, talk.apologies) == (True, OPENED, 1, 1)
    assert (talk.turns.hex(), talk.customer_s) == (f"{10:016x}", 0)
    assert (ledger.firm_s, ledger.money) == (OPENED, Mark(human.event_id, OPENED, "voucher"))
    assert (bots.firm_s, bots.refused, bots.apologies, bots.turns) == (0, 0, 0, b"")
    assert (other.firm_s, other.money, other.contacts) == (0, Mark(), 0)


def test_a_machines_turn_does_not_hide_when_a_human_last_spoke() -> None:
    ledger = kept(said("agent"), said("bot", "1 h"))
    assert (ledger.firm_s, ledger.talks[0].firm_s) == (OPENED, OPENED)


def test_refusals_and_apologies_of_a_conversation_are_counted() -> None:
    turns = (said("agent", refusal=0.5), said("agent", policy_cited=0.5), said("agent", apology=0.6))
    faint = said("agent", refusal=0.49, policy_cited=0.49, apology=0.59, compensation_offer=0.59)
    ledger = kept(*turns, faint, *turns)
    assert (ledger.talks[0].refused, ledger.talks[0].apologies, ledger.money) == (4, 2, Mark())


def test_the_firms_last_three_turns_are_kept_to_be_compared() -> None:
    ledger = kept(*(said("agent", f"{n} h", sketch=words(letter, 2)) for n, letter in enumerate("abcd")), said("agent"))
    assert ledger.talks[0].turns.hex() == f"{11:016x}{12:016x}{13:016x}"


def test_an_answer_goes_into_the_conversation_it_answers() -> None:
    (talk,) = kept(said("customer"), said("agent", "1 h")).talks
    assert (talk.customer_s, talk.firm_s, talk.begun_by_firm) == (OPENED, OPENED + HOUR, False)


def test_the_three_conversations_spoken_in_last_are_remembered() -> None:
    turns = [said(side, f"{n} h", talk=name) for n, (side, name) in enumerate(
        [("customer", "a"), ("agent", "b"), ("customer", "c"), ("agent", "a"), ("customer", "d")]
    )]  # fmt: skip
    assert [one.mark for one in kept(*turns).talks] == [mark_of("c"), mark_of("a"), mark_of("d")]


def test_a_mailing_and_the_report_of_it_within_five_minutes_are_one_send() -> None:
    report, mail = done("campaign_sent", purpose="promotion"), said("campaign", "5 min")
    assert kept(report, mail).sends == (OPENED,)
    assert kept(report, said("campaign", "301 s")).sends == (OPENED, OPENED + 301)
    assert len(kept(said("campaign"), done("campaign_sent", "5 min", purpose="promotion")).touches) == 1
    assert kept(said("campaign"), done("campaign_sent", "5 min", purpose="news")).touches == (), "the report knows"
    assert [(one.event_id, one.says) for one in kept(report, mail).touches] == [(report.event_id, "touch")]


def test_a_mailing_asks_for_something_unless_its_report_calls_it_news_or_service() -> None:
    for signal in (said("campaign"), done("campaign_sent"), done("campaign_sent", purpose="winback")):
        assert len(kept(signal).touches) == 1
    for purpose in ("news", "service", "transactional"):
        quiet = kept(done("campaign_sent", purpose=purpose))
        assert (len(quiet.sends), quiet.touches) == (1, ())
    assert kept(said("agent")).sends == kept(said("system")).sends == ()


def test_sixteen_sends_and_four_touches_are_kept_the_newest() -> None:
    ledger = kept(*(done("campaign_sent", f"{n} h") for n in range(20)))
    assert ledger.sends == tuple(OPENED + n * HOUR for n in range(4, 20))
    assert [one.at_s for one in ledger.touches] == [OPENED + n * HOUR for n in range(16, 20)]


def test_the_eight_newest_creatives_are_known_again_and_a_mailing_without_one_adds_none() -> None:
    ledger = kept(*(done("campaign_sent", f"{n} h", creative_id=f"c{n}") for n in range(10)))
    assert ledger.creatives == tuple(mark_of(f"c{n}") for n in range(2, 10))
    assert kept(done("campaign_sent", "1 d"), ledger=ledger).creatives == ledger.creatives


def test_outreach_counts_as_a_send_unless_they_asked_for_it() -> None:
    assert kept(done("outreach_made", solicited=True)).sends == ()
    for unasked in ({}, {"solicited": False}, {"purpose": "sales"}):
        ledger = kept(done("outreach_made", **unasked))
        assert (len(ledger.sends), len(ledger.touches)) == (1, 1)
    assert not any(kept(done("outreach_made", purpose=one)).touches for one in ("service", "appointment_reminder"))


def consented(*changes: tuple[str, str]) -> dict[str, int]:
    acts = (done("consent_changed", f"{n} h", channel=where, direction=way) for n, (where, way) in enumerate(changes))
    return kept(*acts).opted


def test_an_opt_out_holds_for_its_channel_until_they_opt_in_again() -> None:
    assert consented(("email", "opt_out"), ("sms", "opt_out")) == {"email": OPENED, "sms": OPENED + HOUR}
    assert consented(("email", "opt_out"), ("sms", "opt_out"), ("email", "opt_in")) == {"sms": OPENED + HOUR}
    assert consented(("email", "opt_in")) == {}
    assert consented(("pigeon", "opt_out")) == {}


def test_to_opt_in_to_one_channel_leaves_the_others_closed_and_to_all_opens_all() -> None:
    assert consented(("all", "opt_out"), ("email", "opt_in")) == dict.fromkeys(OTHERS, OPENED)
    assert set(consented(("all", "opt_out"), ("email", "opt_in"), ("sms", "opt_in"))) == {*OTHERS} - {"sms"}
    assert consented(("all", "opt_out"), ("all", "opt_in")) == {}
    assert consented(("email", "opt_out"), ("sms", "opt_out"), ("all", "opt_in")) == {}


def test_an_order_is_counted_and_answers_what_was_sent() -> None:
    ledger = kept(done("campaign_sent"), done("order_placed", "1 h"), done("order_placed", "2 h", by="customer"))
    assert (ledger.orders, ledger.order_s, ledger.touches) == (2, OPENED + 2 * HOUR, ())
    assert kept(done("order_placed", by="subscription")).orders == 0


def test_the_six_newest_categories_are_known_each_once() -> None:
    names = ["tea", "tea", "", "x" * 50, *"abcde"]
    ledger = kept(*(done("order_placed", category=name) for name in names))
    assert ledger.categories == ("x" * 40, *"abcde")
    assert kept(done("order_placed", category="a"), done("order_placed")).categories == ("a",)


def test_a_notice_is_kept_with_what_it_is_about_and_how_many_days_ahead_the_four_newest() -> None:
    first = done("notice_given", about="The Price of " + "x" * 60, advance_days=30)
    assert kept(first).notices == (GivenNotice("the price of " + "x" * 47, OPENED, 30.0, first.event_id),)
    vague = done("notice_given", advance_days="a month")
    assert kept(vague).notices == (GivenNotice("", OPENED, 0.0, vague.event_id),)
    five = [done("notice_given", f"{n} h", about=f"n{n}", advance_days=1.5) for n in range(5)]
    assert [one.about for one in kept(*five).notices] == ["n1", "n2", "n3", "n4"]


def test_a_price_that_rose_is_remembered_and_one_that_fell_is_not() -> None:
    rise = done("price_changed", product="p" * 50, change_pct=12)
    assert kept(rise).rise == Mark(rise.event_id, OPENED, "p" * 40, 12.0)
    small = done("price_changed", change_pct=0.5)
    assert kept(small).rise == Mark(small.event_id, OPENED, "", 0.5)
    assert kept(done("price_changed", change_pct=0)).rise == Mark()
    assert kept(done("price_changed", change_pct=-5)).rise == Mark()


def test_a_fee_is_a_rise_whatever_it_costs() -> None:
    fee = done("fee_charged", what="paper bill")
    assert kept(fee).rise == Mark(fee.event_id, OPENED, "paper bill", 0.0)


def test_money_that_nobody_asked_for_is_remembered_by_its_form() -> None:
    for told in ({"form": "voucher"}, {"form": "voucher", "requested": False}):
        paid = done("compensation_issued", **told)
        assert kept(paid).money == Mark(paid.event_id, OPENED, "voucher")
    assert kept(done("compensation_issued", form="voucher", requested=True)).money == Mark()
    assert kept(done("compensation_issued")).money.what == ""


def test_what_failed_and_what_was_launched_last_is_known() -> None:
    failed = done("service_incident", incident="late")
    assert kept(failed).incident == Mark(failed.event_id, OPENED, "late")
    assert kept(done("service_incident")).incident.what == ""
    assert kept(done("product_launched", "1 d")).launch_s == OPENED + DAY


def test_an_act_of_no_such_kind_leaves_no_trace() -> None:
    assert kept(done("idea_answered")) == Ledger(first_s=OPENED)

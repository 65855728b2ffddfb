"""What moves a belief, by cases a reader would agree with."""

from dataclasses import fields
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest

from listener import relationship
from listener.model.findings import Finding
from listener.model.inputs import Command, Profile
from listener.model.reading import Reading
from listener.model.signals import Heard
from listener.model.tie import TieState
from listener.model.types import TYPES
from listener.relationship.belief import look, prior
from listener.relationship.conduct import conduct
from tests.relationship.builders import KNOWN, START, act, after, heard, ordered, share, top


def profile(**told: object) -> Profile:
    return Profile.model_validate({"customer_id": "C-1", "customer_since": "2020-01-05"} | told)


def test_suggestions_speak_for_a_business_partner() -> None:
    """The same turns without them, and with complaints in their place, speak far less for one."""
    suggests = after(
        heard(0, "a", signals={"suggestion": 0.9}),
        heard(9, "b", signals={"suggestion": 0.9, "offered_solution": 0.8}),
    )
    plain = after(heard(0, "a"), heard(9, "b"))
    complains = after(heard(0, "a", signals={"complaint": 0.9}), heard(9, "b", signals={"complaint": 0.9}))
    assert share(suggests, "business_partners") > 2 * share(plain, "business_partners")
    assert share(suggests, "business_partners") > 3 * share(complains, "business_partners")


def test_a_cue_said_again_in_the_same_talk_counts_half() -> None:
    def counted(*turns: Heard) -> float:
        tie = after(*turns)
        return look(tie, None, tie.at_s, KNOWN).n("suggestion")

    same = [heard(0.001 * n, f"t{n}", signals={"suggestion": 1.0}, conversation_id="x") for n in range(3)]
    other = [heard(0.001 * n, f"t{n}", signals={"suggestion": 1.0}, conversation_id=f"x{n}") for n in range(3)]
    assert counted(*same) == pytest.approx(2.0, abs=0.01)
    assert counted(*other) == pytest.approx(3.0, abs=0.01)


def test_feeling_about_a_rival_is_not_feeling_about_us() -> None:
    ours = after(heard(0, "a", signals={"betrayal": 0.9, "negative_emotion": 0.9}))
    theirs = after(heard(0, "a", signals={"betrayal": 0.9, "negative_emotion": 0.9}, target="rival"))
    assert share(ours, "ex_friends") > share(theirs, "ex_friends")
    assert relationship.read(theirs, None, START, KNOWN).distress == 0.0


def test_who_chose_speaks_once_and_loudly() -> None:
    chosen = profile(chosen_by="employer")
    assert top(after(profile=chosen), profile=chosen) == "arranged_marriage"


def test_regular_orders_without_a_word_are_an_exchange_or_a_habit() -> None:
    who = profile(customer_since="2024-11-01")
    tie = after(*[ordered(30 * n) for n in range(8)], profile=who)
    assert top(tie, days=215, profile=who) in ("basic_exchange", "marriage_of_convenience")


def test_orders_in_bursts_at_launches_are_a_fling() -> None:
    who = profile(customer_since="2025-12-01")
    story = [
        s
        for n in (0, 60, 120)
        for s in (
            act("product_launched", n, product="x"),
            ordered(n + 0.1, f"drop{n}"),
            ordered(n + 1, f"b{n}", "20"),
        )
    ]
    assert top(after(*story, profile=who), days=125, profile=who) == "fling"


def test_pursuit_after_an_opt_out_makes_a_prey() -> None:
    who = profile(customer_since="2026-01-04")
    story = [act("outreach_made", n, solicited=False) for n in (1, 2, 3)]
    no = act("consent_changed", 4, direction="opt_out", channel="all")
    tie = after(ordered(0), *story, no, act("outreach_made", 5, solicited=False), profile=who)
    assert top(tie, "held", days=6, profile=who) == "stalker_prey"
    assert top(tie, "wanted", days=6, profile=who) in ("stalker_prey", "fleeting_acquaintance"), "they want distance"


def breach(code: str, level: int = 3) -> Finding:
    return Finding(
        code=code,
        rule_id="r",
        phase="noticed",
        by="firm",
        at=START,
        event_id="e",
        cause="e",
        matter="m",
        p=0.9,
        level=level,
    )


def hurt(tie: TieState, days: float) -> TieState:
    return relationship.revise(tie, heard(days, "ouch", signals={"betrayal": 0.9}), (), None, KNOWN)


def test_a_breach_that_hurts_moves_held_along_its_rupture_edges() -> None:
    friend = after(*[heard(n, f"v{n}", voices={"best_friends": 4.0}) for n in range(3)])
    told = relationship.revise(friend, act("terms_changed", 4), (breach("F07"),), None, KNOWN)
    unhurt = relationship.revise(friend, act("terms_changed", 4), (), None, KNOWN)
    at = START + timedelta(days=5)
    with_breach = relationship.read(hurt(told, 5), None, at, KNOWN)
    without = relationship.read(hurt(unhurt, 5), None, at, KNOWN)
    place = TYPES.index("ex_friends")
    assert with_breach.p[0][place] > without.p[0][place]


def test_what_the_firm_does_says_which_tie_it_enacts() -> None:
    scripted = [heard(n, f"s{n}", role="agent", signals={"scripted": 0.9, "policy_cited": 0.9}) for n in range(3)]
    reading = relationship.read(after(*scripted), None, START + timedelta(days=3), KNOWN)
    assert (
        dict(reading.top("enacted", 29))["best_friends"] < 1 / 29 < dict(reading.top("enacted", 29))["basic_exchange"]
    )


def test_enacted_goes_back_to_uniform() -> None:
    tie = after(*[act("campaign_sent", n) for n in range(5)])
    soon = relationship.read(tie, None, START + timedelta(days=5), KNOWN)
    late = relationship.read(tie, None, START + timedelta(days=400), KNOWN)
    assert soon.unsettled[2] < late.unsettled[2]
    assert late.unsettled[2] > 0.99


def test_because_names_the_five_that_moved_it_most_newest_first() -> None:
    names = ("suggestion", "nostalgia", "lineage", "secrecy", "novelty_seeking", "captivity", "shared_goal")
    tie = after(*[heard(10 * n, f"e{n}", signals={name: 0.9}) for n, name in enumerate(names)])
    told = relationship.read(tie, None, START, KNOWN).because
    assert len(told) == 5
    assert [reason.event_id for reason in told] == sorted((r.event_id for r in told), reverse=True)
    assert {"captivity", "lineage"} <= {reason.signal for reason in told}


def test_distress_rises_with_pain_and_eases_with_thanks_and_time() -> None:
    said = {"distress": 0.9, "complaint": 0.9, "negative_emotion": 0.9}
    angry = after(*[heard(0.01 * n, f"a{n}", signals=said, sentiment=-0.7) for n in range(3)])
    calmer = relationship.revise(angry, heard(0.1, "b", signals={"gratitude": 0.9}), (), None, KNOWN)
    first = relationship.read(angry, None, START, KNOWN).distress
    assert first > 0.6
    assert relationship.read(calmer, None, START, KNOWN).distress < first
    assert relationship.read(angry, None, START + timedelta(days=40), KNOWN).distress < 0.15


def test_a_firm_that_apologises_is_a_witness_of_distress() -> None:
    """Nobody apologises to somebody who is content; a light word from the firm says the opposite."""
    said = heard(0, "a", signals={"complaint": 0.6})
    sorry = heard(0.1, "b", role="agent", signals={"apology": 0.9, "empathy": 0.7})
    light = heard(0.1, "b", role="agent", signals={"familiarity": 0.9})
    felt = [relationship.read(after(said, answer), None, START, KNOWN).distress for answer in (sorry, light)]
    assert felt[0] > felt[1]


def test_more_orders_faster_and_dearer_ratchet_up() -> None:
    days = (0, 40, 70, 90, 100, 106)
    tie = after(*[ordered(day, "beans", str(20 * (n + 1))) for n, day in enumerate(days)])
    assert relationship.read(tie, None, START + timedelta(days=107), KNOWN).engagement == "ratcheting_up"


def test_talk_of_leaving_and_a_cancelled_order_dial_down() -> None:
    talk = [heard(5 * n, f"t{n}") for n in range(4)]
    leaving = heard(22, "x", signals={"exit": 0.9, "negative_emotion": 0.8})
    tie = after(*talk, leaving, act("order_cancelled", 23, by="customer"))
    assert relationship.read(tie, None, START + timedelta(days=24), KNOWN).engagement == "dialling_down"


def test_who_leaves_builds_no_tie_however_young_it_is() -> None:
    moves = [heard(4 * n, f"t{n}") for n in range(5)]
    gone = heard(21, "x", signals={"exit": 0.9, "stop_contact": 0.9})
    at = int((START + timedelta(days=22)).timestamp())
    young = [conduct(look(after(*story), None, at, KNOWN), 0.0, 0.0)["young"] for story in (moves, [*moves, gone])]
    assert young[1] < young[0]


def test_who_writes_in_once_is_one_of_those_who_write_in() -> None:
    """The prior of a first talk is not that of customers at large, and it fades as more is heard or known."""
    priors = [
        prior(look(tie, who, tie.at_s, KNOWN), KNOWN)
        for tie, who in ((after(heard()), None), (after(*[heard(9 * n) for n in range(9)]), profile()))
    ]
    once, at_large = KNOWN.emissions.once, KNOWN.priors.log_of(None)
    assert np.allclose(priors[0], at_large + (1.0 - KNOWN.emissions.prior) * once)
    left = np.abs(priors[1] - KNOWN.emissions.prior * at_large)
    assert left.max() < 0.1 * np.abs(at_large + once).max()


def test_standing_that_is_claimed_speaks_for_one_who_is_served() -> None:
    told = after(heard(0, "a", signals={"status": 0.9, "complaint": 0.8}))
    plain = after(heard(0, "a", signals={"complaint": 0.8}))
    assert share(told, "master_slave") > 1.5 * share(plain, "master_slave")


def test_an_order_that_renews_itself_is_no_move_of_the_customers() -> None:
    renewed = after(*[ordered(365 * n, "yearly renewal, automatic") for n in range(3)])
    assert not renewed.moves
    assert not renewed.orders
    assert look(renewed, None, renewed.at_s, KNOWN).n("charged") > 0


def test_what_is_believed_of_a_stranger_is_the_same_at_any_moment() -> None:
    began = relationship.begin(START)
    now, later = (relationship.read(began, None, START + timedelta(days=days), KNOWN) for days in (0, 300))
    order = Command(command_id="c", occurred_at=START, customer_id="C-1", command="override", held="old_friends")
    told = relationship.override(began, order, None, START, KNOWN)
    assert np.array_equal(now.p, later.p)
    assert now.engagement == later.engagement == "steady"
    assert not np.array_equal(relationship.read(told, None, START, KNOWN).p, now.p)


def test_a_moment_read_again_is_as_if_read_for_the_first_time() -> None:
    tie, due = after(*[heard(n, f"h{n}", signals={"question": 0.9}) for n in range(4)]), START + timedelta(days=5)
    before = relationship.read(tie, None, due, KNOWN)
    assert before.p.shape == (3, len(TYPES))
    endured = relationship.endure(tie, (breach("F02"),), due, KNOWN)
    again = relationship.read_again(before, endured, None, due, KNOWN)
    assert np.array_equal(again.p, relationship.read(endured, None, due, KNOWN).p)
    assert not np.array_equal(again.p[2], before.p[2])


def test_what_is_at_risk_is_annual_value_times_leaving() -> None:
    who = profile(annual_value={"amount": "4200.00", "currency": "USD"})
    reading = relationship.read(after(profile=who), who, START, KNOWN)
    told = relationship.estimate(reading, ("C-1", "acme"), START, 0, 0.0, who, KNOWN).checked()
    assert told.value.at_risk is not None
    assert abs(float(told.value.at_risk.amount) - 4200 * told.leaving) < 0.5


def test_a_move_between_types_says_whether_it_was_expected() -> None:
    close = {"self_disclosure": 0.9, "gratitude": 0.8}
    friend = [heard(9.0 * n, f"a{n}", voices={"best_friends": 4.0}, signals=close) for n in range(4)]
    hurt = [heard(40.0 + n, f"b{n}", voices={"ex_friends": 4.0}, signals={"betrayal": 0.9}) for n in range(20)]
    tie = after(*friend, *hurt)
    before, later = relationship.read(after(*friend), None, START, KNOWN), relationship.read(tie, None, START, KNOWN)
    tie, moves = relationship.transitions(tie, before, later, ("C-1", "acme"), START, KNOWN)
    told = [move.checked() for move in moves]
    wanted = [move for move in told if move.kind == "type_change" and move.track == "wanted"]
    assert [(move.from_, move.to, move.expected_path) for move in wanted] == [("best_friends", "ex_friends", True)]


def test_a_move_is_told_once_however_slowly_it_comes() -> None:
    def believing(lead: float) -> Reading:
        row = np.full(len(TYPES), (1 - 0.8) / (len(TYPES) - 2))
        row[0], row[1] = 0.4 - lead / 2, 0.4 + lead / 2
        flat = np.full(len(TYPES), 1 / len(TYPES))
        held = relationship.read(after(), None, START, KNOWN)
        told = {part.name: getattr(held, part.name) for part in fields(Reading)}
        return Reading(**told | {"p": np.array([row, flat, flat])})

    tie, told = after(), []
    steps = [believing(lead) for lead in (-0.2, -0.03, 0.03, 0.06, 0.2, 0.2)]
    for before, later in pairwise(steps):
        tie, moves = relationship.transitions(tie, before, later, ("C-1", "acme"), START, KNOWN)
        told += [(move.fields["from"], move.fields["to"]) for move in moves]
    assert told == [(TYPES[0], TYPES[1])]


def test_a_state_stays_small_after_a_year() -> None:
    import msgspec

    words = {"signals": {"complaint": 0.6, "question": 0.9}, "voices": dict.fromkeys(TYPES, 0.3)}
    story = [s for n in range(100) for s in (heard(3.6 * n, f"h{n}", **words), ordered(3.6 * n + 1, f"c{n}"))]
    assert len(msgspec.msgpack.encode(after(*story))) < 900


def test_a_firm_that_jokes_back_was_joked_with() -> None:
    """Whoever answers has read the customer too: the same words weigh differently by how they were taken."""
    said = heard(0, "said", signals={"complaint": 0.5}, conversation_id="x")
    joke = heard(
        0.01, "joke", role="agent", emotions={"amusement": 0.9}, signals={"familiarity": 0.9}, conversation_id="x"
    )
    sorry = heard(0.01, "sorry", role="agent", emotions={"remorse": 0.9}, signals={"apology": 0.9}, conversation_id="x")
    assert share(after(said, joke), "buddies") > share(after(said), "buddies") > share(after(said, sorry), "buddies")
    assert share(after(said, sorry), "basic_exchange") > share(after(said, joke), "basic_exchange")

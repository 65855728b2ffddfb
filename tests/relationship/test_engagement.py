"""What is said of a customer's wish for more of the tie, or for less."""

import numpy as np
import pytest

from listener.catalogue.engagement import Wish
from listener.model.findings import Finding
from listener.model.types import TYPE_INDEX, TYPES, TypeId
from listener.relationship.belief import look
from listener.relationship.engagement import engagement_of, slight
from listener.relationship.packing import Numbers
from tests.relationship.builders import KNOWN, START, after, heard, ordered


def sure(name: TypeId) -> Numbers:
    """A belief that is sure of one type."""
    wanted = np.zeros(len(TYPE_INDEX))
    wanted[TYPE_INDEX[name]] = 1.0
    return wanted


def told(name: TypeId, hurt: bool = False) -> str:
    """What is said of one who writes every ten days, with a tie that is sure, let down gravely or not."""
    tie = after(*[heard(10 * n) for n in range(5)])
    if hurt:
        tie = slight(tie, (Finding("F03", "rule", "breached", "firm", START, "e", "e", 1, 1.0, level=3),))
    return engagement_of(look(tie, None, tie.at_s, KNOWN), sure(name), 0.1, KNOWN)


def test_nothing_told_is_as_likely_as_always() -> None:
    wish = Wish(always=-1.5, conduct={"hurt": 2.0}, tie={"fling": 0.5})
    assert wish.nats({}, np.zeros(29)) == -1.5
    assert wish.nats({"hurt": 0.5, "unknown": 9.0}, sure("fling")) == pytest.approx(0.0)


def test_who_cannot_leave_stays_when_let_down_and_others_do_not() -> None:
    assert told("captive", hurt=True) == "steady"
    assert told("fling", hurt=True) == told("old_friends", hurt=True) == "dialling_down"


def test_with_the_same_pace_a_courtship_grows_and_an_exchange_stays() -> None:
    assert told("courtship") == "ratcheting_up"
    assert told("basic_exchange") == told("marriage_of_convenience") == "steady"


def test_growing_orders_speak_for_more_whatever_the_tie() -> None:
    grown, level = (after(*[ordered(9 * n, value=str(20 * by**n)) for n in range(6)]) for by in (2, 1))
    seen = [look(tie, None, tie.at_s, KNOWN) for tie in (grown, level)]
    assert engagement_of(seen[0], sure("dealer_addict"), 0.0, KNOWN) == "ratcheting_up"
    assert engagement_of(seen[1], sure("captive"), 0.0, KNOWN) == "steady"
    for name in TYPES:
        more = [KNOWN.engagement.more.nats({"dearer": dearer}, sure(name)) for dearer in (0.0, 1.0)]
        assert more[1] > more[0]


def test_being_let_down_never_speaks_for_less_of_a_wish_to_go() -> None:
    assert KNOWN.engagement.less.conduct["hurt"] > 0
    assert KNOWN.engagement.less.conduct["leaving"] > 0

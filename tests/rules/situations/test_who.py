"""Who this customer is: since when, how often heard, what they want, what was done to them before."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from listener.model.inputs import Profile
from listener.model.ledger import Deed, Ledger
from listener.model.reading import Reading
from listener.model.types import FAMILIES
from listener.rules.rehearsing import BEGIN
from listener.rules.situations import SITUATIONS, holds
from tests.rules.builders import CATALOGUE, DAY, OPENED, belief, of_signal, said


def so(
    words: str,
    *,
    profile: Profile | None = None,
    reading: Reading | None = None,
    public: bool = False,
    **ledger: object,
) -> bool:
    """Whether the situation holds of somebody who speaks at the beginning and of whom this much is remembered."""
    signal = said("customer", public=public)
    known = Ledger(**ledger)  # type: ignore[arg-type]  # facts of a test
    return holds(words, of_signal(known, signal, reading or belief("captive"), profile, CATALOGUE))


def did(*codes: str, ago: int = 0, sure: int = 90) -> tuple[Deed, ...]:
    return tuple(Deed(code, OPENED - ago, 2, sure) for code in codes)


def test_a_tenure_is_over_a_span_once_it_is_longer() -> None:
    assert not so("tenure over 30 d", first_s=OPENED - 30 * DAY)
    assert so("tenure over 30 d", first_s=OPENED - 30 * DAY - 1)
    assert not so("tenure over 1 s"), "of whom nothing is known they are new"
    profile = Profile(customer_id="C-1", customer_since=BEGIN - timedelta(days=400))
    assert so("tenure over 1 y", profile=profile, first_s=OPENED - DAY)


def test_turns_heard_before_are_counted_below_and_above_a_number() -> None:
    assert [so("contacts under 3", contacts=n) for n in (2, 3, 4)] == [True, False, False]
    assert [so("contacts over 3", contacts=n) for n in (2, 3, 4)] == [False, False, True]


def test_one_order_is_enough_to_have_bought() -> None:
    assert [so("has bought", orders=n) for n in (0, 1, 2)] == [False, True, True]


def test_a_named_contact_is_one_that_the_profile_names() -> None:
    assert not so("named contact")
    assert not so("named contact", profile=Profile(customer_id="C-1"))
    assert so("named contact", profile=Profile(customer_id="C-1", named_contacts=("Maria",)))


def test_a_type_is_wanted_mostly_from_one_half_on() -> None:
    assert so("wants mostly fling", reading=belief("fling", 0.5))
    assert not so("wants mostly fling", reading=belief("fling", 0.499))
    assert not so("wants mostly fling", reading=belief("captive"))


def test_of_several_types_the_shares_add_up() -> None:
    reading = belief("fling", 0.49)
    assert not so("wants mostly fling", reading=reading)
    assert so("wants mostly fling captive", reading=reading)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_stands_for_every_type_of_it_and_for_no_other(family: str) -> None:
    for one in CATALOGUE.types.by_id.values():
        assert so(f"wants mostly {family}", reading=belief(one.id)) is (one.family == family)


def test_a_type_may_stand_beside_a_family() -> None:
    types = CATALOGUE.types.by_id
    other = next(one.id for one in types.values() if one.family == "hedonic")
    friend = next(one.id for one in types.values() if one.family == "friendly")
    third = next(one.id for one in types.values() if one.family == "negative")
    wanted = [so(f"wants mostly friendly {other}", reading=belief(name)) for name in (other, friend, third)]
    assert wanted == [True, True, False]


def test_what_is_held_counts_only_where_it_is_asked_for() -> None:
    held, wanted = belief("captive").of("held"), belief("fling").of("wanted")
    reading = replace(belief("fling"), p=np.array([held, wanted, wanted]))
    assert so("wants mostly fling", reading=reading)
    assert not so("wants mostly captive", reading=reading)
    assert so("wants or holds mostly captive", reading=reading)
    assert so("wants or holds mostly fling", reading=reading)
    assert not so("wants or holds mostly enemies", reading=reading)
    assert so("wants or holds mostly hedonic", reading=reading), "a family stands for all of it here too"
    assert so("wants or holds mostly enemies", reading=belief("enemies", 0.5))
    assert not so("wants or holds mostly enemies", reading=belief("enemies", 0.49))


def test_an_act_was_done_before_within_its_span_to_the_second() -> None:
    assert so("done before F06 within 14 d", deeds=did("F06", ago=14 * DAY))
    assert not so("done before F06 within 14 d", deeds=did("F06", ago=14 * DAY + 1))
    assert so("done before F06", deeds=did("F06", ago=90 * DAY)), "without a span it is 90 days"
    assert not so("done before F06", deeds=did("F06", ago=90 * DAY + 1))


def test_an_act_was_done_before_so_many_times_of_any_of_its_codes() -> None:
    deeds = did("F06", "F24", "F12")
    assert so("done before F06 F24 times 2", deeds=deeds)
    assert not so("done before F06 F24 times 3", deeds=deeds)
    assert not so("done before F06 times 2", deeds=deeds)
    assert not so("done before F18", deeds=deeds)


def test_what_was_likelier_not_done_is_no_more_than_a_hint() -> None:
    assert so("done before F06", deeds=did("F06", sure=50))
    faint = did("F06", sure=49)
    assert not so("done before F06", deeds=faint)
    assert so("hinted before F06", deeds=faint)
    assert so("hinted before F06", deeds=did("F06", sure=5))


def test_a_hint_is_of_the_codes_and_the_time_that_are_asked_for() -> None:
    assert not so("hinted before F06")
    assert not so("hinted before F06", deeds=did("F24"))
    assert so("hinted before F06 F24 within 7 d", deeds=did("F12", "F24", ago=7 * DAY))
    assert not so("hinted before F06 F24 within 7 d", deeds=did("F12", "F24", ago=7 * DAY + 1))


def test_whoever_made_a_suggestion_has_ideas() -> None:
    assert not so("has ideas")
    assert so("has ideas", ideas=(("e", OPENED, b""),))


def test_transfers_of_a_fortnight_are_counted_with_the_one_that_is_now() -> None:
    two = did("F13", "F13", ago=14 * DAY)
    assert so("transfers here 3", deeds=two)
    assert not so("transfers here 4", deeds=two)
    assert so("transfers here 1")
    assert not so("transfers here 3", deeds=did("F13", "F13", ago=14 * DAY + 1))
    assert not so("transfers here 2", deeds=did("F12"))


@pytest.mark.parametrize(
    ("known", "is_new"),
    [
        ({"contacts": 7, "orders": 1, "first_s": OPENED - 90 * DAY + 1}, True),
        ({"contacts": 8, "orders": 1, "first_s": OPENED - 90 * DAY + 1}, False),
        ({"contacts": 7, "orders": 2, "first_s": OPENED - 90 * DAY + 1}, False),
        ({"contacts": 7, "orders": 1, "first_s": OPENED - 90 * DAY}, False),
    ],
    ids=["new", "many words", "bought twice", "here for 90 days"],
)
def test_hardly_known_is_who_is_new_in_every_way(known: dict[str, object], is_new: bool) -> None:
    assert so("hardly known", **known) is is_new


def test_a_past_with_the_firm_is_an_order_or_a_month_or_a_word_in_public() -> None:
    assert not so("has a past with the firm", first_s=OPENED - 30 * DAY)
    assert so("has a past with the firm", first_s=OPENED - 30 * DAY - 1)
    assert so("has a past with the firm", orders=1)
    assert so("has a past with the firm", public=True)


def test_every_situation_says_its_opposite_after_not() -> None:
    bare = [name for name, claim in SITUATIONS.items() if claim.__code__.co_varnames[1] == "_"]
    assert bare
    for name in bare:
        assert so(f"not {name}") is not so(name)

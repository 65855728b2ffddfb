"""What the ledger lets go of, from which second on, and what it keeps however old it is."""

import pytest

from listener.model.ledger import FORGOTTEN_AFTER_S, Deed, Ledger, Matter, Talk
from listener.rules import due, judge
from listener.rules.memory.forgetting import forget
from listener.rules.rehearsing import BEGIN
from tests.rules.builders import CATALOGUE, belief, done

NOW = int(BEGIN.timestamp())
LIMITS = CATALOGUE.thresholds


def deed(age_s: int) -> Deed:
    return Deed("F12", NOW - age_s, 2, 80)


def matter(rested_s: int = 0, lasted_s: int = 0) -> Matter:
    return Matter(1, "e", NOW - lasted_s, NOW - rested_s, b"\0" * 58)


@pytest.mark.parametrize(("age_s", "is_kept"), [(FORGOTTEN_AFTER_S, True), (FORGOTTEN_AFTER_S + 1, False)])
def test_a_deed_is_let_go_of_after_ninety_days(age_s: int, is_kept: bool) -> None:
    kept = forget(Ledger(deeds=(deed(age_s), deed(5))), NOW, LIMITS)
    assert kept.deeds == ((deed(age_s), deed(5)) if is_kept else (deed(5),))


def test_where_one_goes_those_that_are_just_not_too_old_stay() -> None:
    old, last, new = deed(FORGOTTEN_AFTER_S + 1), deed(FORGOTTEN_AFTER_S), deed(5)
    assert forget(Ledger(deeds=(old, last, new)), NOW, LIMITS).deeds == (last, new)


@pytest.mark.parametrize(
    ("told", "is_kept"),
    [
        (matter(rested_s=LIMITS.s("matter_rests")), True),
        (matter(rested_s=LIMITS.s("matter_rests") + 1), False),
        (matter(lasted_s=LIMITS.s("matter_lasts")), True),
        (matter(lasted_s=LIMITS.s("matter_lasts") + 1), False),
    ],
)
def test_a_matter_that_is_over_is_let_go_of_and_its_number_is_never_given_again(told: Matter, is_kept: bool) -> None:
    kept = forget(Ledger(matters=(told,), next_key=2), NOW, LIMITS)
    assert (kept.matters, kept.next_key) == ((told,) if is_kept else (), 2)


def test_a_conversation_is_kept_however_old_as_letters_come_back_to_it() -> None:
    old = Ledger(talks=(Talk(b"mark", customer_s=1),))
    assert forget(old, NOW, LIMITS) is old


def test_it_is_let_go_of_by_whatever_comes_next_a_signal_or_a_deadline() -> None:
    old = Ledger(deeds=(deed(FORGOTTEN_AFTER_S + 1),), matters=(matter(lasted_s=10**7),))
    for ledger, _ in (
        judge(old, done("product_launched"), belief("fling"), None, CATALOGUE),
        due(old, BEGIN, belief("fling"), None, CATALOGUE),
    ):
        assert (ledger.deeds, ledger.matters) == ((), ())

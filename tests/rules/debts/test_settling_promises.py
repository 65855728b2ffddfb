"""What keeps a promise, what lets it go, what follows it up, and what only makes it likelier that it was kept."""

from listener.model.ledger import Ledger, Talk, mark_of
from listener.model.signals import Act, Heard
from listener.rules.debts.easing import eased_by
from listener.rules.debts.settling import SETTLEMENTS
from tests.rules.builders import case_of, debt, done, said
from tests.rules.debts.test_settling import settled

ABOUT, ELSE = f"{0:016x}:aaaaaa.bbbbbb.cccccc", f"{0:016x}:111111.222222.333333"
PROMISE = debt("F18", words=bytes.fromhex("aaaaaabbbbbbcccccc"))


def test_a_promise_is_kept_where_they_say_here_or_of_it_that_it_has_come() -> None:
    kept = "said to be kept"
    assert settled(kept, said("customer", "1 h", kept=0.5), PROMISE)
    assert settled(kept, said("customer", "1 h", talk="u", kept=0.5, sketch=ABOUT), PROMISE)
    assert not settled(kept, said("customer", "1 h", talk="u", kept=0.9, sketch=ELSE), PROMISE)
    assert not settled(kept, said("customer", "1 h", kept=0.49), PROMISE)
    assert not settled(kept, said("customer", "1 h", kept=0.9, complaint=0.5), PROMISE)
    assert not settled(kept, said("agent", "1 h", kept=0.9), PROMISE)


def test_whoever_is_glad_of_the_thing_itself_once_half_its_time_is_over_has_it() -> None:
    kept = "said to be kept"
    for glad in ("gratitude", "joy", "praise", "love"):
        assert settled(kept, said("customer", "12 h", **{glad: 0.5}, sketch=ABOUT), PROMISE)
        assert not settled(kept, said("customer", "12 h", **{glad: 0.49}, sketch=ABOUT), PROMISE)
    assert not settled(kept, said("customer", "11 h", gratitude=0.9, sketch=ABOUT), PROMISE)
    assert not settled(kept, said("customer", "12 h", gratitude=0.9, sketch=ELSE), PROMISE)
    assert not settled(kept, said("customer", "12 h", forgiveness=0.9, sketch=ABOUT), PROMISE)
    assert not settled(kept, said("customer", "12 h", gratitude=0.9, sketch=ABOUT, needs_answer=True), PROMISE)


def test_a_promise_is_let_go_by_words_that_say_so_and_not_by_manners() -> None:
    assert settled("let go", said("customer", "1 h", released=0.5), PROMISE)
    assert not settled("let go", said("customer", "1 h", released=0.49), PROMISE)
    assert not settled("let go", said("customer", "1 h", released=0.9, complaint=0.5), PROMISE)
    assert not settled("let go", said("customer", "1 h", talk="u", released=0.9, sketch=ELSE), PROMISE)
    assert settled("let go", said("customer", "1 h", talk="u", released=0.9, sketch=ABOUT), PROMISE)
    assert not settled("let go", said("customer", "20 h", forgiveness=0.9, gratitude=0.9), PROMISE)


def test_the_firm_has_kept_its_word_where_it_says_so() -> None:
    assert settled("told done", said("agent", "1 min", done_as_asked=0.6), PROMISE)
    assert settled("told done", said("agent", "1 min", answer_substance=0.7, sketch=ABOUT), PROMISE)
    assert not settled("told done", said("agent", "1 min", answer_substance=0.7, sketch=ELSE), PROMISE)
    again = said("agent", "1 min", sketch=ABOUT).model_copy(
        update={"signals": {"answer_substance": 0.9, "promise": 0.5}}
    )
    assert not settled("told done", again, PROMISE)
    assert not settled("told done", said("agent", "1 min", done_as_asked=0.9, refusal=0.6), PROMISE)
    assert not settled("told done", said("agent", "1 min", talk="u", done_as_asked=0.9, sketch=ELSE), PROMISE)
    assert not settled("told done", said("bot", "1 min", done_as_asked=0.9), PROMISE)


def test_what_is_done_elsewhere_makes_it_less_sure_that_a_plain_promise_was_broken() -> None:
    """To somebody not in trouble many a promise is kept without a record."""
    order, glad = done("order_placed", by="customer"), said("customer", "12 h", joy=0.5)
    for signal in (order, glad):
        assert eased_by(case_of(signal), PROMISE)
        assert not eased_by(case_of(signal), debt("F18", troubled=True))
        assert not eased_by(case_of(signal), debt("F02"))
    assert not eased_by(case_of(done("order_placed", by="firm")), PROMISE)
    assert not eased_by(case_of(said("customer", "11 h", joy=0.9)), PROMISE)
    assert not eased_by(case_of(said("customer", "12 h", forgiveness=0.9)), PROMISE)
    assert not eased_by(case_of(said("customer", "12 h", joy=0.9, complaint=0.9)), PROMISE)


def test_who_answers_something_else_elsewhere_follows_nothing_up() -> None:
    def asked(talk: str, begun: bool) -> Ledger:
        return Ledger(talks=(Talk(mark_of(talk), customer_s=1, begun_by_firm=begun),))

    def follows(signal: Heard | Act, ledger: Ledger) -> bool:
        return not SETTLEMENTS["followed up"].lacks(case_of(signal, ledger), PROMISE)

    assert follows(said("agent", "2 h", talk="t", sketch=ELSE), asked("t", False))
    assert follows(said("agent", "2 h", talk="u", sketch=ABOUT), asked("u", False))
    assert follows(said("agent", "2 h", talk="u", sketch=ELSE), Ledger()), "they come unasked"
    assert not follows(said("agent", "2 h", talk="u", sketch=ELSE), asked("u", False))
    assert not follows(said("agent", "2 h", talk="u", sketch=ELSE), asked("u", True)), "they answer"

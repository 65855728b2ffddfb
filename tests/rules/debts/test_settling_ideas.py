"""What answers an idea: words of substance, acts that tell of it, the customer's welcome."""

from listener.model.ledger import Ledger, Talk, mark_of
from listener.rules.debts.settling import settles
from tests.rules.builders import OPENED, case_of, debt, done, said
from tests.rules.debts.test_settling import settled


def test_an_idea_is_answered_by_a_report_with_substance_that_is_about_it() -> None:
    assert settled("idea answered", done("idea_answered"))
    assert settled("idea answered", done("idea_answered", substantive=True, idea_event_id="idea"))
    assert not settled("idea answered", done("idea_answered", substantive=False))
    assert not settled("idea answered", done("idea_answered", idea_event_id="another"))
    assert not settled("idea answered", done("idea_used", credited=True))


def test_an_idea_taken_up_counts_where_it_is_credited() -> None:
    assert settled("idea credited", done("idea_used", credited=True))
    assert not settled("idea credited", done("idea_used", credited=False))
    assert not settled("idea credited", done("idea_answered", credited=True))


def test_who_takes_what_was_answered_or_is_glad_of_it_has_had_an_answer() -> None:
    idea, answered = debt("F01"), Ledger(talks=(Talk(mark_of("t"), firm_s=OPENED + 60),))

    def welcomes(ledger: Ledger = answered, **cues: object) -> bool:
        return settles(case_of(said("customer", "1 h", **cues), ledger), idea, ("answer welcomed",))

    assert all(welcomes(**{cue: 0.6}) for cue in ("stays", "joy", "love"))
    assert not welcomes(stays=0.59)
    assert not welcomes(Ledger(), stays=0.9)
    assert not welcomes(gratitude=0.9)
    assert not welcomes(joy=0.9, complaint=0.5)
    assert not welcomes(joy=0.9, thanks_anyway=0.5)
    assert not welcomes(joy=0.9, suggestion=0.6)
    assert not welcomes(joy=0.9, needs_answer=True)
    assert not welcomes(joy=0.9, talk="u")


def test_courtesies_of_an_answer_that_is_plainly_one_here_do_not_make_a_form_of_it() -> None:
    courteous = {"scripted": 0.84, "concrete": 0.9, "answer_substance": 0.9}
    assert settled("answer of substance", said("agent", **courteous))
    assert not settled("answer of substance", said("agent", talk="u", **courteous))
    assert not settled("answer of substance", said("agent", **courteous | {"concrete": 0.89}))
    assert not settled("answer of substance", said("agent", **courteous | {"answer_substance": 0.89}))

"""What makes it less sure that something is still owed, and settles nothing."""

from listener.model.ledger import Proof
from listener.rules.debts.easing import eased_by
from tests.rules.builders import case_of, debt, done, said


def test_a_bots_plain_answer_to_a_plain_question_eases() -> None:
    bot = said("bot", concrete=0.3)
    assert eased_by(case_of(bot), debt())
    assert eased_by(case_of(said("bot", answer_substance=0.3)), debt())
    assert not eased_by(case_of(said("bot", concrete=0.29)), debt())
    assert not eased_by(case_of(said("bot", concrete=0.9, scripted=0.65)), debt())
    assert not eased_by(case_of(said("agent", concrete=0.9)), debt())
    assert not eased_by(case_of(said("bot", talk="u", concrete=0.9)), debt())
    assert not eased_by(case_of(bot), debt(troubled=True))
    assert not eased_by(case_of(bot), debt("F01"))


def test_what_is_done_without_a_word_eases_a_plain_question_and_no_trouble() -> None:
    for deed in (done("fix_made"), done("order_cancelled"), done("compensation_issued", form="refund")):
        assert eased_by(case_of(deed), debt())
        assert not eased_by(case_of(deed), debt(troubled=True))
    assert not eased_by(case_of(done("compensation_issued", form="voucher")), debt())
    assert not eased_by(case_of(done("order_placed")), debt())


def test_an_automatic_word_that_it_is_done_eases_and_a_receipt_does_not() -> None:
    asked = debt(words=b"\xaa" * 3)
    assert eased_by(case_of(said("system", done_as_asked=0.6)), asked)
    assert not eased_by(case_of(said("system", concrete=0.9)), asked)
    assert not eased_by(case_of(said("system", talk="u", done_as_asked=0.9)), asked)
    assert eased_by(case_of(said("system", talk="u", done_as_asked=0.9, sketch=f"{0:016x}:aaaaaa")), asked)


def test_no_machine_eases_a_need() -> None:
    grieving = debt(proofs=(Proof("e", "chat", 0, "customer", "need", ""),))
    assert not eased_by(case_of(said("bot", concrete=0.9)), grieving)
    assert not eased_by(case_of(done("fix_made")), grieving)

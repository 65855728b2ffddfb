"""Who plainly tells of a need asks for a person, though they ask nothing."""

from listener.rules.case.need import in_need
from tests.rules.builders import case_of, said


def test_a_customer_who_tells_plainly_of_a_need_is_in_need() -> None:
    assert in_need(case_of(said("customer", need=0.6)))
    assert not in_need(case_of(said("customer", need=0.59)))
    assert not in_need(case_of(said("customer", question=0.9)))


def test_the_firm_is_never_in_need() -> None:
    assert not in_need(case_of(said("agent", need=0.9)))

"""Mismatches: when the treatment of late is plain enough to say that somebody is taken for another."""

import pytest
from msgspec.structs import replace

from listener.model.findings import Finding
from listener.model.ledger import Deed, Ledger
from listener.model.reading import Reading
from listener.rules.case import Case
from listener.rules.mismatches import compare
from listener.rules.rehearsing import BEGIN
from tests.rules.builders import CATALOGUE, belief

NOW, DAY = int(BEGIN.timestamp()), 86_400
RULE = CATALOGUE.rules.of_code("M01")


def deed(code: str, days_ago: float = 0, p: int = 100, *, counts: bool = True) -> Deed:
    """An act of the firm's, so many days ago."""
    return Deed(code, NOW - int(days_ago * DAY), 2, p, 0, b"", f"{code}-{days_ago}", counts)


def told(*deeds: Deed, wanted: str | Reading = "business_partners", contacts: int = 3, **over: object) -> list[Finding]:
    """What is said of these acts, M01 only."""
    reading = belief(wanted) if isinstance(wanted, str) else wanted
    ledger = replace(Ledger(), deeds=deeds, contacts=contacts, first_s=NOW - 300 * DAY, **over)
    case = Case(ledger, BEGIN, reading, None, CATALOGUE, event_id="now")
    return [one for one in compare(case) if one.code == "M01"]


def test_two_kinds_of_conduct_that_weigh_enough_make_it() -> None:
    (one,) = told(deed("F01", 3), deed("F03"))
    assert (one.rule_id, one.cause) == ("partner-treated-as-buyer", "F01-3")
    assert [proof.event_id for proof in one.evidence][:2] == ["F01-3", "F03-0"]
    assert one.why == "They bring ideas and are sent promotions and silence."


def test_the_more_it_weighs_the_surer_it_is() -> None:
    """.6 at what is needed (1.3), and a tenth more for each point beyond, up to .95."""
    (little,) = told(deed("F01", 3), deed("F03"))
    (more,) = told(deed("F01", 9), deed("F34", 5), deed("F01", 3), deed("F03"))
    assert (little.p, more.p) == (pytest.approx(0.64), pytest.approx(0.84))
    (most,) = told(*(deed("F01", n) for n in range(9, 0, -1)), deed("F03"))
    assert most.p == pytest.approx(0.95)


def test_one_kind_alone_is_no_treatment() -> None:
    assert told(deed("F01", 3), deed("F01")) == []


def test_too_little_is_none() -> None:
    assert told(deed("F24", 3), deed("F03")) == []
    assert told(deed("F01", 3, p=55), deed("F03", p=60)) == []


def test_old_acts_and_second_reports_do_not_count() -> None:
    assert told(deed("F01", 61), deed("F03")) == []
    assert told(deed("F01", 60), deed("F03"))
    assert told(deed("F01", 3, counts=False), deed("F03")) == []


def test_it_is_said_of_those_who_want_it_and_of_nobody_else() -> None:
    assert told(deed("F01", 3), deed("F03"), wanted="teammates")
    assert told(deed("F01", 3), deed("F03"), wanted="basic_exchange") == []
    assert told(deed("F01", 3), deed("F03"), wanted=belief("business_partners", 0.48)) == []
    assert told(deed("F01", 3), deed("F03"), wanted=belief("business_partners", 0.5))


def test_the_last_act_must_be_new() -> None:
    assert told(deed("F01", 3), deed("F03", 1)) == []
    assert told(deed("F01", 3), deed("F03", 1), deed("F12")) == []
    assert told() == []


def test_of_somebody_never_heard_nothing_is_said() -> None:
    assert told(deed("F01", 3), deed("F03"), contacts=0) == []
    assert told(deed("F01", 3), deed("F03"), contacts=1)


def test_it_is_said_once_in_sixty_days() -> None:
    assert told(deed("F01", 3), deed("F03"), mismatched={"M01": NOW - 60 * DAY + 1}) == []
    assert told(deed("F01", 3), deed("F03"), mismatched={"M01": NOW - 60 * DAY})
    assert told(deed("F01", 3), deed("F03"), mismatched={"M02": NOW})

"""Mismatches: when the treatment of late is plain enough to say that somebody is taken for another."""

import re
from copy import copy
from dataclasses import replace as with_belief

import numpy as np
import pytest
from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.catalogue.rules import RuleBook
from listener.model.findings import Finding
from listener.model.ledger import Deed, Ledger, Proof
from listener.model.reading import Reading
from listener.model.types import TRACK_INDEX, TYPE_INDEX
from listener.rules.case import Case, matters
from listener.rules.rehearsing import BEGIN
from listener.rules.treatment.mismatches import compare, standing
from tests.rules.builders import CATALOGUE, belief

NOW, DAY = int(BEGIN.timestamp()), 86_400
RULE = CATALOGUE.rules.of_code("M01")


def deed(code: str, days_ago: float = 0, p: int = 100, *, counts: bool = True) -> Deed:
    """An act of the firm's, so many days ago."""
    return Deed(code, NOW - int(days_ago * DAY), 2, p, 0, b"", f"{code}-{days_ago}", counts)


def told(
    *deeds: Deed, wanted: str | Reading = "business_partners", contacts: int = 3, code: str = "M01", **over: object
) -> list[Finding]:
    """What is said of these acts by the mismatch of this code."""
    reading = belief(wanted) if isinstance(wanted, str) else wanted
    ledger = replace(Ledger(), deeds=deeds, contacts=contacts, first_s=NOW - 300 * DAY, **over)
    case = Case(ledger, BEGIN, reading, None, CATALOGUE, event_id="now")
    return [one for one in compare(case) if one.code == code]


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


def test_what_weighs_just_enough_makes_it() -> None:
    (one,) = told(deed("F05", 3), deed("F24"))  # .8 and .5 of the 1.3 needed
    assert one.p == 0.6


def test_an_act_that_is_hardly_sure_is_no_treatment() -> None:
    assert told(deed("F01", p=49)) == []
    assert told(deed("F01", 3), deed("F03", 1), deed("F03", p=49)) == [], "nothing sure is new"


def test_how_sure_it_is_keeps_three_places() -> None:
    (one,) = told(deed("F01", 3, p=97), deed("F03", p=93))
    assert one.p == 0.632


def test_the_first_two_acts_and_the_last_two_prove_it() -> None:
    (one,) = told(*(deed("F01", n) for n in range(5, 0, -1)), deed("F03"))
    assert one.evidence == tuple(
        Proof(f"{code}-{days}", "act", NOW - days * DAY, "firm", code)
        for code, days in (("F01", 5), ("F01", 4), ("F01", 1), ("F03", 0))
    )
    (one,) = told(deed("F01", 9), deed("F01", 5), deed("F03"))
    assert [proof.event_id for proof in one.evidence][:3] == ["F01-9", "F01-5", "F03-0"]


def shares(wanted: dict[str, float], held: dict[str, float]) -> Reading:
    """A reading of just these shares on the two tracks."""
    reading = belief("business_partners")
    p = np.zeros_like(reading.p)
    for track, told_of in (("wanted", wanted), ("held", held)):
        for name, share in told_of.items():
            p[TRACK_INDEX[track], TYPE_INDEX[name]] = share
    return with_belief(reading, p=p)


def test_it_goes_by_what_they_want_and_not_by_what_they_have() -> None:
    partner, buyer = {"business_partners": 1.0}, {"basic_exchange": 1.0}
    assert told(deed("F01", 3), deed("F03"), wanted=shares(partner, buyer))
    assert told(deed("F01", 3), deed("F03"), wanted=shares(buyer, partner)) == []


def test_a_rule_may_go_by_what_they_have_instead() -> None:
    first = CATALOGUE.rules.by_id["partner-treated-as-buyer"]
    assert first.mismatch is not None
    held = first.model_copy(update={"mismatch": first.mismatch.model_copy(update={"track": "held"})})
    book = copy(CATALOGUE)
    book.__dict__["rules"] = RuleBook({**CATALOGUE.rules.by_id, held.id: held})
    partner, buyer = {"business_partners": 1.0}, {"basic_exchange": 1.0}
    ledger = Ledger(deeds=(deed("F01", 3), deed("F03")), contacts=3, first_s=NOW - 300 * DAY)
    for reading, said in ((shares(buyer, partner), True), (shares(partner, buyer), False)):
        found = compare(Case(ledger, BEGIN, reading, None, book, event_id="now"))
        assert ("M01" in [one.code for one in found]) is said


def test_half_of_the_belief_is_enough() -> None:
    half = shares({"business_partners": 0.25, "teammates": 0.25, "basic_exchange": 0.5}, {"basic_exchange": 1.0})
    assert told(deed("F01", 3), deed("F03"), wanted=half)


@pytest.mark.parametrize(("before", "now", "said"), [
    ("business_partners", "basic_exchange", True),
    ("basic_exchange", "business_partners", False),
])  # fmt: skip
def test_within_a_matter_it_goes_by_what_they_wanted_before(before: str, now: str, said: bool) -> None:
    """Who is let down turns away: that they want less of the firm by now is no excuse for it."""
    began = Case(Ledger(contacts=60), BEGIN, belief(before), None, CATALOGUE, event_id="began")
    matters.join(began, "F01")
    assert bool(told(deed("F01", 3), deed("F03"), wanted=now, matters=began.ledger.matters)) is said


def test_two_acts_at_once_make_it() -> None:
    assert told(deed("F01"), deed("F03"))


def test_one_mismatch_keeps_no_other_from_being_said() -> None:
    """Neither one that these acts say nothing of, nor one that has been said already."""
    assert told(deed("F02", 3), deed("F21"), wanted="old_friends", code="M03")
    assert told(deed("F21", 3), deed("F03"), wanted="old_friends", code="M03", mismatched={"M01": NOW})


def with_a_second(status: str) -> Catalogue:
    """A book with a second M01, which asks for less."""
    first = CATALOGUE.rules.by_id["partner-treated-as-buyer"]
    second = first.model_copy(update={"id": "another", "status": status})
    book = copy(CATALOGUE)
    book.__dict__["rules"] = RuleBook({"another": second, **CATALOGUE.rules.by_id})
    return book


def both(book: Catalogue, **mismatched: int) -> tuple[list[str], Ledger]:
    ledger = Ledger(deeds=(deed("F01", 3), deed("F03")), contacts=3, first_s=NOW - 300 * DAY, mismatched=mismatched)
    case = Case(ledger, BEGIN, belief("business_partners"), None, book, event_id="now")
    return [one.rule_id for one in compare(case) if one.code == "M01"], case.ledger


def test_of_two_rules_of_one_code_what_one_said_the_other_does_not_say_again() -> None:
    told, ledger = both(with_a_second("on"))
    assert sorted(told) == ["another", "partner-treated-as-buyer"]
    assert list(ledger.mismatched) == ["M01"]
    assert both(with_a_second("on"), **ledger.mismatched)[0] == []


def test_a_rule_in_the_shadow_keeps_none_from_speaking() -> None:
    """A built-in one put aside for one's own must not use up what is said once."""
    _, ledger = both(with_a_second("shadow"))
    assert set(ledger.mismatched) == {"M01", "another"}
    assert both(with_a_second("shadow"), another=NOW - DAY)[0] == ["partner-treated-as-buyer"]


def test_it_is_told_of_a_type_that_it_speaks_of() -> None:
    """The likeliest type of all may want something else: then the alert's words and repair would be about another."""
    mixed = {"close_siblings": 0.4, "marriage_partners": 0.25, "kinship": 0.35}
    (one,) = told(deed("F15", 3), deed("F22"), wanted=shares(mixed, mixed), code="M08")
    assert one.wanted in ("marriage_partners", "kinship")
    assert one.minds == pytest.approx({"marriage_partners": 0.25 / 0.6, "kinship": 0.35 / 0.6})


def test_one_that_several_types_share_is_titled_with_none_of_them() -> None:
    """“A devoted customer sees …” beside “family customer” reads as a mistake; what they get may be named."""
    for rule in CATALOGUE.rules.mismatches:
        subject = re.split(r" (?:is|sees) ", rule.title)[0].casefold()
        names = [CATALOGUE.types.by_id[name].display.casefold() for name in rule.mismatch.wants]
        nouns = {name.split()[-1] for name in names} - {"customer"}
        assert len(names) == 1 or not any(name in subject for name in (*names, *nouns)), rule.title


def test_how_it_stands_can_be_told_before_it_is_one() -> None:
    """By `explain`: the share that holds the wish, what the treatment is worth, of how many kinds."""
    assert RULE is not None
    assert RULE.mismatch is not None
    deeds = (deed("F01", 3, 50), deed("F01", 2, counts=False), deed("F12", 1), deed("F03", 0))
    ledger = Ledger(deeds=deeds, contacts=7)
    now = standing(Case(ledger, BEGIN, belief("business_partners"), None, CATALOGUE), RULE.mismatch)
    conduct = RULE.mismatch.conduct
    assert now.contacts == 7
    assert now.deeds == tuple(one for one in deeds if one.code in conduct)
    assert now.kinds == 2
    assert now.worth == pytest.approx(0.5 * conduct["F01"] + conduct["F03"])
    others = len(RULE.mismatch.wants) - 1
    assert now.share == pytest.approx(0.9 + others * 0.1 / 28)

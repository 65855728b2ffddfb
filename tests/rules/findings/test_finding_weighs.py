"""How grave a finding is for them: the firm's act by the matrix, anything else by its rule's own word."""

from dataclasses import replace

import numpy as np
import pytest

from listener.model.ledger import snapshot
from listener.model.signals import Act, Heard
from listener.rules.findings.finding import weigh
from tests.rules.builders import belief, said
from tests.rules.findings.test_finding import BUYER, case, failed, ongoing, rule


def test_an_act_of_the_firm_is_graver_in_public_where_it_exposes_and_where_it_was_in_its_hands() -> None:
    def threat(signal: Heard | Act) -> float:
        return weigh(case(signal), rule("F20"), None).threat

    plain = threat(said("agent"))
    for side in ("agent", "campaign", "system"):
        assert threat(said(side, public=True)) == pytest.approx(1.5 * plain)
    assert threat(said("customer", public=True)) == plain, "what a customer says in public exposes nobody"
    held = {told: weigh(case(failed(avoidable=told)), rule("F12"), None).threat for told in (True, False, None, "yes")}
    assert held[False] < held[None] < held[True]
    assert held["yes"] == held[None]


def test_ties_soften_or_sharpen_by_how_strong_they_are() -> None:
    strong, weak = belief("basic_exchange", strength=0.9), belief("basic_exchange", strength=0.1)
    for code, order in (("F12", -1), ("F20", 1)):
        threats = [weigh(case(failed(), reading=one), rule(code), None).threat for one in (weak, strong)]
        assert threats[::order] == sorted(threats)
        assert threats[0] != threats[1]


def test_any_other_act_weighs_what_its_rule_says_for_those_it_is_a_breach_for() -> None:
    spouse = weigh(case(said("customer"), reading=belief("marriage_partners", 0.6)), rule("C01"), None)
    assert (spouse.level, spouse.share) == (1, pytest.approx(0.6 + 4 * 0.4 / 28))
    assert spouse.threat == pytest.approx(spouse.share / 3)
    other = weigh(case(said("customer"), reading=belief("fling")), rule("C01"), None)
    assert (other.level, other.threat) == (0, 0)
    few = weigh(case(said("customer"), reading=belief("marriage_partners", 0.3)), rule("C01"), None)
    assert (few.level, few.share) == (0, pytest.approx(0.4))


def test_whether_it_is_one_is_asked_of_what_they_want_and_not_of_what_they_have() -> None:
    spouse, fling = belief("marriage_partners").p[0], belief("fling").p[0]
    for held, wanted, level in ((spouse, fling, 0), (fling, spouse, 1)):
        reading = replace(BUYER, p=np.array([held, wanted, BUYER.p[2]]))
        assert weigh(case(said("customer"), reading=reading), rule("C01"), None).level == level


def test_a_rule_that_names_nobody_is_for_everybody() -> None:
    strain, voice, good = (weigh(case(failed()), rule(code), None) for code in ("S01", "C03", "B02"))
    assert (strain.level, strain.threat, strain.share) == (2, pytest.approx(2 / 3), 1.0)
    assert (voice.level, voice.threat, voice.share) == (0, 0.0, 1.0)
    assert (good.level, good.threat) == (0, 0.0)


def test_whether_it_is_a_breach_for_them_is_asked_of_the_belief_before_the_matter() -> None:
    spouse = ongoing(belief=snapshot(belief("marriage_partners").p), contacts=10_000)
    assert weigh(case(said("customer")), rule("C01"), spouse).level == 1

"""Whose alert tells of what a rule notices in a story: its own, once it is on, or that of another rule of the act."""

from collections.abc import Sequence
from copy import copy
from itertools import groupby
from typing import NamedTuple

from listener.alerting import choose
from listener.alerting.holding_back import Reason
from listener.catalogue import Catalogue
from listener.catalogue.rules import Example, Rule, RuleBook
from listener.model.told import Told
from listener.rules.rehearsing import Noted, reading_of

WHO = ("C-1", "acme")


class Voice(NamedTuple):
    """Who tells of it: a rule's id, None where nobody does; and why it is not the rule itself, where it is not."""

    rule: str | None
    reason: Reason | None = None


def voice_of(rule: Rule, example: Example, noted: Sequence[Noted], book: Catalogue) -> Voice:
    """Who would tell of what the rule notices in a story, were it on; `noted` is what came of the story."""
    trial = with_rule_on(rule, book)
    told, reading = Told(), reading_of(example.type)
    voice = Voice(None)
    for at, moment in groupby(noted, key=lambda one: one.at):
        findings = [one.finding for one in moment]
        told, _, fates = choose(told, findings, reading, None, WHO, at, trial)
        by_id = {one.alert_id: one.rule for one in told.open}
        for finding, fate in zip(findings, fates, strict=True):
            if finding.rule_id != rule.id:
                continue
            if fate.alert_id is not None:
                return Voice(rule.id)
            if fate.held_back is not None and voice.rule is None:
                voice = Voice(by_id.get(fate.held_by or ""), fate.held_back)
    return voice


def with_rule_on(rule: Rule, book: Catalogue) -> Catalogue:
    """The book, with one rule out of the shadow."""
    if rule.status == "on":
        return book
    trial = copy(book)
    trial.__dict__["rules"] = RuleBook({**book.rules.by_id, rule.id: rule.model_copy(update={"status": "on"})})
    return trial


def instead(rule_id: str, other: str) -> str:
    """What to do where another rule tells of the act."""
    return f"to have {rule_id} tell of it, put {other} aside: a rules/{other}.yaml in your folder with `status: shadow`"

"""A story that ends otherwise than told says what it lacked: a condition, a surer sign, more time, a graver tie."""

from copy import copy

import pytest
import yaml

from listener.catalogue import load
from listener.catalogue.rules import Example, Rule, RuleBook
from listener.commands.rules.ending_otherwise import why

BOOK = load()
CANCELLED = """
id: ours
code: F26
title: The firm cancelled a booking
notices:
- {when: order_cancelled, where: {by: firm}, if: [tenure over 1 y], p: P, tells: It was cancelled.}
- {when: customer, says: {supply_cut: 0.6}, p: 0.9}
why: They had planned around it
"""
OWED = """
id: ours
code: F18
title: Nobody called back
owes: {when: customer, says: {demand: 0.6}, within: 2 d, settled_by: [named person]}
why: They asked for it
"""
ACT = "{at: 0 min, act: order_cancelled, details: {by: WHO}}"
ORDER = "{at: 0 min, act: order_placed}"
CAME = "{at: 1 h, agent: {}, talk: t, agent_id: jo}"
ASKED = "{at: 0 min, customer: {demand: 0.9}, talk: t}"


def told(rule: str, given: str, *, type_: str = "captive", code: str | None = None, **more: object) -> str:
    ours = Rule.model_validate(yaml.safe_load(rule))
    lines = tuple(yaml.safe_load(given))
    expect = (ours.code,) if code is None else ()
    story = Example(name="x", type=type_, given=lines, expect=expect, **more)  # type: ignore[arg-type]  # by name
    book = copy(BOOK)
    book.__dict__["rules"] = RuleBook({ours.id: ours})
    return why(ours, story, book)


NEAREST = "nearest is line {} of `given`, and there this does not hold: "
OWN = {"tenure": "2 y"}


@pytest.mark.parametrize(
    ("rule", "given", "more", "says"),
    [
        (CANCELLED, f"[{ACT}]", {**OWN, "who": "customer"}, NEAREST.format(1)),
        (CANCELLED, f"[{ACT}]", {}, "a customer for no more than 1 year"),
        (
            CANCELLED,
            f"[{ACT}]",
            {**OWN, "p": "0.5"},
            "it was noticed, and too unsure: 0.5 likely, at least 0.6 is needed",
        ),
        (
            CANCELLED,
            f"[{ACT}]",
            {**OWN, "type_": "fling"},
            "nothing (level 0) for novelty seeker; only a breach or worse",
        ),
        (CANCELLED, f"[{ACT}]", {**OWN, "level": 2}, "(level 3) for locked-in customer, and the story has level 2"),
        (CANCELLED, f"[{ORDER}]", {}, "nothing in it is of the kind that the rule waits for"),
        (CANCELLED, f"[{ORDER}, {{at: 1 h, customer: {{supply_cut: 0.4}}}}]", {}, NEAREST.format(2)),
        (
            CANCELLED,
            f"[{ORDER}, {ACT}]",
            {**OWN, "code": ""},
            "it was noticed in line 2 of `given`: 0.9 likely, a grave",
        ),
        (OWED, f"[{ASKED}]", {}, "it is owed within 48 hours, and the story ends before: give it a longer `until`"),
        (OWED, f"[{ASKED}, {CAME}]", {"until": "3 d"}, "what was owed came in time"),
        (
            OWED,
            f"[{ASKED}]",
            {"until": "3 d", "code": ""},
            "nothing came of what is owed by line 1 of `given`: 0.9 lik",
        ),
        (OWED, "[{at: 0 min, customer: {demand: 0.5}}]", {"until": "3 d"}, NEAREST.format(1)),
    ],
)
def test_a_story_that_does_not_hold_says_why(rule: str, given: str, more: dict, says: str) -> None:
    who, p = more.pop("who", "firm"), more.pop("p", "0.9")
    assert says in told(rule.replace("P,", f"{p},"), given.replace("WHO", who), **more)

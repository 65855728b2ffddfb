"""Repairs as data: first moves by wound, what each type takes as an insult, by when, and by whom (DOMAIN 2.6, 3.7)."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final, Literal

from pydantic import Field

from listener.catalogue.shelf import Entry, Shelf
from listener.model.spans import seconds
from listener.model.types import TypeId

Avoid = Literal[
    "campaign", "survey", "voucher", "gift_card", "gift", "credit", "compensation", "discount", "outreach", "call",
    "winback", "loyalty_pitch", "commitment_ask", "cross_sell", "community_invite", "comparison", "policy_restatement",
    "scripted_reply", "apology", "long_apology", "public_reply", "public_counterattack", "sham_friendliness",
    "legal_defence", "personal_questions", "humour",
]  # fmt: skip
"""CONTRACT 3's words for what would insult."""


class Mending(Entry):
    """How one type is mended: moves that fit, what it takes as an insult, how soon (if sooner than by severity)."""

    do: tuple[str, ...] = ()
    avoid: tuple[Avoid, ...] = ()
    within: str | None = None


class Wound(Entry):
    """How one act is mended: first moves, and what would make it worse.

    Where a `role` handles it, the type does not count: it is in these hands, moves and words, whoever they are.
    """

    do: tuple[str, ...] = ()
    avoid: tuple[Avoid, ...] = ()
    role: str | None = None


UNKNOWN: Final = Wound()


class Insult(Entry):
    """One way of doing what is to be avoided: a kind of act and its details, or who speaks, what is heard and named.

    `unless_says` and `unless` are what excuses it: cues beside it, details of the act.
    """

    when: str
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    says: dict[str, float] = Field(default_factory=dict)
    names: tuple[str, ...] = ()
    unless_says: dict[str, float] = Field(default_factory=dict)
    unless: dict[str, tuple[str | bool, ...]] = Field(default_factory=dict)


class Repairs(Entry):
    """Every type's mending and every act's wound."""

    within: dict[Literal["info", "low", "medium", "high", "critical"], str]
    most_avoided: int
    avoided_from: float
    own_act_weighs: float
    other_acts_weigh: float
    types: dict[TypeId, Mending]
    wounds: dict[str, Wound]
    """By an act's code; where one rule's acts want another mending than their code, by the rule's id."""
    holds: tuple[Avoid, ...]
    """Which of the avoided words are kinds of contact that can be held back (`suppresses`)."""

    done_by: dict[Avoid, tuple[Insult, ...]] = Field(default_factory=dict)
    """What counts as doing what an alert says to avoid."""

    def wound(self, rule_id: str, code: str) -> Wound:
        """How what a rule noticed is mended."""
        return self.wounds.get(rule_id) or self.wounds.get(code) or UNKNOWN

    @cached_property
    def within_s(self) -> dict[str, int]:
        """How soon a repair is due, by severity, in seconds."""
        return {severity: seconds(span) for severity, span in self.within.items()}

    stops: tuple[str, ...] = ()
    """The moves that end all contact; beside one of them, or where `outreach` insults, nothing may reach out."""
    reaches_out: tuple[str, ...] = ()
    """The moves that go to the customer with something to say."""

    def at_peace(self, moves: Sequence[str], avoid: Sequence[str]) -> tuple[str, ...]:
        """The moves that do not contradict each other: none that reaches out to somebody to be left alone."""
        quiet = "outreach" in avoid or any(move in self.stops for move in moves)
        return tuple(move for move in dict.fromkeys(moves) if not (quiet and move in self.reaches_out))


def read_repairs(shelf: Shelf) -> Repairs:
    """The repairs, from their file."""
    return shelf.one("repairs.yaml", Repairs)

"""Contracts that every evidence function keeps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listener.model.inputs import Profile
from listener.model.signals import Act, Heard
from listener.relationship.belief import look
from listener.relationship.evidence import EVIDENCE
from listener.relationship.evidence.tables import Shares
from listener.relationship.view import Features, View
from tests.relationship.builders import KNOWN, after, profiles, stories

each = pytest.mark.parametrize(
    "function", EVIDENCE, ids=lambda function: getattr(function, "name", None) or function.__name__
)


def seen(story: list[Heard | Act], profile: Profile | None, days: int = 0) -> View:
    tie = after(*story, profile=profile)
    return look(tie, profile, tie.at_s + days * 86_400, KNOWN)


@each
@settings(max_examples=15, deadline=None)
@given(stories, st.none() | profiles, st.integers(0, 4000))
def test_evidence_is_bounded_and_leaves_its_inputs_alone(
    function: object, story: list[Heard | Act], profile: Profile | None, days: int
) -> None:
    what = seen(story, profile, days)
    before = what.counts.copy()
    first, again = function(what), function(what)
    assert first == again
    assert (what.counts == before).all()
    assert all(-2.0 <= value <= 2.0 for value in first.values()), first


@each
def test_evidence_is_content_with_a_customer_nobody_has_heard_of(function: object) -> None:
    told: Features = function(seen([], None))
    assert all(value in (0.0, 1.0) for value in told.values())


def test_every_derived_feature_has_a_weight_and_every_weight_a_feature() -> None:
    """A name that only one side knows is a silent nothing."""
    from listener.model.tie import SLOT
    from tests.relationship.builders import act, heard, ordered

    profile = Profile.model_validate(
        {"customer_id": "C", "customer_since": "2020-01-01", "named_contacts": ["M"], "consent": {"marketing": False}}
        | {"chosen_by": "family", "segments": ["gold"], "annual_value": {"amount": "9", "currency": "EUR"}}
    )
    orders = [ordered(n) for n in (1, 2, 3, 40)]
    rich = [heard(n, f"h{n}", voices={"fling": 1.0}) for n in range(4)] + [act("case_opened", 50), *orders]
    known = {name for function in EVIDENCE for name in function(seen(rich, profile))}
    assert known <= set(KNOWN.emissions.rows) | {"cancelled", "opted_out"}, known - set(KNOWN.emissions.rows)
    from pathlib import Path

    import listener.relationship.evidence as package

    source = "".join(p.read_text() for p in Path(package.__file__).parent.glob("*.py"))
    tabled = {share.feature for table in EVIDENCE if isinstance(table, Shares) for share in table.shares}
    for name in KNOWN.emissions.rows:
        stem = (
            name.removeprefix("uses_")
            .removeprefix("often_")
            .removeprefix("says_")
            .removeprefix("met_")
            .removeprefix("got_")
            .removeprefix("chosen_by_")
        )
        seen_somewhere = name in SLOT or name in tabled or stem in source
        assert seen_somewhere or name.startswith(("chosen_by_", "voice_")), f"{name} is weighed but never seen"

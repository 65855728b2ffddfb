"""A story says wherever somebody comes to be taken for another kind of customer, and why."""

import json
import re

from listener.envelopes.recording import read
from listener.replay import replay
from listener.settings import Settings
from listener.workbench import core_of, hearing_of
from tests.retelling.telling import act, asked, explained, mail, wants, whole
from tests.rules.builders import CATALOGUE

LOVE = "I love you to bits, we have belonged together for twenty years and I tell everybody that I am yours for ever!"
CHANGE = re.compile(
    r"  From here on taken for: (?:not settled, nearest to )?“(.+)” \((?:just under )?[\d.]+\), no longer “(.+)”, "
    r"(because|as the two) \S"
)
LIVELY = (
    mail("m0", "2026-02-01T09:00:00Z", LOVE),
    wants("fling"),
    asked(),
    wants("captive", "2026-03-05T09:00:00Z") | {"key": "later"},
    act("a1", "2026-03-06T09:00:00Z", "fee_charged", what="paper bill", disclosed=False),
)


def moves(*lines: dict) -> list[tuple[str, str]]:
    """From what to what the belief about what they want went, as it is told on the bus."""
    records = [one.as_record() for one in read([json.dumps(line) for line in lines])]
    settings = Settings()
    told = [one.value for one in replay(records, None, hearing_of(settings, CATALOGUE), core_of(settings, CATALOGUE))
            if one.topic == "transitions"]  # fmt: skip
    names = CATALOGUE.types.by_id
    return [
        (names[one.from_].display, names[one.to].display)
        for one in told
        if (one.kind, one.track) == ("type_change", "wanted")
    ]


def test_every_change_that_is_told_to_the_world_is_told_in_the_story_with_its_reasons() -> None:
    again = {"event_id": "s9"}
    lines = [*LIVELY[:3], LIVELY[3] | {"value": LIVELY[3]["value"] | again}, LIVELY[4]]
    told = CHANGE.findall(whole(explained(*lines)))
    assert len(told) > 2
    assert [(old, new) for new, old, _ in told] == moves(*lines)


def test_a_direct_answer_is_said_to_be_the_reason() -> None:
    assert (
        "taken for: “locked-in customer” (0.9), no longer “practical buyer”, because they said so outright\n"
        in whole(explained(wants("captive"), asked()))
    )


def test_what_they_are_taken_for_at_first_is_told_once() -> None:
    told = explained(wants("captive"), asked())
    assert told.count("[taken for: ") == 1
    assert re.search(r"\[taken for: (not settled, nearest to )?“practical buyer” \(", told)


def test_where_the_manner_of_their_words_is_the_reason_the_sentence_that_says_most_is_shown() -> None:
    told = whole(explained(mail("m0", "2026-02-01T09:00:00Z", f"The lamp came. {LOVE} It is the hall lamp.")))
    assert "because they write as such customers do (“I love you to bits" in told

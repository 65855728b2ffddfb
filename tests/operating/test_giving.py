"""What is handed to a customer calls no relationship by its working name."""

from listener.catalogue import load
from listener.operating.giving import Export, in_words, reworded

NAMES = {one.id: one.display for one in load().types.by_id.values()}
ALERT = {
    "why": "Wants stalker_prey (0.92), treated as fling.",
    "threat": 0.75,
    "value_at_risk": {"amount": "10", "currency": "EUR"},
    "relationship": {"held": [{"type": "enemies", "p": 0.9}]},
    "evidence": [{"excerpt": "my teammates liked it"}],
}
MOVE = {"from": "fling", "to": "enemies"}


def found() -> Export:
    export = Export("C-1")
    export.happened["alerts"] = [ALERT]
    export.happened["transitions"] = [MOVE]
    return export


def test_the_letter_calls_types_by_their_display_names_only():
    told = in_words(found(), NAMES)
    assert not any(name in told for name in ("stalker_prey", "enemies", "fling", "threat", "at risk"))
    assert f"Wants “{NAMES['stalker_prey']}” (0.92)" in told


def test_what_the_customer_wrote_stays_as_it_was_written():
    assert "my teammates liked it" in in_words(found(), NAMES)


def test_for_a_program_types_keep_their_names_but_sentences_do_not():
    told = reworded(found().as_dict(), NAMES)
    assert next(iter(told)) == "note"
    assert "stalker_prey" not in told["alerts"][0]["why"]
    assert told["transitions"] == [MOVE]

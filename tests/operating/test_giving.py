"""What is handed to a customer calls no relationship by its working name."""

from listener.catalogue import load
from listener.operating.giving import Export, in_words

NAMES = {one.id: one.display for one in load().types.by_id.values()}
ALERT = {
    "why": "Seen as “wants to be left alone” (0.92). Nobody answered.",
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
    assert not any(name in told for name in ("enemies", "fling", "threat", "at risk"))
    assert NAMES["enemies"] in told
    assert ALERT["why"] in told


def test_what_the_customer_wrote_stays_as_it_was_written():
    assert "my teammates liked it" in in_words(found(), NAMES)


def test_for_a_program_types_keep_their_names():
    told = found().as_dict()
    assert next(iter(told)) == "note"
    assert told["transitions"] == [MOVE]


def test_what_is_within_an_entry_of_a_list_stays_within_it():
    export = Export("C-1", now={"briefing": {"open_matters": [{"what": "late", "role": {"name": "desk", "p": 1}}]}})
    assert "- what: late; role: (name: desk; p: 1)" in in_words(export)

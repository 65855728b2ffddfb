"""Every cue file's own examples: what says it is heard, what does not is not."""

import pytest

from listener.catalogue import load
from listener.catalogue.cues import Cue
from listener.model.message import Message
from listener.signals import Ear
from listener.signals.checking.linting import failing_examples, lint

CATALOGUE = load()
EAR = Ear(CATALOGUE)


@pytest.mark.parametrize("cue", CATALOGUE.cues.by_signal.values(), ids=lambda c: c.id)
def test_a_cue_keeps_its_examples(cue: Cue) -> None:
    assert not list(failing_examples(cue, EAR))


@pytest.mark.parametrize("cue", CATALOGUE.cues.by_signal.values(), ids=lambda c: c.id)
def test_a_cue_is_silent_on_the_other_side(cue: Cue) -> None:
    if cue.side == "both":
        return
    from tests.signals.test_ear import AT

    role = "agent" if cue.side == "customer" else "customer"
    for said in EAR.listen([Message(text, "chat", role, AT) for text in cue.says]):
        assert cue.id not in said.signals


def test_the_book_of_cues_has_no_faults() -> None:
    assert not [issue for issue in lint(CATALOGUE.cues) if issue.grave]

"""What customers say was done to them is heard in words that the cues were not written from."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from listener.catalogue import load
from listener.model.message import Message
from listener.signals import Ear

EAR = Ear(load())
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
TOLD: dict[str, dict[str, list[str]]] = yaml.safe_load(Path(__file__).with_name("told_of.yaml").read_text())
FEWEST = 7
"""Of twelve sentences each; 123 of all 156 are heard."""


def heard(signal: str, texts: list[str]) -> list[str]:
    """Which of some mails of a customer's say a signal."""
    mails = [Message(text, "email", "customer", AT) for text in texts]
    told = [impression.signals.get(signal, 0.0) for impression in EAR.listen(mails)]
    return [mail.text for mail, p in zip(mails, told, strict=True) if p >= 0.5]


@pytest.mark.parametrize("signal", TOLD)
def test_most_ways_of_telling_it_are_heard(signal: str) -> None:
    assert len(heard(signal, TOLD[signal]["fires"])) >= FEWEST


def test_four_in_five_ways_of_telling_are_heard_over_all_acts() -> None:
    told = [(signal, text) for signal, said in TOLD.items() for text in said["fires"]]
    assert sum(bool(heard(signal, [text])) for signal, text in told) >= 0.78 * len(told)


@pytest.mark.parametrize("signal", TOLD)
def test_what_is_denied_supposed_or_of_others_stays_quiet(signal: str) -> None:
    assert heard(signal, TOLD[signal]["quiet"]) == []


@pytest.mark.parametrize("signal", TOLD)
def test_what_somebody_else_is_quoted_with_is_not_the_customers_own(signal: str) -> None:
    assert heard(signal, [f'My cousin wrote: "{text}" How odd.' for text in TOLD[signal]["fires"]]) == []


@pytest.mark.parametrize("signal", TOLD)
def test_the_firm_does_not_tell_what_was_done_to_the_customer(signal: str) -> None:
    mails = [Message(text, "email", "agent", AT) for text in TOLD[signal]["fires"]]
    assert all(signal not in told.signals for told in EAR.listen(mails))

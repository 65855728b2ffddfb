"""Every signal of the contract fires where it is said, and stays quiet where it is denied, quoted or of another."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from listener.catalogue import load
from listener.model.message import Message, Role
from listener.model.tie import CUSTOMER_CUES, FIRM_CUES
from listener.signals import Ear

EAR = Ear(load())
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
SAID: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(Path(__file__).with_name("said.yaml").read_text())
QUIET = ("negated", "quoted", "other")
SPEAKER: dict[str, Role] = {"customer": "customer", "firm": "agent"}
OTHER: dict[str, Role] = {"customer": "agent", "firm": "customer"}


def heard(text: str, role: Role, signal: str) -> float:
    """How surely a signal is heard in a mail."""
    return EAR.listen([Message(text, "email", role, AT)])[0].signals.get(signal, 0.0)


def sentences(*kinds: str) -> Iterator[Any]:
    """Side, signal and sentence of some kinds; what is known to be heard wrongly must go on being so, or be struck."""
    for side, signals in SAID.items():
        for signal, said in signals.items():
            for kind in kinds:
                wrong = kind in said.get("heard_wrongly", ())
                marks = [pytest.mark.xfail(strict=True, reason="said.yaml: heard_wrongly")] if wrong else []
                yield pytest.param(side, signal, said[kind], id=f"{signal}-{kind}", marks=marks)


def test_every_signal_of_the_contract_has_sentences_that_fire_and_that_stay_quiet() -> None:
    assert {side: set(signals) for side, signals in SAID.items()} == {
        "customer": set(CUSTOMER_CUES),
        "firm": set(FIRM_CUES),
    }
    for signals in SAID.values():
        for signal, said in signals.items():
            assert {"fires", *QUIET} <= said.keys(), signal
            assert "fires" not in said.get("heard_wrongly", ()), signal


@pytest.mark.parametrize(("side", "signal", "text"), [*sentences("fires")])
def test_a_signal_fires_where_it_is_said(side: str, signal: str, text: str) -> None:
    assert heard(text, SPEAKER[side], signal) >= 0.5


@pytest.mark.parametrize(("side", "signal", "text"), [*sentences(*QUIET)])
def test_a_signal_stays_quiet_where_it_is_denied_quoted_or_of_another(side: str, signal: str, text: str) -> None:
    assert heard(text, SPEAKER[side], signal) < 0.5


@pytest.mark.parametrize(("side", "signal", "text"), [*sentences("fires")])
def test_a_signal_of_one_side_is_not_heard_of_the_other(side: str, signal: str, text: str) -> None:
    assert heard(text, OTHER[side], signal) < 0.5

"""Secrets of every form, and names that are known, behind marks."""

import pytest

from listener.signals.redaction.redact import redact


@pytest.mark.parametrize(
    "secret",
    [
        "ann.lee@example.org",
        "4111 1111 1111 1111",
        "DE89 3704 0044 0532 0130 00",
        "+44 20 7946 0958",
        "(555) 123-4567",
        "192.168.10.77",
        "12 Elm Road",
        "Musterstraße 12",
        "AB-1234567",
        "550012345",
        "LS1 4AB",
    ],
)
@pytest.mark.parametrize("frame", ["{}", "my one is {} thanks", "see {}, or not", "{} {}"])
def test_no_secret_is_left(secret: str, frame: str) -> None:
    said = redact(frame.format(secret, secret))
    assert secret not in said
    assert "[" in said


def test_a_known_name_is_masked_and_a_date_is_not() -> None:
    assert redact("Ann wrote on 2026-03-04", ("Ann Lee",)) == "[name] wrote on 2026-03-04"


@pytest.mark.parametrize("name", ["Ruth and Hal", "Ruth und Hal", "Ruth y Hal", "Ruth & Hal"])
def test_what_joins_two_names_is_none(name: str) -> None:
    said = redact("Ruth wrote and called, Hal paid und ging, y ya & so on", (name,))
    assert said == "[name] wrote and called, [name] paid und ging, y ya & so on"

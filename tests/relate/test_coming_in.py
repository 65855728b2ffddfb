"""Faust's clients come in to the bus by the same papers as ours."""

from pathlib import Path
from typing import Any

import pytest
from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth

from listener.bus.credentials import connection
from listener.relate.app import _credentials
from listener.settings.origins import load


def plain_and_scram(folder: Path) -> list[dict[str, str]]:
    (folder / "secret").write_text("s3cret-word\n")
    user = {"SASL_USERNAME": "relate", "SASL_PASSWORD_FILE": str(folder / "secret")}
    return [
        {"SECURITY_PROTOCOL": protocol, "SASL_MECHANISM": how} | user
        for protocol in ("SASL_SSL", "SASL_PLAINTEXT")
        for how in ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")
    ]


def same(ours: Any, fausts: Any) -> bool:
    """Contexts and token providers are made anew each time; all else is a word."""
    return ours == fausts or type(ours) is type(fausts)


@pytest.mark.parametrize("case", range(9))
def test_faust_is_told_what_our_own_clients_are_told(tmp_path: Path, case: int):
    (tmp_path / "token").write_text("a.token.\n")
    token = {"SASL_MECHANISM": "OAUTHBEARER", "SASL_TOKEN_FILE": str(tmp_path / "token")}
    told = [
        *plain_and_scram(tmp_path),
        {"SECURITY_PROTOCOL": "SASL_SSL"} | token,
        {"SECURITY_PROTOCOL": "SSL"},
        {"SECURITY_PROTOCOL": "PLAINTEXT"},
    ][case]
    settings = load({f"LISTENER_KAFKA__{name}": value for name, value in told.items()})
    ours = {
        name: value for name, value in connection(settings).items() if name not in ("bootstrap_servers", "client_id")
    }
    fausts = dict(credentials_to_aiokafka_auth(_credentials(settings)))
    fausts = {name: value for name, value in fausts.items() if value is not None}
    assert ours.keys() == fausts.keys()
    assert all(same(value, fausts[name]) for name, value in ours.items())


def test_credentials_shown_by_accident_hold_no_password(tmp_path: Path):
    told = plain_and_scram(tmp_path)[0]
    settings = load({f"LISTENER_KAFKA__{name}": value for name, value in told.items()})
    assert "s3cret" not in repr(_credentials(settings)) + repr(settings)

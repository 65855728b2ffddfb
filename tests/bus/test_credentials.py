"""Who is let in to a bus that lets nobody in by default, and what the others are told."""

import subprocess
import sys
from pathlib import Path

import pytest

from listener.bus import clients
from listener.bus.credentials import connection
from listener.settings import Settings
from listener.settings.origins import load
from listener.settings.secret_files import BadCredentials, secret
from tests.kafka import bus_on
from tests.patience import PATIENT_S
from tests.secured import PASSWORDS, SCRAM, Guarded, bearer

CALLS = "tests.bus.test_credentials:token_of_now"


def token_of_now() -> str:
    return bearer("ingest")


def settings_of(environ: dict[str, str]) -> Settings:
    return load({f"LISTENER_{name}": told for name, told in environ.items()})


async def comes_in(settings: Settings) -> bool:
    async with clients.admin(settings) as admin:
        return bool(await admin.describe_cluster())


@pytest.mark.broker
@pytest.mark.parametrize("mechanism", ["PLAIN", *SCRAM])
async def test_a_user_with_the_right_password_comes_in(fortress: Guarded, mechanism: str):
    assert await comes_in(settings_of(fortress.environ("ingest", mechanism)))


@pytest.mark.broker
async def test_a_token_from_a_file_comes_in(fortress: Guarded):
    assert await comes_in(settings_of(fortress.environ("ingest", "OAUTHBEARER")))


@pytest.mark.broker
async def test_a_token_from_a_function_comes_in(fortress: Guarded):
    environ = fortress.environ("ingest", "OAUTHBEARER")
    del environ["KAFKA__SASL_TOKEN_FILE"]
    assert await comes_in(settings_of(environ | {"KAFKA__SASL_TOKEN_CALLABLE": CALLS}))


@pytest.mark.broker
async def test_a_certificate_of_our_own_comes_in(fortress: Guarded):
    assert await comes_in(settings_of(mutual(fortress)))


def mutual(fortress: Guarded, **over: str) -> dict[str, str]:
    papers = fortress.papers
    return {
        "BOOTSTRAP_SERVERS": fortress.mutual,
        "KAFKA__SECURITY_PROTOCOL": "SSL",
        "KAFKA__SSL_CAFILE": str(papers / "ca.pem"),
        "KAFKA__SSL_CERTFILE": str(papers / "ingest.crt"),
        "KAFKA__SSL_KEYFILE": str(papers / "ingest.key"),
    } | over


def told(fortress: Guarded, environ: dict[str, str], tmp_path: Path, *words: str) -> tuple[int, str]:
    made = bus_on(environ["BOOTSTRAP_SERVERS"], tmp_path)
    command = [sys.executable, "-m", "listener", *words]
    done = subprocess.run(
        command, env=made.environ(**environ), capture_output=True, text=True, timeout=PATIENT_S, check=False
    )
    return done.returncode, done.stderr


@pytest.mark.broker
@pytest.mark.parametrize("stage", [("ingest",), ("relate",), ("topics", "plan"), ("watch",)])
def test_a_wrong_password_ends_with_one_line_and_without_the_secret(fortress: Guarded, tmp_path: Path, stage):
    code, line = told(fortress, fortress.environ("ingest", password="hunter2-wrong"), tmp_path, *stage)
    assert (code, line.count("\n")) == (3, 1), line
    assert "does not let us in: it does not know user 'ingest' or its password (SCRAM-SHA-512)" in line
    assert "hunter2" not in line


@pytest.mark.broker
def test_a_bus_whose_certificate_nobody_vouched_for_is_not_spoken_to(fortress: Guarded, tmp_path: Path):
    """Else whoever stands between could read every customer's words."""
    environ = fortress.environ("ingest") | {"KAFKA__SSL_CAFILE": str(fortress.papers / "stranger.pem")}
    code, line = told(fortress, environ, tmp_path, "topics", "plan")
    assert (code, line.count("\n")) == (3, 1), line
    assert "its certificate is not one we trust (kafka.ssl_cafile)" in line


@pytest.mark.broker
def test_without_a_certificate_of_our_own_mutual_tls_ends_in_one_line(fortress: Guarded, tmp_path: Path):
    environ = mutual(fortress)
    del environ["KAFKA__SSL_CERTFILE"], environ["KAFKA__SSL_KEYFILE"]
    code, line = told(fortress, environ, tmp_path, "topics", "plan")
    assert (code, line.count("\n")) == (3, 1), line


@pytest.mark.broker
def test_an_expired_token_is_refused_in_one_line_that_does_not_show_it(fortress: Guarded, tmp_path: Path):
    stale = {"KAFKA__SASL_TOKEN_FILE": str(fortress.secret("eyJhbGciOiJub25lIn0.e30."))}
    environ = fortress.environ("ingest", "OAUTHBEARER") | stale
    code, line = told(fortress, environ, tmp_path, "topics", "plan")
    assert (code, line.count("\n")) == (3, 1), line
    assert "does not know the token" in line
    assert "eyJ" not in line


def test_a_secret_that_cannot_be_read_names_its_setting_and_its_file(tmp_path: Path):
    with pytest.raises(BadCredentials, match=r"kafka.sasl_password_file .*/none: No such file or directory"):
        secret("kafka.sasl_password_file", tmp_path / "none")
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(BadCredentials, match="it is empty"):
        secret("kafka.sasl_password_file", tmp_path / "empty")


@pytest.mark.parametrize("named", ["no.such.module:f", "os:no_such_function", "os:sep"])
def test_a_token_function_that_is_none_is_named(named: str):
    told = {"KAFKA__SECURITY_PROTOCOL": "SASL_SSL", "KAFKA__SASL_MECHANISM": "OAUTHBEARER"}
    with pytest.raises(BadCredentials, match=named):
        connection(settings_of(told | {"KAFKA__SASL_TOKEN_CALLABLE": named}))


def test_a_broken_certificate_is_named_and_not_quoted(tmp_path: Path):
    (tmp_path / "cert.pem").write_text("-----BEGIN PRIVATE KEY-----\nsecret stuff\n")
    told = {"KAFKA__SECURITY_PROTOCOL": "SSL", "KAFKA__SSL_CERTFILE": str(tmp_path / "cert.pem")}
    with pytest.raises(BadCredentials) as trouble:
        connection(settings_of(told))
    assert "cert.pem" in str(trouble.value)
    assert "secret stuff" not in str(trouble.value)


def test_no_setting_turns_the_check_of_certificates_off():
    context = connection(settings_of({"KAFKA__SECURITY_PROTOCOL": "SSL"}))["ssl_context"]
    assert context.check_hostname
    assert context.verify_mode.name == "CERT_REQUIRED"


def test_the_passwords_of_these_tests_are_secrets():
    assert all(len(word) > 8 for word in PASSWORDS.values())

"""Who we are on the bus, and how we know that it is the bus: TLS and SASL, in aiokafka's words.

Secrets lie in files. They are read when a client is made and kept nowhere else; no message here holds one.
"""

import asyncio
import importlib
import inspect
import ssl
from collections.abc import Callable
from typing import Any, Final

from aiokafka.abc import AbstractTokenProvider
from aiokafka.conn import create_conn
from aiokafka.errors import KafkaError, SaslAuthenticationFailed, UnsupportedSaslMechanismError
from aiokafka.protocol.metadata import MetadataRequest

from listener.settings import KafkaSecurity, Settings
from listener.settings.secret_files import BadCredentials, reason_of, secret

OAUTH: Final = "OAUTHBEARER"
ASK_WITHIN_MS: Final = 5000


class Token(AbstractTokenProvider):  # type: ignore[misc]  # aiokafka is not typed
    """Asks for the bearer token anew at every connection, so that one that was renewed is taken up."""

    def __init__(self, ask: Callable[[], Any]) -> None:
        self._ask = ask

    async def token(self) -> str:
        """The token of now; a plain function is asked in a thread, for it may wait for a network."""
        told = await asyncio.to_thread(self._ask)
        if inspect.isawaitable(told):
            told = await told
        if not isinstance(told, str) or not told:
            raise BadCredentials("kafka.sasl_token_callable gave no token")
        return told


def connection(settings: Settings) -> dict[str, Any]:
    """How to reach the bus, and as whom.

    Raises:
        BadCredentials: where a file of a secret or certificate cannot be used.
    """
    kafka = settings.kafka
    options: dict[str, Any] = {
        "bootstrap_servers": settings.bootstrap_servers,
        "security_protocol": kafka.security_protocol,
        "client_id": "listener",
    }
    if (context := ssl_context(kafka)) is not None:
        options["ssl_context"] = context
    if kafka.security_protocol.startswith("SASL"):
        options |= {"sasl_mechanism": kafka.sasl_mechanism} | _sasl(kafka)
    return options


def ssl_context(kafka: KafkaSecurity) -> ssl.SSLContext | None:
    """The TLS context the settings ask for, or None where the bus is spoken to in the clear.

    The broker's name and certificate are always checked; there is no setting that turns it off.
    """
    if not kafka.security_protocol.endswith("SSL"):
        return None
    cafile = None if kafka.ssl_cafile is None else str(kafka.ssl_cafile)
    try:
        context = ssl.create_default_context(cafile=cafile)
    except (OSError, ssl.SSLError) as trouble:
        raise BadCredentials(f"kafka.ssl_cafile {cafile}: {reason_of(trouble)}") from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if kafka.ssl_certfile is not None:
        _present(context, kafka)
    return context


def password(kafka: KafkaSecurity) -> str | None:
    """The SASL password."""
    return secret("kafka.sasl_password_file", kafka.sasl_password_file) if kafka.sasl_password_file else None


def token_provider(kafka: KafkaSecurity) -> Token:
    """Where bearer tokens come from: a file that somebody renews, or a function of the firm's own."""
    if (file := kafka.sasl_token_file) is not None:
        return Token(lambda: secret("kafka.sasl_token_file", file))
    return Token(_callable(kafka.sasl_token_callable or ""))


async def why_refused(settings: Settings) -> str | None:
    """Knock at each address once more and say what stood in the way, if it was us and not the network."""
    options = connection(settings)
    options.pop("bootstrap_servers")
    for server in settings.bootstrap_servers.split(","):
        host, _, port = server.strip().rpartition(":")
        if not (host and port.isdigit()):
            continue
        try:
            await _knock(host.strip("[]"), int(port), options)
        except (KafkaError, OSError, TimeoutError, ValueError) as trouble:
            if (reason := _refusal(trouble, settings.kafka)) is not None:
                return reason
    return None


async def _knock(host: str, port: int, options: dict[str, Any]) -> None:
    """Connect and ask for the brokers: aiokafka does not notice itself that a token was refused."""
    line = await create_conn(host, port, **options, request_timeout_ms=ASK_WITHIN_MS)
    try:
        if not (await line.send(MetadataRequest([]))).brokers:
            raise SaslAuthenticationFailed
    finally:
        line.close()


def _refusal(trouble: BaseException, kafka: KafkaSecurity) -> str | None:
    if isinstance(trouble, UnsupportedSaslMechanismError):
        return f"it does not take {kafka.sasl_mechanism} here (kafka.sasl_mechanism)"
    if isinstance(trouble, SaslAuthenticationFailed) or "SASL" in type(trouble).__name__.upper():
        who = "the token" if kafka.sasl_mechanism == OAUTH else f"user {kafka.sasl_username!r} or its password"
        return f"it does not know {who} ({kafka.sasl_mechanism})"
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return f"its certificate is not one we trust (kafka.ssl_cafile): {trouble.verify_message}"
    if isinstance(trouble, ssl.SSLError):
        return f"TLS failed: {reason_of(trouble)} (kafka.security_protocol, kafka.ssl_certfile)"
    return None


def _sasl(kafka: KafkaSecurity) -> dict[str, Any]:
    if kafka.sasl_mechanism == OAUTH:
        return {"sasl_oauth_token_provider": token_provider(kafka)}
    return {"sasl_plain_username": kafka.sasl_username, "sasl_plain_password": password(kafka)}


def _present(context: ssl.SSLContext, kafka: KafkaSecurity) -> None:
    """Our own certificate; a key that wants a password gets the file's, and never asks at a terminal."""
    named = kafka.ssl_password_file
    words = "" if named is None else secret("kafka.ssl_password_file", named)
    try:
        context.load_cert_chain(str(kafka.ssl_certfile), kafka.ssl_keyfile and str(kafka.ssl_keyfile), password=words)
    except (OSError, ssl.SSLError) as trouble:
        raise BadCredentials(f"kafka.ssl_certfile {kafka.ssl_certfile}: {reason_of(trouble)}") from None


def _callable(path: str) -> Callable[[], Any]:
    module, _, name = path.partition(":")
    try:
        found = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError):
        raise BadCredentials(f"kafka.sasl_token_callable {path}: no such function, as module:function") from None
    if not callable(found):
        raise BadCredentials(f"kafka.sasl_token_callable {path}: not a function")
    return found  # type: ignore[no-any-return]  # aiokafka is not typed

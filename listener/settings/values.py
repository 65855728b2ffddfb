"""What can be set (CONTRACT 6): read once, checked, frozen, and handed on; nothing else looks at the environment."""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from listener.model.spans import span
from listener.model.topics import INPUTS, OUTPUTS

PREFIX = "LISTENER_"
Stage = Literal["ingest", "relate", "gather"]
"""The processes a listener is made of, in the order of their ports."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_BIND = re.compile(r"(?P<host>\[[0-9a-f:]+\]|[^:\s\[\]]+):(?P<port>\d{1,5})")
_TOPIC_PART = re.compile(r"[A-Za-z0-9._-]*")


def _is_loopback(host: str) -> bool:
    return host.lower() in LOOPBACK or host.startswith("127.")


def _host(server: str) -> str:
    """Of `host:port`, with or without the port, IPv6 in brackets."""
    host = server if server.endswith("]") or ":" not in server else server.rpartition(":")[0]
    return host.strip("[]")


def _as_span(value: object) -> object:
    return span(value) if isinstance(value, str) else value


Span = Annotated[timedelta, BeforeValidator(_as_span)]
"""A span of time as people write it; what is not a string goes on as it is."""


class Bind(BaseModel):
    """Where a server listens.

    >>> str(Bind.parse("127.0.0.1:9464").later(1))
    '127.0.0.1:9465'
    """

    model_config = ConfigDict(frozen=True)

    host: str
    port: Annotated[int, Field(ge=0, le=65535)]

    @classmethod
    def parse(cls, value: object) -> object:
        """`host:port`, IPv6 in brackets; what is not a string goes on as it is."""
        if not isinstance(value, str):
            return value
        match = _BIND.fullmatch(value.strip())
        if match is None or int(match["port"]) > 65535:
            raise ValueError("an address to listen on is host:port, e.g. 127.0.0.1:9464")
        return cls(host=match["host"].strip("[]"), port=int(match["port"]))

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return _is_loopback(self.host)

    def later(self, steps: int) -> "Bind":
        """The same host, some ports further; port 0 (any free one) stays."""
        return self.model_copy(update={"port": self.port + steps if self.port else 0})

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


Address = Annotated[Bind, NoDecode, BeforeValidator(Bind.parse)]


class KafkaSecurity(BaseModel):
    """How the bus is spoken to: TLS and SASL, secrets in files only.

    `sasl_token_callable` names a function of the firm's own, `module:function`, that gives a bearer token.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"] = "PLAIN"
    sasl_username: str | None = None
    sasl_password_file: Path | None = None
    sasl_token_file: Path | None = None
    sasl_token_callable: Annotated[str, Field(pattern=r"^[A-Za-z_][\w.]*:[A-Za-z_]\w*$")] | None = None
    ssl_cafile: Path | None = None
    ssl_certfile: Path | None = None
    ssl_keyfile: Path | None = None
    ssl_password_file: Path | None = None

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        if self.security_protocol.startswith("SASL"):
            self._names_a_secret()
        if self.ssl_keyfile is not None and self.ssl_certfile is None:
            raise ValueError("kafka.ssl_keyfile needs kafka.ssl_certfile")
        return self

    def _names_a_secret(self) -> None:
        if self.sasl_mechanism == "OAUTHBEARER":
            if (self.sasl_token_file is None) == (self.sasl_token_callable is None):
                raise ValueError("OAUTHBEARER needs kafka.sasl_token_file or kafka.sasl_token_callable, one of them")
        elif not (self.sasl_username and self.sasl_password_file):
            raise ValueError(f"{self.security_protocol} needs kafka.sasl_username and kafka.sasl_password_file")


def _split(value: object) -> object:
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value


OwnAddress = Annotated[str, StringConstraints(pattern=r"^([^@\s]+@)?[^@\s]+$", to_lower=True)]


class Settings(BaseSettings):
    """Every setting, with its default. Made from what it is given, never from the environment: see `origins`.

    `topics` maps a topic's key to a bus's own name; `stages` are what `listener run` starts, a name twice for two
    workers. `sketch_key_file` keys the hashes that texts are compared by; all ingests of a brand share it.
    `own_addresses` are the firm's e-mail domains and addresses, by which a raw mail's customer is told from the firm.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, hide_input_in_errors=True
    )

    bootstrap_servers: Annotated[str, Field(min_length=1)] = "localhost:9092"
    brand: Annotated[str, Field(min_length=1, max_length=512)] = "default"
    group: Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9._-]+$")] = "listener"
    output_prefix: Annotated[str, Field(max_length=100, pattern=r"^[A-Za-z0-9._-]*$")] = ""
    topics: dict[str, str] = Field(default_factory=dict)
    partitions: Annotated[int, Field(ge=1, le=10_000)] = 4
    replication: Annotated[int, Field(ge=1, le=32_767)] = 1
    store: Literal["memory", "rocksdb"] = "memory"
    data_dir: Path = Path("~/.local/state/listener")
    catalogue: Path | None = None
    clock: Literal["wall", "event"] = "wall"
    lateness: Annotated[Span, Field(ge=timedelta(0))] = timedelta(minutes=5)
    kafka: KafkaSecurity = KafkaSecurity()
    metrics_bind: Address = Bind(host="127.0.0.1", port=9464)
    web_bind: Address = Bind(host="127.0.0.1", port=8080)  # of the contract; the page that reads it is not built yet
    token_file: Path | None = None
    sketch_key_file: Path | None = None
    own_addresses: Annotated[tuple[OwnAddress, ...], NoDecode, BeforeValidator(_split)] = ()
    log: Literal["text", "json"] = "text"
    stages: Annotated[tuple[Stage, ...], NoDecode, BeforeValidator(_split), Field(min_length=1)] = (
        "ingest",
        "relate",
        "gather",
    )

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, *_: Any, **__: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Nothing is read behind the caller's back."""
        return (init_settings,)

    @field_validator("topics")
    @classmethod
    def _are_known_topics(cls, topics: Mapping[str, str]) -> dict[str, str]:
        known = {*INPUTS, *OUTPUTS}
        if strange := sorted(set(topics) - known):
            raise ValueError(f"no such topic: {', '.join(strange)}; topics are {', '.join(sorted(known))}")
        for name in topics.values():
            if not name or not _TOPIC_PART.fullmatch(name) or len(name) > 240:
                raise ValueError("a topic's name is 1 to 240 letters, digits, dots, dashes and underscores")
        everywhere = [topics.get(key, name) for key, name in (*INPUTS.items(), *OUTPUTS.items())]
        if len(set(everywhere)) < len(everywhere):
            raise ValueError("two topics can't share a name")
        return dict(topics)

    @field_validator("data_dir")
    @classmethod
    def _at_home(cls, folder: Path) -> Path:
        return folder.expanduser()

    @model_validator(mode="after")
    def _lets_nobody_in(self) -> Self:
        for name in ("metrics_bind", "web_bind"):
            bind: Bind = getattr(self, name)
            if not bind.is_loopback and self.token_file is None:
                raise ValueError(f"{name} {bind} is beyond loopback: set token_file")
        return self

    @property
    def is_bus_named(self) -> bool:
        """Whether someone said where the bus is, or the default was left."""
        return "bootstrap_servers" in self.model_fields_set

    @property
    def is_bus_here(self) -> bool:
        """Whether all of the bus that is named is this machine."""
        servers = (server.strip() for server in self.bootstrap_servers.split(","))
        return all(_is_loopback(_host(server)) for server in servers if server)

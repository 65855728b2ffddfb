"""Where each setting comes from: the environment over a TOML file over the default; what is unknown is refused."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_settings import EnvSettingsSource, SettingsError

from listener.settings import PREFIX, Settings

FILE = PREFIX + "SETTINGS"
STATE_HOME = "XDG_STATE_HOME"
DELIMITER = "__"
EMPTY = "it is empty; write a value, or leave it out to have the default"


class BadSettings(ValueError):
    """A setting that is unknown or ill-formed: the start stops here, with one clear line."""


class _Environment(EnvSettingsSource):
    """pydantic-settings' reading of an environment that is handed to it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = {name.lower(): told for name, told in environ.items() if name.upper().startswith(PREFIX)}
        super().__init__(Settings)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return self._environ


@dataclass(frozen=True, slots=True)
class Effective:
    """One setting as it is in force: its dotted name, its value as text, and who set it."""

    name: str
    value: str
    origin: str


def load(environ: Mapping[str, str], **over: Any) -> Settings:
    """The settings in force; `over` is what a command line says, and wins.

    >>> load({"LISTENER_BRAND": "acme"}).brand
    'acme'
    >>> load({"LISTENER_BRNAD": "acme"})
    Traceback (most recent call last):
    ...
    listener.settings.origins.BadSettings: LISTENER_BRNAD: no such setting; did you mean LISTENER_BRAND?
    """
    _refuse_strangers(environ)
    told = _lay_over(_from_the_machine(environ), _lay_over(_from_file(environ), _from_environment(environ)))
    try:
        return Settings(**_lay_over(told, over))
    except ValidationError as trouble:
        raise BadSettings(_one_line(trouble, environ)) from None


def effective(settings: Settings, environ: Mapping[str, str]) -> list[Effective]:
    """Every setting with its origin, secrets masked, in the order they are written down."""
    from_environment = dict(_leaves(_from_environment(environ)))
    from_file = dict(_leaves(_from_file(environ)))
    from_machine = _from_the_machine(environ)

    def origin(name: str) -> str:
        if name in from_environment:
            return "environment: " + _variable(name)
        if name in from_file:
            return f"file: {environ[FILE]}"
        return f"environment: {STATE_HOME}" if name in from_machine else "default"

    return [Effective(name, _as_text(value), origin(name)) for name, value in _leaves(dict(settings))]


def _refuse_strangers(environ: Mapping[str, str]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {FILE}
    for variable in sorted(environ):
        upper = variable.upper()
        if not upper.startswith(PREFIX) or upper.partition(DELIMITER)[0] in known:
            continue
        near = difflib.get_close_matches(upper, sorted(known), n=1)
        hint = f"did you mean {near[0]}?" if near else "`listener settings` lists them"
        raise BadSettings(f"{variable}: no such setting; {hint}")


def _from_the_machine(environ: Mapping[str, str]) -> dict[str, Any]:
    """Where this machine keeps what programs must not lose, if it says so (XDG Base Directory Specification)."""
    home = environ.get(STATE_HOME, "")
    return {"data_dir": Path(home) / "listener"} if home.startswith("/") else {}


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    try:
        return _Environment(environ)()
    except SettingsError as trouble:
        field = str(trouble).partition('"')[2].partition('"')[0]
        raise BadSettings(
            f"{_variable(field)}: not JSON; a part of it can be set alone, as {_variable(field)}__…"
        ) from None


def _from_file(environ: Mapping[str, str]) -> dict[str, Any]:
    path = environ.get(FILE)
    if not path:
        return {}
    try:
        with Path(path).open("rb") as file:
            told: dict[str, Any] = tomllib.load(file)
    except (OSError, ValueError) as trouble:
        raise BadSettings(f"{FILE}={path}: {trouble}") from None
    return told


def _lay_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """`above` wins, table by table."""
    both = dict(below)
    for name, value in above.items():
        inner = both.get(name)
        both[name] = _lay_over(inner, value) if isinstance(inner, Mapping) and isinstance(value, Mapping) else value
    return both


def _leaves(told: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in told.items():
        inner = dict(value) if isinstance(value, BaseModel) and type(value).__str__ is BaseModel.__str__ else value
        if isinstance(inner, Mapping) and (inner or prefix):
            yield from _leaves(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _as_text(value: Any) -> str:
    if isinstance(value, SecretStr):
        return "********"
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return "" if value is None or value == {} else str(value)


def _variable(name: str) -> str:
    return PREFIX + name.replace(".", DELIMITER).upper()


def _one_line(trouble: ValidationError, environ: Mapping[str, str]) -> str:
    """The first error, named as the reader set it: by its variable, or by its place in the file."""
    error = trouble.errors(include_url=False, include_input=False)[0]
    name = ".".join(part for part in error["loc"] if isinstance(part, str))
    in_environment = _variable(name) in {variable.upper() for variable in environ}
    unknown = error["type"] == "extra_forbidden"
    empty = error["type"] == "string_too_short"
    what = "no such setting" if unknown else EMPTY if empty else error["msg"].removeprefix("Value error, ")
    where = _variable(name) if in_environment or FILE not in environ else f"{name} in {environ[FILE]}"
    return f"{where}: {what}" if name else what

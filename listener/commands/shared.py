"""What several commands need: the settings, the bus they mean, errors as one line with the right exit code."""

import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from listener.commands.exits import NO_BUS, WRONG_USE
from listener.settings import Settings
from listener.settings.origins import BadSettings, load

if TYPE_CHECKING:
    from listener.catalogue import Catalogue
    from listener.hearing import Hearing

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
"""A file that is there."""


def waits(seconds: float) -> Callable[[F], F]:
    """`--no-wait` and `--within`, of a command that waits until a listener has done it; by default so long."""
    no_wait = click.option("--no-wait", is_flag=True, help="Do not wait until it is done.")
    within = click.option(
        "--within",
        type=click.FloatRange(min=1),
        default=seconds,
        show_default=True,
        metavar="SECONDS",
        help="So long at most.",
    )
    return lambda command: no_wait(within(command))


class Trouble(click.ClickException):
    """An end with one line on stderr."""

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code

    def show(self, file: Any = None) -> None:
        """One line, ours."""
        click.echo(f"listener: {self.format_message()}", err=True)


def settings_in_force(**over: Any) -> Settings:
    """The settings, from the environment and the file it names; a bad one ends the command."""
    try:
        return load(os.environ, **over)
    except BadSettings as trouble:
        raise Trouble(str(trouble), WRONG_USE) from None


def catalogue_in_force(overlay: Path | None, *, phrases: bool = True) -> "Catalogue":
    """The catalogue with this overlay, read through; one that can't be used ends the command with one line.

    `phrases` says whether those of an overlay are read too, which takes seconds: at the start, not at the first text.
    An overlay that leaves the cues alone brings none.
    """
    from listener import catalogue

    try:
        book = catalogue.load(overlay).read_through()
    except (catalogue.CatalogueError, OSError, UnicodeError) as trouble:
        raise Trouble(f"the catalogue cannot be used: {trouble}", WRONG_USE) from None
    if phrases and overlay is not None and book.cues != catalogue.load().cues:
        _readable(book)
    return book


def _readable(book: "Catalogue") -> None:
    from listener.signals.checking.linting import phrases_can_be_read

    trouble = next(phrases_can_be_read(book.cues), None)
    if trouble is not None:
        raise Trouble(f"the catalogue cannot be used: cues/{trouble.cue}.yaml: {trouble.says}", WRONG_USE)


def hearing_in_force(settings: Settings, book: "Catalogue", *, live: bool = False) -> "Hearing":
    """Ingest's core by these settings and this catalogue; a key that can't be read ends the command with one line."""
    from listener.settings.secret_files import BadCredentials
    from listener.workbench import hearing_of

    try:
        return hearing_of(settings, book, live=live)
    except BadCredentials as trouble:
        raise Trouble(str(trouble), WRONG_USE) from None


def settings_on_bus() -> Settings:
    """The settings, with the address of the bus that is meant: the one named, else the local broker that runs."""
    from listener.broker import locate

    return locate(settings_in_force())


def on_bus(work: Coroutine[Any, Any, T]) -> T:
    """Do this with the bus; where none answers, end with exit code 3."""
    from aiokafka.errors import KafkaError

    from listener.bus.clients import NoBus
    from listener.settings.secret_files import BadCredentials

    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it would warn of ends the command, in one line
    try:
        return asyncio.run(work)
    except NoBus as trouble:
        raise Trouble(str(trouble), NO_BUS) from None
    except BadCredentials as trouble:
        raise Trouble(str(trouble), WRONG_USE) from None
    except KafkaError as trouble:
        raise Trouble(_refusal(trouble)) from None


def _refusal(trouble: Exception) -> str:
    """One line; what the bus does not let us do is better asked of the doctor, who knows every right by name."""
    name = type(trouble).__name__
    words = " ".join(str(trouble).removeprefix(f"[Error {getattr(trouble, 'errno', '')}] ").split())
    if "Authorization" in name:
        return f"the bus does not let us: {words}; `listener doctor --as operator` names every right that is missing"
    return f"the bus refused: {name}: {words}"


def confirm(question: str) -> None:
    """Go on only where a person says yes.

    Raises:
        Trouble: where nobody is there to be asked.
        Abort: where they say no.
    """
    try:
        click.confirm(question, abort=True, err=True)
    except click.Abort as no:
        if not isinstance(no.__context__, EOFError):
            raise
        say("")  # the question stands on a line of its own
        raise Trouble("nobody is here to answer; --yes says it beforehand", WRONG_USE) from None


def counted(number: int, noun: str) -> str:
    """A number of things, as people say it.

    >>> counted(1, "record"), counted(3, "record")
    ('1 record', '3 records')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def say(line: str) -> None:
    """Progress, on stderr."""
    click.echo(line, err=True)


@contextmanager
def progress(what: str, length: int) -> Iterator[Callable[[int], None]]:
    """How far a long command has come, on stderr: a bar for whoever watches, one line where nobody does."""
    if not sys.stderr.isatty():
        say(f"{what}: {counted(length, 'record')} …")
        yield lambda _: None
        return
    with click.progressbar(length=length, label=what, file=sys.stderr) as bar:
        yield bar.update


def as_json(value: Any) -> str:
    """A value for a program to read."""
    return json.dumps(value, ensure_ascii=False, default=str)


def json_option(command: F) -> F:
    """`--json`, for commands a program may read."""
    return click.option("--json", "wants_json", is_flag=True, help="Print JSON, for a program to read.")(command)

"""A folder laid over the built-in catalogue: the option that names one, the catalogue with it, a file begun in it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from listener.commands.exits import WRONG_USE
from listener.commands.shared import Trouble, catalogue_in_force, say, settings_in_force

if TYPE_CHECKING:
    from listener.catalogue import Catalogue

OVERLAY = click.option(
    "--catalogue",
    "overlay",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder laid over the built-in catalogue.",
)
INTO = click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("catalogue"),
    show_default=True,
    help="The folder it is begun in; made where there is none.",
)


def book_with(overlay: Path | None, *, phrases: bool = True) -> "Catalogue":
    """The catalogue in force, or one with another overlay; a broken file, or none, ends the command with one line."""
    if overlay is not None and next(overlay.rglob("*.yaml"), None) is None:
        raise Trouble(f"{overlay}: no catalogue in it, no file that ends in .yaml", WRONG_USE)
    return catalogue_in_force(overlay or settings_in_force().catalogue, phrases=phrases)


def laid_over(folder: Path) -> Path | None:
    """The folder of a catalogue that is named outright; None for `-`, the built-in one.

    Raises:
        Trouble: where it is no folder.
    """
    if str(folder) == "-":
        return None
    if not folder.is_dir():
        raise Trouble(f"{folder}: not a folder; write - for the built-in catalogue", 2)
    return folder


def begin(into: Path, section: str, name: str, draft: bytes) -> None:
    """Write `section`/`name`.yaml into a folder, say where it is, and what to do next; a file that is there stays."""
    path = into / section / f"{name}.yaml"
    if path.exists():
        raise Trouble(f"{path} is there already", 2)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(draft)
    click.echo(str(path))
    check = f"listener {section} lint --catalogue {into} && listener {section} test {name} --catalogue {into}"
    say(f"fill it in, then: {check}")

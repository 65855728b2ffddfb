"""`listener schemas`: the schemas of every value, as files."""

from dataclasses import asdict
from pathlib import Path

import click

from listener.commands.groups import Group
from listener.commands.shared import Trouble, as_json, json_option, say
from listener.shipped import shipped

FOLDER_HELP = "Where the schemas lie; the ones shipped with this listener by default."
FOLDER = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help=FOLDER_HELP,
)


@click.group(cls=Group)
def schemas() -> None:
    """JSON Schemas of all values on the bus, made from the models.

    \b
    Example:
      listener schemas check
    """


@schemas.command()
@FOLDER
@click.option("--break", "breaks", is_flag=True, help="Write even what breaks a reader or a writer.")
def write(folder: Path | None, breaks: bool) -> None:
    """Write every schema to its file, unless that would break someone.

    \b
    Example:
      listener schemas write --folder /tmp/schemas
    """
    from listener.schemas import as_text, breaches, read_schemas
    from listener.schemas import schemas as make

    folder, made = folder or shipped("schemas"), make()
    folder.mkdir(parents=True, exist_ok=True)
    found = list(breaches(read_schemas(folder), made))
    for breach in found:
        say(f"{breach.name}: {breach.where or 'the whole'} {breach.what}")
    if found and not breaks:
        raise Trouble("nothing written: give what changed a new version, or say --break")
    for name, schema in made.items():
        (folder / name).write_bytes(as_text(schema))
    say(f"{len(made)} schemas in {folder}")


@schemas.command()
@click.option("--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), help=FOLDER_HELP)
@json_option
def check(folder: Path | None, wants_json: bool) -> None:
    """Fail where a schema breaks a reader or a writer of the one in the file, or the file is not up to date.

    \b
    Example:
      listener schemas check
    """
    from listener.schemas import Breach, breaches, read_schemas
    from listener.schemas import schemas as make

    kept, made = read_schemas(folder or shipped("schemas")), make()
    found = list(breaches(kept, made))
    told = {breach.name for breach in found}
    stale = [name for name, schema in made.items() if kept.get(name) != schema and name not in told]
    found += [Breach(name, "", "is not up to date: listener schemas write") for name in stale]
    for breach in found:
        click.echo(
            as_json(asdict(breach)) if wants_json else f"{breach.name}: {breach.where or 'the whole'} {breach.what}"
        )
    if found:
        raise Trouble(f"{len(found)} schemas are not what they were")
    say(f"{len(made)} schemas are those of the models, and break nobody")

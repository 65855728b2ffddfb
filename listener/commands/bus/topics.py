"""`listener topics plan | apply | check`: what should be on the bus, and is."""

from dataclasses import asdict

import click

from listener.commands.exits import FOUND
from listener.commands.groups import Group
from listener.commands.shared import Trouble, as_json, counted, json_option, on_bus, say, settings_on_bus
from listener.settings import Settings
from listener.topics import Difference


@click.group(cls=Group)
def topics() -> None:
    """The topics the listener reads and writes, as the files in topics/ say, under the names the settings give.

    Missing ones are created; nothing is ever deleted, shrunk or altered.

    \b
    Example:
      listener topics apply
    """


@topics.command()
@json_option
def plan(wants_json: bool) -> None:
    """Print what `apply` would create, and what it would leave although it differs.

    \b
    Example:
      LISTENER_PARTITIONS=12 LISTENER_REPLICATION=3 listener topics plan
    """
    _report(settings_on_bus(), wants_json)


@topics.command()
@json_option
def check(wants_json: bool) -> None:
    """Say how the bus differs from the files; exit code 1 where it does.

    \b
    Example:
      listener topics check --json
    """
    if _report(settings_on_bus(), wants_json):
        raise click.exceptions.Exit(FOUND)


@topics.command()
@json_option
def apply(wants_json: bool) -> None:
    """Create what is missing.

    \b
    Example:
      listener broker up && listener topics apply
    """
    created = on_bus(_apply(settings_on_bus()))
    if wants_json:
        click.echo(as_json({"created": created}))
    else:
        for name in created:
            click.echo(f"created {name}")
        say(f"{counted(len(created), 'topic')} created")


def _report(settings: Settings, wants_json: bool) -> int:
    found = on_bus(_differences(settings))
    if wants_json:
        click.echo(as_json([asdict(difference) for difference in found]))
    else:
        for difference in found:
            click.echo(str(difference))
        say(counted(len(found), "difference") if found else "the bus is as it should be")
    return len(found)


async def _differences(settings: Settings) -> list[Difference]:
    from listener.bus import clients
    from listener.topics import differences, existing, wanted

    topics = wanted(settings)
    async with clients.admin(settings) as admin:
        return differences(topics, await existing(admin, [topic.name for topic in topics]))


async def _apply(settings: Settings) -> list[str]:
    from listener.bus import clients
    from listener.topics import Refused, apply

    async with clients.admin(settings) as admin:
        try:
            return await apply(admin, settings)
        except Refused as trouble:
            raise Trouble(str(trouble)) from None

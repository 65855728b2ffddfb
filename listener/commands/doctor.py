"""`listener doctor`: what would keep the listener from working."""

from dataclasses import asdict

import click

from listener.commands.exits import FOUND, NO_BUS
from listener.commands.shared import as_json, json_option, on_bus, settings_on_bus
from listener.operating.doctor import Look, look_around
from listener.settings import Settings

SIGNS = {"well": ("ok ", "green"), "ill": ("ILL", "red")}


@click.command()
@click.option(
    "--as", "process", multiple=True, help="Look at the rights of this process of deploy/acls (default: the stages)."
)
@json_option
def doctor(process: tuple[str, ...], wants_json: bool) -> None:
    """Look at bus, topics, rights, versions, disk, catalogue, clock; exit code 1 where something is ill, 3 without bus.

    \b
    Examples:
      LISTENER_BOOTSTRAP_SERVERS=kafka-1:9092 listener doctor
      listener doctor --as operator
    """
    from listener.bus.rights import processes

    if strange := set(process) - set(processes()):
        raise click.UsageError(f"no such process: {', '.join(sorted(strange))}; there are {', '.join(processes())}")
    looks = on_bus(_look(settings_on_bus(), process, silent=wants_json))
    if wants_json:
        click.echo(as_json([asdict(look) for look in looks]))
    ill = [look.what for look in looks if look.state == "ill"]
    if ill:
        raise click.exceptions.Exit(NO_BUS if "bus" in ill else FOUND)


async def _look(settings: Settings, processes: tuple[str, ...], *, silent: bool) -> list[Look]:
    looks = []
    async for look in look_around(settings, processes):
        looks.append(look)
        if not silent:
            sign, colour = SIGNS[look.state]
            click.echo(f"{click.style(sign, fg=colour)}  {look.what:<15} {look.saw}")
    return looks

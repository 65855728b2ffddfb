"""`listener run`: the stages as children of one command."""

import asyncio
import os
import signal

import click

from listener.commands.exits import FOUND
from listener.commands.shared import catalogue_in_force, on_bus, say, settings_on_bus
from listener.settings import Settings


@click.command()
def run() -> None:
    """Run ingest, relate and gather, or what LISTENER_STAGES names, until told to stop.

    One that dies takes the others down, and the exit code is not 0, so that a supervisor starts all again. A stage
    named twice runs as two workers, the second one's metrics and health three ports after the first one's.

    \b
    Example:
      LISTENER_BRAND=acme LISTENER_STAGES=ingest,relate,relate listener run
    """
    settings = settings_on_bus()
    catalogue_in_force(settings.catalogue)  # what would end every child at once ends us, in one line
    on_bus(_answers(settings))
    if code := asyncio.run(_run(settings)):
        raise click.exceptions.Exit(code)


async def _answers(settings: Settings) -> None:
    from listener.bus import clients

    async with clients.admin(settings):
        pass


async def _run(settings: Settings) -> int:
    from listener.processes.child_processes import ChildProcesses
    from listener.processes.endpoint import workers

    told_to_stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop.set)
    children = ChildProcesses()
    environ = os.environ | {"LISTENER_BOOTSTRAP_SERVERS": settings.bootstrap_servers}
    for stage, bind in workers(settings):
        await children.start(stage, environ | {"LISTENER_METRICS_BIND": str(bind)})
    leaving = asyncio.ensure_future(children.first_to_leave())
    stopping = asyncio.ensure_future(told_to_stop.wait())
    await asyncio.wait({leaving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    early = leaving.result() if leaving.done() else None
    leaving.cancel()
    stopping.cancel()
    if early:
        say(f"listener: {early[0]} ended by itself (exit code {early[1]}); stopping the others")
    codes = await children.stop()
    return FOUND if early or any(codes.values()) else 0

"""`listener demo`: what `make run` calls."""

import asyncio
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from listener.commands.exits import NO_BUS, WRONG_USE
from listener.commands.shared import FILE, Trouble, catalogue_in_force, on_bus, say, settings_in_force

if TYPE_CHECKING:
    from listener.demo.sample import Sample

WIDTH: Final = 110
"""How wide the story is told where nobody looks at it in a terminal."""


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--once", is_flag=True, help="End after the last outcome instead of staying up.")
def demo(file: Path | None, once: bool) -> None:
    """Start a Kafka and the listener, play a sample of ten customers' months (or FILE), and show what comes of it.

    What was heard, how each belief moved, which rule of which relationship broke, and what to do, in words. The Kafka
    is the demo's own and begins empty, unless LISTENER_BOOTSTRAP_SERVERS names one. It stays up until you stop it, so
    that `listener send` and `listener watch` work from a second terminal.

    \b
    Example:
      listener demo --once
    """
    from listener.broker import CouldNotStart, NoBroker
    from listener.demo.playing import Fell
    from listener.demo.sample import OWN, Sample
    from listener.envelopes.recording import NotARecording

    try:
        on_bus(_play(Sample.of((file or OWN).read_bytes().splitlines()), once))
    except NotARecording as trouble:
        raise Trouble(f"{file}: {trouble}", WRONG_USE) from None
    except (NoBroker, CouldNotStart) as trouble:
        raise Trouble(str(trouble), NO_BUS) from None
    except Fell as trouble:
        raise Trouble(str(trouble)) from None


async def _play(sample: "Sample", once: bool) -> None:
    from rich.console import Console

    from listener.demo.playing import play
    from listener.showing import Phrasebook

    settings = settings_in_force(clock="event")
    if "brand" not in settings.model_fields_set and sample.brand:
        settings = settings.model_copy(update={"brand": sample.brand})
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)
    words = Phrasebook.of(catalogue_in_force(settings.catalogue))
    task = asyncio.ensure_future(play(sample, settings, words, console.print, say, once=once))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        say("stopped")

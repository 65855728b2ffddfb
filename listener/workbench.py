"""The cores put together from the settings: the one place where ear, catalogue and brand meet."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import click

from listener import catalogue, pipeline
from listener.book import Core
from listener.hearing import Hearing, Identities
from listener.model.record import Record
from listener.normalise import normalise
from listener.recording import NotARecording, read
from listener.settings import Settings
from listener.signals import Ear

FORESIGHT = timedelta(days=1)
"""How far ahead of the bus's clock an event may claim to happen, where time is the wall's."""


def records_of(file: Path) -> list[Record]:
    """The records of a recording; a file that is none ends the command with one line."""
    try:
        with file.open("rb") as lines:
            return [recorded.as_record() for recorded in read(lines)]
    except NotARecording as trouble:
        raise click.UsageError(f"{file}: {trouble}") from None


def hearing_of(settings: Settings, knowledge: catalogue.Catalogue, *, live: bool = False) -> Hearing:
    """Ingest's core."""
    foresight = FORESIGHT if live and settings.clock == "wall" else None
    return Hearing(Ear(knowledge), normalise, Identities(), settings.brand, foresight)


def core_of(settings: Settings, knowledge: catalogue.Catalogue) -> Core:
    """Relate's core."""
    return Core(
        brand=settings.brand,
        step=partial(pipeline.step, catalogue=knowledge),
        wake=partial(pipeline.wake, catalogue=knowledge),
        next_due=pipeline.next_due,
    )

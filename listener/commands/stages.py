"""`listener ingest` and `listener relate`: one stage, one process; start as many as there are partitions."""

import click

from listener.commands.shared import Trouble, on_bus, settings_on_bus
from listener.exits import FOUND
from listener.settings import Settings


@click.command()
def ingest() -> None:
    """Read contacts, acts, profiles and commands; say on relational.signals what each means for whom.

    No raw text goes further than this process. Metrics and health are served at LISTENER_METRICS_BIND.

    \b
    Example:
      LISTENER_BRAND=acme LISTENER_LOG=json listener ingest
    """
    settings = _ready("ingest")
    from listener import catalogue
    from listener.ingest.worker import run
    from listener.workbench import hearing_of

    knowledge = catalogue.load(settings.catalogue)
    _leave(run(settings, hearing_of(settings, knowledge, live=True), knowledge.version))


@click.command()
def relate() -> None:
    """Fold each customer's signals into a belief, judge the firm's acts by it, and tell: estimates, acts, alerts.

    Metrics and health are served at the port after LISTENER_METRICS_BIND's.

    \b
    Example:
      LISTENER_BRAND=acme LISTENER_STORE=rocksdb LISTENER_DATA_DIR=/var/lib/listener listener relate
    """
    settings = _ready("relate")
    from listener import catalogue
    from listener.relate.worker import run
    from listener.workbench import core_of

    knowledge = catalogue.load(settings.catalogue)
    _leave(run(settings, core_of(settings, knowledge), knowledge.version))


def _ready(stage: str) -> Settings:
    """The settings, with logs set up and every topic there: without them a stage would wait in silence."""
    from listener.telemetry import configure_logs

    settings = settings_on_bus()
    if missing := on_bus(_missing(settings)):
        raise Trouble(f"not on the bus: {', '.join(missing)}; `listener topics apply` creates what is missing")
    configure_logs(settings.log, stage=stage)
    return settings


async def _missing(settings: Settings) -> list[str]:
    from listener import bus
    from listener.topics import differences, existing, wanted

    topics = wanted(settings)
    async with bus.admin(settings) as admin:
        found = differences(topics, await existing(admin, [topic.name for topic in topics]))
    return [difference.topic for difference in found if difference.what == "missing"]


def _leave(code: int) -> None:
    if code:
        raise click.exceptions.Exit(code if code > 0 else FOUND)

"""`listener ingest`, `relate`, `gather`: one stage, one process; of the first two as many as there are partitions."""

import gc
from typing import TYPE_CHECKING

import click

from listener.commands.exits import FOUND, WRONG_USE
from listener.commands.shared import Trouble, catalogue_in_force, hearing_in_force, on_bus, settings_on_bus
from listener.settings import Settings

if TYPE_CHECKING:
    from listener.bus.rights import Right
    from listener.catalogue import Catalogue


@click.command()
def ingest() -> None:
    """Read contacts, acts, profiles and commands; say on relational.signals what each means for whom.

    No raw text goes further than this process. Metrics and health are served at LISTENER_METRICS_BIND.

    \b
    Example:
      LISTENER_BRAND=acme LISTENER_LOG=json listener ingest
    """
    settings, knowledge = _ready("ingest")
    from listener.ingest.worker import run

    hearing = hearing_in_force(settings, knowledge, live=True)
    settle_down()
    _leave(run(settings, hearing, knowledge.version))


@click.command()
def relate() -> None:
    """Fold each customer's signals into a belief, judge the firm's acts by it, and tell: estimates, acts, alerts.

    Metrics and health are served at the port after LISTENER_METRICS_BIND's.

    \b
    Example:
      LISTENER_BRAND=acme LISTENER_STORE=rocksdb listener relate
    """
    settings, knowledge = _ready("relate")
    from listener.relate.worker import run
    from listener.workbench import core_of

    core = core_of(settings, knowledge)
    settle_down()
    _leave(run(settings, core, knowledge.version))


@click.command()
def gather() -> None:
    """Read everyone's alerts, and where one act of the firm hurts many customers, say so once for the brand.

    That alert has no customer; it says how many are hit, of which types, what is at risk in all, and what mends it for
    most. One works; a second stands by. Metrics and health are served two ports after LISTENER_METRICS_BIND's.

    \b
    Example:
      LISTENER_BRAND=acme listener gather
    """
    settings, knowledge = _ready("gather")
    from listener.common_cause import Gathering
    from listener.gather.worker import run

    _leave(run(settings, lambda: Gathering(settings.brand, knowledge), knowledge.version))


def _ready(stage: str) -> "tuple[Settings, Catalogue]":
    """The settings with logs set up, and the catalogue; without its topics and rights a stage would wait in silence."""
    from listener.bus.rights import in_words
    from listener.processes.endpoint import PortTaken, has_its_port
    from listener.telemetry import configure_logs

    settings = settings_on_bus()
    _door_has_a_key(settings)
    knowledge = catalogue_in_force(settings.catalogue)
    if refused := on_bus(_refused(settings, stage)):
        raise Trouble(in_words(refused, stage))
    if missing := on_bus(_missing(settings, stage)):
        raise Trouble(f"not on the bus: {', '.join(missing)}; `listener topics apply` creates what is missing")
    try:
        has_its_port(stage, settings)
    except PortTaken as trouble:
        raise Trouble(str(trouble), WRONG_USE) from None
    configure_logs(settings.log, stage=stage)
    return settings, knowledge


def _door_has_a_key(settings: Settings) -> None:
    """A token that is empty, or cannot be read, would leave the door open, or the stage without one."""
    from listener.settings.secret_files import BadCredentials, secret

    try:
        if settings.token_file is not None:
            secret("token_file", settings.token_file)
    except BadCredentials as trouble:
        raise Trouble(str(trouble), WRONG_USE) from None


async def _refused(settings: Settings, stage: str) -> "list[Right]":
    from listener.bus.rights import missing, needed

    return await missing(settings, needed(settings, stage))


async def _missing(settings: Settings, stage: str) -> list[str]:
    from listener.bus import clients
    from listener.bus.rights import needed

    topics = {right.name for right in needed(settings, stage) if right.kind == "topic"}
    async with clients.admin(settings) as admin:
        return sorted(topics - set(await admin.list_topics()))


def settle_down() -> None:
    """All that is loaded now stays as long as the process does: the collector of cycles never looks at it again.

    And at the rest rarely: a batch makes many small values, none of which is part of a cycle.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _leave(code: int) -> None:
    if code:
        raise click.exceptions.Exit(code if code > 0 else FOUND)

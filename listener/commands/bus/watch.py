"""`listener watch`: what the listener says, as it says it."""

import sys

import click

from listener.commands.exits import INTERRUPTED, WRONG_USE
from listener.commands.shared import Trouble, counted, on_bus, say, settings_on_bus
from listener.model.topics import INPUTS, OUTPUTS
from listener.settings import Settings

SPOKEN = ("acts", "estimates", "transitions", "alerts", "briefings", "portfolio", "reactions", "advocates")


@click.command()
@click.argument("topics", nargs=-1, metavar="[TOPIC …]")
@click.option("--from-start", is_flag=True, help="Also what was said before.")
@click.option(
    "--until-idle", type=click.FloatRange(min=0), metavar="SECONDS", help="End when nothing came for so long."
)
@click.option("--json", "_json", is_flag=True, help="What it prints is JSON in any case.")
def watch(topics: tuple[str, ...], from_start: bool, until_idle: float | None, _json: bool) -> None:
    """Print output topics in the recorded form, a line a record, each customer's in order; all of them by default.

    Topics go by the contract's names, whatever this bus calls them.

    \b
    Examples:
      listener watch
      listener watch relational.alerts.v1 --until-idle 3 | jq .value.title
    """
    known = {*INPUTS.values(), *OUTPUTS.values()}
    if strange := [topic for topic in topics if topic.removesuffix(".dlq") not in known]:
        raise Trouble(f"no such topic: {', '.join(strange)}; the contract has {', '.join(sorted(known))}", WRONG_USE)
    chosen = list(topics) or [OUTPUTS[name] for name in SPOKEN]  # type: ignore[index]  # every one is an output's key
    try:
        on_bus(_watch(settings_on_bus(), chosen, from_start, until_idle))
    except KeyboardInterrupt:
        raise click.exceptions.Exit(0 if until_idle is None else INTERRUPTED) from None


async def _watch(settings: Settings, topics: list[str], from_start: bool, until_idle: float | None) -> None:
    from listener.bus.tailing import NoSuchTopic, Tail, Until

    out = sys.stdout.buffer
    try:
        async with Tail(settings, topics, from_start=from_start, until=Until(idle_s=until_idle)) as tail:
            say(f"watching {counted(len(topics), 'topic')} at {settings.bootstrap_servers}; Ctrl-C ends")
            async for seen in tail:
                out.write(seen.as_recorded())
                out.flush()
    except NoSuchTopic as trouble:
        raise Trouble(str(trouble)) from None

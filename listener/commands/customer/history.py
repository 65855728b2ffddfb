"""`listener customer history`: how the belief about one customer went over time."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from listener.commands.exits import WRONG_USE
from listener.commands.paper import columns, in_columns
from listener.commands.reading import from_recording, replayed
from listener.commands.shared import (
    Trouble,
    as_json,
    catalogue_in_force,
    json_option,
    on_bus,
    say,
    settings_in_force,
    settings_on_bus,
)
from listener.model.outcomes import Outcome
from listener.model.outputs import Estimate
from listener.model.topics import OUTPUTS
from listener.settings import Settings

WIDEST: Final = 94
"""A plot is no wider than this, however wide the terminal."""
NOT_TOLD: Final = "default"
"""What a listener's brand is called where LISTENER_BRAND is not set."""


@click.command()
@click.argument("customer_id", metavar="ID")
@from_recording
@click.option(
    "--svg", type=click.Path(dir_okay=False, path_type=Path), help="Write the plot as SVG to this file, and print none."
)
@json_option
def history(
    customer_id: str, recording: Path | None, until: datetime | None, svg: Path | None, wants_json: bool
) -> None:
    """Plot how the belief about a customer went over time, and tell what moved it.

    What the customer wants and has, distress, strength of the tie, likelihood of leaving.

    From the bus, what was heard of the customer is read again from `relational.signals.v1` and decided again.

    \b
    Examples:
      listener customer history C-1042
      listener customer history C-1042 --recording story.jsonl --svg tie.svg
    """
    from listener.commands.customer import trajectory
    from listener.showing import Phrasebook, moves

    estimates = _estimates(customer_id, recording, until)
    if wants_json:
        click.echo(as_json([estimate.model_dump(mode="json") for estimate in estimates]))
        return
    words = Phrasebook.of(catalogue_in_force(settings_in_force().catalogue))
    panels = {
        "wants": {words.type(id_): line for id_, line in trajectory.lines_of(estimates, "wanted").items()},
        "has": {words.type(id_): line for id_, line in trajectory.lines_of(estimates, "held").items()},
        "is": trajectory.state_lines(estimates),
    }
    if svg:
        try:
            svg.write_text(trajectory.svg(panels, _title(customer_id, estimates[0].brand)), encoding="utf-8")
        except OSError as trouble:
            raise Trouble(f"{svg}: {trouble.strerror}", WRONG_USE) from None
        say(f"wrote {svg}")
        return
    for name, lines in panels.items():
        click.echo(f"\n{name}\n{trajectory.terminal_plot(lines, min(columns() or WIDEST, WIDEST))}")
    click.echo("\nwhat moved it")
    for line in moves(estimates, words):
        click.echo(in_columns(f"  {line}", behind=20))


def _title(customer_id: str, brand: str) -> str:
    """Whose plot it is; no brand is named where none was told."""
    return customer_id if brand == NOT_TOLD else f"{customer_id}, {brand}"


def _estimates(customer_id: str, recording: Path | None, until: datetime | None) -> list[Estimate]:
    """All that was ever believed of a customer, in order: by a recording, or by what is on the bus."""
    if recording:
        estimates = _of(customer_id, replayed(recording, until, settings_in_force()))
    else:
        estimates = on_bus(_heard_again(customer_id, settings_on_bus()))
    if not estimates:
        raise Trouble(f"nothing was heard of {customer_id!r}")
    return estimates


def _of(customer_id: str, outcomes: Iterable[Outcome]) -> list[Estimate]:
    ours = (outcome.value for outcome in outcomes if outcome.customer_id == customer_id)
    return [value for value in ours if isinstance(value, Estimate)]


async def _heard_again(customer_id: str, settings: Settings) -> list[Estimate]:
    from listener.book import Book
    from listener.bus.tailing import NoSuchTopic, Tail, Until
    from listener.model.signals import Broadcast, Tick, read_signal
    from listener.workbench import core_of

    book = Book(core_of(settings, catalogue_in_force(settings.catalogue)))
    told: list[Estimate] = []
    once: set[str] = set()
    try:
        async with Tail(settings, [OUTPUTS["signals"]], from_start=True, until=Until(end=True)) as tail:
            async for seen in tail:
                signal = read_signal(seen.value) if seen.value else None
                if isinstance(signal, Broadcast | Tick):  # one copy a partition: the first is enough
                    if signal.event_id in once:
                        continue
                    once.add(signal.event_id)
                elif signal is None or signal.customer_id != customer_id:
                    continue
                told += _of(customer_id, book.take(signal))
    except NoSuchTopic as trouble:
        raise Trouble(str(trouble)) from None
    return told

"""One customer, on one screen."""

from collections.abc import Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from listener.model.outputs import Alert, Because, Estimate
from listener.showing.notice import notice
from listener.showing.words import Phrasebook, day, engagement, money, percent, reason

ROWS: Final = {"wanted": "wants", "held": "has", "enacted": "gets"}
"""What each track of a belief is called."""


def portrait(estimate: Estimate, alerts: Sequence[Alert], words: Phrasebook, name: str | None = None) -> RenderableType:
    """What the customer wants, has and gets, why we think so, and what is open."""
    name = name or estimate.customer_id
    head = Text.assemble(
        (name, "bold"), (f"  {estimate.customer_id}, as of {day(estimate.as_of).strip()}", "dim"), "\n"
    )
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True)
    rows.add_column()
    rows.add_row("wants", Text(words.belief(estimate.wanted), style="bold"))
    rows.add_row("", Text(words.bars(estimate.wanted.top), style="dim"))
    rows.add_row("has", Text(words.belief(estimate.held), style="bold"))
    rows.add_row("", Text(words.bars(estimate.held.top), style="dim"))
    rows.add_row("gets", words.belief(estimate.enacted))
    rows.add_row("is", f"{engagement(estimate)}; distress {percent(estimate.distress)}")
    rows.add_row("", words.strain(estimate.strain))
    rows.add_row("is worth", f"{money(estimate.value.annual)} a year, {money(estimate.value.at_risk)} of it at risk")
    if estimate.because:
        rows.add_row("because", _because(estimate.because, words))
    parts: list[RenderableType] = [head, Padding(rows, (0, 0, 1, 2))]
    still_open = [alert for alert in alerts if alert.status not in ("resolved", "expired")]
    parts += [notice(alert, name, words) for alert in still_open] or [Text("No open alerts.", style="green")]
    return Group(*parts)


def _because(moves: Sequence[Because], words: Phrasebook) -> Text:
    return Text("\n").join(
        Text.assemble(
            f"{ROWS[move.moved]} {'more' if move.weight >= 0 else 'less'} like “{words.type(move.type)}”: ",
            reason(move.signal),
            (f"  ({move.event_id})", "dim"),
        )
        for move in moves
    )

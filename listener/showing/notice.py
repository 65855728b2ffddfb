"""An alert, so that whoever reads it knows what broke, for whom, why we think so, and what to do."""

from typing import Final

from rich.box import ROUNDED
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from listener.model.outputs import Alert, Evidence
from listener.showing.words import ANYBODY, CHANNELS, Phrasebook, day, listed, money, plain

COLOURS: Final = {"critical": "bold red", "high": "red", "medium": "yellow", "low": "cyan", "info": "dim"}
CHANGES: Final = {
    "updated": ("↻", "happened again"),
    "proved": ("+", "more is known of it"),
    "escalated": ("⇧", "not mended in time, escalated"),
    "acknowledged": ("✓", "taken up"),
    "resolved": ("✓", "resolved"),
    "expired": ("·", "expired, never mended"),
}


def notice(alert: Alert, name: str, words: Phrasebook) -> Panel:
    """A raised alert, whole."""
    colour = COLOURS[alert.severity]
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True)
    rows.add_column(overflow="fold")
    rows.add_row("for", _relationship(alert, name, words))
    rows.add_row("why", alert.why)
    if proof := _proof(alert, words):
        rows.add_row("proof", proof)
    rows.add_row("do", Text(listed(alert.repair.do), style="green"))
    if alert.repair.avoid:
        rows.add_row("avoid", listed(alert.repair.avoid))
    rows.add_row("who", _who(alert))
    title = Text(f" {alert.severity.upper()} ", style=f"reverse {colour}") + Text(f" {alert.title} ", style=colour)
    code = Text(f" {alert.act.code} {plain(alert.act.name)} ", style="dim")
    return Panel(
        rows, title=title, subtitle=code, title_align="left", subtitle_align="right", box=ROUNDED, border_style=colour
    )


def what_changed(alert: Alert, before: Alert | None) -> str:
    """Which of the changes it is: an alert is told again for being done again, or for what else became known of it."""
    is_again = alert.status == "updated" and (before is None or alert.occurrences > before.occurrences)
    return "proved" if alert.status == "updated" and not is_again else alert.status


def change(what: str, alerts: list[Alert]) -> Text:
    """What became of alerts that were raised before, several on one line."""
    sign, said = CHANGES[what]
    line = Text(f"{sign} {said}: ", style="dim" if what == "expired" else "bold")
    for n, alert in enumerate(alerts):
        line.append("; " if n else "")
        line.append(alert.title[:1].lower() + alert.title[1:], style=COLOURS[alert.severity])
        if what == "updated":
            line.append(f" ({alert.occurrences} times)", style="dim")
    return line


def _relationship(alert: Alert, name: str, words: Phrasebook) -> Text:
    if alert.gathered is not None:  # the brand's: of everyone it stands for
        hit = f"{alert.gathered.customers} customers of {name}"
        return Text.assemble((hit, "bold"), ", most taken as: ", (words.tops(alert.relationship.wanted[:2]), "bold"))
    wanted, enacted = alert.relationship.wanted, alert.relationship.enacted
    said = Text.assemble((name, "bold"), ", taken as: ", (words.tops(wanted[:2]), "bold"))
    if enacted and enacted[0].p >= 0.2:
        said.append(f"; the firm acts as in {words.share(enacted[0])}")
    return said


def _proof(alert: Alert, words: Phrasebook) -> Text:
    """What it rests on: the words that were said, or what was done where nothing was said."""
    return Text("\n").join(
        Text(f"{day(evidence.occurred_at).strip()}, {_shown(evidence, words)}") for evidence in alert.evidence[:3]
    )


def _shown(evidence: Evidence, words: Phrasebook) -> str:
    channel = CHANNELS.get(evidence.channel, evidence.channel)
    if evidence.excerpt:
        return f"{channel} “{evidence.excerpt}”"
    what = words.act(evidence.says)
    return f"{evidence.role}: {what}" if evidence.role in ("customer", "bot") else f"the firm: {what}"


def _who(alert: Alert) -> str:
    by = f" by {day(alert.repair.due_at).strip()}" if alert.repair.due_at else ""
    risk = f"; {money(alert.value_at_risk)} a year at risk" if alert.value_at_risk else ""
    return f"{plain(alert.repair.role or ANYBODY)}{by}{risk}"

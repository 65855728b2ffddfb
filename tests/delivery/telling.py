"""What came of a run, as a line on the terminal and as tables in docs/promise.md."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from scripts.pages import rewrite, stretch
from tests.delivery.harness import Scenario, Trial
from tests.delivery.scenarios import SCENARIOS

PAGE: Final = Path(__file__).parents[2] / "docs" / "promise.md"
SHOWN: Final = {
    "ingest:away": "ingest's door shut",
    "relate:away": "relate's door shut",
    "gather:away": "gather's door shut",
    "ingest:not bus": "ingest `/readyz` bus",
    "relate:not bus": "relate `/readyz` bus",
    "relate:not recovered": "relate `/readyz` recovered",
    "relate:not assigned": "relate `/readyz` assigned",
    "ingest:not assigned": "ingest `/readyz` assigned",
}
FIGURES: Final = {
    "ingest:listener_lag_events": "lag of ingest",
    "relate:listener_lag_events": "lag of relate",
    "ingest:restarts": "ingest born again",
    "relate:restarts": "relate born again",
    "gather:restarts": "gather born again",
    "ingest:listener_bus_outages": "outages for ingest",
    "ingest:listener_bus_ack_seconds{>1.0}": "batches of ingest that took 1 s",
    "relate:listener_bus_ack_seconds{>1.0}": "batches of relate that took 1 s",
    "relate:listener_rebalances": "rebalances of relate",
    "relate:listener_recovery_seconds": "recovery s",
    "relate:listener_stores_discarded{damaged}": "damaged partitions restored",
    "relate:listener_offset_gaps{mended}": "gaps mended",
    "relate:listener_offset_gaps{lost}": "gaps lost",
    "ingest:listener_dead_letters": "dead letters of ingest",
    "relate:listener_dead_letters": "dead letters of relate",
    "relate:listener_events{duplicate}": "duplicates",
    "relate:listener_rebuilt_customers": "customers rebuilt",
    "relate:listener_bus_silence_seconds": "silence of the bus s",
    "relate:listener_clock_step_seconds": "clock step s",
    "relate:listener_clock_steps": "clock steps",
    "relate:listener_wakes_held_back": "looks that held deadlines back",
    "sent a second": "sent a second",
    "done a second": "done a second",
    "wait of the others s, median": "others wait s, median",
    "wait of the others s, 99 %": "others wait s, 99 %",
    "wait of the huge s, median": "the huge one waits s, median",
    "wait of the huge s, 99 %": "the huge one waits s, 99 %",
    "gather:listener_brand_alert_customers": "customers of one cause",
    "ingest:rss_mb": "MB of ingest",
    "relate:rss_mb": "MB of relate",
}
WHOLE: Final = 20
"""More scenarios than these are a whole run."""
AGAIN: Final = "Gone through again since"
TOLD_OF_LOADS: Final = ("lag of", "sent", "done", "wait", "the huge", "others", "MB of")
"""How the figures begin that say what a load does."""
TOLD: Final = ("ingest:rss_mb", "relate:rss_mb", *(name for name in FIGURES if ":" not in name))
"""What a line on the terminal tells of it."""


@dataclass(frozen=True)
class Row:
    """One scenario of a run."""

    name: str
    scenario: Scenario
    cycles: int
    events: int
    seconds: float
    off: str
    made: Trial

    @property
    def in_words(self) -> str:
        """One line."""
        told = ", ".join(f"{what} {count}" for what, count in self.made.verdict.items())
        off = f" without {self.off}" if self.off else ""
        ended = ", ".join(f"{stage} {code} x{n}" for (stage, code), n in sorted(self.made.ended.items()))
        seen = ", ".join(f"{name} {self.made.most[name]:.3g}" for name in TOLD if name in self.made.most)
        unseen = f"; signs not seen: {', '.join(self.made.unseen)}" if self.made.unseen else ""
        return (
            f"{self.name}{off}: {self.cycles} cycles, {self.events} events, {self.seconds:.0f} s: {told}; "
            f"repeated {self.made.doubled}; ended of themselves: {ended or 'none'}; "
            f"at most: {seen}{unseen}"
        )

    @property
    def in_table(self) -> str:
        """A line of the table of what came of it."""
        counts = " | ".join(f"**{count}**" if count else "0" for count in self.made.verdict.values())
        ended = sum(self.made.ended.values())
        return f"| `{self.name}` | {self.scenario.meaning} | {self.cycles} | {self.events} | {counts} | {ended} |"

    @property
    def signature(self) -> str:
        """A line of the table of what operations saw."""
        most = self.made.most
        doors = [words for sign, words in SHOWN.items() if most.get(sign)]
        figures = [f"{words} {most[name]:.0f}" for name, words in FIGURES.items() if most.get(name, 0) >= 1]
        asserted = ", ".join(f"`{sign}`".replace("|", "` or `") for sign in self.scenario.signs) or "—"
        return f"| `{self.name}` | {asserted} | {', '.join(doors) or '—'} | {', '.join(figures) or '—'} |"


def write(rows: Sequence[Row], seed: int, seconds: float, off: str = "") -> None:
    """Put the tables of a run into the page, in place of those of the run before; of loads alone, their own."""
    loaded = [row for row in rows if row.scenario.tells_waits]
    if loaded and not off:
        replace_in(PAGE, "load", "\n".join(loads(loaded, seed)))
    if off:
        replace_in(PAGE, "bites", "\n".join(bites(rows, seed)))
        return
    if len(rows) <= WHOLE:
        again(rows, seed)
        return
    replace_in(PAGE, "run", "\n".join(run(rows, seed, seconds)))
    signs = ["| scenario | asserted | doors | figures, at their greatest |", "|---|---|---|---|"]
    replace_in(PAGE, "signs", "\n".join([*signs, *(row.signature for row in rows)]))


def again(rows: Sequence[Row], seed: int) -> None:
    """Put the lines of some scenarios in place of those of the last whole run, and say so."""
    names = {row.name for row in rows}
    told = next((line for line in text_of(PAGE, "run").splitlines() if line.startswith(AGAIN)), AGAIN)
    once = [one for one in SCENARIOS if f"`{one}`" in told or one in names]
    since = f"{AGAIN}, the last time with SEED={seed}: {', '.join(f'`{one}`' for one in once)}."
    keep_lines("run", {row.name: row.in_table for row in rows}, since)
    keep_lines("signs", {row.name: row.signature for row in rows})


def keep_lines(name: str, lines: Mapping[str, str], since: str = "") -> None:
    """Put these scenarios' lines into a table in place of theirs; the others keep what they had."""
    told = text_of(PAGE, name).strip().splitlines()
    head = [line for line in told if line and _name_in(line) not in SCENARIOS and not line.startswith(AGAIN)]
    kept = {_name_in(line): line for line in told if _name_in(line) in SCENARIOS} | lines
    if since:
        head = [head[0], "", since, "", *head[1:]]
    replace_in(PAGE, name, "\n".join([*head, *(kept[one] for one in SCENARIOS if one in kept)]))


def run(rows: Sequence[Row], seed: int, seconds: float) -> list[str]:
    """The table of a run with all protections on."""
    cycles, day = sum(row.cycles for row in rows), datetime.now(UTC).date()
    names = "all" if len(rows) > WHOLE else ",".join(row.name for row in rows)
    head = " | ".join(rows[0].made.verdict)
    return [
        f"`make torture SCENARIO={names} SEED={seed} WRITE=1`, {day}, Python {platform.python_version()}: "
        f"{len(rows)} scenarios, {cycles} cycles, {sum(row.events for row in rows):,} events, "
        f"{seconds / 60:.0f} minutes.",
        "",
        f"| scenario | what befalls it | cycles | events | {head} | ended |",
        "|---|---|--:|--:|" + "--:|" * (len(rows[0].made.verdict) + 1),
        *(row.in_table for row in rows),
    ]


def loads(rows: Sequence[Row], seed: int) -> list[str]:
    """The table of what a flood of some minutes did: to memory, and to those who wait."""
    names = [
        name
        for name in FIGURES
        if any(row.made.most.get(name) for row in rows) and FIGURES[name].startswith(TOLD_OF_LOADS)
    ]
    lines = [
        f"`make torture SCENARIO={','.join(row.name for row in rows)} CYCLES={rows[0].cycles} SEED={seed} WRITE=1`, "
        f"{datetime.now(UTC).date()}:",
        "",
        f"| | {' | '.join(f'`{row.name}`' for row in rows)} |",
        "|---|" + "--:|" * len(rows),
        f"| seconds of it | {' | '.join(f'{row.cycles * row.scenario.seconds_a_cycle:.0f}' for row in rows)} |",
        f"| events | {' | '.join(f'{row.events:,}' for row in rows)} |",
    ]
    figures = {what: [str(row.made.verdict[what]) for row in rows] for what in rows[0].made.verdict}
    figures |= {FIGURES[name]: [_rounded(row.made.most.get(name, 0.0)) for row in rows] for name in names}
    return [*lines, *(f"| {what} | {' | '.join(told)} |" for what, told in figures.items())]


def _rounded(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


def bites(rows: Sequence[Row], seed: int) -> list[str]:
    """The table of what protections protect from; a scenario that was not in this run keeps the line it had."""
    head = " | ".join(rows[0].made.verdict)
    lines = {name: line for line in text_of(PAGE, "bites").splitlines() if (name := _name_in(line)) in SCENARIOS}
    for row in rows:
        counts = " | ".join(f"**{count}**" if count else "0" for count in row.made.verdict.values())
        unseen = ", ".join(f"`{sign}`" for sign in row.made.unseen if "<" in sign) or "—"
        lines[row.name] = f"| `{row.name}` | {row.off or '—'} | {row.cycles} | {row.events} | {counts} | {unseen} |"
    return [
        f"`make torture SCENARIO=… CYCLES=… SEED={seed} OFF=own WRITE=1`, some at a time:",
        "",
        f"| scenario | without | cycles | events | {head} | broken |",
        "|---|---|--:|--:|" + "--:|" * len(rows[0].made.verdict) + "---|",
        *(lines[name] for name in SCENARIOS if name in lines),
    ]


def _name_in(line: str) -> str:
    return line.removeprefix("| `").partition("`")[0]


def text_of(page: Path, name: str) -> str:
    """What stands between two marks of a page."""
    return stretch(page, _begin(name), _end(name))


def replace_in(page: Path, name: str, text: str) -> None:
    """Put a text between two marks of a page."""
    rewrite(page, _begin(name), f"\n{text}\n", _end(name))


def _begin(name: str) -> str:
    return f"<!-- {name}: written by tests/delivery/telling.py -->"


def _end(name: str) -> str:
    return f"<!-- end of {name} -->"

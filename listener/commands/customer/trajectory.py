"""How the belief about one customer went over time: as a plot of the terminal, and as SVG."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import escape
from typing import Final

from listener.model.outputs import Estimate

MARKS = "●◆▲■✚○◇△□✖"
COLOURS = ("#2f6f9f", "#c2562d", "#5b8c3e", "#8a4f9e", "#b5892b", "#3f8f8a", "#9c3d54", "#666666")
WIDTH, HEIGHT = 900, 272
LEFT, TOP, FOOT = 46, 26, 72
AXIS: Final = 6
"""Columns to the left of a plot of the terminal: a share and the axis."""
LETTER, ROW = 7.0, 17
"""How wide a letter of the legend is at most, on the whole, and how far its rows are apart."""
_STAYS: Final = "\N{NO-BREAK SPACE}"

Line = list[tuple[datetime, float]]


def lines_of(estimates: Sequence[Estimate], track: str, most: int = 6) -> dict[str, Line]:
    """For each type that ever stood among the first three, its share over time; the `most` weightiest types.

    A type not among the three at a moment is drawn at nothing: its share is not told.
    """
    ever: dict[str, float] = {}
    for estimate in estimates:
        for share in getattr(estimate, track).top:
            ever[share.type] = ever.get(share.type, 0.0) + share.p
    chosen = sorted(ever, key=lambda name: (-ever[name], name))[:most]
    return {
        name: [(e.as_of, next((s.p for s in getattr(e, track).top if s.type == name), 0.0)) for e in estimates]
        for name in chosen
    }


def state_lines(estimates: Sequence[Estimate]) -> dict[str, Line]:
    """Distress, strength and the likelihood of leaving over time."""
    return {
        name: [(e.as_of, float(getattr(e, name))) for e in estimates] for name in ("distress", "strength", "leaving")
    }


def terminal_plot(lines: dict[str, Line], columns: int = 94, height: int = 12) -> str:
    """Shares from 0 to 1 over time in letters, so many columns wide; where two lines meet, the first named is seen."""
    width = max(columns - AXIS, 20)
    points = [point for line in lines.values() for point in line]
    if not points:
        return "nothing was heard"
    first, last = min(p[0] for p in points), max(p[0] for p in points)
    span = max((last - first).total_seconds(), 1.0)
    grid = [[" "] * width for _ in range(height)]
    for mark, line in reversed(list(zip(MARKS, lines.values(), strict=False))):
        for at, share in line:
            column = round((at - first).total_seconds() / span * (width - 1))
            grid[height - 1 - round(share * (height - 1))][column] = mark
    rows = [
        f"{1 - i / (height - 1):4.1f} ┤{''.join(row)}" if i % 3 == 0 or i == height - 1 else f"     │{''.join(row)}"
        for i, row in enumerate(grid)
    ]
    gap = " " * max(1, width - 20)
    legend = "   ".join(f"{mark}{_STAYS}{name.replace(' ', _STAYS)}" for mark, name in zip(MARKS, lines, strict=False))
    named = [AXIS * " " + row.replace(_STAYS, " ") for row in textwrap.wrap(legend, width)]
    return "\n".join([*rows, f"     └{'─' * width}", f"      {first:%Y-%m-%d}{gap}{last:%Y-%m-%d}", *named])


def svg(panels: dict[str, dict[str, Line]], title: str) -> str:
    """Panels of lines under one another, as a picture that needs nothing else."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT * len(panels) + 30}" '
        f'font-family="sans-serif" font-size="12" role="img" aria-label="{escape(title)}">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{LEFT}" y="18" font-size="15" font-weight="bold">{escape(title)}</text>',
    ]
    for n, (name, lines) in enumerate(panels.items()):
        parts.append(f'<g transform="translate(0,{30 + n * HEIGHT})">{_svg_panel(name, lines)}</g>')
    return "\n".join([*parts, "</svg>", ""])


def _svg_panel(name: str, lines: dict[str, Line]) -> str:
    points = [point for line in lines.values() for point in line]
    if not points:
        return f'<text x="{LEFT}" y="{TOP}">{escape(name)}: nothing was heard</text>'
    first, last = min(p[0] for p in points), max(p[0] for p in points)
    span = max((last - first).total_seconds(), 1.0)
    high, wide = HEIGHT - TOP - FOOT, WIDTH - LEFT - 20

    def place(at: datetime, share: float) -> str:
        return f"{LEFT + (at - first).total_seconds() / span * wide:.1f},{TOP + (1 - share) * high:.1f}"

    parts = [f'<text x="{LEFT}" y="{TOP - 8}" font-weight="bold">{escape(name)}</text>']
    for share in (0.0, 0.5, 1.0):
        y = TOP + (1 - share) * high
        parts.append(f'<path d="M{LEFT},{y:.1f}H{LEFT + wide}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 30}" y="{y + 4:.1f}" fill="#666">{share:.1f}</text>')
    places = _legend(lines, TOP + high + 42, wide)
    for n, ((label, line), (x, y)) in enumerate(zip(lines.items(), places, strict=True)):
        colour = COLOURS[n % len(COLOURS)]
        path = " ".join(place(at, share) for at, share in line)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<circle cx="{x + 6:.0f}" cy="{y - 4}" r="4" fill="{colour}"/>')
        parts.append(f'<text x="{x + 14:.0f}" y="{y}">{escape(label)}</text>')
    parts.append(f'<text x="{LEFT}" y="{TOP + high + 18}" fill="#666">{first:%Y-%m-%d}</text>')
    parts.append(f'<text x="{LEFT + wide - 66}" y="{TOP + high + 18}" fill="#666">{last:%Y-%m-%d}</text>')
    return "".join(parts)


def _legend(labels: Iterable[str], top: int, wide: int) -> Iterator[tuple[float, int]]:
    """Where each label of a legend stands: beside the one before it, or in the next row where it would not fit."""
    x, y = 0.0, top
    for label in labels:
        needs = 14 + len(label) * LETTER
        if x and x + needs > wide:
            x, y = 0.0, y + ROW
        yield LEFT + x, y
        x += needs + 18

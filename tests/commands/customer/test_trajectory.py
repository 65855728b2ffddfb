"""The plot of a belief over time says what was told, in letters and as SVG."""

import xml.etree.ElementTree as ET
from datetime import timedelta
from itertools import pairwise

from listener import relationship
from listener.commands.customer.trajectory import lines_of, state_lines, svg, terminal_plot
from listener.model.outputs import Estimate
from tests.relationship.builders import KNOWN, START, after, heard

LONG = sorted((one.display for one in KNOWN.types.by_id.values()), key=len)[-6:]


def estimates() -> list[Estimate]:
    told = []
    for n in range(1, 5):
        tie = after(*[heard(10 * i, f"e{i}", voices={"fling": 4.0}) for i in range(n)])
        at = START + timedelta(days=10 * n)
        reading = relationship.read(tie, None, at, KNOWN)
        told.append(relationship.estimate(reading, ("C<1>", "acme"), at, n, 0.0, None, KNOWN).checked())
    return told


def test_the_plot_names_the_weightiest_types_and_the_first_and_last_day() -> None:
    plot = terminal_plot(lines_of(estimates(), "wanted"))
    assert "fling" in plot
    assert "2026-01-15" in plot
    assert "2026-02-14" in plot
    assert max(len(line) for line in plot.splitlines()) < 120


def test_the_picture_is_well_formed_and_escapes_names() -> None:
    told = estimates()
    picture = svg({"wanted": lines_of(told, "wanted"), "state": state_lines(told)}, "C<1>, acme")
    root = ET.fromstring(picture)
    assert root.tag.endswith("svg")
    assert "C&lt;1&gt;" in picture


def test_the_names_under_a_plot_stay_whole_and_inside_it() -> None:
    plot = terminal_plot({name: [(START, 0.5)] for name in LONG}, columns=60).splitlines()
    assert all(any(name in line for line in plot) for name in LONG)
    assert max(map(len, plot)) <= 60


def test_no_two_names_under_a_picture_run_into_each_other() -> None:
    root = ET.fromstring(svg({"wants": {name: [(START, 0.5)] for name in LONG}}, "C"))
    texts = [one for one in root.iter("{http://www.w3.org/2000/svg}text") if one.text in LONG]
    at = [(int(one.attrib["y"]), float(one.attrib["x"]), len(one.text or "")) for one in texts]
    assert len(at) == len(LONG)
    for (row, x, letters), (next_row, next_x, _) in pairwise(at):
        assert (row, x + letters * 6.5) < (next_row, next_x)
    assert all(x + letters * 6.5 < 900 for _, x, letters in at)


def test_nothing_heard_is_said_so() -> None:
    assert terminal_plot({}) == "nothing was heard"

"""The tables of docs/operations.md: metrics as the code has them, alarms from deploy/prometheus/rules.yaml.

`python -m scripts.operations_tables` writes both in their places.
"""

import re
from pathlib import Path
from typing import Any

import yaml
from prometheus_client import CollectorRegistry
from prometheus_client.metrics import MetricWrapperBase

from listener.telemetry import Metrics
from scripts.pages import rewrite

ROOT = Path(__file__).parents[1]
PAGE, RULES = ROOT / "docs" / "operations.md", ROOT / "deploy" / "prometheus" / "rules.yaml"
METRICS = "<!-- metrics: python -m scripts.operations_tables -->\n", "<!-- end of metrics -->\n"
ALARMS = "<!-- alarms: python -m scripts.operations_tables -->\n", "<!-- end of alarms -->\n"
_SUFFIXES = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}


def ours() -> list[MetricWrapperBase]:
    """Every metric of our own, in the order of their names."""
    made = vars(Metrics(CollectorRegistry())).values()
    return sorted((one for one in made if isinstance(one, MetricWrapperBase)), key=lambda one: one._name)


def series(metric: MetricWrapperBase) -> dict[str, set[str]]:
    """The names a metric is asked for by, each with its labels."""
    labels = set(metric._labelnames)
    more = {"_bucket": {"le"}} if metric._type == "histogram" else {}
    return {metric._name + end: labels | more.get(end, set()) for end in _SUFFIXES[metric._type]}


def rules() -> list[dict[str, Any]]:
    """Every alarm, as the file tells it."""
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def metrics_table() -> str:
    """A row for each metric: what it means, and which alarms look at it."""
    head = "| metric | labels | what it says | alarm |\n|---|---|---|---|\n"
    return head + "".join(_metric_row(metric) for metric in ours())


def _metric_row(metric: MetricWrapperBase) -> str:
    names = series(metric)
    asked = [rule["alert"] for rule in rules() if any(re.search(rf"\b{name}\b", rule["expr"]) for name in names)]
    shown = metric._name + {"counter": "_total", "histogram": " (histogram)", "gauge": ""}[metric._type]
    labels = ", ".join(f"`{label}`" for label in metric._labelnames)
    return f"| `{shown}` | {labels} | {metric._documentation} | {', '.join(asked)} |\n"


def alarms_table() -> str:
    """A row for each alarm: when it sounds, and what to do."""
    return "| alarm | sounds when | what to do |\n|---|---|---|\n" + "".join(map(_alarm_row, rules()))


def _alarm_row(rule: dict[str, Any]) -> str:
    lasts = f" for {rule['for']}" if "for" in rule else ""
    told = f"{rule['annotations']['summary']} {rule['annotations']['description']}"
    return f"| **{rule['alert']}** ({rule['labels']['severity']}) | `{rule['expr']}`{lasts} | {told} |\n"


def main() -> None:
    """Put both where the page wants them."""
    rewrite(PAGE, METRICS[0], metrics_table(), METRICS[1])
    rewrite(PAGE, ALARMS[0], alarms_table(), ALARMS[1])


if __name__ == "__main__":
    main()

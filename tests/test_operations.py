"""What docs/operations.md and deploy/ tell operators is so: metrics, settings, ports and commands they name exist."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from listener.cli import COMMANDS
from listener.processes.endpoint import STAGES, bind_of
from listener.settings import KafkaSecurity, Settings
from listener.settings.origins import load
from scripts.operations_tables import ALARMS, METRICS, PAGE, alarms_table, metrics_table, ours, rules, series
from scripts.pages import stretch

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
DASHBOARD = json.loads((DEPLOY / "grafana" / "dashboard.json").read_text())
OTHERS = {"up": {"job", "instance"}, "process_start_time_seconds": {"job", "instance"}}
"""What Prometheus and its client tell by themselves."""
KNOWN = {name: labels for metric in ours() for name, labels in series(metric).items()} | OTHERS
BY_SCRAPE = {"job", "instance"}
EXPRESSIONS = [rule["expr"] for rule in rules()] + [
    target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]
]
_ASKED = re.compile(r"\b(up|(?:listener|process)_[a-z_]+)\b(?:\{([^}]*)\})?")


def asked(expression: str) -> Iterator[tuple[str, set[str]]]:
    """Each metric of an expression, with the labels it is chosen by."""
    for name, chosen in _ASKED.findall(expression):
        yield name, set(re.findall(r"(\w+)\s*[=!]", chosen))


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_every_metric_and_label_that_is_asked_for_is_told(expression: str) -> None:
    names = dict(asked(expression))
    assert names
    assert [name for name in names if name not in KNOWN] == []
    assert [name for name, labels in names.items() if labels - KNOWN[name] - BY_SCRAPE] == []
    by = {label.strip() for labels in re.findall(r"by \(([^)]*)\)", expression) for label in labels.split(",")}
    assert by <= set().union(*(KNOWN[name] for name in names)) | BY_SCRAPE


def test_a_metric_that_is_not_told_would_be_found() -> None:
    ((name, labels),) = asked('rate(listener_lag_total{topic="x"}[5m])')
    assert (name in KNOWN, labels) == (False, {"topic"})


def test_values_that_alarms_choose_by_are_there_from_the_first_look_on() -> None:
    """Else a rate would not see the first of them."""
    told = {(s.name, *s.labels.values()) for metric in ours() for family in metric.collect() for s in family.samples}
    chosen = set(re.findall(r'(listener_\w+)\{\w+="(\w+)"\}', "\n".join(EXPRESSIONS)))
    assert ("listener_offset_gaps_total", "lost") in chosen
    assert chosen - told == {("listener_alerts_total", "raised")}  # for a dashboard: its labels hold every rule


def test_the_tables_are_those_of_the_code_and_the_rules() -> None:
    """`python -m scripts.operations_tables` writes them."""
    assert stretch(PAGE, *METRICS) == metrics_table()
    assert stretch(PAGE, *ALARMS) == alarms_table()


def test_every_alarm_says_what_it_means_and_what_to_do() -> None:
    names = [rule["alert"] for rule in rules()]
    assert len(names) == len(set(names)) > 5
    assert all(rule["annotations"].keys() == {"summary", "description"} for rule in rules())
    assert all(rule["labels"]["severity"] in ("page", "ticket") for rule in rules())


def test_settings_commands_and_files_that_the_page_names_exist() -> None:
    text = PAGE.read_text()
    known = {f"LISTENER_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"LISTENER_[A-Z_]+[A-Z]", text)) <= known
    assert set(re.findall(r"(?:`| {4})listener ([a-z]+)", text)) <= set(COMMANDS)
    paths = re.findall(r"`((?:deploy|tests|scripts)/[\w./-]*)`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []
    for stage in STAGES:
        assert f"| `{stage}` | `listener-{stage}` | {bind_of(stage, Settings()).port} |" in text


# ---- containers ----


def workloads() -> dict[str, dict[str, Any]]:
    """Each pod of deploy/kubernetes by what it runs."""
    files = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    told = [one for file in files for one in yaml.safe_load_all(file.read_text())]
    pods = [one["spec"]["template"]["spec"] for one in told if "template" in one.get("spec", {})]
    return {pod["containers"][0]["args"][0]: pod for pod in pods}


def settings_of_the_cluster() -> dict[str, str]:
    told = next(yaml.safe_load_all((DEPLOY / "kubernetes" / "settings.yaml").read_text()))
    return dict(told["data"])


@pytest.mark.parametrize("stage", STAGES)
def test_a_pod_is_probed_where_its_stage_serves(stage: str) -> None:
    container = workloads()[stage]["containers"][0]
    own = {one["name"]: str(one["value"]) for one in container.get("env", [])}
    settings = load(settings_of_the_cluster() | own)
    (port,) = container["ports"]
    assert port["containerPort"] == bind_of(stage, settings).port
    probes = {kind: container[f"{kind}Probe"]["httpGet"] for kind in ("startup", "liveness", "readiness")}
    assert {kind: probe["path"] for kind, probe in probes.items()} == {
        "startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz"
    }  # fmt: skip
    assert {probe["port"] for probe in probes.values()} == {port["name"]}


def test_pods_get_no_variables_that_are_no_settings() -> None:
    """Kubernetes' own would begin with LISTENER_, after services of that name, and end the start."""
    assert workloads().keys() == {*STAGES, "topics"}
    assert all(pod["enableServiceLinks"] is False for pod in workloads().values())


def test_states_lie_on_a_volume_of_their_own() -> None:
    mounts = workloads()["relate"]["containers"][0]["volumeMounts"]
    image = (DEPLOY / "Dockerfile").read_text()
    assert {"name": "states", "mountPath": "/var/lib/listener"} in mounts
    assert "LISTENER_DATA_DIR=/var/lib/listener" in image


def test_services_of_compose_have_settings_that_hold_and_health_where_they_serve() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    for stage in STAGES:
        told = {name: str(value) for name, value in services[stage]["environment"].items()}
        told = {name: re.sub(r"\$\{\w+:-(\w*)\}", r"\1", value) for name, value in told.items()}
        settings = load({name: value for name, value in told.items() if name.startswith("LISTENER_")})
        port = bind_of(stage, settings).port
        assert services[stage]["command"] == [stage]
        assert (told.get("HEALTH_PORT", "9464"), services[stage]["ports"]) == (str(port), [f"127.0.0.1:{port}:{port}"])
    assert services["topics"]["command"] == ["topics", "apply"]


def test_the_image_copies_what_there_is_and_runs_as_nobody_of_note() -> None:
    image = (DEPLOY / "Dockerfile").read_text()
    lines = re.findall(r"^COPY (?!--from)(.+)$", image, re.MULTILINE)
    copied = [source for line in lines for source in line.split()[:-1]]
    assert [source for source in copied if not (ROOT / source).exists()] == []
    let_in = (DEPLOY / "Dockerfile.dockerignore").read_text().split()
    assert {f"!{source}" for source in copied} <= set(let_in)
    assert "USER 10001:10001" in image.partition("FROM python:3.11-slim\n")[2]
    wheel = (ROOT / "pyproject.toml").read_text().partition("only-include = [")[2].partition("]")[0]
    assert set(re.findall(r'"([^"]+)"', wheel)) <= set(copied)
    known = {f"LISTENER_{name.upper()}" for name in (*Settings.model_fields, *KafkaSecurity.model_fields)}
    assert set(re.findall(r"LISTENER_[A-Z_]+[A-Z]", image)) <= known

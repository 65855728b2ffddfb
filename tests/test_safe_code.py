"""What the package's own code may not do: unpickle, run text as code, load YAML that runs, keep secrets in settings."""

import ast
import importlib.metadata
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import listener
from listener.catalogue import shelf
from listener.settings import KafkaSecurity, Settings
from listener.settings.origins import effective, load
from scripts import audit

PACKAGE = Path(listener.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
BANNED_MODULES = {"pickle", "cPickle", "dill", "shelve", "marshal", "cloudpickle", "joblib", "jsonpickle"}
BANNED_CALLS = {"eval", "exec", "compile", "__import__"}
BANNED_YAML = {"load", "load_all", "unsafe_load", "full_load", "Loader", "UnsafeLoader", "FullLoader"}
Nodes = list[tuple[str, ast.AST]]


@pytest.fixture(scope="module")
def nodes() -> Nodes:
    """All of the package's code that calls, imports or names a part of something, and where it stands."""
    return [
        (f"{file.relative_to(PACKAGE)}:{node.lineno}", node)
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call | ast.Import | ast.ImportFrom | ast.Attribute)
    ]


def imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    return {(node.module or "").partition(".")[0]} if isinstance(node, ast.ImportFrom) else set()


def test_nothing_is_unpickled(nodes: Nodes):
    assert [where for where, node in nodes if imported(node) & BANNED_MODULES] == []


def test_no_text_is_run_as_code(nodes: Nodes):
    called = [(where, node.func) for where, node in nodes if isinstance(node, ast.Call)]
    assert [where for where, f in called if isinstance(f, ast.Name) and f.id in BANNED_CALLS] == []


def test_yaml_is_only_read_in_the_way_that_runs_nothing(nodes: Nodes):
    """One place uses the C form of the safe loader, which `safe_load` cannot be told to."""
    found = [(w, n) for w, n in nodes if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)]
    loose = [where for where, node in found if node.value.id == "yaml" and node.attr in BANNED_YAML]
    assert [where.partition(":")[0] for where in loose] == ["catalogue/shelf.py"]
    assert issubclass(shelf.Loader, yaml.SafeLoader | yaml.CSafeLoader)


def test_no_array_file_may_hold_objects(nodes: Nodes):
    """numpy unpickles those."""
    asked = [(w, n) for w, n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
    loads = [(w, n) for w, n in asked if n.func.attr == "load" and getattr(n.func.value, "id", "") in ("np", "numpy")]
    given = [(w, next((k.value for k in n.keywords if k.arg == "allow_pickle"), None)) for w, n in loads]
    assert [w for w, told in given if told is not None and getattr(told, "value", True) is not False] == []


def test_no_process_is_started_through_a_shell_but_the_guard(nodes: Nodes):
    calls = [(w, n) for w, n in nodes if isinstance(n, ast.Call)]
    through = [w for w, n in calls for k in n.keywords if k.arg == "shell" and getattr(k.value, "value", True)]
    assert through == []
    systems = [w for w, n in calls if isinstance(n.func, ast.Attribute) and n.func.attr in ("system", "popen")]
    assert systems == []


def test_nobody_turns_the_check_of_certificates_off(nodes: Nodes):
    names = {"CERT_NONE", "_create_unverified_context"}
    assert [where for where, node in nodes if isinstance(node, ast.Attribute) and node.attr in names] == []


def test_every_setting_that_is_a_secret_names_a_file():
    """So that none stands in a process list, an environment dump or a settings file."""
    secret = re.compile(r"password|token|secret|api_?key|credential")
    names = [*Settings.model_fields, *KafkaSecurity.model_fields]
    loose = [name for name in names if secret.search(name) and not name.endswith("_file")]
    assert loose == ["sasl_token_callable"], "it names a function, not a secret"


def test_settings_show_the_files_of_secrets_and_never_what_is_in_them(tmp_path: Path):
    (tmp_path / "password").write_text("hunter2-secret")
    environ = {
        "LISTENER_KAFKA__SECURITY_PROTOCOL": "SASL_SSL",
        "LISTENER_KAFKA__SASL_USERNAME": "ingest",
        "LISTENER_KAFKA__SASL_PASSWORD_FILE": str(tmp_path / "password"),
        "LISTENER_TOKEN_FILE": str(tmp_path / "password"),
    }
    shown = " ".join(str(one) for one in effective(load(environ), environ))
    assert "hunter2" not in shown + repr(load(environ))
    done = subprocess.run(
        [sys.executable, "-m", "listener", "settings", "--json"],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "hunter2" not in done.stdout + done.stderr


FREE = re.compile(
    r"apache|\b(mit|isc|psf|mpl|cc0)\b|bsd|mozilla public|python software foundation|zlib|unlicense|public domain",
    re.IGNORECASE,
)
KNOWN = {"vaderSentiment": "MIT, as its LICENSE.txt says", "py3langid": "BSD-3-Clause, as its LICENSE says"}


def runtime() -> Iterator[str]:
    """Every distribution that comes with the package, from the pinned file."""
    pinned = (PACKAGE.parent / "requirements" / "runtime.txt").read_text()
    for name in re.findall(r"^([A-Za-z0-9._-]+)==", pinned, re.MULTILINE):
        try:
            importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system
        yield name


@pytest.mark.parametrize("name", sorted(runtime()))
def test_what_we_ship_with_is_free_to_use(name: str):
    """A licence that asks our users for their own sources, or none at all, is a decision and not an accident."""
    told = importlib.metadata.metadata(name)
    fields = [told.get("License-Expression"), (told.get("License") or "")[:200], *(told.get_all("Classifier") or [])]
    words = " ".join(field for field in fields if field and ("License" in field or not field.startswith("Topic")))
    assert FREE.search(words) or name in KNOWN, words


ASKED = {"name": "one", "version": "1.0", "vulns": []}
WEAK = {"name": "two", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
SILENT = {"name": "three", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("found", "code"),
    [([ASKED], 0), ([ASKED, SILENT], 3), ([SILENT], 3), ([], 3), ([ASKED, WEAK], 1), ([SILENT, WEAK], 1)],
)
def test_an_audit_is_clean_only_where_all_were_asked_about(found: list[dict], code: int, capsys):
    """A database that does not answer is told of, and is not taken for a good answer."""
    assert audit.told(found) == code
    told = capsys.readouterr()
    assert ("NOT ASKED" in told.err and "three" in told.err) == (SILENT in found)
    assert ("two 2.0: PYSEC-1, mended in 2.1" in told.out) == (WEAK in found)


@pytest.mark.parametrize(("asked", "code"), [(0, 0), (1, 1), (3, 0)])
def test_in_ci_a_known_weakness_is_a_fault_and_a_database_that_is_away_is_none(monkeypatch, asked: int, code: int):
    monkeypatch.setattr(audit, "asked", lambda: asked)
    assert audit.main(["--if-reachable"]) == code
    assert audit.main([]) == asked

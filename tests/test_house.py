"""The house itself: what is locked, what is exempt, how long files are, what the make targets call."""

import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
SOURCES = sorted(path for top in ("listener", "tests", "scripts") for path in (ROOT / top).rglob("*.py"))
LONGEST = 320
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_EXEMPTION = re.compile(r"#\s*(type: ignore|noqa)\b(?!(\[[a-z, -]+\]|: [A-Z0-9, ]+)  # \S)")


def pins(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in _PIN.findall((ROOT / "requirements" / lock).read_text()):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("runtime.txt", PROJECT["dependencies"]),
        ("dev.txt", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]),
    ],
    ids=["runtime", "dev"],
)
def test_all_that_is_asked_for_is_locked(lock: str, asked: list[str]):
    """`make lock` after a change of pyproject.toml."""
    locked = pins(lock)
    for told in map(Requirement, asked):
        assert locked.get(canonicalize_name(told.name)), told
        assert all(told.specifier.contains(version) for version in locked[canonicalize_name(told.name)]), told


@pytest.mark.parametrize("lock", ["runtime.txt", "dev.txt", "build.txt", "train.txt"])
def test_a_lock_has_hashes_and_names_no_registry(lock: str):
    text = (ROOT / "requirements" / lock).read_text()
    unhashed = re.findall(r"^\S+==.*(?<!\\)$", text, re.MULTILINE)
    assert unhashed == []
    assert "://" not in text
    assert "--index" not in text


def test_nothing_is_asked_for_that_is_not_used():
    """A dependency is somebody to trust; none without need."""
    imported = {
        word.partition(".")[0]
        for path in (ROOT / "listener").rglob("*.py")
        for word in re.findall(r"^\s*(?:import|from) ([\w.]+)", path.read_text(), re.MULTILINE)
    }
    owners = packages_distributions()
    used = {canonicalize_name(owner) for name in imported for owner in owners.get(name, ())}
    assert {canonicalize_name(Requirement(told).name) for told in PROJECT["dependencies"]} - used == set()


def test_every_exemption_has_its_reason_on_the_line():
    bare = [
        f"{path.relative_to(ROOT)}:{n}"
        for path in SOURCES
        for n, line in enumerate(path.read_text().splitlines(), 1)
        if _EXEMPTION.search(line) and path != Path(__file__)
    ]
    assert bare == []


def test_no_file_is_long():
    lines = {path.relative_to(ROOT).as_posix(): path.read_text().count("\n") for path in SOURCES}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


def test_every_make_target_says_what_it_does_and_calls_what_exists():
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^([a-z-]+):(.*)$", makefile, re.MULTILINE)
    assert [name for name, rest in targets if "## " not in rest] == []
    called = [module.replace(".", "/") for module in re.findall(r"-m ((?:scripts|tests)\.[\w.]+)", makefile)]
    for path in (ROOT / name for name in called):
        assert path.exists() or path.with_suffix(".py").exists(), path

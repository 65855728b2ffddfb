"""ARCHITECTURE.md says what the code is."""

import importlib
import inspect
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PICTURE = (ROOT / "ARCHITECTURE.md").read_text()
LONGEST_FILE = 300
"""Lines; about three screens. Beyond that a file holds two ideas."""


PACKAGES = {"listener": "The rooms", "listener.rules": "Within the rules", "listener.signals": "Within the ear"}
"""Which chapter of ARCHITECTURE.md shows the floors of which package."""
shown = pytest.mark.parametrize(("package", "chapter"), PACKAGES.items(), ids=PACKAGES)


def layers_of_the_contract(package: str) -> list[set[str]]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract.get("containers") == [package])
    return [{room.strip(" ()") for room in re.split(r"[|:]", layer)} for layer in layers]


def floors_of_the_picture(chapter: str) -> list[set[str]]:
    table = PICTURE.split(f"## {chapter}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return [set(re.findall(r"`(\w+)`", row)) for row in rows]


@shown
def test_the_picture_shows_the_floors_that_the_import_contract_holds(package: str, chapter: str):
    assert floors_of_the_picture(chapter) == layers_of_the_contract(package)


@shown
def test_every_room_stands_in_the_picture(package: str, chapter: str):
    folder = ROOT / package.replace(".", "/")
    rooms = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - {"__init__", "__main__"} == set().union(*floors_of_the_picture(chapter))


def test_no_file_holds_more_than_about_three_screens():
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in ("listener", "scripts", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if (lines := path.read_text().count("\n")) > LONGEST_FILE
    }
    assert not long


def takes(function: Callable[..., object], count: int) -> bool:
    """Whether so many arguments, by position, are enough and not too many."""
    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        return False
    return True


def test_the_functions_in_the_picture_exist_and_take_what_it_gives_them():
    named = re.findall(r"^(\w+)\.(\w+)\(((?:[^()]|\([^()]*\))*)\)", PICTURE, flags=re.MULTILINE)
    assert len(named) > 15
    wrong = [
        f"{room}.{verb}({given})"
        for room, verb, given in named
        if not takes(
            getattr(importlib.import_module(f"listener.{room}"), verb), 1 + re.sub(r"\([^()]*\)", "", given).count(",")
        )
    ]
    assert wrong == []

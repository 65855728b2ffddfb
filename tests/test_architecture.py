"""ARCHITECTURE.md says what the code is."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PICTURE = (ROOT / "ARCHITECTURE.md").read_text()
LONGEST_FILE = 300
"""Lines; about three screens. Beyond that a file holds two ideas."""


def layers_of_the_contract() -> list[set[str]]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [{room.strip(" ()") for room in re.split(r"[|:]", layer)} for layer in layers]


def floors_of_the_picture() -> list[set[str]]:
    table = PICTURE.split("## The rooms")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return [set(re.findall(r"`(\w+)`", row)) for row in rows]


def test_the_picture_shows_the_floors_that_the_import_contract_holds():
    assert floors_of_the_picture() == layers_of_the_contract()


def test_every_room_stands_in_the_picture():
    rooms = {
        path.stem for path in (ROOT / "listener").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert rooms - {"__init__", "__main__"} == set().union(*floors_of_the_picture())


def test_no_file_holds_more_than_about_three_screens():
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in ("listener", "scripts", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if (lines := path.read_text().count("\n")) > LONGEST_FILE
    }
    assert not long


def test_the_functions_in_the_picture_exist():
    from listener import alerting, catalogue, hearing, normalise, pipeline, relationship, rules, signals

    rooms = {
        "alerting": alerting,
        "catalogue": catalogue,
        "hearing": hearing,
        "normalise": normalise,
        "pipeline": pipeline,
        "relationship": relationship,
        "rules": rules,
        "signals": signals,
    }
    named = re.findall(r"^(\w+)\.(\w+)\(", PICTURE, flags=re.MULTILINE)
    assert len(named) > 15
    assert [f"{room}.{verb}" for room, verb in named if not hasattr(rooms[room], verb)] == []

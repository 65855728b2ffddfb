"""`rules lint` says where: the file, the line, the word; advice is no fault."""

import json
from pathlib import Path

from click.testing import CliRunner

from listener.cli import listener

RULE = """\
id: late
code: F12
title: The parcel came late again
MORE
notices:
- when: customer
  says: {CUE: 0.6}
why: It matters to them a lot
examples:
- {name: fires, type: basic_exchange, given: [{at: 0 min, customer: {failure: 0.9}}], expect: [F12]}
- {name: quiet, type: fling, given: [], expect: []}
"""


def linted(folder: Path, cue: str, *words: str, more: str = "status: on") -> tuple[int, str, str]:
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "late.yaml").write_text(RULE.replace("CUE", cue).replace("MORE", more))
    done = CliRunner().invoke(listener, ["rules", "lint", "--catalogue", str(folder), *words])
    return done.exit_code, done.stdout, done.stderr


def test_a_slip_is_told_with_its_file_and_line(tmp_path: Path) -> None:
    code, told, said = linted(tmp_path, "failur")
    assert (code, said) == (1, "listener: one thing to mend\n")
    first = told.splitlines()[0]
    assert first == (f"{tmp_path}/rules/late.yaml:7: late: no cue is called 'failur'; did you mean failure?")


def test_advice_alone_is_no_fault(tmp_path: Path) -> None:
    code, told, _ = linted(tmp_path, "failure")
    assert code == 0
    advice, end = told.splitlines()
    assert advice.startswith(f"{tmp_path}/rules/late.yaml:2: late: F12 is noticed by failure too")
    assert advice.endswith("(advice)")
    assert end == "nothing to mend; 1 piece of advice"


def test_a_folder_with_no_catalogue_in_it_is_not_found_in_order(tmp_path: Path) -> None:
    (tmp_path / "rules.md").write_text(RULE)
    done = CliRunner().invoke(listener, ["rules", "lint", "--catalogue", str(tmp_path)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"listener: {tmp_path}: no catalogue in it, no file that ends in .yaml\n"


def test_what_is_put_aside_is_out_of_the_way_and_nothing_more_is_said_of_it(tmp_path: Path) -> None:
    """The advice is followed by a file in the shadow: it gets no advice of its own to undo that."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "failure.yaml").write_text("status: shadow\n")
    assert linted(tmp_path, "failure") == (0, "nothing to mend\n", "")


def test_of_a_rule_in_the_shadow_it_is_said_what_holds_once_it_is_on(tmp_path: Path) -> None:
    _, told, _ = linted(tmp_path, "failure", more="status: shadow")
    assert "one tells, the surer (`p`), once late is on; if late is to speak instead, put failure aside" in told


def test_gravity_that_the_code_decides_is_not_written_in_vain(tmp_path: Path) -> None:
    code, told, _ = linted(tmp_path, "failure", more="severity: high")
    assert code == 1
    assert "`severity` changes nothing here: how grave F12 is goes by its code, type by type" in told
    assert "/rules/late.yaml:4: late: " in told


def test_a_program_reads_file_and_line_apart(tmp_path: Path) -> None:
    _, told, _ = linted(tmp_path, "failur", "--json")
    one, two = map(json.loads, told.splitlines())
    assert (one["file"], one["line"], one["grave"], two["grave"]) == (f"{tmp_path}/rules/late.yaml", 7, True, False)


def test_every_signal_that_a_rule_may_ask_for_is_listed() -> None:
    told = [json.loads(line) for line in CliRunner().invoke(listener, ["cues", "list", "--json"]).stdout.splitlines()]
    by = {one["id"]: one["by"] for one in told}
    assert (by["complaint"], by["failure:late"], by["answer_substance"]) == ("phrases", "head", "phrases")
    assert "nothing" not in by.values()
    assert "nothing tells it yet" not in CliRunner().invoke(listener, ["cues", "list"]).stdout

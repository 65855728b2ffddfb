"""What `make mutate` found: how many small changes of the rule engine its tests notice; writes docs/mutants.md.

mutmut changes one thing at a time (a comparison, a number, a name passed on) in the files that pyproject.toml names,
and runs the tests that mirror them. A change that no test notices has survived: a line nobody holds to anything, or
one that makes no difference. A file that was not measured this time, or in less of the same code, keeps the row it had.
"""

import argparse
import ast
import json
import re
from collections import Counter
from dataclasses import dataclass
from difflib import ndiff
from pathlib import Path
from subprocess import check_output

from scripts.rules.plain import COMMIT

MARK = 0.85
SURVIVED, UNTESTED = 0, 33
"""mutmut's exit codes of a mutant's test run: all tests passed; no test reaches it. Any other: it was noticed."""
_ROW = re.compile(r"\| (?P<file>listener/\S+) \| (?P<code>\w+) \| (?P<all>\d+) \| (?P<run>\d+) \| (?P<killed>\d+) .*")
_SURVIVOR = re.compile(r"- `(?P<name>listener\.\S+)`.*")
HARMLESS = (
    ("speakers.x_is_their_contact", '"XXXX"', "a named person has an id"),
    ("judging.x_due", "None", "nothing that falls due asks for the profile"),
    ("judging.x_assess", "ledger, signal, reading, None", "at a moment nobody asks for the profile"),
    ("forgetting.x_forget", "<= since_s", "it only looks whether there is one to let go"),
    ("owing.x__asks", "True", "what is asked of is a letter, and that is heard"),
    ("owing.x__asks", "asks_plainly(case, ", "the situation takes no argument"),
    ("settling.x__way", "", "runs when the file is read, before mutmut makes its change"),
    ("vocabulary.x_situation", "", "runs when the file is read, before mutmut makes its change"),
    ("ledgers.x__share_of_earlier", "> 1", "times are whole seconds"),
    ("ledgers.x__newest", "1)", "no time is of 1970"),
    ("debts.x_matters", "== one.key", "one matter is kept, and it stands last"),
    ("Scalesǁ_does", "None", "between 'consult' and 'rescind'; what is asked is whether it is 'proceed'"),
    ("remembering.x__customer_spoke", "case, None", "a complaint without a code is one, whichever way it has none"),
    ("repairing.x_due_within", "cast(None", "a cast is for the type checker alone"),
    ("repairing.x_avoid_for", "cast(None", "a cast is for the type checker alone"),
    ("repairing.x_moves_of", "cast(None", "a cast is for the type checker alone"),
    ("changes.x_bought_before_the_same", "XXXX", "a word that no category has"),
    ("changes.x_bought_before_the_same", "XX_XX", "words end at an underscore anyhow"),
    ("sends.x_outside_the_habit", "XX_XX", "words end at an underscore anyhow"),
    ("talk.x_same_line_again", "i + 9", "sixteen digits are compared, whatever follows"),
    ("talk.x_same_line_again", "XX:XX", "sixteen digits are compared, whatever follows"),
    ("owed.x_has_cause_to_complain", "wronged_of_late(case, ", "the situation takes no argument"),
    ("verdict.x__is_meant", "True", "an act is for a customer or has an audience"),
)
"""Changes that make no difference: in which function, what is in the line it became, why."""
HEAD = f"""\
# Do the tests of the rule engine notice a change?

Made by `make mutate` (mutmut; the files and tests are named in pyproject.toml, `[tool.mutmut]`).
The mark is {MARK:.0%} killed.

`code` is the last commit that had changed the file when it was measured. mutmut changes what stands in functions only.

| file | code | mutants | run | killed | share of those run |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Measured:
    """One file's row: the commit of its code, its mutants, how many were run, how many killed; what survived."""

    code: str
    mutants: int
    run: int
    killed: int
    survivors: tuple[str, ...] = ()


def measured(folder: Path) -> dict[str, Measured]:
    """What was run this time, by file."""
    files: dict[str, Measured] = {}
    for meta in sorted(folder.glob("listener/**/*.meta")):
        codes = json.loads(meta.read_text()).get("exit_code_by_key", {})
        told = Counter(code in (SURVIVED, UNTESTED) for code in codes.values() if code is not None)
        if not codes:
            continue
        name = str(meta.relative_to(folder)).removesuffix(".meta")
        changed = _Changed(folder / name)
        alive = (changed.told(one) for one, code in codes.items() if code in (SURVIVED, UNTESTED))
        files[name] = Measured(
            _last_change_of(name, folder.parent), len(codes), told.total(), told[False], tuple(alive)
        )
    return files


class _Changed:
    """A mutated file: each function stands in it as it was, and once for each mutant."""

    def __init__(self, file: Path) -> None:
        source = file.read_text()
        lines = source.splitlines()
        functions = (one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef))
        self.functions = {one.name: lines[one.lineno : one.end_lineno] for one in functions}

    def told(self, mutant: str) -> str:
        """A mutant by its name and the lines it changed, and why that makes no difference, where it makes none."""
        name = mutant.rpartition(".")[2]
        was = self.functions[re.sub(r"__mutmut_\d+$", "__mutmut_orig", name)]
        lines = [line for line in ndiff(was, self.functions[name]) if line[0] in "-+" and "__mutmut_" not in line]
        pairs = " became ".join(f"`{' '.join(line[1:].split())}`" for line in lines)
        function = mutant.rpartition("__mutmut_")[0]
        why = (f" (no difference: {why})" for end, now, why in HARMLESS if function.endswith(end) and now in lines[-1])
        return f"- `{mutant}`: {pairs}{next(why, '')}"


def _last_change_of(file: str, copy: Path) -> str:
    commit = (copy / COMMIT).read_text()
    return check_output(("git", "log", "-1", "--format=%h", commit, "--", file), text=True).strip()


def earlier(page: Path) -> dict[str, Measured]:
    """The rows of the page as it stands, of files that are still there."""
    lines = page.read_text().splitlines() if page.exists() else []
    rows = [found.groupdict() for line in lines if (found := _ROW.fullmatch(line))]
    files = {}
    for row in rows:
        module = row["file"].removesuffix(".py").replace("/", ".") + "."
        alive = (line for line in lines if (found := _SURVIVOR.fullmatch(line)) and _is_of(found["name"], module))
        if Path(row["file"]).exists():
            files[row["file"]] = Measured(
                row["code"], int(row["all"]), int(row["run"]), int(row["killed"]), tuple(alive)
            )
    return files


def _is_of(mutant: str, module: str) -> bool:
    return mutant.startswith(module) and "." not in mutant.removeprefix(module)


def report(files: dict[str, Measured]) -> str:
    """docs/mutants.md."""
    every = files.values()
    total = Measured("", sum(n.mutants for n in every), sum(n.run for n in every), sum(n.killed for n in every))
    survivors = [line for one in every for line in one.survivors]
    rows = [_row(name, one) for name, one in (*files.items(), ("**all**", total))]
    harmless = sum("(no difference: " in line for line in survivors)
    told = [f"Survivors ({len(survivors)}; {harmless} make no difference), for `python -m mutmut show NAME`:", ""]
    return HEAD + "\n".join((*rows, "", *told, *survivors)) + "\n"


def _row(name: str, one: Measured) -> str:
    share = f"{one.killed / one.run:.3f}" if one.run else "-"
    return f"| {name} | {one.code} | {one.mutants} | {one.run} | {one.killed} | {share} |"


def main() -> None:
    """Count, and write it down."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--mutants", type=Path, default=Path("build/mutate/mutants"))
    asked.add_argument("--write", type=Path, default=Path("docs/mutants.md"))
    told = asked.parse_args()
    files = earlier(told.write)
    for name, now in measured(told.mutants).items():
        if name not in files or now.run >= files[name].run or (now.run and now.code != files[name].code):
            files[name] = now
    told.write.write_text(report(dict(sorted(files.items()))))
    print(told.write)


if __name__ == "__main__":
    main()

"""What `make mutate` found: how many small changes of the rule engine its tests notice; writes docs/mutants.md.

mutmut changes one thing at a time (a comparison, a number, a name passed on) in the files that pyproject.toml names,
and runs the tests that mirror them. A change that no test notices has survived: a line nobody holds to anything, or
one that makes no difference.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

MARK = 0.85
SURVIVED, UNTESTED = 0, 33
"""mutmut's exit codes of a mutant's test run: all tests passed; no test reaches it. Any other: it was noticed."""


def counted(folder: Path) -> tuple[dict[str, Counter[str]], list[str]]:
    """Per file how many mutants were killed, survived or were not run, and the names of the survivors."""
    files: dict[str, Counter[str]] = {}
    survivors: list[str] = []
    for meta in sorted(folder.glob("listener/**/*.meta")):
        codes = json.loads(meta.read_text()).get("exit_code_by_key", {})
        told = Counter(
            "not run" if code is None else "survived" if code in (SURVIVED, UNTESTED) else "killed"
            for code in codes.values()
        )
        if told:
            files[str(meta.relative_to(folder)).removesuffix(".meta")] = told
            survivors += [name for name, code in codes.items() if code in (SURVIVED, UNTESTED)]
    return files, survivors


def report(folder: Path) -> str:
    """docs/mutants.md."""
    files, survivors = counted(folder)
    total = sum(files.values(), Counter[str]())
    rows = [*files.items(), ("**all**", total)]
    lines = [
        "# Do the tests of the rule engine notice a change?",
        "",
        "Made by `make mutate` (mutmut; the files and tests are named in pyproject.toml, `[tool.mutmut]`).",
        f"The mark is {MARK:.0%} killed.",
        "",
        "| file | mutants | run | killed | share of those run |",
        "|---|---|---|---|---|",
        *(_row(name, told) for name, told in rows),
        "",
        f"Survivors ({len(survivors)}), for `python -m mutmut show NAME`:",
        "",
        *(f"- `{name}`" for name in survivors),
    ]
    return "\n".join(lines) + "\n"


def _row(name: str, told: Counter[str]) -> str:
    run = told.total() - told["not run"]
    share = f"{told['killed'] / run:.3f}" if run else "-"
    return f"| {name} | {told.total()} | {run} | {told['killed']} | {share} |"


def main() -> None:
    """Count, and write it down."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--mutants", type=Path, default=Path("mutants"))
    asked.add_argument("--write", type=Path, default=Path("docs/mutants.md"))
    told = asked.parse_args()
    told.write.write_text(report(told.mutants))
    print(told.write)


if __name__ == "__main__":
    main()

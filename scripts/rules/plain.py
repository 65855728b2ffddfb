"""A copy of the project to be mutated: what a decorator says of a function there, a call says behind it.

mutmut leaves decorated functions alone, and what a rule may ask for (`@situation`) or be settled by (`@_way`) is
nothing else. `python -m scripts.rules.plain FOLDER` copies what git knows of; nothing but the form differs.
"""

import argparse
import ast
import shutil
from pathlib import Path
from subprocess import check_output

COMMIT = "COMMIT"
"""The file that says of which commit it is a copy."""


def plain(source: str) -> str:
    r"""A module in which functions that stand under one decorator, made by a call, are given to it behind their end.

    >>> print(plain("@named('late')\ndef is_late(case):\n    return case.late\n"))
    def is_late(case):
        return case.late
    is_late = named('late')(is_late)
    """
    lines = source.splitlines()
    for one in reversed(ast.parse(source).body):
        if isinstance(one, ast.FunctionDef) and [type(by) for by in one.decorator_list] == [ast.Call]:
            by = one.decorator_list[0]
            lines[one.end_lineno : one.end_lineno] = [f"{one.name} = {ast.unparse(by)}({one.name})"]
            del lines[by.lineno - 1 : by.end_lineno]
    return "\n".join(lines)


def main() -> None:
    """Copy, and rewrite the rules."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    folder: Path = asked.parse_args().folder
    if check_output(("git", "status", "--porcelain", "--untracked-files=no")):
        asked.error("commit first: the page names the commit that each row was measured on")
    for name in check_output(("git", "ls-files"), text=True).splitlines():
        if Path(name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(name, folder / name)
    (folder / COMMIT).write_text(check_output(("git", "rev-parse", "HEAD"), text=True).strip())
    for file in (folder / "listener" / "rules").glob("**/*.py"):
        before = file.read_text()
        if (after := plain(before)) != before.rstrip("\n"):
            file.write_text(after + "\n")


if __name__ == "__main__":
    main()

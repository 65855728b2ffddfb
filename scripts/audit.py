"""Ask whether anything we ship with has a known weakness: `make audit`.

pip-audit reads requirements/runtime.txt, every line of which is pinned and hashed (a test sees to that), and asks the
package index's advisory database. Exit code 0: asked, nothing known; 1: something is known; 3: the database could not
be asked from here. CI asks too, with `--if-reachable`: a known weakness fails it, a database that is away does not, and
shows in its log; the tests of pins, hashes and licences (tests/test_safe_code.py) need no network. Where the
database cannot be reached, take requirements/runtime.txt to a machine that reaches it; the file is all that is needed.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PINNED = Path(__file__).parents[1] / "requirements" / "runtime.txt"
WORDS = ["tool", "run", "pip-audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off", "-f", "json"]

CLEAN, KNOWN, NOT_ASKED = 0, 1, 3
PATIENCE_S = 120.0


def main(words: Sequence[str]) -> int:
    """Ask, and say what came of it."""
    code = asked()
    return CLEAN if code == NOT_ASKED and "--if-reachable" in words else code


def asked() -> int:
    """Ask pip-audit; what it says as an exit code."""
    uv = Path(sys.executable).with_name("uv")
    command = [uv, *WORDS, "-r", PINNED]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        print(f"NOT ASKED: nobody answered within {PATIENCE_S:g} s", file=sys.stderr)
        return NOT_ASKED
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print("NOT ASKED, pip-audit could not be run here:", done.stderr.strip().splitlines()[-1:], file=sys.stderr)
        return NOT_ASKED
    return told(found)


def told(found: list[dict]) -> int:
    """Say what is known of each, and of how many nothing could be learnt: silence is no good news."""
    asked = [one for one in found if "skip_reason" not in one]
    weak = [(one, vuln) for one in asked for vuln in one["vulns"]]
    for one, vuln in weak:
        mended = ", ".join(vuln["fix_versions"]) or "no version yet"
        print(f"{one['name']} {one['version']}: {vuln['id']}, mended in {mended}")
    print(f"{len(asked)} of {len(found)} packages asked about, {len(weak)} weaknesses known", file=sys.stderr)
    if silent := [one["name"] for one in found if "skip_reason" in one]:
        print(f"NOT ASKED, the advisory database does not answer of them: {', '.join(silent)}", file=sys.stderr)
    if weak:
        return KNOWN
    return CLEAN if found and len(asked) == len(found) else NOT_ASKED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Ask whether anything we ship with has a known weakness: `make audit`.

pip-audit reads requirements/runtime.txt, every line of which is pinned and hashed (a test sees to that), and asks the
package index's advisory database. Exit code 0: asked, nothing known; 1: something is known; 3: the database could not
be asked from here. CI does not run it, since it must not depend on a host that may be away: it runs the tests of the
pins, the hashes and the licences (tests/test_safe_code.py). Without a network that reaches the database, take
requirements/runtime.txt to a machine that has one; the file is all that is needed.
"""

import json
import subprocess
import sys
from pathlib import Path

PINNED = Path(__file__).parents[1] / "requirements" / "runtime.txt"
WORDS = ["tool", "run", "pip-audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off", "-f", "json"]

CLEAN, KNOWN, NOT_ASKED = 0, 1, 3


def main() -> int:
    """Ask, and say what came of it."""
    uv = Path(sys.executable).with_name("uv")
    done = subprocess.run([uv, *WORDS, "-r", PINNED], capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print("pip-audit could not be run here:", done.stderr.strip().splitlines()[-1:], file=sys.stderr)
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
    sys.exit(main())

"""A stage under a wall clock of its own: `python -m tests.delivery.bent relate`.

HARNESS_CLOCK names a file with the seconds that this process's wall clock is off by.
"""

import os
import sys
import time
from pathlib import Path


def bend_the_clock(file: Path) -> None:
    """Let the wall clock of this process be off by what stands in a file, which may change while it runs."""
    true, looked = time.time, [0.0, 0.0]

    def bent() -> float:
        now = true()
        if now - looked[0] > 0.2:
            looked[:] = [now, float(file.read_text() or 0) if file.exists() else 0.0]
        return now + looked[1]

    time.time = bent


def main() -> int:
    bend_the_clock(Path(os.environ["HARNESS_CLOCK"]))
    from tests.delivery.stage import main as run  # only now: whatever it imports takes the bent one

    return run()


if __name__ == "__main__":
    sys.exit(main())

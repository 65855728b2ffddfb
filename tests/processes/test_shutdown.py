"""Who is told to stop stops, or is ended."""

import subprocess
import sys

WAITS = """
import asyncio, signal, os, sys
from listener.processes.shutdown import when_told_to_stop

async def work():
    told = asyncio.Event()
    when_told_to_stop(told.set, longest_s=float(sys.argv[1]))
    os.kill(os.getpid(), signal.SIGTERM)
    await told.wait()
    if sys.argv[2] == "hangs":
        await asyncio.Event().wait()

asyncio.run(work())
"""


def ended(longest_s: float, then: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WAITS, str(longest_s), then], timeout=60, capture_output=True, text=True
    )


def test_a_signal_stops_the_work_in_order():
    assert ended(30, "ends").returncode == 0


def test_an_end_that_hangs_is_ended_with_code_1_and_tells_what_it_waited_for():
    told = ended(0.5, "hangs")
    assert told.returncode == 1
    assert "ending_hangs" in told.stdout + told.stderr
    assert "work:11 > wait:" in told.stdout + told.stderr

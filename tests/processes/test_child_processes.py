"""Stages under one command. The stages here are stand-ins: Python scripts that live or die as told."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from listener.processes.child_processes import ChildProcesses
from tests.patience import PATIENT_S, comes_true

LISTENER = """
import signal, sys
stage = sys.argv[1]
if stage == "dies": sys.exit(7)
if stage != "loads": signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("up", flush=True)
signal.pause()
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment in which `python -m listener` is the stand-in."""
    package = tmp_path / "listener"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(LISTENER)
    return {"PYTHONPATH": str(tmp_path), "PATH": os.environ["PATH"]}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-m` looks in the current folder first, where the real listener is."""
    monkeypatch.chdir(tmp_path)


async def up(log: Path) -> None:
    await comes_true(lambda: log.exists() and "up" in log.read_text())


async def test_the_first_to_leave_is_named_with_its_code(environ: dict[str, str], tmp_path: Path):
    children = ChildProcesses()
    await children.start("stays", environ, tmp_path / "stays.log")
    await children.start("dies", environ, tmp_path / "dies.log")
    assert await asyncio.wait_for(children.first_to_leave(), PATIENT_S) == ("dies", 7)
    await up(tmp_path / "stays.log")
    assert await children.stop() == {"stays": 0, "dies": 7}


async def test_none_is_left_after_a_stop(environ: dict[str, str], tmp_path: Path):
    children = ChildProcesses()
    for n in range(2):
        await children.start("stays", environ, tmp_path / f"{n}.log")
        await up(tmp_path / f"{n}.log")
    pids = [child.pid for child in children.hands]
    await children.stop()
    assert not any(psutil.pid_exists(pid) for pid in pids)


async def test_none_outlives_a_parent_that_was_killed(environ: dict[str, str], tmp_path: Path):
    script = (
        "import asyncio, os, sys\nfrom pathlib import Path\nsys.path.remove('')\n"
        "from listener.processes.child_processes import ChildProcesses\n"
        "async def main():\n"
        "    crew = ChildProcesses()\n"
        "    await crew.start('stays', eval(sys.argv[1]), Path('child.log'))\n"
        "    print([child.pid for child in crew.hands][0], flush=True)\n"
        "    await asyncio.Event().wait()\n"
        "asyncio.run(main())"
    )
    words = [sys.executable, "-c", script, repr(environ)]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        await up(tmp_path / "child.log")
        os.kill(parent.pid, signal.SIGKILL)
    await asyncio.to_thread(child.wait, 10)
    assert not child.is_running()


async def test_one_that_is_asked_before_it_listens_ends_well(environ: dict[str, str], tmp_path: Path):
    """Python takes seconds to load a stage, and dies of being asked meanwhile."""
    children = ChildProcesses()
    await children.start("loads", environ, tmp_path / "loads.log")
    await up(tmp_path / "loads.log")
    assert await children.stop() == {"loads": 0}

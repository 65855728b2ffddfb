"""A worker's folder is its own for as long as it lives."""

import gc
import subprocess
import sys

from listener.processes.worker_slot import take_slot

TAKE = """
import sys, pathlib
from listener.processes.worker_slot import take_slot
print(take_slot(pathlib.Path(sys.argv[1]), "relate").name)
"""


def taken_by_another(folder) -> str:
    return subprocess.run([sys.executable, "-c", TAKE, str(folder)], capture_output=True, text=True, check=True).stdout


def test_two_workers_never_share_a_place(tmp_path):
    mine = take_slot(tmp_path, "relate")
    assert taken_by_another(tmp_path).strip() != mine.name


def test_a_place_is_held_though_nobody_remembers_it(tmp_path):
    """Shells take the folder and the name and drop the rest; the lock must not go with it."""
    name = take_slot(tmp_path, "relate").name
    gc.collect()
    assert taken_by_another(tmp_path).strip() != name


def test_a_place_is_free_again_once_its_worker_has_gone(tmp_path):
    assert taken_by_another(tmp_path) == taken_by_another(tmp_path)

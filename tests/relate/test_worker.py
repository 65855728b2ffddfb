"""Relate as a process."""

from pathlib import Path

from structlog.testing import capture_logs

from listener.relate.worker import run
from listener.settings import Settings
from tests.shell_fakes import counting_core


def test_a_folder_that_cannot_be_made_is_logged_and_ends_it(tmp_path: Path):
    (tmp_path / "file").touch()
    with capture_logs() as told:
        assert run(Settings(data_dir=tmp_path / "file" / "data"), counting_core(), "none") == 1
    assert [(one["event"], one["error"]) for one in told] == [("relate_ends", "NotADirectoryError")]

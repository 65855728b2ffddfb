"""Asking `listener precheck` of a plan, as whoever plans it would."""

import json
from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner

from listener.cli import listener
from tests.rules.prechecking.test_verdict import estimate

OURS = {"LISTENER_BRAND": "acme", "COLUMNS": "0"}


def asked(folder: Path, planned: dict, *wanted: str, code: int = 1, more: Sequence[str] = ()) -> str:
    """What the command says of a plan, to customers who want these."""
    act, known = folder / "act.json", folder / "known.jsonl"
    act.write_text(json.dumps(planned))
    known.write_text("".join(estimate(f"C-{n}", name).model_dump_json() + "\n" for n, name in enumerate(wanted, 1)))
    done = CliRunner().invoke(listener, ["precheck", str(act), "--estimates", str(known), *more], env=OURS)
    assert done.exit_code == code, done.output
    return done.stderr if code == 2 else done.output

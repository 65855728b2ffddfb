"""What a person copies from our words into a shell."""

import json
import shlex
import subprocess
import textwrap
from typing import Any


def pasted(text: str) -> list[dict[str, Any]]:
    """What the commands shown there send, where `send -` is what reads it."""
    lines = textwrap.dedent(text[text.index("  echo ") :]).splitlines()
    command = "\n".join(lines[: next(i for i, line in enumerate(lines) if not line.endswith("\\")) + 1])
    echoing, _, sending = command.rpartition("|")
    assert shlex.split(sending)[1:3] == ["send", "-"]
    said = subprocess.run(["sh", "-c", echoing.rstrip(" \\\n")], capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in said.splitlines()]

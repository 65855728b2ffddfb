"""Secrets lie in files: read when they are needed, kept nowhere, and never in what is said when one cannot be read."""

import ssl
from pathlib import Path
from typing import Final

LARGEST: Final = 64 * 1024


class BadCredentials(Exception):
    """A secret that cannot be read or used; says which setting names it, and never what it holds."""


def secret(setting: str, file: Path) -> str:
    """What a file of a secret holds, without the line's end.

    Raises:
        BadCredentials: where there is none to be had.
    """
    try:
        with file.open("rb") as opened:
            told = opened.read(LARGEST).decode().strip()
    except (OSError, UnicodeDecodeError) as trouble:
        raise BadCredentials(f"{setting} {file}: {reason_of(trouble)}") from None
    if not told:
        raise BadCredentials(f"{setting} {file}: it is empty")
    return told


def reason_of(trouble: BaseException) -> str:
    """What went wrong, in words that quote no file."""
    if isinstance(trouble, ssl.SSLError):
        return trouble.reason or "not PEM, or the wrong key"
    return getattr(trouble, "strerror", None) or type(trouble).__name__

"""What was heard and why, in words for a terminal."""

from collections.abc import Mapping
from typing import Any

_LONGEST = 110


def in_words(told: Mapping[str, Any]) -> str:
    """An explanation as lines: each signal with its score, the phrase that spoke, and the features of its head.

    >>> signals = {"exit": {"p": 0.9, "phrase": "i am off", "said": "I'm off", "features": [("off", 1.2)]}}
    >>> print(in_words({"language": "en", "sentiment": 0.0, "target": "brand", "signals": signals}))
    language en  sentiment 0.0  target brand
     0.90  exit                 "I'm off"  by the phrase: i am off
                                head: off +1.20
    """
    known = [f"{name} {told[name]}" for name in ("language", "sentiment", "target") if told[name] is not None]
    lines = ["  ".join(known) or "nothing is said in it"]
    for name, one in told["signals"].items():
        why = (
            f'"{_short(one["said"], 60)}"  by the phrase: {_short(one["phrase"])}' if "phrase" in one else "by its head"
        )
        lines.append(f"{one['p']:5.2f}  {name:20} {why}")
        if features := one.get("features"):
            lines.append(" " * 28 + "head: " + ", ".join(f"{word} {weight:+.2f}" for word, weight in features))
    return "\n".join(lines)


def _short(said: str, longest: int = _LONGEST) -> str:
    said = " ".join(said.split())
    return said if len(said) <= longest else said[: longest - 1] + "…"

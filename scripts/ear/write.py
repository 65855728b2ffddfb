"""The weights' file: eight bits a number, a zip without times, so that the same weights are the same bytes."""

import io
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

OUT = Path(__file__).resolve().parents[2] / "listener" / "signals" / "weights" / "ear.npz"


@dataclass
class Trained:
    """What was learnt: `rows` (words and pairs, heads) with the vectors folded in, `by_fact` (facts, heads)."""

    names: list[str]
    facts: tuple[str, ...]
    words: list[str]
    pairs: dict[int, int]
    rows: np.ndarray
    weight: np.ndarray
    by_fact: np.ndarray
    bias: np.ndarray


def write(told: Trained, place: Path) -> None:
    """Round and write."""
    scale = np.maximum(np.abs(told.rows).max(0), 1e-6) / 127.0
    arrays = {
        "names": _text(told.names),
        "facts": _text(told.facts),
        "words": _text(told.words),
        "pairs": np.array(list(told.pairs), np.int64),
        "rows": np.clip(np.rint(told.rows / scale), -127, 127).astype(np.int8),
        "scale": scale.astype(np.float32),
        "weight": told.weight.astype(np.float32),
        "by_fact": told.by_fact.astype(np.float32),
        "bias": told.bias.astype(np.float32),
    }
    place.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            held = io.BytesIO()
            np.lib.format.write_array(held, array, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", (2026, 1, 1, 0, 0, 0))
            archive.writestr(entry, held.getvalue(), zipfile.ZIP_DEFLATED)
    size = place.stat().st_size / 1e6
    print(f"{place.name}: {size:.1f} MB, {len(told.words)} words, {len(told.pairs)} pairs", file=sys.stderr)


def _text(lines: list[str] | tuple[str, ...]) -> np.ndarray:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)

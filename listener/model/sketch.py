"""Comparing texts without having them: a simhash and keyed hashes of the words that carry content.

A sketch is `<16 hex digits of simhash>:<up to 24 keyed hashes, 6 hex digits each, dot-separated>`. Texts that say
nearly
the same thing differ in few bits of the simhash (Charikar 2002); texts on one topic share content words.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

WORDS = 24
"""How many content words a sketch remembers, the rarest-looking (longest) first."""


def digest(word: str, key: bytes) -> int:
    """64 bits of the word, keyed, so that no dictionary of hashes reads a sketch without the key."""
    return int.from_bytes(
        hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest(), "big"
    )


def simhashes(texts: Sequence[Sequence[int]]) -> list[int]:
    """For each text 64 bits: each the majority of that bit among its words' digests and those of its pairs of words."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return majorities(np.fromiter(chain.from_iterable(texts), np.uint64, int(lengths.sum())), lengths)


def majorities(words: NDArray[np.uint64], lengths: NDArray[np.int64]) -> list[int]:
    """Simhashes of texts that lie one behind the other: `words` their words' digests, `lengths` how many each has."""
    owner = np.repeat(np.arange(len(lengths)), lengths)
    both = np.repeat(words, 2)
    with np.errstate(over="ignore"):
        both[1:-1:2] = (words[:-1] * _MIX ^ (words[1:] >> np.uint64(7))) * _MIX
    of_one_text = np.ones(len(both), bool)
    of_one_text[1:-1:2] = owner[1:] == owner[:-1]
    of_one_text[-1:] = False
    sizes = np.maximum(2 * lengths - 1, 0)
    majority = _votes(both[of_one_text], sizes) > (sizes // 2)[:, None]
    told: list[int] = np.packbits(majority, axis=1).view(">u8").ravel().tolist()
    return told


def _votes(digests: NDArray[np.uint64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """How often each bit is set among the digests of each text: shape (texts, 64), the highest bit first.

    Eight bits are counted at a time, one in each byte of a 64-bit number, over stretches too short to overflow it.
    """
    out = np.zeros((len(lengths), 64), np.int64)
    if not digests.size:
        return out
    stretches = -(-lengths // _STRETCH)
    text = np.repeat(np.arange(len(lengths)), stretches)
    nth = np.arange(len(text)) - np.repeat(np.cumsum(stretches) - stretches, stretches)
    starts = (np.cumsum(lengths) - lengths)[text] + nth * _STRETCH
    lanes = np.empty((len(starts), 8), ">u8")
    for bit in range(8):
        lanes[:, 7 - bit] = np.add.reduceat(digests >> np.uint64(bit) & _LANES, starts)
    counts = lanes.view(np.uint8).reshape(-1, 8, 8).swapaxes(1, 2).reshape(-1, 64)
    first = np.flatnonzero(nth == 0)
    out[text[first]] = np.add.reduceat(counts, first, axis=0, dtype=np.int64)
    return out


_MIX = np.uint64(0x9E3779B97F4A7C15)
_LANES = np.uint64(0x0101010101010101)
_STRETCH = 255


def write(simhash: int, marks: Iterable[str]) -> str:
    """The sketch of a simhash and of the marks of WORDS content words in order."""
    return f"{simhash:016x}:" + ".".join(marks)


def mark(told: int) -> str:
    """The keyed hash of a content word, from its digest."""
    return f"{told & 0xFFFFFF:06x}"


def make(words: Sequence[str], content: Iterable[str], key: bytes = b"") -> str | None:
    """The sketch of a text's words, of which some carry content; None where there are none.

    >>> make([], []) is None
    True
    """
    if not words:
        return None
    marks = [mark(digest(w, key)) for w in in_order(content)[:WORDS]]
    return write(simhashes([[digest(w, key) for w in words]])[0], marks)


def longer_first(word: str) -> str:
    """A word behind a sign of its length, so that of such the longer come first, then in order of the alphabet.

    >>> [w[1:] for w in sorted(map(longer_first, ["late", "parcel", "bill"]))]
    ['parcel', 'bill', 'late']
    """
    return chr(max(0, 255 - len(word))) + word


def in_order(content: Iterable[str]) -> list[str]:
    """Words that carry content, each once, longer ones first: in the order that a sketch keeps them."""
    return [word[1:] for word in sorted(set(map(longer_first, content)))]


def topic_key(content: Sequence[str], key: bytes = b"") -> str | None:
    """One short name for what a text is about: a hash of its three longest content words, in order of the alphabet."""
    keep = sorted(content[:3])
    return f"{digest(' '.join(keep), key):016x}" if keep else None


def similarity(a: str | None, b: str | None) -> float:
    """How alike two texts are, 0..1: 1 is word for word; unrelated texts come out near 0.

    The share of simhash bits that agree, stretched so that chance (half of them) is 0.
    """
    if not a or not b:
        return 0.0
    differing = (int(a[:16], 16) ^ int(b[:16], 16)).bit_count()
    return max(0.0, 1.0 - differing / 32.0)


def words_of(sketch: str | None) -> frozenset[str]:
    """The keyed hashes of its content words."""
    return frozenset(sketch[17:].split(".")) - {""} if sketch else frozenset()


@lru_cache(maxsize=64)
def packed_words(sketch: str | None) -> bytes:
    """The same in order as bytes, three a word."""
    return b"".join(bytes.fromhex(word) for word in sorted(words_of(sketch)))


def overlap(a: str | None, b: str | None) -> float:
    """The share of the shorter text's content words that the other has too, 0..1; 0 where either has none.

    >>> overlap("0000000000000000:aaaaaa.bbbbbb", "0000000000000000:bbbbbb")
    1.0
    """
    mine, theirs = words_of(a), words_of(b)
    return len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else 0.0

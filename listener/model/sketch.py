"""Comparing texts without having them: a simhash and keyed hashes of the words that carry content.

A sketch is `<16 hex digits of simhash>:<up to 24 keyed hashes, 6 hex digits each, dot-separated>`. Texts that say nearly
the same thing differ in few bits of the simhash (Charikar 2002); texts on one topic share content words.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

WORDS = 24
"""How many content words a sketch remembers, the rarest-looking (longest) first."""


@lru_cache(maxsize=65_536)
def _digest(word: str, key: bytes) -> int:
    """64 bits of the word, keyed, so that no dictionary of hashes reads a sketch without the key."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest(), "big")


_BITS = tuple(1 << i for i in range(64))


@lru_cache(maxsize=65_536)
def _spread(digest: int) -> int:
    """The 64 bits of a digest as 64 counters of 16 bits, so that one addition counts them all."""
    return sum(1 << (16 * i) for i in range(64) if digest & _BITS[i])


def simhash(digests: Sequence[int]) -> int:
    """64 bits, each the majority of that bit among the digests (ties count as 0)."""
    total, half, out = sum(map(_spread, digests)), len(digests) // 2, 0
    for i in range(64):
        if (total >> (16 * i)) & 0xFFFF > half:
            out |= _BITS[i]
    return out


def make(words: Sequence[str], content: Iterable[str], key: bytes = b"") -> str | None:
    """The sketch of a text's words, of which some carry content; None where there are none.

    >>> make([], []) is None
    True
    """
    if not words:
        return None
    pairs = list(words) + [f"{a} {b}" for a, b in zip(words, words[1:], strict=False)]
    keep = sorted(set(content), key=lambda w: (-len(w), w))[:WORDS]
    hashes = ".".join(f"{_digest(w, key) & 0xFFFFFF:06x}" for w in keep)
    return f"{simhash([_digest(p, key) for p in pairs[:4096]]):016x}:{hashes}"


def topic_key(content: Iterable[str], key: bytes = b"") -> str | None:
    """One short name for what a text is about: a hash of its three longest content words, in order of the alphabet."""
    keep = sorted(sorted(set(content), key=lambda w: (-len(w), w))[:3])
    return f"{_digest(' '.join(keep), key):016x}" if keep else None


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


def overlap(a: str | None, b: str | None) -> float:
    """The share of the shorter text's content words that the other has too, 0..1; 0 where either has none.

    >>> overlap("0000000000000000:aaaaaa.bbbbbb", "0000000000000000:bbbbbb")
    1.0
    """
    mine, theirs = words_of(a), words_of(b)
    return len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else 0.0

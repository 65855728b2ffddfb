"""The moves of a repair for whoever is to make them: in plain words where the name alone tells little."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final

from listener.showing.words import plain

MOST: Final = 5
"""So many moves of a repair are told, and so many words of what to avoid: the first, which are the most telling."""
WORDS: Final = {
    "clear_all_open_matters": "settle all that is open at once",
    "concierge": "one person who sees to everything",
    "continuity": "show that what they know stays",
    "costly_signal": "give up something the firm feels, to show it means it",
    "dial_down_intimacy": "less familiar a tone",
    "drop_intimacy": "no familiar tone",
    "echo_their_nouns": "call things as they do",
    "exception_authority": "let whoever answers grant exceptions",
    "explain_continuity": "explain what stays as it was",
    "explain_partnership": "explain why the firm joined with the other one",
    "fix_function": "make the thing work",
    "fix_within_the_slot": "mend it without taking up more of their life",
    "keep_their_line": "stay where they draw the line",
    "lift_controls": "lift the checks put on them",
    "make_whole": "make good all they lost",
    "next_novelty": "show them the next new thing",
    "novelty": "offer something new",
    "offer_exit_or_cap": "offer a way out, or a cap on what they pay",
    "one_useful_step": "offer one useful next step",
    "open_the_file": "look at their file first",
    "pace_control": "let them set the pace",
    "reinforce_lightly": "thank them lightly",
    "restore_cover": "give them back their cover",
    "restore_supply_first": "first let them get it again",
    "shorten": "make it shorter",
    "thank_tenure": "thank them for their years",
}


def moves(rows: Iterable[Sequence[str]]) -> str:
    """The first moves of several repairs.

    >>> moves([["restore_supply_first", "consult"], ["answer_now"]])
    'first let them get it again, answer now, consult'
    """
    return ", ".join(WORDS.get(move, plain(move)) for move in first_of(rows))


def first_of(rows: Iterable[Sequence[str]]) -> list[str]:
    """The first of several rows of words, those that stand first in each first."""
    ordered = (word for place in zip_longest(*rows) for word in place if word)
    return [*dict.fromkeys(ordered)][:MOST]

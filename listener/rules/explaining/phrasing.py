"""A rule's conditions as a person would say them: sides, details, cues, situations, spans."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from listener.catalogue import Catalogue
from listener.model.spans import seconds
from listener.model.types import TYPE_INDEX
from listener.rules.situations import SITUATIONS, understand

GRAVE: Final = ("nothing", "an irritation", "a breach", "a grave breach")
"""What a digit of the severity matrix is, in words."""
_SIDES: Final = {
    "customer": "the customer speaks",
    "agent": "a human of the firm speaks",
    "campaign": "the firm sends a mailing",
    "system": "an automatic message goes out",
}
_ONCE: Final = {
    "talk": "counted once in a conversation",
    "matter": "counted once in a matter: what else is heard of it within 21 days only proves it",
}
_CODE: Final = re.compile(r"[FCBMSD]\d\d")


def spoken(when: str) -> str:
    """What sets a rule off.

    >>> spoken("price_changed")
    'the firm reports: price changed'
    """
    return _SIDES.get(when) or f"the firm reports: {plain(when)}"


def counted(once: str) -> str:
    """What counts as one act; empty where each event does."""
    return _ONCE.get(once, "")


def plain(name: str) -> str:
    """An id as words.

    >>> plain("failure:late")
    'failure: late'
    """
    return name.replace("_", " ").replace(":", ": ")


def value(told: Any) -> str:
    """A detail's value; a detail that is not told is not false.

    >>> value(True), value(None), value("new_customers"), value(2.50)
    ('yes', 'not told', 'new customers', '2.5')
    """
    if told is None:
        return "not told"
    if isinstance(told, bool):
        return "yes" if told else "no"
    if isinstance(told, float):
        return f"{told:g}"
    if isinstance(told, Mapping) and "amount" in told:
        return f"{told['amount']} {told.get('currency', '')}".strip()
    return any_of([value(one) for one in told]) if isinstance(told, list) else str(told).replace("_", " ")


def detail(name: str, wanted: Any) -> str:
    """One detail as a rule wants it.

    >>> detail("change_pct", {"above": 0}), detail("incident", ["late", "lost"]), detail("rival", True)
    ('change pct is above 0', 'incident is late or lost', 'rival is yes')
    """
    if isinstance(wanted, Mapping):
        return f"{plain(name)} is {' and '.join(f'{word} {value(limit)}' for word, limit in wanted.items())}"
    return f"{plain(name)} is {value(wanted)}"


def any_of(words: Sequence[str]) -> str:
    """Several words of which one is meant.

    >>> any_of(["late", "lost", "damaged"])
    'late, lost or damaged'
    """
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def span_or_promise(within: str, channel: str = "") -> str:
    """A time as a rule writes it, and where it holds for one channel, for which.

    >>> span_or_promise("10 min", "chat live"), span_or_promise("promise")
    ('10 min in a live chat', 'the day that was promised')
    """
    if within == "promise":
        return "the day that was promised"
    if within == "for good":
        return "no day: it is to hold for good"
    name = channel.removesuffix(" live")
    where = {"email": "by e-mail", "social": "on social media", "voice": "by phone"}.get(name, f"in a {name}")
    live = {"chat": "in a live chat", "voice": "in a live call"}.get(name, where)
    return f"{within} {live if channel.endswith(' live') else where}" if channel else within


def spans(within: str | Mapping[str, str]) -> str:
    """All the times by which something is due; channels with the same time together."""
    if isinstance(within, str):
        return span_or_promise(within)
    ordered = sorted(within.items(), key=lambda pair: (seconds(pair[1]), pair[0]))
    return ", ".join(span_or_promise(span, channel) for channel, span in ordered)


def situation(words: str, book: Catalogue) -> str:
    """A situation as the rule names it, with codes and types by the names people know."""
    _, argument, wanted = understand(words)
    bare = words if wanted else words.removeprefix("not ")
    name = bare.removesuffix(argument).strip()
    told = _argument(argument.split(), book) if argument else ""
    return f"{'' if wanted else 'not '}{name}{f' {told}' if told else ''}"


def titled(code: str, book: Catalogue) -> str:
    """What an act of the taxonomy is called; the code itself where it is none."""
    known = book.acts.by_code.get(code)
    return known.title[:1].lower() + known.title[1:] if known else code


def _argument(words: Sequence[str], book: Catalogue) -> str:
    types = [book.types.by_id[word].display for word in words if word in TYPE_INDEX]
    codes = [f"{word} {titled(word, book)}" for word in words if _CODE.fullmatch(word)]
    rest = [word for word in words if word not in TYPE_INDEX and not _CODE.fullmatch(word)]
    named = any_of(types) or any_of(codes)
    return " ".join(part for part in (f"[{named}]" if named else "", *rest) if part)


def meaning_of_situation(words: str) -> tuple[str, str]:
    """The name of a situation without its argument, and what it means."""
    claim, _, _ = understand(words)
    name = next(name for name, known in SITUATIONS.items() if known is claim)
    return name, " ".join((claim.__doc__ or "").split("\n\n")[0].split())


def meaning_of_cue(cue: str, book: Catalogue) -> str:
    """What a cue tells; the name itself where it is none."""
    known = book.cues.heard.get(cue)
    return known.means if known else plain(cue)


def grave_for(code: str, book: Catalogue) -> list[tuple[int, str, list[str]]]:
    """How grave a firm's act is for whom, the gravest first: the digit, it in words, and the types' display names."""
    names = book.types.by_id
    told = [(d, [one.display for one in names.values() if book.types.digit(one.id, code) == d]) for d in (3, 2, 1, 0)]
    return [(digit, GRAVE[digit].removeprefix("a ").removeprefix("an "), types) for digit, types in told]

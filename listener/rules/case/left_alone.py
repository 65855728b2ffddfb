"""A wish to be left alone, said in words: what of the firm's contact is to stop, and what contact goes against it.

Kept among the channels that are closed, under a name of its own: `said all`, `said phone`, `said marketing`, `said
marketing sms`; `said instead phone` where they name another way to reach them. Where the words don't say what is to
stop, it is `said`, and closes nothing.
"""

import re
from collections.abc import Iterator
from typing import Final

from listener.catalogue.wishes import Wishes
from listener.model.purposes import advertises
from listener.rules.case import Case
from listener.rules.case.grievance import troubled

SAID: Final = "said"
ALL: Final = "all"
CHANNELS: Final = frozenset({"email", "sms", "phone", "push", "post", "in_person"})
_ADVERTISING: Final = "marketing"
_CHANGE: Final = "instead"
_MARKS: Final = r"[.,;:!?…—。，！？；\n]+"
_CALLS: Final = {"voice": "phone", "call": "phone", "mail": "email", "text": "sms"}
_PLAINLY: Final = 0.6
"""How surely they must be heard to want contact again: who said no is not to be heard as saying yes."""


def wished(case: Case) -> tuple[str, ...]:
    """What a customer who asks to be left alone wants to stop, by the names it is kept under.

    What only advertising is about is no wish to hear nothing: of advertising they may name the channel as well. Whoever
    says what to do instead wants another channel, or the same in another way, which closes none; whoever would rather
    be left alone names neither.
    """
    words, instead = _stopping(case)
    known = case.catalogue.wishes
    beside = [part for part in _parts(case.excerpt, known) if known.never.search(part)]
    if not _channels_in(instead, known) and not known.another_way.search(instead):
        words, instead = f"{words}, {instead}", ""
    if instead and not known.advertising.search(words):
        named = _channels_in(words, known)
        return tuple(f"{SAID} {_CHANGE} {name}" for name in named if name not in _channels_in(instead, known))
    return _what(words, known, beside)


def granted(case: Case) -> tuple[str, ...]:
    """What the firm's side says it has stopped, or will at once, by the same names: it has taken the opt-out.

    Where it does not say what, or only offers it, it has stopped nothing that is known.
    """
    known, text = case.catalogue.wishes, case.excerpt
    said = [text[here:stop] for here, stop in _sentences(text) if _grants(text[here:stop], known)]
    return tuple(dict.fromkeys(one for words in said for one in _what(words, known, []) if one != SAID))


def _grants(words: str, known: Wishes) -> bool:
    found = known.granted.search(words)
    return found is not None and not known.unsure.search(words, 0, found.start())


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    here = 0
    for found in re.finditer(r"[.!;…\n。！；]+", text):
        yield here, found.start()
        here = found.end()
    yield here, len(text)


def _what(words: str, known: Wishes, beside: list[str]) -> tuple[str, ...]:
    """What words name that are to stop: advertising, channels, all contact; `said` where they name none."""
    named = _channels_in(words, known)
    if known.advertising.search(words):
        sales = tuple(f"{SAID} {_ADVERTISING} {name}" for name in named) or (f"{SAID} {_ADVERTISING}",)
        of_all = any(_is_of_all(part, known) for part in (*_parts(words, known), *beside))
        return (f"{SAID} {ALL}", *sales) if of_all else sales
    if named:
        return tuple(f"{SAID} {name}" for name in named)
    return (f"{SAID} {ALL}",) if known.any_contact.search(words) else (SAID,)


def _parts(words: str, known: Wishes) -> list[str]:
    clauses = [words[here:stop] for here, stop in _bounds(words, known)]
    return [part for clause in clauses for part in known.joined.split(clause)]


def _is_of_all(part: str, known: Wishes) -> bool:
    """Whether a part of a wish asks for no contact at all, beside what it says of advertising."""
    return bool(known.any_contact.search(part)) and not known.advertising.search(part) and not known.about.search(part)


def taken_back(case: Case) -> frozenset[str]:
    """The wishes said before that they take back: they ask, without a grievance, for mailings or to be called again.

    A wish to be left alone weighs more than one to be written to.
    """
    if case.cue("stop_contact") >= 0.3 or troubled(case) >= 0.5:
        return frozenset()
    known, taken = case.catalogue.wishes, set[str]()
    if case.cue("mailings_again") >= _PLAINLY:
        taken |= {_ADVERTISING, *_channels_in(_said_in(case, "mailings_again"), known)}
    if case.cue("may_contact") >= _PLAINLY:
        taken |= {*_channels_in(_said_in(case, "may_contact"), known)} or {*known.channels}
    kept = {one: {*one.split()} for one in case.ledger.opted if one.startswith(SAID)}
    return frozenset(one for one, about in kept.items() if taken and (one in (SAID, f"{SAID} {ALL}") or taken & about))


def _bounds(text: str, known: Wishes) -> Iterator[tuple[int, int]]:
    """Where each clause begins and stops."""
    here = 0
    for found in re.finditer(f"{_MARKS}|{known.but.pattern}", text, re.IGNORECASE):
        yield here, found.start()
        here = found.end()
    yield here, len(text)


def is_change(closed: str) -> bool:
    """Whether it is a wish for another way in place of this one: they do want to be reached."""
    return _CHANGE in closed.split()


def _channels_in(words: str, known: Wishes) -> list[str]:
    return sorted(name for name, pattern in known.channels.items() if pattern.search(words))


def _stopping(case: Case) -> tuple[str, str]:
    """The clauses that ask for it, as far as they are kept; and those that say what to do instead."""
    text, known = case.excerpt, case.catalogue.wishes
    begin, end = _span(case, "stop_contact")
    kept, instead = list[str](), list[str]()
    for here, stop in _bounds(text, known):
        clause = text[here:stop]
        if known.instead.search(clause):
            instead.append(clause)
        elif here < end and begin < stop:
            kept.append(clause)
    return " ".join(kept), " ".join(instead)


def _said_in(case: Case, cue: str) -> str:
    """The clauses in which something is heard, as far as they are kept."""
    begin, end = _span(case, cue)
    bounds = _bounds(case.excerpt, case.catalogue.wishes)
    return " ".join(case.excerpt[here:stop] for here, stop in bounds if here < end and begin < stop)


def _span(case: Case, cue: str) -> tuple[int, int]:
    """Where something is heard in the words that are kept; in all of them where that cannot be told."""
    text = case.excerpt
    begin, end = (case.heard.spans.get(cue) if case.heard else None) or (0, len(text))
    if text.startswith("…") or end > len(text):  # an excerpt is cut, and what is cut is around what was said
        return 0, len(text)
    return begin, end


def channel_of(case: Case) -> str:
    """The channel a contact comes on; a campaign of which none is told is a mail."""
    told = str(case.details.get("channel") or ("email" if case.kind == "campaign_sent" else case.channel))
    return _CALLS.get(told, told)


def sells(case: Case) -> bool:
    """Whether a contact of the firm's advertises: a campaign unless it is of another purpose, a call that says so."""
    purpose = str(case.details.get("purpose") or "")
    is_campaign = case.side == "campaign" or case.kind == "campaign_sent"
    return advertises(purpose) if purpose or not is_campaign else True


def goes_against(wish: str, case: Case) -> bool:
    """Whether a contact is what was asked to stop."""
    kind, *about = wish.split()
    if kind != SAID or not about:
        return False
    if _ADVERTISING in about and not sells(case):
        return False
    channels = [one for one in about if one not in (_ADVERTISING, _CHANGE)]
    return not channels or channels == [ALL] or channel_of(case) in channels


def left_of(closed: str, channel: str) -> tuple[str, ...]:
    """What stays closed once they opt in to one channel: of what closed every channel, all the others."""
    kind, *about = closed.split()
    if closed in (SAID, channel):
        return ()
    if kind not in (SAID, ALL):
        return (closed,)
    if named := set(about) & CHANNELS:
        return () if channel in named else (closed,)
    wish = [one for one in closed.split() if one != ALL]
    return tuple(" ".join((*wish, one)) for one in sorted(CHANNELS) if one != channel)

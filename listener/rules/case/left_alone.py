"""A wish to be left alone, said in words: what of the firm's contact is to stop, and what contact goes against it.

Kept among the channels that are closed, under a name of its own: `said all`, `said phone`, `said marketing`, `said
marketing sms`; `said instead phone` where they name another way to reach them. Where the words don't say what is to
stop, it is `said`, and closes nothing.
"""

import re
from typing import Final

from listener.rules.case import Case
from listener.rules.case.grievance import troubled

SAID: Final = "said"
ALL: Final = "all"
_ADVERTISING: Final = "marketing"
_CHANGE: Final = "instead"
_CHANNELS: Final = {
    "phone": r"\b(?:call(?:s|ing|ed)?|phon(?:e|ed|ing)|ring(?:ing)?|mobile|cell|landline)\b|telefon|anruf|anzuruf"
    r"|angerufen|\bhandy\b|festnetz|\bruf\w*\b.*\ban\b|llam(?:e|a|á|en|ar\w*|adas?|éis)\b|teléfono|móvil|手机|电话|打来|别打了",
    "sms": r"\btext(?:s|ing|ed)?\b|\bsms\b|短信",
    "email": r"\be-?mail|\bmail(?:s|ing)?\b|\binbox\b|newsletter|verteiler|correos?\b|boletín|邮件",
    "post": r"\bletters?\b|\bpost\b|\bbriefe?n?\b|\bcartas?\b|信件",
    "push": r"\bpush\b|notification|notificaci|推送",
    "in_person": r"\bvisit(?:s|ing|ed)?\b|\bdoor(?:step)?\b|\bbesuch|上门",
}
_SALES = (
    r"newsletter|\blists?\b|offer(?!ed)|promo|marketing|advert|\bads\b|\bsales\b|subscri|\bopt(?:ed)?[ -]?out|spam"
    r"|catalog|werb|angebot|verteiler|rundbrief|publicidad|oferta|boletín|suscri|de baja|lista|catálogo"
    r"|广告|推销|推送|订阅|促销|名单"
)
_ANY = (
    r"\bcontact|\balone\b|\bin peace\b|harass|bother|pester|hear from|lose my number|go away|in (?:ruhe|frieden)"
    r"|kontakt|beläst|en paz|tranquil|molest|acos|烦|骚扰|打扰|联系"
)
_NAMED: Final = {name: re.compile(words, re.IGNORECASE) for name, words in _CHANNELS.items()}
_OF_SALES, _OF_ANY = re.compile(_SALES, re.IGNORECASE), re.compile(_ANY, re.IGNORECASE)
_CLAUSE = re.compile(r"[.,;:!?…—。，！？；\n]+|\b(?:but|sondern|aber|sino|pero)\b|但", re.IGNORECASE)
_INSTEAD = re.compile(
    r"\binstead\b|\brather\b|\bprefer|\blieber\b|\bstattdessen\b|\bmejor\b|\bprefier|改|而是", re.IGNORECASE
)
_AGAIN = re.compile(
    r"(?<!you )(?<!they )(?<!have )\b(?:put|sign|add) me (?:back |up |on |to |in )|\b(?:re-?)subscribe me\b"
    r"|\b(?:like|love|want|happy|glad) to (?:get|receive|have|hear)\b.*\bagain\b|\bopt(?:ing)? (?:back )?in\b"
    r"|\byou (?:can|may) (?:call|contact|write to|e-?mail|text) me again\b"
    r"|\b(?:nehmen|setzen|tragen|melden|schicken|möchte)\b.*\bwieder\b|\bvuelvan? a\b|重新订阅|再次订阅",
    re.IGNORECASE,
)
_SALES_PURPOSES: Final = frozenset({"promotion", "loyalty", "community", "winback", "news", "sales", "sale", "offer"})
_CALLS: Final = {"voice": "phone", "call": "phone", "mail": "email", "text": "sms"}


def wished(case: Case) -> tuple[str, ...]:
    """What a customer who asks to be left alone wants to stop, by the names it is kept under.

    What only advertising is about is no wish to hear nothing: of advertising they may name the channel as well. Whoever
    says what to do instead wants another channel, or the same in another way, which closes none.
    """
    words, instead = _stopping(case)
    named = _channels_in(words)
    if _OF_SALES.search(words):
        return tuple(f"{SAID} {_ADVERTISING} {name}" for name in named) or (f"{SAID} {_ADVERTISING}",)
    if instead:
        return tuple(f"{SAID} {_CHANGE} {name}" for name in named if name not in _channels_in(instead))
    if named:
        return tuple(f"{SAID} {name}" for name in named)
    return (f"{SAID} {ALL}",) if _OF_ANY.search(words) else (SAID,)


def taken_back(case: Case) -> frozenset[str]:
    """The wishes said before that they take back: they ask, without a grievance, to be written to or called again."""
    words = case.excerpt
    if not _AGAIN.search(words) or case.cue("stop_contact") >= 0.3 or troubled(case) >= 0.5:
        return frozenset()
    meant = {*_channels_in(words)} | ({_ADVERTISING} if _OF_SALES.search(words) else set())
    return frozenset(w for w in case.ledger.opted if w.startswith(SAID) and meant & {*w.split()}) | (
        frozenset({SAID, f"{SAID} {ALL}"}) if meant or _OF_ANY.search(words) else frozenset()
    )


def is_change(closed: str) -> bool:
    """Whether it is a wish for another way in place of this one: they do want to be reached."""
    return _CHANGE in closed.split()


def _channels_in(words: str) -> list[str]:
    return sorted(name for name, pattern in _NAMED.items() if pattern.search(words))


def _stopping(case: Case) -> tuple[str, str]:
    """The clauses that ask for it, as far as they are kept; and those that say what to do instead."""
    text = case.excerpt
    begin, end = (case.heard.spans.get("stop_contact") if case.heard else None) or (0, len(text))
    kept, instead, here = list[str](), list[str](), 0
    for found in (*_CLAUSE.finditer(text), None):
        stop = found.start() if found else len(text)
        clause = text[here:stop]
        if _INSTEAD.search(clause):
            instead.append(clause)
        elif here < end and begin < stop:
            kept.append(clause)
        here = found.end() if found else stop
    return " ".join(kept), " ".join(instead)


def channel_of(case: Case) -> str:
    """The channel a contact comes on; a campaign of which none is told is a mail."""
    told = str(case.details.get("channel") or ("email" if case.kind == "campaign_sent" else case.channel))
    return _CALLS.get(told, told)


def sells(case: Case) -> bool:
    """Whether a contact of the firm's advertises: a campaign unless it is of another purpose, a call that says so."""
    purpose = case.details.get("purpose")
    is_campaign = case.side == "campaign" or case.kind == "campaign_sent"
    return purpose in _SALES_PURPOSES if purpose or not is_campaign else True


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
    if named := set(about) & set(_CHANNELS):
        return () if channel in named else (closed,)
    wish = [one for one in closed.split() if one != ALL]
    return tuple(" ".join((*wish, one)) for one in _CHANNELS if one != channel)

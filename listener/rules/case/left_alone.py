"""A wish to be left alone, said in words: what of the firm's contact is to stop, and what contact goes against it.

Kept among the channels that are closed, under a name of its own: `said all`, `said phone`, `said marketing`, `said
marketing sms`; `said instead phone` where they name another way to reach them. Where the words don't say what is to
stop, it is `said`, and closes nothing.
"""

import re
from collections.abc import Iterator
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
    r"\binstead\b(?! of)|\brather\b|\bprefer|\blieber\b|\bstattdessen\b|\bmejor\b|\bprefier|改|而是", re.IGNORECASE
)
_WAY = re.compile(
    r"\bnumber\b|\bat work\b|\bhours?\b|\bevening|\bhome\b|\baddress\b|nummer|\babends\b|adresse|número|号码",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\b(?:never|do not|don['’]t|stop) (?:ever )?(?:contact|bother|pester|harass)", re.IGNORECASE)
_PARTS = re.compile(r"\b(?:and|or|und|oder|y|o)\b|和|并", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|with|regarding|concerning|wegen|über|sobre)\b|关于", re.IGNORECASE)
_REFUSED = re.compile(
    r"\b(?:not|never|no|nobody|nicht|nie|niemals|kein\w*|nunca|jamás|they|have|who|why|which|wer|warum|quién)\b|n['’]t\b|[别不勿]"
    r"|(?<!can )(?<!could )(?<!would )(?<!will )\byou (?:put|sign|add)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:put|sign|add) me (?:back |up |on |to |in )|\b(?:re-?)subscribe me\b"
    r"|\b(?:like|love|want|happy|glad) to (?:get|receive|have|hear)\b.*\bagain\b|\bopt(?:ing)? (?:back )?in\b"
    r"|\b(?:nehmen|setzen|tragen|melden)\b.*\bwieder\b|\bvuelvan? a (?:suscrib|apunt|inclu|enviar|mandar)"
    r"|(?:请|想|帮我).{0,4}(?:重新|再次)订阅",
    re.IGNORECASE,
)
_FOR_SALES = re.compile(
    r"newsletter|mailing list|offers\b|promo|marketing|subscri|opt|werb|verteiler|angebote|boletín|publicidad|ofertas"
    r"|suscri|订阅",
    re.IGNORECASE,
)
_ALLOWED = re.compile(
    r"\b(?:you (?:can|may)|feel free to) (?:call|phone|ring|contact|write to|e-?mail|text) me again\b"
    r"|\bsie (?:können|dürfen) mich (?:gern\w* )?wieder (?:anrufen|kontaktieren|anschreiben)"
    r"|\bpueden? volver a (?:llamar|escribir|contactar)me|可以再(?:联系|打电话)",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:please|bitte|(?:can|could|will|would) you|können sie|könnten sie|por favor)\b|请", re.IGNORECASE
)
_SALES_PURPOSES: Final = frozenset({"promotion", "loyalty", "community", "winback", "news", "sales", "sale", "offer"})
_CALLS: Final = {"voice": "phone", "call": "phone", "mail": "email", "text": "sms"}


def wished(case: Case) -> tuple[str, ...]:
    """What a customer who asks to be left alone wants to stop, by the names it is kept under.

    What only advertising is about is no wish to hear nothing: of advertising they may name the channel as well. Whoever
    says what to do instead wants another channel, or the same in another way, which closes none; whoever would rather
    be left alone names neither.
    """
    words, instead = _stopping(case)
    if not _channels_in(instead) and not _WAY.search(instead):
        words, instead = f"{words}, {instead}", ""
    named = _channels_in(words)
    if _OF_SALES.search(words):
        sales = tuple(f"{SAID} {_ADVERTISING} {name}" for name in named) or (f"{SAID} {_ADVERTISING}",)
        beside = [part for part in _parts(case.excerpt) if _NEVER.search(part)]
        return (f"{SAID} {ALL}", *sales) if any(map(_is_of_all, (*_parts(words), *beside))) else sales
    if instead:
        return tuple(f"{SAID} {_CHANGE} {name}" for name in named if name not in _channels_in(instead))
    if named:
        return tuple(f"{SAID} {name}" for name in named)
    return (f"{SAID} {ALL}",) if _OF_ANY.search(words) else (SAID,)


def _parts(words: str) -> list[str]:
    return [part for clause in _CLAUSE.split(words) for part in _PARTS.split(clause)]


def _is_of_all(part: str) -> bool:
    """Whether a part of a wish asks for no contact at all, beside what it says of advertising."""
    return bool(_OF_ANY.search(part)) and not _OF_SALES.search(part) and not _ABOUT.search(part)


def taken_back(case: Case) -> frozenset[str]:
    """The wishes said before that they take back: they ask, without a grievance, for advertising or to be called again.

    A wish to be left alone weighs more than one to be written to: what denies, or asks who did it, takes nothing back.
    """
    if case.cue("stop_contact") >= 0.3 or troubled(case) >= 0.5:
        return frozenset()
    taken = set[str]()
    for clause in _clauses(case.excerpt):
        if _REFUSED.search(clause) or (clause.endswith(("?", "？")) and not _REQUEST.search(clause)):
            continue
        if _ASKED.search(clause) and _FOR_SALES.search(clause):
            taken |= {_ADVERTISING, *_channels_in(clause)}
        if _ALLOWED.search(clause):
            taken |= {*_channels_in(clause)} or {*_CHANNELS}
    kept = {one: {*one.split()} for one in case.ledger.opted if one.startswith(SAID)}
    return frozenset(one for one, about in kept.items() if taken and (one in (SAID, f"{SAID} {ALL}") or taken & about))


def _clauses(text: str) -> list[str]:
    """The clauses of a text, each with the mark that ends it."""
    return [text[begin:end].strip() for begin, _, end in _bounds(text)]


def _bounds(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each clause begins, where it stops, and where the mark behind it ends."""
    here = 0
    for found in (*_CLAUSE.finditer(text), None):
        stop, end = found.span() if found else (len(text), len(text))
        yield here, stop, end
        here = end


def is_change(closed: str) -> bool:
    """Whether it is a wish for another way in place of this one: they do want to be reached."""
    return _CHANGE in closed.split()


def _channels_in(words: str) -> list[str]:
    return sorted(name for name, pattern in _NAMED.items() if pattern.search(words))


def _stopping(case: Case) -> tuple[str, str]:
    """The clauses that ask for it, as far as they are kept; and those that say what to do instead."""
    text = case.excerpt
    begin, end = (case.heard.spans.get("stop_contact") if case.heard else None) or (0, len(text))
    if text.startswith("…") or end > len(text):  # an excerpt is cut, and what is cut is around what was said
        begin, end = 0, len(text)
    kept, instead = list[str](), list[str]()
    for here, stop, _ in _bounds(text):
        clause = text[here:stop]
        if _INSTEAD.search(clause):
            instead.append(clause)
        elif here < end and begin < stop:
            kept.append(clause)
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

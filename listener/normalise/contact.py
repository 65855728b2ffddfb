"""Every kind of contact, made a Message."""

import re

from msgspec.structs import replace

from listener.model.inputs import ChatTurn, Contact, Email, SocialPost, SurveyAnswer, VoiceSegment
from listener.model.message import Message, MessageChannel, Role
from listener.normalise.clean import clean, join_lines
from listener.normalise.mail import Mail, is_automatic, parse_mail, subject_of, text_of_html
from listener.normalise.reply import new_words
from listener.normalise.turns import one_turn, spoken

_LINK = re.compile(r"https?://[^\s<>\"]{1,500}")
_HANDLE = re.compile(r"(?<![\w.@])@(\w[\w.]{0,60}\w|\w)")
_TAG = re.compile(r"(?<![\w&])#(\w{2,60})")
_QUOTED_LINE = re.compile(r"^(?:>|(?:RT|QT|via) @\w+\b:?)", re.MULTILINE)


def normalise(event: Contact, channel: MessageChannel) -> Message:
    """What there is to read of a contact; never raises, whatever it holds."""
    role: Role = event.author if not isinstance(event, SurveyAnswer) else "customer"
    blank = Message("", channel, role, event.occurred_at, language_hint=event.language, brand=event.brand or "")
    if isinstance(event, Email):
        return _mail(event, blank)
    if isinstance(event, SurveyAnswer):
        return replace(blank, text=clean(event.verbatim or ""))
    if isinstance(event, SocialPost):
        return _post(event, blank)
    return _turn(event, blank)


def _turn(event: ChatTurn, blank: Message) -> Message:
    text = clean(event.text)
    if isinstance(event, VoiceSegment) or blank.channel == "voice":
        text = spoken(text, event.language)
    else:
        text = one_turn(text)
    return _linked(replace(blank, text=text))


def _post(event: SocialPost, blank: Message) -> Message:
    text = clean(event.text)
    said, quoted = text, ""
    if _QUOTED_LINE.search(text):
        lines = text.split("\n")
        quoted = "\n".join(line for line in lines if _QUOTED_LINE.match(line))
        said = "\n".join(line for line in lines if not _QUOTED_LINE.match(line)).strip()
    return _linked(replace(blank, text=said, quoted=quoted, in_reply_to=event.in_reply_to))


def _mail(event: Email, blank: Message) -> Message:
    """A mail's new words; what a customer's mail program answered by itself says nothing of the customer."""
    mail = parse_mail(event.rfc822) if event.rfc822 is not None else Mail()
    text, html = event.text or mail.text, event.html or mail.html
    body, quoted = new_words(clean_lines(text) if text.strip() else clean_lines(text_of_html(html)))
    subject = event.subject or mail.subject
    words = clean(join_lines(clean(body)))
    automatic = mail.automatic or is_automatic(subject, words)
    in_reply_to = event.in_reply_to or mail.in_reply_to
    said = words if in_reply_to else opening(subject, words)
    message = replace(
        blank,
        text="" if automatic and event.author == "customer" else said,
        quoted=clean(quoted),
        subject=clean(subject_of(subject)).replace("\n", " "),
        automatic=automatic,
        senders=mail.senders,
        recipients=mail.recipients,
        message_id=event.message_id or mail.message_id,
        in_reply_to=in_reply_to,
    )
    return _linked(message)


def opening(subject: str, words: str) -> str:
    r"""A mail's words with its subject as their first line, where the subject is new: no answer's, and not said again.

    >>> opening("Please cancel my plan", "As of June, thank you.")
    'Please cancel my plan\nAs of June, thank you.'
    >>> opening("Re: Please cancel my plan", "It is done.")
    'It is done.'
    """
    line = clean(subject).replace("\n", " ").strip()
    if not line or subject_of(subject) != subject.strip() or words.lower().startswith(line.lower()):
        return words
    return f"{line}\n{words}" if words else line


def clean_lines(text: str) -> str:
    """Clean, with the two blanks of a signature's `-- ` line kept as they are read for."""
    return clean(text.replace("\n-- \n", "\n--\n"))


def _linked(message: Message) -> Message:
    text = message.text
    if "@" not in text and "#" not in text and "://" not in text:
        return message
    return replace(
        message,
        links=tuple(_LINK.findall(text)[:20]),
        handles=tuple(_HANDLE.findall(text)[:20]),
        hashtags=tuple(_TAG.findall(text)[:20]),
    )

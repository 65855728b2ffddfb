"""E-mail as it comes: MIME parts, charsets, HTML; and of it only what was newly said."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses

from mailparser_reply import EmailReplyParser
from selectolax.lexbor import LexborHTMLParser

LARGEST = 2_000_000
"""Bytes of a raw mail that are looked at; attachments beyond are not read."""
DEEPEST, MOST_PARTS = 8, 40
_READ = 60_000


@dataclass(frozen=True, slots=True)
class Mail:
    """A raw mail, taken apart: addresses in small letters, the newest words in `text`."""

    text: str = ""
    html: str = ""
    subject: str = ""
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    message_id: str | None = None
    in_reply_to: str | None = None
    automatic: bool = False


def parse_mail(raw: str) -> Mail:
    """Take a base64 mail apart (CONTRACT 2); what can't be read gives an empty mail, never an error."""
    try:
        octets = base64.b64decode("".join(raw.split()), validate=True)[:LARGEST]
    except (binascii.Error, ValueError):
        octets = raw.encode("utf-8", "replace")[:LARGEST]
    return parse_octets(octets)


def parse_octets(octets: bytes) -> Mail:
    """Take a mail apart as it stood on the wire."""
    octets = _shallow(octets)
    try:
        message = BytesParser(policy=policy.default).parsebytes(octets)
    except (MessageError, ValueError, RecursionError, LookupError, TypeError, AttributeError, IndexError):
        return Mail()
    text, html = _bodies(message)
    return Mail(
        text,
        html,
        _header(message, "subject"),
        _addresses(message, "from", "reply-to"),
        _addresses(message, "to", "cc"),
        _header(message, "message-id") or None,
        _header(message, "in-reply-to") or None,
        _is_automatic(message),
    )


_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)


def _shallow(octets: bytes) -> bytes:
    """Cut a mail off where it nests more parts than any person's mail does: the parser's work stays in proportion."""
    for n, found in enumerate(_BOUNDARY.finditer(octets)):
        if n >= DEEPEST * 2:
            return octets[: found.start()]
    return octets


def _parts(message: Message) -> Iterator[Message]:
    waiting: list[tuple[Message, int]] = [(message, 0)]
    seen = 0
    while waiting and seen < MOST_PARTS:
        part, depth = waiting.pop()
        seen += 1
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list) and depth < DEEPEST and part.get_content_type() != "message/rfc822":
            waiting += [(p, depth + 1) for p in reversed(inner[:MOST_PARTS]) if isinstance(p, Message)]
        elif inner is None:
            yield part


def _bodies(message: Message) -> tuple[str, str]:
    text, html = "", ""
    for part in _parts(message):
        if part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain" and not text:
            text = _decoded(part)
        elif kind == "text/html" and not html:
            html = _decoded(part)
    return text, html


def _decoded(part: Message) -> str:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AttributeError):
        return ""
    if not isinstance(payload, bytes):
        return ""
    payload = payload[: _READ * 4]
    for charset in (part.get_content_charset(), "utf-8", "cp1252"):
        try:
            return payload.decode(charset or "utf-8")[:_READ]
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return payload.decode("latin-1")[:_READ]


def _header(message: Message, name: str) -> str:
    try:
        return str(message.get(name) or "")[:2_000].strip()
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _addresses(message: Message, *names: str) -> tuple[str, ...]:
    told = [_header(message, name) for name in names]
    try:
        pairs = getaddresses([t for t in told if t])
    except (ValueError, IndexError):
        return ()
    return tuple(dict.fromkeys(a.lower() for _, a in pairs if "@" in a))


def _is_automatic(message: Message) -> bool:
    if (_header(message, "auto-submitted") or "no").lower() != "no":
        return True
    if _header(message, "x-autoreply") or _header(message, "x-autorespond"):
        return True
    return _header(message, "precedence").lower() in ("auto_reply", "bulk", "junk") and bool(
        _header(message, "in-reply-to")
    )


def is_automatic_subject(subject: str) -> bool:
    """Whether a subject is that of an out-of-office note or a bounce."""
    return bool(_AUTOMATIC.match(subject))


_AUTOMATIC = re.compile(
    r"\s*(?:auto(?:matic|mated)?[ -]?(?:reply|response|answer)|out of (?:the )?office|automatische antwort"
    r"|abwesenheit|respuesta automática"
    r"|fuera de la oficina|undeliver(?:ed|able)|delivery status notification|mail delivery (?:failed|subsystem)"
    r"|自动回复)",
    re.IGNORECASE,
)
_HTML_BLOCK = (
    "blockquote",
    ".gmail_quote",
    "#appendonsend",
    "#divRplyFwdMsg",
    "style",
    "script",
    "head",
    ".moz-signature",
    ".gmail_signature",
)


def text_of_html(html: str) -> str:
    """The words of an HTML mail, without what it quotes; block elements become lines."""
    tree = LexborHTMLParser(_flatten(html[: _READ * 4]))
    for selector in _HTML_BLOCK:
        for node in tree.css(selector):
            node.decompose()
    for node in tree.css("br, p, div, li, tr, h1, h2, h3"):
        node.insert_before("\n")
    body = tree.body
    return body.text(separator="")[:_READ] if body is not None else ""


_TAG = re.compile(r"<(?=[a-zA-Z/])")


def _flatten(html: str) -> str:
    """An HTML text with at most 5,000 tags: what hostile nesting adds is dropped before a parser sees it."""
    for tags, found in enumerate(_TAG.finditer(html)):
        if tags >= 5_000:
            return html[: found.start()]
    return html


_REPLIES = EmailReplyParser(languages=["en", "de", "es"])
_DISCLAIMER = re.compile(
    r"\n[^\n]{0,80}(?:this (?:e-?mail|message)[^\n]{0,80}(?:confidential|intended|privileged)|diese "
    r"e-mail[^\n]{0,60}vertraulich"
    r"|este (?:mensaje|correo)[^\n]{0,60}confidencial|please consider the environment|confidentiality notice)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"\n-- ?\n|\n_{5,}\n|\nsent from my |\nget outlook for |\nvon meinem iphone|\nenviado desde mi |\n发自我的"
    r"|\n(?:on [^\n]{5,120} wrote:|am [^\n]{5,120} schrieb[^\n]{0,80}:|el [^\n]{5,120} escribió:|-{3,} "
    r"?(?:original message|forwarded message|ursprüngliche nachricht)"
    r"|from: [^\n]{3,120}\n(?:sent|date|to): )",
    re.IGNORECASE,
)


def new_words(text: str) -> tuple[str, str]:
    r"""What was newly said in a mail, and what it quotes: without signature and disclaimer.

    >>> new_words("Where is it?\n\nOn Monday, Ann wrote:\n> It is on its way.")
    ('Where is it?', '> It is on its way.')
    """
    text = "\n" + text.replace("\r\n", "\n")[:_READ]
    quoted = "\n".join(line for line in text.split("\n") if line.startswith(">"))[:4_000]
    if len(text) < 20_000:
        try:
            fresh = _REPLIES.parse_reply(text) or ""
        except (ValueError, IndexError, RecursionError):
            fresh = text
        text = "\n" + (fresh.strip() or text)
    for mark in (_SIGNATURE, _DISCLAIMER):
        found = mark.search(text)
        if found and text[: found.start()].strip():
            text = text[: found.start()]
    kept = [line for line in text.split("\n") if not line.startswith(">")]
    return "\n".join(kept).strip(), quoted


def subject_of(subject: str) -> str:
    """A subject without its Re: and Fwd:."""
    return _AGAIN.sub("", subject)[:500].strip()


_AGAIN = re.compile(r"^\s*(?:(?:re|aw|fwd?|wg|rv|res|antw|回复|转发)\s*(?:\[\d+\])?[:：]\s*){1,20}", re.IGNORECASE)

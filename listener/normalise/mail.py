"""E-mail as it comes: MIME parts, charsets, HTML; and of it only what was newly said."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import getaddresses

from selectolax.lexbor import LexborHTMLParser

LARGEST = 2_000_000
"""Bytes of a raw mail that are looked at; attachments beyond are not read."""
DEEPEST, MOST_PARTS = 8, 40
_READ = 60_000
_LONGEST_HEADER = 2_000
"""Characters of a header that are parsed: the library's time and memory grow with the square of it."""
_FAILS = (MessageError, ValueError, RecursionError, LookupError, TypeError, AttributeError)


class _ShortHeaders(EmailPolicy):
    """Headers are cut before anything looks into them, lists of addresses between two of them.

    Those that every part may have are left as they stand; their types and parameters are read the library's older way,
    which is quick.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        short = value[:_LONGEST_HEADER]
        if short != value and name.lower() in ("from", "reply-to", "to", "cc"):
            short = short.rpartition(",")[0]
        return name, short

    def header_fetch_parse(self, name: str, value: str) -> str:
        if name.lower().startswith("content-"):
            return " ".join(value.splitlines()).strip()
        told: str = super().header_fetch_parse(name, value)
        return told


_POLICY = _ShortHeaders()


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
        return _taken_apart(BytesParser(policy=_POLICY).parsebytes(octets))
    except _FAILS:
        return Mail()


def _taken_apart(message: Message) -> Mail:
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
    return decode(payload[: _READ * 4], part.get_content_charset())[:_READ]


_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "utf8mb4": "utf-8",
    "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932",
}
"""Charsets that mail names, and the wider ones that it is really written in."""


def decode(octets: bytes, charset: str | None) -> str:
    """Text of some bytes: as declared, else as UTF-8, else as whatever of the usual charsets fits; never an error.

    >>> decode("Grüße".encode(), "iso-8859-1"), decode("您好".encode("gbk"), "gb2312")
    ('Grüße', '您好')
    """
    declared = _WIDER.get((charset or "utf-8").lower(), charset or "utf-8")
    for name in ("utf-8", declared) if declared == "cp1252" else (declared, "utf-8"):
        try:
            return octets.decode(name)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    try:
        told = octets.decode(declared, "replace")
        if told.count("\ufffd") * 20 <= len(told):
            return told
    except (LookupError, ValueError):
        pass
    return octets.decode("cp1252", "replace")


def _header(message: Message, name: str) -> str:
    try:
        told = str(message.get(name) or "")[:2_000].strip()
    except _FAILS:
        return ""
    return told.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _addresses(message: Message, *names: str) -> tuple[str, ...]:
    told = [_header(message, name) for name in names]
    try:
        pairs = getaddresses([t for t in told if t])
    except (ValueError, IndexError):
        return ()
    return tuple(dict.fromkeys(a.lower() for _, a in pairs if "@" in a))


def _is_automatic(message: Message) -> bool:
    """By its headers (RFC 3834, RFC 3464): an answer of a program, a bounce, a receipt."""
    if (_header(message, "auto-submitted") or "no").lower() != "no":
        return True
    if any(_header(message, name) for name in ("x-autoreply", "x-autorespond", "x-failed-recipients")):
        return True
    if message.get_content_type() == "multipart/report" or _header(message, "return-path") == "<>":
        return True
    if any(a.partition("@")[0] in ("mailer-daemon", "postmaster") for a in _addresses(message, "from")):
        return True
    return _header(message, "precedence").lower() in ("auto_reply", "bulk", "junk") and bool(
        _header(message, "in-reply-to")
    )


def is_automatic(subject: str, text: str) -> bool:
    """Whether a subject, or how a text begins, is that of an out-of-office note or a bounce.

    >>> is_automatic("", "I am currently out of the office and will be back on Monday.")
    True
    >>> is_automatic("", "I was out of the office when the driver came.")
    False
    """
    return bool(_AUTOMATIC.match(subject) or _AWAY.search(text[:400]))


_AUTOMATIC = re.compile(
    r"\s*(?:auto(?:matic|mated)?[ -]?(?:reply|response|answer)|out of (?:the )?office|automatische (?:antwort"
    r"|nachricht)"
    r"|abwesenheit|abwesend|nicht im büro|respuesta automática|fuera de la oficina|ausente|réponse automatique"
    r"|absence du bureau"
    r"|risposta automatica|automatisch antwoord|autosvar|undeliver(?:ed|able)|unzustellbar|delivery status notification"
    r"|mail delivery (?:failed|subsystem)|returned mail|delivery failure|no se pudo entregar|自动回复|自動回覆|外出)",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?:i am|i'm|i will be|we are)(?: currently| now)? (?:out of (?:the )?office|away from (?:my desk|the office)"
    r"|on (?:annual"
    r"|parental|maternity|sick) leave)|this is an auto(?:matic|mated|-?) ?(?:reply|response|message)|(?:ich bin|bin)"
    r"(?: derzeit| aktuell| momentan| zurzeit| bis .{2,30}?)? (?:nicht im büro|außer haus|abwesend)"
    r"|automatisch erstellte (?:antwort"
    r"|nachricht|e-?mail)|(?:estoy|estaré|me encuentro)(?: actualmente)? (?:fuera de la oficina|ausente)|(?:este"
    r"|esta) es (?:un|una)"
    r" (?:mensaje|respuesta) automátic|(?:这是|此为|本邮件为)(?:一封)?自动回复|不在办公室",
    re.IGNORECASE,
)
_UNREAD = (
    "style, script, head, title, noscript, template, .gmail_quote, .gmail_signature, .moz-signature, .yahoo_quoted"
    ", .protonmail_quote, .protonmail_signature_block, [style*='display:none'], [style*='display: none'], [hidden]"
)
_QUOTES = "blockquote, .moz-cite-prefix, #OLK_SRC_BODY_SECTION, [name='quote']"
_FOLLOWS = "#appendonsend, #x_appendonsend, #divRplyFwdMsg, #x_divRplyFwdMsg, .yahoo-quoted-begin"
"""Markers behind which everything is an older message."""


def text_of_html(html: str) -> str:
    """The words of an HTML mail: block elements become lines, what it quotes a line of `>`, older mail a separator.

    >>> text_of_html("<p>Hi <b>you</b></p><blockquote>old</blockquote><p>bye</p>").split()
    ['Hi', 'you', '>', 'bye']
    """
    tree = LexborHTMLParser(_flatten(html[: _READ * 4]))
    for node in tree.css(_UNREAD):
        node.decompose()
    for node in tree.css(_QUOTES):
        if node.parent is not None:
            node.replace_with("\n> \n")
    for node in tree.css(_FOLLOWS):
        node.insert_before("\n-----Original Message-----\n")
    for node in tree.css("td, th"):
        node.insert_before(" ")
    for node in tree.css("br, p, div, li, tr, hr, h1, h2, h3, h4, table"):
        node.insert_before("\n")
    for node in tree.css("p, div, li, tr, h1, h2, h3, h4, table"):
        node.insert_after("\n")
    body = tree.body
    return body.text(separator="")[:_READ] if body is not None else ""


_TAG = re.compile(r"<(?=[a-zA-Z/])")


def _flatten(html: str) -> str:
    """An HTML text with at most 5,000 tags: what hostile nesting adds is dropped before a parser sees it."""
    for tags, found in enumerate(_TAG.finditer(html)):
        if tags >= 5_000:
            return html[: found.start()]
    return html


def subject_of(subject: str) -> str:
    """A subject without its Re: and Fwd:."""
    return _AGAIN.sub("", subject)[:500].strip()


_AGAIN = re.compile(r"^\s*(?:(?:re|aw|fwd?|wg|rv|res|antw|回复|转发)\s*(?:\[\d+\])?[:：]\s*){1,20}", re.IGNORECASE)

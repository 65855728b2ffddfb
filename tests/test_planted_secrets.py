"""Secrets of every sort, planted in every field that strangers write, are in nothing that leaves.

What passes as it is, by contract: ids (events, customers, alerts, orders), and a profile's own fields, which are the
CRM's to tell. Dead letters keep the record's bytes; their reasons name no value.
"""

import base64
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from prometheus_client import CollectorRegistry, generate_latest

from listener.catalogue import load
from listener.cli import listener
from listener.envelopes.recording import read, written
from listener.hearing import Hearing, Identities
from listener.ingest.loop import IngestLoop
from listener.model.record import DeadLetter, Record, Understood
from listener.normalise import normalise
from listener.replay import hear, read_ahead, replay
from listener.signals import Ear
from listener.telemetry.metrics import Metrics
from tests.shell_fakes import NOON

AT = "2026-03-02T10:00:00Z"
SECRETS = {
    "email": "ann.lee@private.example",
    "email said": "ann dot lee at private dot example",
    "phone": "+44 20 7946 0958",
    "phone national": "(030) 5557 1234",
    "phone china": "13812345678",
    "phone double zero": "0034 612 345 678",
    "card": "4111 1111 1111 1111",
    "card dashes": "5500-0055-5555-5559",
    "iban": "DE89 3704 0044 0532 0130 00",
    "iban dashes": "GB29-NWBK-6016-1331-9268-19",
    "ip": "192.168.10.77",
    "ip six": "2001:db8:85a3::8a2e:370:7334",
    "ip short": "fe80::1ff:fe23",
    "street": "12 Elm Road",
    "street german": "Lindenstraße 12b",
    "street spanish": "Calle de Alcalá, 45",
    "street chinese": "建国路88号",
    "postcode": "LS1 4AB",
    "order": "AB-1234567",
    "order short": "order no. 4471",
    "account": "550012345678",
    "known name": "Zebulon",
    "known name marked": "Ørjánsdóttir",
    "known name chinese": "王小明",
    "known handle": "@zebu_l",
    "told name": "my name is Quentin Farquhar",
    "thanked name": "thank you Seraphim,",
    "name said": "I'm Zephyrine, as you know",
    "link": "https://acme.example/reset?t=QXJ7k2&u=ann",
}
FRAMES = (
    "I've asked three times, here: {}. Nobody replied and I am furious!",
    "{}",
    "这是{}，我要投诉你们，等了三天没人理！",
    "x" * 300 + " {} " + "y" * 300,
    "Ich warte seit drei Wochen ({}), unverschämt",
)
PROFILE = {
    "customer_id": "C-1",
    "name": "Zebulon Ørjánsdóttir",
    "named_contacts": ["王小明"],
    "handles": [{"kind": "social", "network": "mastodon", "value": "@zebu_l"}],
}
WHO = {"customer_id": "C-1"}
COMMON = {"event_id": "e", "occurred_at": AT, "customer": WHO}
TEXTS: dict[str, dict[str, Any]] = {
    "contact.chat.v1": {**COMMON, "text": "?", "agent_id": "?", "conversation_id": "?", "language": "?"},
    "contact.voice.v1": {**COMMON, "text": "?", "agent_id": "?", "conversation_id": "?", "author": "agent"},
    "contact.social.v1": {**COMMON, "text": "?", "conversation_id": "?", "in_reply_to": "?", "post_id": "?"},
    "contact.survey.v1": {**COMMON, "instrument": "?", "verbatim": "?", "ratings": {"?": 3}},
    "contact.email.v1": {**COMMON, "subject": "?", "text": "?", "in_reply_to": "?", "conversation_id": "?"},
    "brand.acts.v1": {
        **COMMON,
        "kind": "?",
        "conversation_id": "?",
        "details": {
            "product": "?",
            "what": "?",
            "note": {"deep": ["?"]},
            "?": "?",
            "category": "?",
            "contact_id": "?",
            "called_at": "?",
            "refund": {"amount": "?", "currency": "?"},
            "lines": [{"id": "?"}],
        },
    },
    "crm.dispositions.v1": {"rule_id": "r", "occurred_at": AT, "disposition": "resolved", "note": "?", "by": "?"},
    "listener.commands.v1": {
        "command_id": "c",
        "occurred_at": AT,
        "customer_id": "C-1",
        "command": "silence",
        "rule_id": "r",
        "until": "2026-04-02T10:00:00Z",
        "by": "?",
    },
}
"""A value of every input topic; each `?` is a field whose words are a stranger's."""
SENTINEL = "?"
LIKE_IDS = {SECRETS[k] for k in ("phone china", "order", "account", "known name", "known name chinese", "known handle",
            "known name marked", "link", "street chinese", "thanked name", "name said")}  # fmt: skip
"""What nobody can tell from an id of a desk, a talk or an instrument; and names, which are masked in words."""


def planted(value: Any, text: str) -> Any:
    """A value with the text in every field of strangers' words."""
    if isinstance(value, dict):
        return {planted(k, text): planted(v, text) for k, v in value.items()}
    if isinstance(value, list):
        return [planted(v, text) for v in value]
    return text if value == SENTINEL else value


def raw_mail(text: str, subject: str = "") -> str:
    message = EmailMessage()
    message["From"], message["To"] = "help@brand.example", "someone@brand.example"
    message["Subject"] = subject or " ".join(text.split())
    message.set_content(text)
    message.add_alternative(f"<p>{text}</p>", subtype="html")
    return base64.b64encode(message.as_bytes()).decode()


def entries(secret: str) -> Iterator[dict[str, Any]]:
    yield {"topic": "crm.customers.v1", "key": "C-1", "value": PROFILE}
    n = 0
    for frame in FRAMES:
        text = frame.format(secret)
        mails = [{"html": f"<p>{text}</p>"}, {"rfc822": raw_mail(text)}]
        values = [(topic, planted(value, text)) for topic, value in TEXTS.items()]
        values += [("contact.email.v1", {**COMMON, **mail}) for mail in mails]
        values += [("brand.acts.v1", {**COMMON, "kind": k, "details": {"product": text, "what": text}}) for k in KINDS]
        for topic, value in values:
            n += 1
            ids = {k: f"{k}-{n}" for k in ("event_id", "command_id", "post_id") if k in value}
            if topic == "contact.chat.v1":
                value["language"] = text[:35]
            for short in ("conversation_id", "agent_id", "in_reply_to", "by", "instrument"):
                if short in value:
                    value[short] = "desk-9" if secret in LIKE_IDS else f"desk:{secret}"
            if "ratings" in value:
                value["ratings"] = {f"trust {secret}": 3}
            if value.get("kind") == text:
                value["kind"] = f"kind {secret}"
                if secret in LIKE_IDS:
                    value["details"] |= {"contact_id": f"{text} ", "lines": [{"id": f"Re: {text}"}]}
                if (digits := re.sub(r"[ ()+-]", "", secret)).isdecimal() and len(digits) > 10:
                    value["details"] |= {"card": int(digits), "paid": {"amount": int(digits)}, "list": [float(digits)]}
            yield {"topic": topic, "key": "C-1", "value": value | ids}


KINDS = ("service_incident", "exception_refused", "fee_charged", "fix_made", "notice_given")
EAR, BOOK = Ear(load()), load()


def records(secret: str) -> list[Record]:
    return [r.as_record() for r in read(json.dumps(e, ensure_ascii=False).encode() for e in entries(secret))]


def listening() -> Hearing:
    return Hearing(EAR, normalise, Identities(), "default")


def shown(secret: str) -> list[str]:
    """The forms in which a secret would be met: as it is, without its blanks, its longest word."""
    bare = re.sub(r"^(order no\. |my name is |thank you |I'm )|,( as you know)?$", "", secret)
    return [bare, bare.replace(" ", ""), bare.replace("-", "")]


def is_clean(text: str, secret: str) -> bool:
    """Whether none of its forms stands there; a short number within a longer one or in a fraction is another number."""
    return not any(
        re.search(rf"(?<![\d.]){form}(?!\d)", text) if form.isdigit() and len(form) < 6 else form in text
        for form in shown(secret)
    )


def without_the_crms_own(signal: Any) -> str:
    told = signal.model_dump(mode="json", by_alias=True)
    return (
        ""
        if told["kind"] == "profile" or told["customer_id"].startswith("handle:")
        else json.dumps(told, ensure_ascii=False)
    )


@pytest.mark.parametrize("sort", SECRETS)
def test_no_planted_secret_is_in_a_signal_a_reason_or_a_metric(sort: str) -> None:
    secret, ears, metrics = SECRETS[sort], listening(), Metrics(CollectorRegistry())
    told = records(secret)
    read_ahead(told, ears.identities, ears.brand)
    fates = list(hear(told, ears))
    signals = [s for f in fates if isinstance(f, Understood) for s in f.signals]
    assert len(signals) > 70
    for signal in signals:
        assert is_clean(text := without_the_crms_own(signal), secret), text
    for fate in fates:
        assert not isinstance(fate, DeadLetter) or is_clean(fate.message, secret)
    IngestLoop._measure(SimpleNamespace(_metrics=metrics), list(zip(told, fates, strict=True)))  # type: ignore[arg-type]  # only its metrics are used
    assert is_clean(generate_latest(metrics.registry).decode(), secret)


LETTER = """Hi Seraphim,
I have waited for three weeks and I am furious. Where is my order? Ask Ottoline, Seraphim!
This is Ottoline from the harbour.
Regards,
Zephyrine Quillfeather"""


def test_whoever_a_letter_greets_names_or_is_signed_by_is_in_no_signal() -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in LETTER.splitlines())
    values = [(topic, planted(value, LETTER)) for topic, value in TEXTS.items() if topic.startswith("contact.")]
    values += [
        ("contact.email.v1", {**COMMON, **mail})
        for mail in ({"html": paragraphs}, {"rfc822": raw_mail(LETTER, "My order")})
    ]
    values += [("brand.acts.v1", {**COMMON, "kind": "notice_given", "details": {"what": LETTER}})]
    told = []
    for n, (topic, value) in enumerate(values):
        ids = {k: f"{k}-{n}" for k in ("event_id", "post_id", "conversation_id", "agent_id", "in_reply_to", "language")}
        value |= {k: v for k, v in ids.items() if k in value}
        if "ratings" in value:
            value |= {"instrument": "csat", "ratings": {"trust": 3}}
        told.append({"topic": topic, "key": "C-1", "value": value})
    lines = (json.dumps(entry, ensure_ascii=False).encode() for entry in told)
    fates = list(hear([r.as_record() for r in read(lines)], listening()))
    signals = [s for f in fates if isinstance(f, Understood) for s in f.signals]
    assert len(signals) == len(values)
    for text in map(without_the_crms_own, signals):
        assert not re.search("Seraphim|Zephyrine|Ottoline|Quillfeather", text), text


def test_no_planted_secret_is_in_an_outcome() -> None:
    from listener.settings import Settings
    from listener.workbench import core_of

    told = [entry for secret in SECRETS.values() for entry in list(entries(secret))[:17]]
    lines = (json.dumps(entry, ensure_ascii=False).encode() for entry in unlike(told))
    stream = [r.as_record() for r in read(lines)]
    said = [
        (outcome.topic, written(outcome, "default").decode())
        for outcome in replay(stream, NOON + timedelta(days=30), listening(), core_of(Settings(), BOOK))
    ]
    assert {"alerts", "estimates", "acts"} <= {topic for topic, _ in said}
    for topic, text in said:
        if topic == "briefings":  # which name the customer, by contract
            text = text.replace(PROFILE["name"], "").replace("王小明", "")
        for secret in SECRETS.values():
            assert is_clean(text, secret), (topic, text)


def unlike(told: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The same entries with ids of their own."""
    for n, entry in enumerate(told):
        ids = {k: f"{k}-{n}" for k in ("event_id", "command_id", "post_id") if k in entry["value"]}
        yield entry | {"value": entry["value"] | ids}


def test_no_planted_secret_is_in_what_a_command_says(tmp_path: Any) -> None:
    """Neither in what it prints nor in what it logs, records that cannot be used included; no profile names anyone."""
    told = [entry for secret in SECRETS.values() for entry in list(entries(secret))[1:12]]
    broken = [{"topic": "contact.chat.v1", "key": None, "value": {"text": s, "author": s}} for s in SECRETS.values()]
    file = tmp_path / "planted.jsonl"
    file.write_text("\n".join(json.dumps(entry, ensure_ascii=False) for entry in (*unlike(told), *broken)) + "\n")
    done = CliRunner().invoke(listener, ["hear", str(file)], env={"LISTENER_LOG": "json"})
    assert done.exit_code == 0
    for sort, secret in SECRETS.items():
        assert is_clean(done.stderr, secret)
        assert sort.startswith("known") or is_clean(done.stdout, secret), secret

"""Whose a raw mail is: never the firm's own, where anything can be known of that."""

import base64

import pytest

from listener.hearing.addressing import customer_of
from listener.model.inputs import Email
from listener.model.record import DeadLetter, Understood
from listener.normalise import normalise
from listener.settings import Settings
from tests.shell_fakes import hearing, record

NOON = "2026-03-02T11:00:00Z"


def mail(author: str = "customer", **headers: str) -> dict:
    lines = [f"{name.replace('_', '-')}: {told}" for name, told in headers.items()]
    raw = "\r\n".join([*lines, "", "Where is my card?"]).encode()
    told = {"event_id": "m", "occurred_at": NOON, "author": author}
    return told | {"rfc822": base64.b64encode(raw).decode()}


def whose(told: dict, *own: str) -> str | None:
    return customer_of(normalise(Email.model_validate(told), "email"), own)


FORM = {"From": "Web form <forms@mail.bank.example>", "To": "service@bank.example"}


@pytest.mark.parametrize("own", [(), ("bank.example",)])
@pytest.mark.parametrize(
    ("told", "who"),
    [
        (mail(From="Ann <Ann@X.example>", To="service@bank.example"), "ann@x.example"),
        (mail(From="ann@x.example", To="service@bank.example", Cc="joe@x.example"), "ann@x.example"),
        (mail(From="ann@x.example", To="service@bank.example", Reply_To="ann@work.example"), "ann@x.example"),
        (mail(From="ann@x.example"), "ann@x.example"),
        (mail(Reply_To="Ann <ann@x.example>", **FORM), "ann@x.example"),
        (mail(Reply_To="desk@bank.example", **FORM), None),
        (mail(From="no-reply@forms.example", To="service@bank.example", Reply_To="ann@x.example"), "ann@x.example"),
        (mail(From="MAILER-DAEMON@mx.example", To="service@bank.example"), None),
        (mail("agent", From="jo@bank.example", To="team@bank.example, ann@x.example"), "ann@x.example"),
        (mail("agent", From="jo@bank.example", To="desk@bank.example", Cc="ann@x.example"), "ann@x.example"),
        (mail("system", From="no-reply@bank.example", To="ann@x.example"), "ann@x.example"),
        (mail("agent", To="ann@x.example"), "ann@x.example"),
    ],
)
def test_a_mail_is_whose_address_is_not_the_firms(told, who, own):
    assert whose(told, *own) == who


def test_what_a_mail_cannot_tell_the_firm_can():
    """Two firms under one roof; an address at a provider that customers have as well."""
    letter = mail(From="forms@bank-services.example", To="desk@bank.example", Reply_To="ann@x.example")
    assert whose(letter) == "forms@bank-services.example"
    assert whose(letter, "bank.example", "bank-services.example") == "ann@x.example"
    answer = mail("agent", From="thebank@post.example", To="ann@post.example")
    assert whose(answer, "thebank@post.example") == "ann@post.example"
    for within in (mail(**FORM), mail("agent", From="jo@bank.example", To="team@bank.example")):
        assert whose(within, "bank.example") is None


@pytest.mark.parametrize("own", [(), ("shop@gmail.com", "acme.example")])
@pytest.mark.parametrize(
    "told",
    [
        mail(From="ann@gmail.com", To="shop@gmail.com"),
        mail("agent", From="shop@gmail.com", To="ann@gmail.com"),
        mail("agent", From="shop@gmail.com", To="ann@gmail.com", Reply_To="orders@gmail.com"),
        mail(From="ann@gmail.com", To="bob@gmail.com, support@acme.example"),
    ],
)
def test_the_firm_and_its_customer_may_be_at_one_provider(told, own):
    assert whose(told, *own) == "ann@gmail.com"


@pytest.mark.parametrize("address", ["noreply@x.example", "do-not-reply@x.example", "forms.no_reply+a@x.example"])
def test_nobody_has_an_address_that_nobody_reads(address):
    assert whose(mail(From=address, To="service@bank.example")) is None


@pytest.mark.parametrize("address", ["norepl@x.example", "piano.replyson@x.example", "noah.answers@x.example"])
def test_a_name_is_not_taken_for_an_address_that_nobody_reads(address):
    assert whose(mail(From=address, To="service@bank.example")) == address


def test_a_mail_that_may_be_anybodys_is_a_dead_letter_and_says_what_would_tell():
    ears = hearing(normalise=normalise, own_addresses=("bank.example",))
    told, lost = ears.hear(
        [record("contact_email", mail(Reply_To="ann@x.example", **FORM)), record("contact_email", mail(**FORM))]
    )
    assert isinstance(told, Understood)
    assert told.signals[0].customer_id == "handle:email:-:ann@x.example"
    assert isinstance(lost, DeadLetter)
    assert lost.stage == "identity"
    assert "own_addresses" in lost.message


def test_the_firms_addresses_are_domains_or_addresses_in_any_case():
    assert Settings(own_addresses="Bank.example, TheBank@post.example").own_addresses == (
        "bank.example",
        "thebank@post.example",
    )
    with pytest.raises(ValueError, match="own_addresses"):
        Settings(own_addresses="two words")

"""Sentences that were heard as what they are not, in other words than those that the cues were written from."""

from datetime import UTC, datetime

import pytest

from listener.catalogue import load
from listener.model.message import Message, Role
from listener.signals import Ear

EAR = Ear(load())
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


def heard(text: str, signal: str, role: Role = "customer") -> float:
    """How surely a signal is heard in a mail."""
    return EAR.listen([Message(text, "email", role, AT)])[0].signals.get(signal, 0.0)


@pytest.mark.parametrize(
    ("signal", "text"),
    [
        ("confidence_broken", "Your site displays the invoices of a different client when I press history."),
        ("confidence_broken", "The pharmacist read out my prescription so that everybody in the line heard it."),
        ("confidence_broken", "Uns wurde der Befund einer fremden Patientin zugeschickt."),
        ("confidence_broken", "¿Por qué veo los pedidos de otra persona en mi cuenta?"),
        ("confidence_broken", "打开App居然显示别人的账单信息"),
        ("demand", "connect me with an operator"),
        ("demand", "real person please"),
        ("demand", "bitte mit einem Berater verbinden"),
        ("demand", "我要转人工客服"),
        ("demand", "Fix my bill by Friday or I'm closing my account."),
        ("praise", "Shoutout to Maya, proper legend, card replaced in a day!"),
        ("praise", "谢谢你们，修得真快"),
        ("complaint", "快递怎么这么慢"),
        ("complaint", "She got somebody else's pills again, although we told the ward."),
        ("exit", "I moved to Barclays last month, they answer the phone."),
        ("legal_threat", "I will go to court over this."),
        ("stop_contact", "Please don't phone me any more."),
    ],
)
def test_it_is_heard(signal: str, text: str) -> None:
    assert heard(text, signal) >= 0.5


@pytest.mark.parametrize(
    ("signal", "text"),
    [
        ("confidence_broken", "I'd like to order a present for another person."),
        ("demand", "It was so good to speak to a human being."),
        ("demand", "We would like to end our subscription at the end of the month."),
        ("praise", "快递怎么这么慢"),
        ("complaint", "谢谢你们，修得真快，问题都解决了"),
        ("complaint", "I need to report my stolen tablet."),
        ("complaint", "Enclosed please find the completed questionnaire."),
        ("exit", "We moved to Vienna in spring and need a new meter reading date."),
        ("legal_threat", "Do the new conditions limit our right to go to court?"),
        ("stop_contact", "Never write to my work address again, use the private one please."),
        ("stop_contact", "Bitte rufen Sie nicht im Büro an, sondern mobil."),
        ("stop_contact", "Can you stop your order mails from being sorted into junk?"),
        ("stop_contact", "Wie kann ich verhindern, dass eure Mails nicht mehr im Spam landen?"),
        ("stop_contact", "¿Qué hago para que los correos no lleguen a la carpeta de spam?"),
        ("stop_contact", "请别让你们的邮件再被当成垃圾邮件。"),
        ("remedy_rejected", "Could you keep the delivery mails out of my junk folder?"),
        ("supply_cut", "Would you put us back on your mailing list, please?"),
        ("repeat_effort", "It's the first time I write, I only want to know the fee."),
        ("shaming", "Half my colleagues say your shop is rubbish, but mine has always been lovely."),
    ],
)
def test_it_is_not_heard(signal: str, text: str) -> None:
    assert heard(text, signal) < 0.5


@pytest.mark.parametrize("text", ["We are sorry to hear that you have decided to leave.", "Lamentamos que se vaya."])
def test_a_sorry_to_see_them_go_is_no_apology(text: str) -> None:
    assert heard(text, "apology", "agent") < 0.5


def test_a_plain_greeting_is_no_template() -> None:
    assert heard("您好，您的退款昨天已经到账。", "scripted", "agent") < 0.5

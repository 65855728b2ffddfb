"""Acts that no history of ours happens to hold, each heard in raw contacts alone: no survey says what anybody wants.

Every other code of the taxonomy is noticed somewhere in tests/stories and tests/histories; these are too rare there.
"""

import pytest

from tests.recordings import Recording


def hollow_apology(r: Recording) -> None:
    """F35: sorry, and sorry again, and it is still not there."""
    r.chat(1, "My parcel has not arrived and it was due on Friday. Where is it?")
    r.chat(1.001, "I am so sorry about that, I apologise for the delay.", "agent")
    r.chat(1.002, "You said so last time. It is still not here, and nobody does anything about it.")
    r.chat(1.003, "I am really sorry, please accept our apologies.", "agent")


def abuse(r: Recording) -> None:
    """C07."""
    r.chat(1, "Can you tell me where my order is?")
    r.chat(1.001, "It left our warehouse this morning and should be with you tomorrow.", "agent")
    r.chat(1.002, "You useless idiot, are you too stupid to read? I said today.")


def free_riding(r: Recording) -> None:
    """C08: the third compensation asked for in two months."""
    for day in (1, 20, 40):
        r.chat(day, "I want a credit for that, please, as last time.")
        r.act(day + 0.1, "compensation_issued", form="credit", requested=True)


def demand_beyond_agreement(r: Recording) -> None:
    """C09: more than was agreed, with nothing wrong, and to your superiors about it."""
    r.chat(1, "Send me the new model by Friday, free of charge. I would like to speak to your manager about it.")


def confidences_disclosed(r: Recording) -> None:
    """C10."""
    r.chat(1, "Thanks for letting me into the beta, I love being part of it.")
    r.post(3, "I'm under NDA, but here is a screenshot of the beta they asked us not to share.")


def non_reciprocation(r: Recording) -> None:
    """C12: the fourth favour in two months."""
    for n, day in enumerate((1, 15, 30, 45)):
        r.chat(day, "It's me again, late with the return. The usual favour, please.")
        r.act(day + 0.1, "exception_granted", policy="late return", case_id=f"k{n}")


def discretion(r: Recording) -> None:
    """B07: a request for cover is met, and nobody asks why."""
    r.chat(1, "Please send it in a plain box with nothing on the label, my wife must not know about it.")
    r.chat(1.001, "Of course. It comes in plain packaging, and the statement shows only a number.", "agent")


def buyer_courted(r: Recording) -> None:
    """M02: somebody who wants a thing that works is offered company."""
    for day in (1, 15, 29):
        r.act(
            day,
            "order_placed",
            order_id=f"o{day}",
            value={"amount": "20.00", "currency": "USD"},
            category="toner",
            by="customer",
        )
        r.chat(day + 0.1, "Order number please, and the delivery date. Same toner as usual, nothing else.")
        r.chat(day + 0.101, "Order 4711, delivered on Tuesday.", "agent")
    r.mail(
        30,
        "Hey lovely! We're family here, and we missed you so much! Hugs, how are the kids? Come, join our community!",
        "agent",
        talk="w",
    )
    r.mail(
        34,
        "Hi sweetie, us again! Tell us all about your weekend, darling, and join our family party!",
        "agent",
        talk="x",
    )
    r.mail(36, "Just the invoice for order 4711, please. I only need the toner to arrive on time.", talk="y")


def bargainer_charmed(r: Recording) -> None:
    """M09: weeks of bargaining, a rest, and then the firm answers a fight with play, and they laugh."""
    bids = (
        "I don't trust a word of your offers, so let us not pretend to be friends. I read the small print and I compare"
        " every line. 15% off or I sign elsewhere.",
        "Renewal time. Your rival offers 12%, and I'll play you off against each other until one of you gives in.",
        "I know every trick in your book. What's the catch this time?",
        "Cheaper than last year or I leave; you know I will.",
        "I want that in writing, with every fee listed. Last time the discount was gone by the second invoice.",
    )
    for n, bid in enumerate(bids):
        r.mail(1 + 6 * n, bid, talk=f"round-{n}")
        r.mail(1.2 + 6 * n, "We can go a little lower, see the attached offer.", "agent", talk=f"round-{n}")
    r.mail(75, "Round seven. 15% this time, and I compare every line.", talk="last")
    surrender = "Our accountants have surrendered, the lawyers hide, the white flag is in the post: 15% it is."
    r.mail(75.1, surrender, "agent", talk="last")
    r.mail(75.2, "Hahaha, brilliant, that made my day. You win this one.", talk="last")


@pytest.mark.parametrize(
    ("code", "story"),
    [
        ("F35", hollow_apology),
        ("C07", abuse),
        ("C08", free_riding),
        ("C09", demand_beyond_agreement),
        ("C10", confidences_disclosed),
        ("C12", non_reciprocation),
        ("B07", discretion),
        ("M02", buyer_courted),
        ("M09", bargainer_charmed),
    ],
    ids=lambda one: one if isinstance(one, str) else one.__name__,
)
def test_it_is_noticed_in_raw_contacts(code, story):
    recording = Recording().known_since("2024-05-01")
    story(recording)
    assert code in recording.played().noticed

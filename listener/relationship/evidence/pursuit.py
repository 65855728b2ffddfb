"""Who follows whom: sends and calls nobody answered, opt-outs, and sends after an opt-out."""

from listener.relationship.seen import Features, Seen, ramp, saturate


def pursuit(seen: Seen) -> Features:
    """How far the firm's contact outruns the customer's."""
    sent = seen.n("campaigns") + 2.0 * seen.n("outreach")
    moves = len(seen.tie.moves)
    return {
        "opted_out": saturate(seen.n("opted_out")),
        "sent_after_no": saturate(seen.n("sent_after_no")),
        "pursued": ramp(sent / (moves + 1.0), 1.0, 4.0),
        "called_up": saturate(seen.n("outreach")),
        "left_alone": 1.0 if sent == 0 and moves > 2 else 0.0,
    }

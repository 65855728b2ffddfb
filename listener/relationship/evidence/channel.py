"""Where the customer speaks: in public or in private, by letter, chat or telephone."""

from listener.relationship.seen import Features, Seen


def channel(seen: Seen) -> Features:
    """Shares of the channels among the customer's turns."""
    turns = seen.n("turns")
    if turns <= 0:
        return {}
    sure = turns / (turns + 1.0)
    return {
        "public": sure * min(1.0, seen.n("public_turns") / turns),
        "by_mail": sure * min(1.0, seen.n("emails") / turns),
        "by_chat": sure * min(1.0, seen.n("chats") / turns),
        "by_phone": sure * min(1.0, seen.n("calls") / turns),
        "only_public": 1.0 if turns >= 2 and seen.n("public_turns") >= 0.95 * turns else 0.0,
        "never_public": sure if seen.n("public_turns") < 0.02 * turns else 0.0,
    }

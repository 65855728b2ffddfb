"""Where the customer speaks: in public or in private, by letter, chat or telephone."""

from listener.relationship.seen import Features, Seen, ramp


def channel(seen: Seen) -> Features:
    """Shares of the channels among the customer's turns; from one talk alone the channel tells only who listened."""
    turns, talks = seen.n("turns"), seen.n("talks")
    if turns <= 0:
        return {}
    sure = ramp(talks, 0.9, 4.0)
    public = min(1.0, seen.n("public_turns") / turns)
    return {
        "public": sure * public,
        "by_mail": sure * min(1.0, seen.n("emails") / turns),
        "by_chat": sure * min(1.0, seen.n("chats") / turns),
        "by_phone": sure * min(1.0, seen.n("calls") / turns),
        "only_public": sure if public >= 0.95 else 0.0,
        "never_public": sure if public < 0.02 else 0.0,
    }

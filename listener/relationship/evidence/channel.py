"""Where the customer speaks: in public or in private, by letter, chat or telephone."""

from listener.relationship.view import Features, View, ramp


def channel(view: View) -> Features:
    """Shares of the channels among the customer's turns; from one talk alone the channel tells only who listened."""
    turns, talks = view.n("turns"), view.n("talks")
    if turns <= 0:
        return {}
    sure = ramp(talks, 0.9, 4.0)
    public = min(1.0, view.n("public_turns") / turns)
    return {
        "public": sure * public,
        "by_mail": sure * min(1.0, view.n("emails") / turns),
        "by_chat": sure * min(1.0, view.n("chats") / turns),
        "by_phone": sure * min(1.0, view.n("calls") / turns),
        "only_public": sure if public >= 0.95 else 0.0,
        "never_public": sure if public < 0.02 else 0.0,
    }

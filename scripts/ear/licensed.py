"""What others wrote and lets us train on: comments with emotions, uneventful turns, help-desk threads."""

from collections.abc import Iterator

from scripts.ear import sets as ear_sets
from scripts.ear.example import Example

BAD = frozenset(
    [
        "anger",
        "annoyance",
        "disappointment",
        "disapproval",
        "disgust",
        "sadness",
        "fear",
        "grief",
        "remorse",
        "nervousness",
        "embarrassment",
    ]
)
GOOD = frozenset(
    [
        "admiration",
        "amusement",
        "approval",
        "caring",
        "excitement",
        "gratitude",
        "joy",
        "love",
        "optimism",
        "pride",
        "relief",
    ]
)
TRUE_OF_COMMENTS = frozenset(
    f"customer:{s}"
    for s in ("question", "gratitude", "praise", "joy", "love", "humour", "self_disclosure", "distress", "comparison")
)


def comments(customers: list[str]) -> Iterator[Example]:
    """Comments with their emotions; a part of them is background for every signal."""
    names, told = ear_sets.goemotions("train")
    for n, (text, marks) in enumerate(told):
        said = {names[i] for i in marks}
        labels = {f"emotion:{name}": (float(name in said), 1.0) for name in names}
        bad, good = bool(said & BAD), bool(said & GOOD)
        if n % 3 == 0:
            labels["customer:negative_emotion"] = (0.75 if bad and not good else 0.05 if good else 0.1, 0.12)
            labels["customer:complaint"] = (0.15 if said & {"anger", "annoyance", "disappointment"} else 0.05, 0.1)
            labels["customer:praise"] = (0.7 if "admiration" in said and not bad else 0.03, 0.12)
        if n % 10 == 0:
            quiet = {h: (0.01, 0.3) for h in customers if h not in labels and h not in TRUE_OF_COMMENTS}
            labels = {**quiet, **labels}
        yield Example(text, False, labels, f"comment:{n}", "comment")


def calm_turns() -> list[str]:
    """Turns of every second uneventful dialogue, each once."""
    return list(
        dict.fromkeys(t for talks in ear_sets.neutral().values() for talk in talks[::2] for t in talk if t.strip())
    )


def turns(customers: list[str]) -> Iterator[Example]:
    """Turns of uneventful dialogues: background for every signal; nobody complains in them."""
    heads = {
        "customer:complaint": (0.02, 2.8),
        "customer:negative_emotion": (0.01, 2.8),
        "customer:distress": (0.01, 1.0),
    }
    spared = {*heads, "customer:question", "customer:gratitude"}
    others = {h: (0.01, 0.3) for h in customers if h not in spared}
    for n, text in enumerate(calm_turns()):
        yield Example(text, False, {**(others if n % 2 == 0 else {}), **heads}, f"turn:{n}", "turn")


def helpdesk() -> Iterator[Example]:
    """Customers' turns of help-desk threads: the raters' mark is the whole thread's."""
    for n, (told, satisfaction) in enumerate(ear_sets.helpdesk()):
        for author, text in told:
            if author == "customer":
                yield Example(text, False, {}, f"desk:{n}", "desk", (n, satisfaction))

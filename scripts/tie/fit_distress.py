"""Learn what tells distress: nats of each cue, emotion and manner, from threads and help-desk talks that people rated.

    .venv/bin/python -m scripts.tie.fit_distress tests/threads/dev*.jsonl --seldom tests/threads/dev4a.jsonl --write

Which cue is pain and which is ease is knowledge and stays; each is thought to weigh START nats until ratings say more
or less. Help-desk talks (annotations CC BY) were rated for satisfaction, so they have a resting level of their own;
the ear's `dissatisfaction` was fitted on these talks, so that their figure flatters. How it does on talks
left out in turn is told; output: data/distress.yaml.
"""

import argparse
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from listener.catalogue import load
from listener.catalogue.distress import ANSWERED, FILE, DistressWeights
from listener.model.signals import Heard, Signal
from listener.relationship.distress import manner_of, tells
from listener.signals import Ear
from scripts.ear.sets import FOLDER
from scripts.tie import talks as tie_talks

Array = NDArray[np.float64]
START, PENALTY, FOLDS = 0.3, 1.0, 5
HELPDESK = 1.0
"""What a help-desk talk weighs beside a thread: content with an answer is not quite distress. Beside 7,381 threads,
help-desk talks are told at .862 with it and at .845 with half, threads as well with either."""
SELDOM = 0.1
"""What a thread weighs of those written about need, where every fourth customer is beside themselves: in life few are,
and are plainer. With 1, threads by writers left out are told at .817 and help-desk talks, from threads alone, at .779;
with this at .826 and .805. Voices as signs tell invented threads better still (.836), and real ones worse."""
REST = -2.0
"""Log-odds of high distress where nothing was felt: about one in eight of those who write (P)."""
CHANCE = (0.02, 0.2, 0.85, 0.97)
"""The chance that distress is high, by a reader's 0 none .. 3 beside themselves."""
PAIN = (
    "complaint", "negative_emotion", "distress", "betrayal", "disrespect_felt", "repeat_effort", "exit", "escalation",
    "brusque", "demand", "legal_threat", "public_warning", "remedy_rejected", "captivity", "unanswered", "deceived",
    "abuse", "threat", "refund_wanted", "stop_contact", "need", "failure:billing", "failure:booking",
    "failure:cancelled", "failure:damaged", "failure:late", "failure:lost", "failure:quality", "failure:queue",
    "failure:service", "failure:staff",
)  # fmt: skip
EASE = ("gratitude", "praise", "joy", "love", "humour", "forgiveness", "politeness", "loyalty", "kept")
PAINFUL = (
    "anger", "annoyance", "disappointment", "disapproval", "sadness", "fear", "nervousness", "disgust", "confusion",
    "embarrassment",
)  # fmt: skip
EASING = (
    "gratitude", "joy", "admiration", "amusement", "approval", "optimism", "excitement", "love", "relief", "caring",
)  # fmt: skip
MANNER = {
    "length": 1.0, "exclamations": 1.0, "capitals": 1.0, "low_mood": 1.0, "bright_mood": -1.0, "dissatisfied": 1.0,
    "satisfied": -1.0,
}  # fmt: skip
SIGNS = np.array(
    [1.0] * len(PAIN) + [-1.0] * len(EASE) + [1.0] * len(PAINFUL) + [-1.0] * len(EASING) + [*MANNER.values()]
)
SAID = (
    "apology", "empathy", "responsibility", "scripted", "familiarity", "refusal", "thanks_only", "failure_owned",
    "compensation_offer", "promise", "history_used", "concrete", "policy_cited", "personal_question",
    "generic_greeting",
)  # fmt: skip
FELT = (
    "remorse", "sadness", "caring", "gratitude", "joy", "amusement", "optimism", "curiosity", "admiration",
    "excitement", "approval",
)  # fmt: skip
ANSWERS = (ANSWERED, *SAID, *FELT)
"""That the firm answers, and what its turns say and feel: witnesses of how it reads the customer; learned which way."""
STIFF = 3.0
"""The penalty on these: there are many, and firms have manners of their own."""
K = len(SIGNS)
W = K + len(ANSWERS)
"""How many signs there are, and with the answers: the weights of what is told, in that order."""
KEEPS, IN_CHAT, APART = W, W + 1, W + 2
"""Places of what is learned beside the weights: log-odds of what is kept, and kept in a chat; the help desk's resting
level."""


@dataclass(frozen=True)
class Talks:
    """Rated talks: what their turns tell (n, turns, W), whether the customer speaks (n, turns), the chance of distress.

    `chat` (n,) is 1 where the talk is a chat, `rated` the rating itself; `apart` is 1 for the help desk.
    """

    chat: Array
    told: Array
    speaks: Array
    chance: Array
    rated: Array
    weight: Array
    apart: float

    def of(self, rows: NDArray[np.intp]) -> "Talks":
        """Some of the talks."""
        parts = (part[rows] for part in (self.chat, self.told, self.speaks, self.chance, self.rated, self.weight))
        return Talks(*parts, self.apart)


def turn(heard: Heard) -> list[float]:
    """What one turn tells: the customer's signs, or what the firm answers."""
    cues, feelings = heard.signals, heard.emotions
    if heard.role != "customer":
        said = [cues.get(name, 0.0) for name in SAID] + [feelings.get(name, 0.0) for name in FELT]
        return [0.0] * K + [1.0, *said]
    manner = dict(manner_of(heard))
    told = [cues.get(name, 0.0) for name in (*PAIN, *EASE)]
    told += [feelings.get(name, 0.0) for name in (*PAINFUL, *EASING)] + [manner[name] for name in MANNER]
    return [*(sign * amount for sign, amount in zip(SIGNS, told, strict=True)), *[0.0] * len(ANSWERS)]


def as_turns(said: Sequence[Signal]) -> list[Heard]:
    """What tells of distress, lines that one side writes in a row as one: of each sign the most.

    That stands in for the line that tells most, which depends on the weights.
    """
    turns: list[Heard] = []
    for heard in said:
        if not isinstance(heard, Heard) or not tells(heard):
            continue
        if turns and turns[-1].role == heard.role:
            heard = heard.model_copy(update={name: most(turns[-1], heard, name) for name in ("signals", "emotions")})
            turns.pop()
        turns.append(heard)
    return turns


def most(one: Heard, other: Heard, name: str) -> dict[str, float]:
    """Of each signal, or emotion, of two lines the stronger."""
    a, b = getattr(one, name), getattr(other, name)
    return {key: max(a.get(key, 0.0), b.get(key, 0.0)) for key in a | b}


def gathered(talks: Sequence[tie_talks.Talk], chance: Array, rated: Array, ear: Ear, *, apart: bool) -> Talks:
    """Talks as arrays, each weighing alike."""
    signals = tie_talks.signals_of(talks, ear)
    turns = [as_turns(signals[talk.name]) for talk in talks]
    shape = len(talks), max(map(len, turns))
    told, speaks = np.zeros((*shape, W)), np.zeros(shape)
    for i, said in enumerate(turns):
        for j, heard in enumerate(said):
            told[i, j], speaks[i, j] = turn(heard), heard.role == "customer"
    chat = np.array([float(talk.channel == "chat") for talk in talks])
    return Talks(chat, told, speaks, chance, rated, np.full(len(talks), HELPDESK if apart else 1.0), float(apart))


def logistic(odds: Array) -> Array:
    """Chances from log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def felt(x: Array, talks: Talks) -> tuple[Array, Array, Array]:
    """The chance of high distress at the end of each talk; by turn, what was felt before it, and how much is kept."""
    added = talks.told @ x[:W]
    keeps = np.where(talks.speaks > 0, logistic(np.where(talks.chat > 0, x[IN_CHAT], x[KEEPS]))[:, None], 1.0)
    nats, before = np.zeros(len(added)), np.zeros_like(added)
    for j in range(added.shape[1]):
        before[:, j] = nats
        nats = keeps[:, j] * nats + added[:, j]
    return np.clip(logistic(REST + nats + talks.apart * x[APART]), 1e-5, 1 - 1e-5), before, keeps


def loss(x: Array, told: Sequence[Talks]) -> tuple[float, Array]:
    """Surprise at the ratings, with the penalty on leaving START; and its gradient, from the last turn to the first."""
    off, stiff = x - start(), np.array([PENALTY] * K + [STIFF] * len(ANSWERS) + [0.1, 0.1, 0.01])
    total, grad = float((stiff * off**2).sum()), 2 * stiff * off
    for talks in told:
        y, (p, before, keeps) = talks.chance, felt(x, talks)
        total -= float((talks.weight * (y * np.log(p) + (1 - y) * np.log(1 - p))).sum())
        push, by_turn, by_kept = talks.weight * (p - y), np.zeros_like(before), np.zeros(len(p))
        grad[APART] += talks.apart * push.sum()
        for j in reversed(range(before.shape[1])):
            by_turn[:, j] = push
            by_kept += talks.speaks[:, j] * push * before[:, j] * keeps[:, j] * (1.0 - keeps[:, j])
            push = push * keeps[:, j]
        grad[KEEPS] += by_kept[talks.chat <= 0].sum()
        grad[IN_CHAT] += by_kept[talks.chat > 0].sum()
        grad[:W] += by_turn.ravel() @ talks.told.reshape(-1, W)
    return total, grad


def start() -> Array:
    """Where learning begins: every sign alike, six tenths kept from turn to turn."""
    return np.concatenate([np.full(K, START), np.zeros(len(ANSWERS)), [0.5, 0.5, 0.0]])


def fit(told: Sequence[Talks]) -> Array:
    """What is learned from rated talks; weights keep their sign."""
    bounds = [(0.0, 5.0)] * K + [(None, None)] * len(ANSWERS) + [(-3.0, 4.0)] * 2 + [(None, None)]
    found = minimize(loss, start(), (told,), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300})
    return np.asarray(found.x)


def left_out(told: Sequence[Talks]) -> list[Array]:
    """Each talk's distress from weights that never saw it."""
    folds = [np.random.default_rng(n).permutation(len(talks.told)) % FOLDS for n, talks in enumerate(told)]
    out = [np.zeros(len(talks.told)) for talks in told]
    for fold in range(FOLDS):
        x = fit([t.of(np.flatnonzero(f != fold)) for t, f in zip(told, folds, strict=True)])
        for talks, f, p in zip(told, folds, out, strict=True):
            p[f == fold] = felt(x, talks.of(np.flatnonzero(f == fold)))[0]
    return out


def figures(p: Array, talks: Talks, high: NDArray[np.bool_]) -> str:
    """AUC for high distress, rank correlation with the rating, and calibration where distress itself was rated."""
    bins = np.array_split(np.argsort(p), 6)
    ece = sum(abs(p[b].mean() - high[b].mean()) * len(b) for b in bins) / len(p)
    rho = spearmanr(p, talks.rated).statistic
    honest = "" if talks.apart else f", ECE {ece:.3f}"
    return f"AUC {roc_auc_score(high, p):.3f}, rho {rho:.3f}{honest} over {len(p)}"


def helpdesk(path: Path) -> tuple[list[tie_talks.Talk], Array, Array]:
    """Help-desk talks, the chance that a rater of each is dissatisfied, and their mean dissatisfaction."""
    told = json.loads(gzip.decompress(path.read_bytes()))
    author = {"customer": "customer", "helpdesk": "agent"}
    talks = [
        tie_talks.Talk(f"h{n}", "chat", tuple((author[t["sender"]], " ".join(t["utterances"])) for t in d["turns"]), ())
        for n, d in enumerate(told)
    ]
    unhappy = np.array([-np.mean([a["quality"]["S"] for a in d["annotations"]]) for d in told])
    return talks, np.clip(0.35 + 0.3 * unhappy, 0.02, 0.97), unhappy


def main() -> None:
    """Learn, tell how it does on what it never saw, and write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("threads", nargs="+", type=Path)
    ap.add_argument("--helpdesk", type=Path, default=FOLDER / "helpdesk_quality.json.gz")
    ap.add_argument("--seldom", nargs="*", type=Path, default=[])
    ap.add_argument("--write", action="store_true")
    options = ap.parse_args()
    knowledge = load()
    ear = Ear(knowledge)
    short = [talk for path in options.threads for talk in tie_talks.threads(path)]
    rated = np.array([float(talk.distress or 0) for talk in short])
    told = [gathered(short, np.array(CHANCE)[rated.astype(int)], rated, ear, apart=False)]
    seldom = {talk.name for path in options.seldom for talk in tie_talks.threads(path)}
    told[0].weight[[talk.name in seldom for talk in short]] = SELDOM
    if options.helpdesk.is_file():
        told.append(gathered(*helpdesk(options.helpdesk), ear, apart=True))
    cv = [
        figures(p, t, t.rated >= 2 if not t.apart else t.rated > 0) for p, t in zip(left_out(told), told, strict=True)
    ]
    print("left out in turn:", cv)
    if options.write:
        write(fit(told), "; ".join(f"{what}: {got}" for what, got in zip(("threads", "help desk"), cv, strict=False)))


def write(x: Array, cv: str) -> None:
    """Write what was learned into the catalogue."""
    nats = SIGNS * x[:K]
    parts, at = [], 0
    for names in ((*PAIN, *EASE), (*PAINFUL, *EASING), MANNER):
        rows = zip(names, nats[at : at + len(names)], strict=True)
        parts.append({name: round(float(v), 2) for name, v in rows if abs(v) >= 0.01})
        at += len(names)
    rows = zip(ANSWERS, x[K:W], strict=True)
    answered = {name: round(float(v), 2) for name, v in rows if abs(v) >= 0.01}
    known = DistressWeights(
        source=f"scripts/tie/fit_distress.py; left out in turn, {cv}; the rest is set (P)",
        rest=REST,
        keeps=round(float(logistic(x[KEEPS])), 3),
        keeps_in_chat=round(float(logistic(x[IN_CHAT])), 3),
        answers={name: v for name, v in answered.items() if name not in FELT},
        answered_with={name: v for name, v in answered.items() if name in FELT},
        breach=0.8,
        half_life_days=10.0,
        line_s=120,
        within=(-2.0, 8.0),
        signals=parts[0],
        emotions=parts[1],
        manner=parts[2],
    )
    path = Path(__file__).parents[2] / "listener/catalogue/data" / FILE
    head = "# Written by scripts/tie/fit_distress.py, never by hand: nats of each sign of pain (+) and ease (-).\n"
    path.write_text(head + yaml.safe_dump(known.model_dump(mode="json"), sort_keys=False, width=118), encoding="utf-8")
    print("wrote", path.name)


if __name__ == "__main__":
    main()

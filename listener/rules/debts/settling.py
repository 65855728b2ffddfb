"""What settles something owed: each way a claim about a signal and a debt. Bots and systems never answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from listener.model import sketch
from listener.model.ledger import Debt
from listener.rules.case import Case
from listener.rules.case.given_word import is_here_or_of_it, shares_words
from listener.rules.case.grievance import troubled
from listener.rules.case.need import is_of_a_need
from listener.rules.case.speakers import is_a_named_person, is_their_contact
from listener.rules.case.wording import CANNED, unpacked

Obstacle = str
"""Why a signal that might have settled something did not, in words; empty where it does."""
SETTLED: Final[Obstacle] = ""
GLAD: Final = ("gratitude", "joy", "praise", "love")
TRYING: Final = "they thank for the trying, not for what was done"
"""Cues of somebody who is glad of something; whoever forgives has not got it."""
ANSWERS: Final = frozenset({"human turn", "answer of substance"})
"""Ways to settle that a person of the firm takes by speaking in the same conversation."""
THANKS: Final[Obstacle] = "it only thanks them or says that it was received"
OTHER: Final[Obstacle] = "this is about something else"
FORM: Final[Obstacle] = "it is a form's, and says nothing to the need that was told of"
SELLS: Final[Obstacle] = "it sells something, and says nothing to the matter"


@dataclass(frozen=True, slots=True)
class Settlement:
    """A way to settle: what it is called in a sentence, what can do it (a side, or a kind of act), and what hinders."""

    called: str
    by: frozenset[str]
    lacks: Callable[[Case, Debt], Obstacle]

    def concerns(self, case: Case) -> bool:
        """Whether what was said or done is of a kind that could settle it."""
        return (case.kind or case.side) in self.by


SETTLEMENTS: Final[dict[str, Settlement]] = {}


def _way(
    name: str, called: str, *by: str
) -> Callable[[Callable[[Case, Debt], Obstacle]], Callable[[Case, Debt], Obstacle]]:
    """Give a way to settle the name that rules use, and the words that people do."""

    def enter(lacks: Callable[[Case, Debt], Obstacle]) -> Callable[[Case, Debt], Obstacle]:
        SETTLEMENTS[name] = Settlement(called, frozenset(by), lacks)
        return lacks

    return enter


SAYS_MORE: Final = ("concrete", "answer_substance", "promise", "refusal")
"""What makes an answer of a turn that gives thanks as well, an unwelcome one too."""


TO_THE_MATTER: Final = (
    "policy_cited",
    "answer_substance",
    "promise",
    "refusal",
    "done_as_asked",
    "apology",
    "empathy",
    "compensation_offer",
)
"""What shows that a turn takes up the matter, also where its tone is a form's; a figure alone may be an offer's."""
PLAINLY: Final = 0.9
"""How surely a turn must be concrete, and of substance, to be an answer in any tone (ours: courtesies sound canned)."""
SELLING: Final = 0.7
"""How surely a turn must ask for a commitment to be a sale and no answer (ours: below, "shall I?" sounds the same)."""


def _only_thanks(case: Case) -> bool:
    """Whether the turn thanks for the message and says no more."""
    return case.cue("thanks_only") >= 0.6 and max(map(case.cue, SAYS_MORE)) < 0.6


@_way("human turn", "a word from a person of the firm", "agent")
def human_turn(case: Case, debt: Debt) -> Obstacle:
    """A human of the firm speaks to the customer; a sale, or a form after a word of need, must be to the matter."""
    if _only_thanks(case):
        return THANKS
    if case.loudest(TO_THE_MATTER) >= 0.6 or shares_words(case, debt):
        return SETTLED
    if case.cue("commitment_ask") >= SELLING:
        return SELLS
    return FORM if case.cue("scripted") >= CANNED and is_of_a_need(debt) else SETTLED


@_way("named person", "a word from a person of the firm who is named", "agent")
def named_person(case: Case, debt: Debt) -> Obstacle:
    """A human of the firm whose name the event gives (`agent_id`) speaks to the customer."""
    if _only_thanks(case):
        return THANKS
    return SETTLED if is_a_named_person(case) else "nobody is named in it"


@_way("their contact", "a word from a person of the firm whom their profile names", "agent")
def their_contact(case: Case, debt: Debt) -> Obstacle:
    """A human of the firm whom the customer's profile names among its contacts speaks to them."""
    if _only_thanks(case):
        return THANKS
    return SETTLED if is_their_contact(case) else "it is from nobody whom their profile names"


@_way("answer of substance", "an answer with substance from a person of the firm", "agent")
def answer_of_substance(case: Case, debt: Debt) -> Obstacle:
    """A human of the firm answers here, or about this elsewhere; what is canned must be concrete of it."""
    if _only_thanks(case) or case.heard is None:
        return THANKS
    shared = sketch.overlap(case.heard.sketch, unpacked(debt.words))
    concrete = case.cue("concrete") >= 0.6 or case.cue("answer_substance") >= 0.7
    here = bool(debt.talk) and case.mark == debt.talk
    plainly = here and min(case.cue("concrete"), case.cue("answer_substance")) >= PLAINLY
    if case.cue("scripted") >= CANNED and not (plainly or (concrete and shared >= 0.1)):
        return "it sounds canned and says nothing concrete of it"
    return SETTLED if here or shared >= 0.15 else OTHER


@_way("answer welcomed", "the customer welcoming the answer", "customer")
def answer_welcomed(case: Case, debt: Debt) -> Obstacle:
    """A person of the firm has spoken here since; the customer takes what was said, or is glad, not just grateful."""
    since = case.talk is not None and debt.talk == case.mark and case.talk.firm_s > debt.opened_s
    if not since:
        return "nobody has answered here yet"
    if max(troubled(case), case.cue("thanks_anyway")) >= 0.5:
        return "they are not content with the answer"
    asks_again = case.loudest(("request", "suggestion")) >= 0.6 or bool(case.heard and case.heard.needs_answer)
    glad = case.loudest(("stays", "joy", "love")) >= 0.6
    return SETTLED if glad and not asks_again else "they do not say that the answer is welcome"


@_way("idea answered", "a report that the idea was answered", "idea_answered")
def idea_answered(case: Case, debt: Debt) -> Obstacle:
    """The firm reports that the idea was answered with substance."""
    if case.details.get("substantive") is False:
        return "the answer had no substance"
    return SETTLED if case.details.get("idea_event_id") in (None, debt.cause) else OTHER


@_way("idea credited", "the idea taken up and credited", "idea_used")
def idea_credited(case: Case, debt: Debt) -> Obstacle:
    """The idea was taken up, and credited."""
    return SETTLED if case.details.get("credited") is True else "the idea was taken up and not credited"


@_way("solicited outreach", "a call or letter that they asked for", "outreach_made")
def solicited_outreach(case: Case, debt: Debt) -> Obstacle:
    """The firm calls or writes as it was asked to."""
    return SETTLED if case.details.get("solicited") is True else "they had not asked for this contact"


@_way(
    "mended", "a remedy",
    "compensation_issued", "case_closed", "fix_made", "exception_granted",
)  # fmt: skip
def mended(case: Case, debt: Debt) -> Obstacle:
    """A fix, a refund or replacement, an exception, or a case closed as resolved."""
    details = case.details
    if case.kind == "compensation_issued" and details.get("form") not in ("refund", "replacement"):
        return "it is neither a refund nor a replacement"
    if case.kind == "case_closed" and details.get("resolved") is not True:
        return "the case was not closed as resolved"
    return SETTLED


@_way("customer content", "the customer being content", "customer")
def customer_content(case: Case, debt: Debt) -> Obstacle:
    """The customer speaks again, here or of this, and is content: thanks, praise, or says that it has come."""
    if troubled(case) >= 0.5:
        return "they are still in trouble"
    if is_of_a_need(debt) and case.cue("kept") < 0.5:
        return "they are in need, and thanks do not end that"
    if case.cue("thanks_anyway") >= 0.5 and case.cue("kept") < 0.5:
        return TRYING
    glad = case.loudest(("gratitude", "kept", "joy", "praise", "love", "forgiveness", "stays"))
    asks_again = case.cue("request") >= 0.6 or (case.heard is not None and case.heard.needs_answer)
    return SETTLED if glad >= 0.5 and not asks_again else "they do not say that it is settled"


@_way("said to be kept", "the customer saying that what was promised has come or was done", "customer")
def said_to_be_kept(case: Case, debt: Debt) -> Obstacle:
    """The customer says, here or of the same, that it has come; or once half its time is over is glad of that thing."""
    if troubled(case) >= 0.5:
        return "they are still in trouble"
    if not is_here_or_of_it(case, debt):
        return OTHER
    if case.cue("kept") >= 0.5:
        return SETTLED
    if case.cue("thanks_anyway") >= 0.5:
        return TRYING
    if case.loudest(GLAD) < 0.5 or not shares_words(case, debt) or (case.heard and case.heard.needs_answer):
        return "they do not say that what was promised has come"
    early = 2 * case.at_s < debt.opened_s + debt.due_s
    return "they thank for the promise, not yet for what was promised" if early else SETTLED


@_way("let go", "the customer letting the firm off what was promised", "customer")
def let_go(case: Case, debt: Debt) -> Obstacle:
    """The customer says, here or of the same, that it is forgiven or no longer wanted; politeness says neither."""
    if troubled(case) >= 0.5:
        return "they are still in trouble"
    if case.cue("released") < 0.5:
        return "they do not let the firm off what was promised"
    return SETTLED if is_here_or_of_it(case, debt) else OTHER


@_way("customer ordered", "an order of theirs", "order_placed")
def customer_ordered(case: Case, debt: Debt) -> Obstacle:
    """The customer orders: whoever only had a question, or asked in passing, has found the answer."""
    if case.details.get("by", "customer") != "customer":
        return "the firm placed this order, not the customer"
    if is_of_a_need(debt):
        return "they are in need, and ordering does not end that"
    passing = not debt.troubled or debt.channel in ("chat", "voice")
    return SETTLED if passing else "they were in trouble, and ordering does not end that"


@_way("followed up", "a person of the firm coming back to it", "agent")
def followed_up(case: Case, debt: Debt) -> Obstacle:
    """A human of the firm comes back to it later: here, in its words, or unasked; not with an excuse."""
    if case.at_s - debt.opened_s < 1800:
        return "it is the talk in which it was promised, less than half an hour on"
    unasked = case.talk is None or (case.talk.begun_by_firm and not case.talk.customer_s)
    if not (unasked or is_here_or_of_it(case, debt)):
        return OTHER
    if (
        case.loudest(
            ("promise", "scripted", "policy_cited", "refusal", "word_withdrawn", "not_done", "blame", "apology")
        )
        < 0.6
    ):
        return SETTLED
    return "it is another promise, excuse, apology or rule"


@_way("told done", "a person of the firm saying that it is done", "agent")
def told_done(case: Case, debt: Debt) -> Obstacle:
    """A human of the firm says, here or of the same, that it is done: plainly, or with substance and no will."""
    if not is_here_or_of_it(case, debt):
        return OTHER
    plainly = case.cue("done_as_asked") >= 0.6
    of_it = case.cue("answer_substance") >= 0.7 and case.cue("promise") < 0.5 and shares_words(case, debt)
    return SETTLED if (plainly or of_it) and case.cue("refusal") < 0.6 else "it does not say that it is done"


def settles(case: Case, debt: Debt, names: tuple[str, ...]) -> bool:
    """Whether this signal settles the debt by any of the ways its rule names."""
    return settled_by(case, debt, names) is not None


def settled_by(case: Case, debt: Debt, names: tuple[str, ...]) -> str | None:
    """The first of these ways by which this signal settles the debt."""
    return next((n for n in names if SETTLEMENTS[n].concerns(case) and not SETTLEMENTS[n].lacks(case, debt)), None)


def obstacles(case: Case, debt: Debt, names: tuple[str, ...]) -> Iterator[Obstacle]:
    """Why this signal settles nothing of the debt: what hinders each way that it could be, or that it is none."""
    could = [SETTLEMENTS[n] for n in names if SETTLEMENTS[n].concerns(case)]
    yield from dict.fromkeys(told for way in could if (told := way.lacks(case, debt)))
    if not could:
        no_answer = {"bot": "a bot", "system": "an automatic message", "campaign": "a mailing", "customer": "this"}
        yield f"{no_answer.get(case.side, 'such an act')} is none of the things that would settle it"

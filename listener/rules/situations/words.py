"""Situations of the words themselves: who says them and to whom, of whom they speak."""

import re

from listener.rules.case import Case
from listener.rules.case.grievance import troubled
from listener.rules.case.need import in_need
from listener.rules.case.speakers import is_a_named_person, is_their_contact
from listener.rules.case.wording import CANNED
from listener.rules.situations.vocabulary import situation
from listener.rules.situations.who import has_a_past


@situation("addressed to the firm", "it is [said|not said] to the firm")
def addressed(case: Case, _: str) -> bool:
    """What was said is said to the firm: in private, in reply to it, or with its handle."""
    heard, talk = case.heard, case.talk
    if heard is None or not (heard.public or heard.channel == "social"):
        return heard is not None
    return heard.in_reply_to is not None or heard.traits.get("handles", 0) > 0 or bool(talk and talk.firm_s)


@situation("from a named person", "who speaks for the firm [is named|is not named]")
def from_a_named_person(case: Case, _: str) -> bool:
    """A person of the firm speaks, and the event says who (its `agent_id`)."""
    return is_a_named_person(case)


@situation("from their contact", "who speaks for the firm is [somebody|nobody] whom their profile names")
def from_their_contact(case: Case, _: str) -> bool:
    """Who speaks for the firm (`agent_id`) is one of the contacts whom the customer's profile names."""
    return is_their_contact(case)


@situation("in public", "it was [said where others read it|not said in public]")
def in_public(case: Case, _: str) -> bool:
    """It was said where others read it."""
    return case.public


@situation("in a letter", "it [is|is not] an e-mail")
def in_a_letter(case: Case, _: str) -> bool:
    """It was written as a mail; long letters sound like complaints whatever they say."""
    return case.channel == "email"


@situation("about the brand", "the feeling is [about the firm|about something else than the firm]")
def about_the_brand(case: Case, _: str) -> bool:
    """The feeling is about the brand, not a rival or something else."""
    return case.heard is None or case.heard.target == "brand"


@situation("about a rival", "the feeling is [about a rival|not about a rival]")
def about_a_rival(case: Case, _: str) -> bool:
    """The feeling is about another firm; what endangers somebody counts unless it is that firm's doing."""
    return case.heard is not None and case.heard.target == "rival"


@situation(
    "may be of another firm",
    "it [may be|can hardly be] what another firm did: a newcomer speaks of `them`, never to `you`",
)
def may_be_of_another(case: Case, _: str) -> bool:
    """Who has no past with the firm speaks of what "they" did and never says "you": those may be the firm they left."""
    said = case.heard.excerpt if case.heard else ""
    return not has_a_past(case, "") and _THEY.search(said) is not None and _YOU.search(said) is None


@situation("needs answer", "it [wants|does not want] an answer")
def needs_answer(case: Case, _: str) -> bool:
    """What was said wants an answer."""
    return case.heard is not None and case.heard.needs_answer


@situation(
    "wants an answer or tells of a need",
    "it [wants an answer or tells of a need|neither asks nor tells of a need]",
)
def wants_an_answer(case: Case, _: str) -> bool:
    """It wants an answer or something done; or it plainly tells of a death, an illness or a want, and asks by that."""
    return needs_answer(case, "") or asks_for_something(case) or in_need(case)


def asks_for_something(case: Case) -> bool:
    """They ask by please or by need that something be done, with or without a question mark."""
    return case.cue("request") >= 0.6


@situation("asks plainly", "it [has|does not have] the form of asking")
def asks_plainly(case: Case, _: str) -> bool:
    """It has the form of asking: a question mark, or a sentence that begins with a verb."""
    heard = case.heard
    return heard is not None and max(heard.traits.get("questions", 0), heard.traits.get("imperatives", 0)) > 0


@situation("just content", "they are [glad and ask nothing|not just glad]")
def just_content(case: Case, _: str) -> bool:
    """The customer is glad and asks nothing; a jest in a complaint is bitter, not glad."""
    is_jest = case.cue("complaint") < 0.6
    glad = case.loudest(("gratitude", "love", "praise", "joy", *(("humour",) if is_jest else ())))
    asks = case.loudest(("question", "demand", "request", "failure", "unanswered"))
    return (glad >= 0.6 and asks < 0.6) or (glad >= 0.9 and asks < 0.8 and case.cue("complaint") < 0.5)


_ASKING = {"question": 0.4, "demand": 0.4}
"""Cues by which an idea too is put."""
_MORE = {"complaint": 0.6, "failure": 0.6, "unanswered": 0.4, "need": 0.6, "repeat_effort": 0.6, "gratitude": 0.75}
"""Cues of more than an idea, and from where on; who thanks as well is owed nothing for the idea."""
_APART = 2
"""So many characters may stand between the words of an idea and those that ask it."""


@situation("only an idea asked", "[all they ask is that an idea be taken up|an idea is not all they ask]")
def only_an_idea_asked(case: Case, _: str) -> bool:
    """What is asked is the idea itself ("could you add …?"): one question at most, and of the idea's own words."""
    heard = case.heard
    if heard is None or case.public or case.cue("suggestion") < 0.55 or "suggestion" not in heard.spans:
        return False
    if heard.traits.get("questions", 0) > 1 or any(case.cue(cue) >= least for cue, least in _MORE.items()):
        return False
    begin, end = heard.spans["suggestion"]
    asked = [heard.spans.get(cue) for cue, least in _ASKING.items() if case.cue(cue) >= least]
    return bool(asked) and all(span and begin - _APART <= span[1] and span[0] <= end + _APART for span in asked)


OUT_LOUD = 0.75
"""How surely a post must complain to want an answer by that alone (ours: many posts only grumble)."""
_YOU = re.compile(
    r"\b(?:you|yours?|u|ur|y'?all|ihr|euch|eure?|sie|ihre?n?|ustedes|vosotros|vuestr[ao]s?)\b|你们?|您", re.IGNORECASE
)
"""The firm is spoken to, not of."""
_THEY = re.compile(r"\b(?:they|them|their|ellos|ellas)\b|他们|她们", re.IGNORECASE)
"""Others are spoken of."""


def proposes(case: Case) -> bool:
    """They make a suggestion, likelier than a failure, and neither complain nor ask."""
    idea = case.cue("suggestion")
    return idea >= 0.8 and idea > case.cue("failure") and case.cue("complaint") < 0.5 and not asks_plainly(case, "")


@situation("asks or complains in earnest", "they [want it answered or put right|ask for no answer and no remedy]")
def in_earnest(case: Case, _: str) -> bool:
    """They ask, despair, report a failure, tell of a need or that nobody answers; or complain in private above habit.

    An idea that names what it would better reports no failure: it is owed an idea's answer.
    """
    if in_need(case) or case.loudest(("question", "demand", "request", "unanswered")) >= 0.6:
        return True
    if case.cue("distress") >= 0.7:
        return True
    if case.cue("failure") >= 0.6 and not proposes(case):
        return True
    private = case.heard is not None and not case.heard.public and case.heard.channel != "social"
    aloud = case.cue("complaint") >= OUT_LOUD and case.heard is not None and _YOU.search(case.heard.excerpt) is not None
    return (aloud or (private and case.cue("complaint") >= 0.6)) and troubled(case) >= 0.5


@situation("speaks as", "the words [fit|do not fit] a {types} better than the average customer")
def speaks_as(case: Case, voice: str) -> bool:
    """The words fit this type better than the average type, by at least so many nats."""
    name, least = voice.split()
    return case.heard is not None and dict(case.heard.voices).get(name, 0.0) >= float(least)  # type: ignore[call-overload]  # any text may be asked for


_HANDLE = re.compile(r"@(\w{2,}|\[number\])")


@situation("names another account", "the post [names|does not name] an account that is not the firm's")
def names_another_account(case: Case, _: str) -> bool:
    """What is quoted of a post names an account that is not the firm's own, as far as its brand's name tells."""
    heard = case.heard
    if heard is None or heard.traits.get("handles", 0) < 1:
        return False
    own = re.sub(r"\W|_", "", heard.brand).casefold()
    named = [re.sub(r"_", "", one).casefold() for one in _HANDLE.findall(heard.excerpt)]
    return any(own not in one and one not in own for one in named)


@situation("leans to another", "there is [a|no] trace of leaving, comparing or grievance")
def leans_to_another(case: Case, _: str) -> bool:
    """There is a trace, however faint, of leaving, comparing, praising another, or of being aggrieved here."""
    return case.loudest(("exit", "comparison", "rival_praise", "complaint", "negative_emotion")) >= 0.2


@situation("reports a failure", "it [reports|does not report] a failure of what was delivered")
def reports_a_failure(case: Case, _: str) -> bool:
    """A complaint whose kind is a failure of what was delivered, not of being answered."""
    kinds = [p for cue, p in case.says.items() if cue.startswith("failure:") and cue != "failure:service"]
    return case.cue("complaint") >= 0.7 and max(kinds, default=0.0) >= 0.5


@situation("tells of a failure", "it [tells|does not tell] of something that failed")
def tells_of_a_failure(case: Case, _: str) -> bool:
    """The words name something that came late, broken, wrong or not at all: likelier than not."""
    return case.cue("failure") >= 0.5


@situation("sounds canned", "the firm's words [sound|do not sound] canned")
def sounds_canned(case: Case, _: str) -> bool:
    """The firm's words may be a form's: canned in tone, with nothing concrete in them."""
    return case.cue("scripted") >= CANNED and case.cue("concrete") < 0.5


@situation("more aggrieved than usual", "they sound [more|no more] aggrieved than they usually do")
def more_aggrieved_than_usual(case: Case, _: str) -> bool:
    """They sound more aggrieved than they usually do; of somebody new every word counts."""
    return max(case.cue("complaint"), case.cue("negative_emotion")) - case.ledger.habit >= 0.2

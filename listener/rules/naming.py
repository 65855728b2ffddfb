"""What is heard, by the names people use: the word behind “heard” for every cue that a rule may wait for."""

from typing import Final

CUES: Final = {
    "abuse": "abuse",
    "answer_substance": "an answer with substance",
    "apology": "an apology",
    "bait_admitted": "the firm admit a lure",
    "betrayal": "betrayal felt",
    "blame": "blame put on the customer",
    "canned": "that the reply was canned",
    "captivity": "that they cannot leave",
    "commitment_ask": "a request to commit",
    "comparison": "a comparison with others",
    "compensation_offer": "an offer to make good",
    "complaint": "a complaint",
    "concrete": "facts of the case",
    "craving": "craving",
    "deceived": "that they were misled",
    "demand": "a demand",
    "disrespect_felt": "disrespect felt",
    "distress": "distress",
    "done_as_asked": "that it is done as they asked",
    "empathy": "empathy",
    "escalation": "that they go higher up",
    "exit": "that they leave",
    "exit_maze": "hurdles to leaving",
    "exposed": "that they were exposed",
    "failure": "a failure reported",
    "failure_owned": "the firm own up to a failure",
    "familiarity": "a friend's tone",
    "fee_complaint": "a complaint of a fee",
    "forgiveness": "forgiveness",
    "generic_greeting": "a greeting as to anybody",
    "gone": "that they have left",
    "gratitude": "thanks",
    "history_used": "what the firm knows of their past",
    "humour": "humour",
    "idea_taken": "that an idea of theirs was taken",
    "inconsistent": "that the firm contradicts itself",
    "joy": "joy",
    "kept": "that a promise was kept",
    "leak": "a confidence made public",
    "legal_threat": "a threat of law",
    "longing": "longing",
    "love": "love of the brand",
    "names_rival": "a rival named",
    "need": "need",
    "negative_emotion": "bad feeling",
    "newcomer_envy": "that newcomers get better",
    "news": "personal news",
    "personal_question": "a personal question",
    "policy_cited": "a rule of the firm cited",
    "praise": "praise",
    "price_concern": "worry over the price",
    "price_rise": "that a price went up",
    "privacy_concern": "worry over their privacy",
    "promise": "a promise",
    "promise_broken": "that a promise was broken",
    "public_warning": "a warning to others",
    "question": "a question",
    "reflection_asked": "that they should think again",
    "refusal": "a refusal",
    "refused": "that they were refused",
    "remedy_rejected": "that the offer will not do",
    "repeat_effort": "that they had to do it again",
    "repositioned": "that the brand turned away from them",
    "responsibility": "the firm take the fault",
    "rival_praise": "praise of a rival",
    "rude": "rudeness",
    "scripted": "canned words",
    "self_disclosure": "something personal",
    "shaming": "public shaming",
    "staleness": "that nothing new comes",
    "stop_contact": "a wish to be left alone",
    "suggestion": "an idea",
    "supply_cut": "that they can no longer get it",
    "threat": "a threat",
    "unanswered": "that nobody answers",
}
KINDS: Final = {
    "billing": "a wrong bill",
    "booking": "a booking gone wrong",
    "cancelled": "a cancellation",
    "damaged": "something damaged",
    "late": "something late",
    "lost": "something lost",
    "quality": "poor quality",
    "queue": "a long wait in line",
    "service": "poor service",
}
"""What a failure is of, where a rule waits for one kind."""


def heard(cue: str) -> str:
    """What was heard, so that it can stand behind “heard”; a cue of a firm's own goes by its name.

    >>> heard("suggestion"), heard("failure:late"), heard("gift_request")
    ('an idea', 'a complaint of something late', 'gift request')
    """
    whole, _, kind = cue.partition(":")
    if kind and whole == "failure":
        return f"a complaint of {KINDS.get(kind, kind.replace('_', ' '))}"
    return CUES.get(cue, cue.replace("_", " ").replace(":", ": "))

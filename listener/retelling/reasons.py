"""What moved a belief, in words that stand behind “because”: a phrase for every feature the estimator weighs."""

from typing import Final

from listener.rules.explaining.naming import CUES, heard

_SAID: Final = {
    "voice": "they write as such customers do",
    "answer": "they said so outright",
    "rupture": "what the firm did has hurt them",
    "mending": "what had gone wrong was mended",
    "got_ideas_answered": "their ideas were answered",
    "got_recognised": "the firm knew who they were",
    "got_invited": "they were invited in",
    "got_granted": "an exception was made for them",
    "got_noticed_early": "they were told ahead",
    "got_fixed": "what they named was fixed",
    "got_tier_up": "they rose a tier",
    "got_surveys": "they were asked for their view",
    "bargained": "they bargain",
    "met_incidents": "they met with failures",
    "met_fees": "they were charged fees",
    "met_price_up": "their prices rose",
    "met_transfers": "they were handed on",
    "met_refused": "they were refused an exception",
    "met_terms": "their terms were changed",
    "met_data_asked": "they were asked for their data",
    "met_privacy": "their privacy was breached",
    "cancelled": "they cancelled",
    "opted_out": "they opted out of being written to",
    "sent_after_no": "they were written to after they had opted out",
    "pursued": "the firm keeps writing to them",
    "called_up": "the firm calls them up",
    "left_alone": "the firm leaves them alone",
    "same_face": "the same person answers them",
    "answered_by_bots": "they are answered by bots",
    "warm": "their tone is warm",
    "cold": "their tone is cold",
    "mixed": "they praise and blame at once",
    "even": "their tone is even",
    "distress": "some distress was heard",
    "begins": "it is they who begin to talk",
    "long_threads": "their conversations go on for long",
    "public": "they speak in public",
    "only_public": "they speak in public only",
    "never_public": "they never speak in public",
    "by_mail": "they write e-mails",
    "by_chat": "they chat",
    "by_phone": "they call",
    "night": "they come at night",
    "chosen_by_employer": "their employer chose the firm for them",
    "chosen_by_landlord": "their landlord chose the firm for them",
    "chosen_by_bundle": "the firm came to them in a bundle",
    "chosen_by_family": "they have the firm from their family",
    "named_contacts": "they have people of their own at the firm",
    "consents": "they agreed to be written to",
    "no_consent": "they agreed to nothing",
    "worth_nothing": "they spend nothing",
    "worth_little": "they spend little",
    "worth_much": "they spend much",
    "offers_solutions": "they offer ways out",
    "asked_compensation": "they ask to be compensated",
    "plain_business": "they keep to business",
    "asks_nothing": "they ask for nothing",
    "brightness": "they sound bright",
    "unknown_to_crm": "CRM does not know them",
    "long_tenure": "they have been customers for long",
    "very_long_tenure": "they have been customers for very long",
    "new": "they are new",
    "first_year": "it is their first year",
    "no_orders": "they have ordered nothing",
    "single_order": "they ordered once",
    "few_orders": "they have ordered but a few times",
    "one_slot": "they always order the same kind of thing",
    "many_slots": "they order all kinds of things",
    "regular_orders": "they order like clockwork",
    "irregular_orders": "they order now and then",
    "rare_orders": "they order rarely",
    "frequent_orders": "they order often",
    "growing_orders": "they order ever more",
    "same_value": "they always spend the same",
    "launch_orders": "they order what is newly launched",
    "burst_orders": "they order in bursts",
    "burst_and_silence": "a burst of orders was followed by silence",
    "burst_moves": "they come in bursts",
    "never_moved": "they have made no move",
    "one_move": "they have made one move",
    "few_moves": "they have made few moves",
    "thick_contact": "they are in touch all the time",
    "thin_contact": "they are rarely in touch",
    "came_back": "they came back after a silence",
    "short_span": "they have been heard of for a short time only",
    "long_span": "they have been heard of for a long time",
    "fell_silent": "they fell silent",
    "charged": "the firm charges them by itself",
    "free_orders": "they take what is free",
    "of_rivals": "they speak of rivals",
}
_KINDS: Final = (
    ("often_", "{} is often heard"),
    ("feels_", "they show {}"),
    ("replied_", "the firm answers them as one"),
    ("answered_", "the firm answers them as one"),
    ("segment_", "the segment that CRM has them in fits one"),
    ("bought_", "what they buy fits one"),
    ("says_", "the form of their words fits one"),
    ("uses_", "the form of their words fits one"),
)
"""Features of one kind, by how their names begin; {} stands for the rest of the name."""
_FORM: Final = "the form of their words fits one"


def reason(feature: str, *, more: bool = True) -> str:
    """Why, in words; where there is less of it than before, that this is no longer so.

    >>> reason("same_value"), reason("often_complaint"), reason("price_concern")
    ('they always spend the same', 'a complaint is often heard', 'worry over the price was heard')
    >>> reason("left_alone", more=False)
    'it is less true that the firm leaves them alone'
    """
    told = _SAID.get(feature) or _of_kind(feature)
    return told if more or told.endswith(" one") else f"it is less true that {told}"


def _of_kind(feature: str) -> str:
    for beginning, words in _KINDS:
        if feature.startswith(beginning):
            return words.format(heard(feature.removeprefix(beginning)))
    return f"{heard(feature)} was heard" if feature.partition(":")[0] in CUES else _FORM

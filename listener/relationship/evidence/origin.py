"""How the tie came about and what the CRM files it under: who chose, named contacts, segments, consent."""

import re

from listener.model.inputs import Profile
from listener.relationship.view import Features, View

SEGMENTS = {
    "segment_top": re.compile(r"vip|platinum|gold|elite|diamond|first|private|premier|top|signature|suite|black|house"),
    "segment_prospect": re.compile(r"prospect|trial|lead|quote|demo|evaluat|pre.?sale|enquir|inquir"),
    "segment_third_party": re.compile(
        r"corporate|employ|tenant|landlord|housing|bundle|campus|school|primary|academy|college|universit|hospital|council"
        r"|staff|benefit|group|b2b2c"
    ),
    "segment_lapsed": re.compile(r"lapsed|closed|former|cancel|inactive|dormant|churn|ex[_-]"),
    "segment_community": re.compile(
        r"communit|volunteer|ambassador|contributor|member|club|beta|crew|forum|maker|creator"
    ),
    "segment_family": re.compile(r"famil|household|generation|heritage"),
    "segment_ported": re.compile(r"switch|ported|port.?in|migrat|win.?over|from_"),
    "segment_guest": re.compile(r"guest|one.?off|single|walk.?in|event"),
}
"""What a segment's name says of the tie, by words CRMs use for such segments (P)."""


def origin(view: View) -> Features:
    """What the profile says once; a customer without a profile gives nothing here."""
    profile = view.profile
    if profile is None:
        return {}
    told = {f"chosen_by_{profile.chosen_by}": 1.0} if profile.chosen_by != "self" else {}
    if profile.named_contacts:
        told["named_contacts"] = 1.0
    if profile.consent and profile.consent.marketing is not None:
        told["consents" if profile.consent.marketing else "no_consent"] = 1.0
    return told | _worth(profile) | _segments(profile)


def _worth(profile: Profile) -> dict[str, float]:
    """What they spend; a CRM that does not say has said nothing."""
    if profile.annual_value is None:
        return {}
    amount = float(profile.annual_value.amount)
    if amount <= 0:
        return {"worth_nothing": 1.0}
    return {"worth_little": 1.0} if amount < 80 else {"worth_much": 1.0} if amount >= 8000 else {}


def _segments(profile: Profile) -> dict[str, float]:
    names = " ".join(profile.segments).casefold()
    return {feature: 1.0 for feature, words in SEGMENTS.items() if names and words.search(names)}

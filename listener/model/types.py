"""The 29 relationship types and their seven families, in the order every array of the project uses."""

from typing import Final, Literal, get_args

TypeId = Literal[
    "complete_strangers",
    "fleeting_acquaintance",
    "casual_acquaintance",
    "basic_exchange",
    "marriage_of_convenience",
    "arranged_marriage",
    "business_partners",
    "teammates",
    "buddies",
    "compartmentalised_friends",
    "old_friends",
    "childhood_friends",
    "best_friends",
    "close_siblings",
    "kinship",
    "courtship",
    "marriage_partners",
    "fling",
    "one_night_stand",
    "secret_affair",
    "rebound",
    "dealer_addict",
    "master_slave",
    "captive",
    "stalker_prey",
    "love_hate",
    "ex_friends",
    "adversaries",
    "enemies",
]
"""A relationship type (DOMAIN 1.1; nineteen named by Avery, Fournier and Wittenbraker, ten by Fournier elsewhere)."""

Family = Literal["transactional", "cooperative", "friendly", "committed", "hedonic", "asymmetric", "negative"]
"""A family of types, DOMAIN 1.1's A to G."""

Track = Literal["held", "wanted", "enacted"]
"""Whose relationship: the one both sides' conduct shows, the one the customer wants, the one the firm enacts."""

TYPES: Final[tuple[TypeId, ...]] = get_args(TypeId)
FAMILIES: Final[tuple[Family, ...]] = get_args(Family)
TRACKS: Final[tuple[Track, ...]] = get_args(Track)
TYPE_INDEX: Final[dict[str, int]] = {name: i for i, name in enumerate(TYPES)}
TRACK_INDEX: Final[dict[str, int]] = {name: i for i, name in enumerate(TRACKS)}

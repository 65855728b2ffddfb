"""The cores put together from the settings: the one place where ear, catalogue and brand meet."""

from datetime import timedelta
from functools import lru_cache, partial

from listener import catalogue, common_cause, pipeline
from listener.book import Core
from listener.hearing import Hearing, Identities
from listener.normalise import normalise
from listener.settings import Settings
from listener.settings.secret_files import secret
from listener.signals import Ear

FORESIGHT = timedelta(days=1)
"""How far ahead of the bus's clock an event may claim to happen, where time is the wall's."""
PUBLIC_KEY = b"listener"
"""Keys the hashes of words where no key is set: then whoever has a dictionary can tell which words a text may have."""
LONGEST_KEY = 64  # bytes that BLAKE2b takes


def hearing_of(settings: Settings, knowledge: catalogue.Catalogue, *, live: bool = False) -> Hearing:
    """Ingest's core.

    Raises:
        BadCredentials: where a key for hashes is set and cannot be read.
    """
    foresight = FORESIGHT if live and settings.clock == "wall" else None
    ear = _ear(knowledge, _sketch_key(settings))
    return Hearing(ear, normalise, Identities(), settings.brand, foresight, settings.own_addresses)


@lru_cache(maxsize=2)
def _ear(knowledge: catalogue.Catalogue, key: bytes) -> Ear:
    """One ear for all that is heard by one catalogue: making it costs more than hearing most recordings."""
    return Ear(knowledge, key)


def _sketch_key(settings: Settings) -> bytes:
    """The key of the hashes of words."""
    if settings.sketch_key_file is None:
        return PUBLIC_KEY
    return secret("sketch_key_file", settings.sketch_key_file).encode()[:LONGEST_KEY]


def core_of(settings: Settings, knowledge: catalogue.Catalogue) -> Core:
    """Relate's core, and what makes one alert of the brand out of many customers'."""
    return Core(
        brand=settings.brand,
        step=partial(pipeline.step, catalogue=knowledge),
        wake=partial(pipeline.wake, catalogue=knowledge),
        next_due=pipeline.next_due,
        gather=partial(common_cause.gather, brand=settings.brand, catalogue=knowledge),
    )

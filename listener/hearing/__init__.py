"""Ingest's core: raw records in, signals or dead letters out; pure, and in batches."""

from listener.hearing.identities import Identities
from listener.hearing.listening import Hearing

__all__ = ["Hearing", "Identities"]

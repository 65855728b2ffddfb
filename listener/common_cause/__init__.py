"""One cause, many customers: the alerts that one act of the firm gave to many, gathered into one of the brand."""

from listener.common_cause.gathering import Gathering, Key, Owed, gather, outcome_of

__all__ = ["Gathering", "Key", "Owed", "gather", "outcome_of"]

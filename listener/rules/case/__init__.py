"""The case before the rules, and what can be read off it: its matter, who speaks, how aggrieved they sound."""

from listener.rules.case.case import Case, of_signal

__all__ = ["Case", "of_signal"]

"""The rules: what a signal, or the passing of a moment, means for what is owed and what was broken.

`judge` a signal on the belief as it stood; let deadlines fall `due`; `assess` what the revised belief minds.
"""

from listener.rules.judging import assess, due, judge, next_due
from listener.rules.merging.debts import numbering
from listener.rules.merging.ledgers import merge

__all__ = ["assess", "due", "judge", "merge", "next_due", "numbering"]

"""How a planned act would fall on the customers there are, before it is done."""

from listener.rules.prechecking.verdict import Crowd, Verdict, precheck

__all__ = ["Crowd", "Verdict", "precheck"]

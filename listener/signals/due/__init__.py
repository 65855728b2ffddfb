"""When a promise falls due."""

from listener.signals.due.promises import due_at

__all__ = ["due_at"]

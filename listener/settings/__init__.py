"""Every setting of CONTRACT 6, what it may be, where it comes from, and the files that secrets lie in."""

from listener.settings.values import LOOPBACK, PREFIX, Bind, KafkaSecurity, Settings, Span

__all__ = ["LOOPBACK", "PREFIX", "Bind", "KafkaSecurity", "Settings", "Span"]

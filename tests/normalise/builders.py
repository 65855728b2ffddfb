"""Contacts with defaults, so that a test says only what it is about."""

from datetime import UTC, datetime

from listener.model.inputs import Email

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
WHO = {"customer_id": "C-1"}


def mail(**told: object) -> Email:
    """A customer's e-mail."""
    return Email.model_validate({"event_id": "m", "occurred_at": AT, "customer": WHO, **told})

"""The topics by the keys that settings name them with, and the names the contract gives them (CONTRACT 1)."""

from typing import Final, Literal

from listener.model.outcomes import OutputTopic

InputTopic = Literal[
    "contact_chat",
    "contact_email",
    "contact_social",
    "contact_voice",
    "contact_survey",
    "brand_acts",
    "crm_customers",
    "crm_dispositions",
    "commands",
]

INPUTS: Final[dict[InputTopic, str]] = {
    "contact_chat": "contact.chat.v1",
    "contact_email": "contact.email.v1",
    "contact_social": "contact.social.v1",
    "contact_voice": "contact.voice.v1",
    "contact_survey": "contact.survey.v1",
    "brand_acts": "brand.acts.v1",
    "crm_customers": "crm.customers.v1",
    "crm_dispositions": "crm.dispositions.v1",
    "commands": "listener.commands.v1",
}
OUTPUTS: Final[dict[OutputTopic, str]] = {
    "signals": "relational.signals.v1",
    "acts": "relational.acts.v1",
    "estimates": "relational.estimates.v1",
    "transitions": "relational.transitions.v1",
    "alerts": "relational.alerts.v1",
    "briefings": "relational.briefings.v1",
    "portfolio": "relational.portfolio.v1",
    "reactions": "relational.reactions.v1",
    "advocates": "relational.advocates.v1",
}
KEY_OF: Final[dict[str, InputTopic]] = {name: key for key, name in INPUTS.items()}
DEAD: Final = ".dlq"
"""What a topic's name is followed by to name the topic of its dead letters."""

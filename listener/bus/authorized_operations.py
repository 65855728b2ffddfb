"""Two questions that aiokafka does not ask: what may I do to these topics, and to this group (KIP-430)."""

from collections.abc import Sequence
from typing import Any, Final

from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import Array, Boolean, Bytes, Int16, Int32, Schema, String

OPERATIONS: Final = {"read": 3, "write": 4, "create": 5, "describe": 8, "describe_configs": 10}
"""Which bit of the answer says that an operation is allowed."""
_TEXT: Final = String("utf-8")
_PARTITION: Final = (
    ("error_code", Int16),
    ("partition", Int32),
    ("leader", Int32),
    ("leader_epoch", Int32),
    ("replicas", Array(Int32)),
    ("isr", Array(Int32)),
    ("offline_replicas", Array(Int32)),
)
_BROKER: Final = (("node_id", Int32), ("host", _TEXT), ("port", Int32), ("rack", _TEXT))
_TOPIC: Final = (
    ("error_code", Int16),
    ("topic", _TEXT),
    ("is_internal", Boolean),
    ("partitions", Array(*_PARTITION)),
    ("authorized_operations", Int32),
)
_MEMBER: Final = (
    ("member_id", _TEXT),
    ("client_id", _TEXT),
    ("client_host", _TEXT),
    ("member_metadata", Bytes),
    ("member_assignment", Bytes),
)
_GROUP: Final = (
    ("error_code", Int16),
    ("group", _TEXT),
    ("state", _TEXT),
    ("protocol_type", _TEXT),
    ("protocol", _TEXT),
    ("members", Array(*_MEMBER)),
    ("authorized_operations", Int32),
)


class _Topics(Response):  # type: ignore[misc]  # aiokafka is not typed
    API_KEY, API_VERSION = 3, 8
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        ("brokers", Array(*_BROKER)),
        ("cluster_id", _TEXT),
        ("controller_id", Int32),
        ("topics", Array(*_TOPIC)),
        ("cluster_authorized_operations", Int32),
    )


class _TopicsAsked(RequestStruct):  # type: ignore[misc]  # aiokafka is not typed
    API_KEY, API_VERSION, RESPONSE_TYPE = 3, 8, _Topics
    SCHEMA = Schema(
        ("topics", Array(_TEXT)),
        ("allow_auto_topic_creation", Boolean),
        ("include_cluster_authorized_operations", Boolean),
        ("include_topic_authorized_operations", Boolean),
    )


class _Group(Response):  # type: ignore[misc]  # aiokafka is not typed
    API_KEY, API_VERSION = 15, 3
    SCHEMA = Schema(("throttle_time_ms", Int32), ("groups", Array(*_GROUP)))


class _GroupAsked(RequestStruct):  # type: ignore[misc]  # aiokafka is not typed
    API_KEY, API_VERSION, RESPONSE_TYPE = 15, 3, _Group
    SCHEMA = Schema(("groups", Array(_TEXT)), ("include_authorized_operations", Boolean))


class AskTopics(Request[_TopicsAsked]):  # type: ignore[misc]  # aiokafka is not typed
    """What may I do to these topics?"""

    API_KEY = 3

    def __init__(self, names: Sequence[str]) -> None:
        self._names = list(names)

    def build(self, asked: type[_TopicsAsked]) -> Any:
        """The words of the question."""
        return asked(self._names, False, False, True)


class AskGroup(Request[_GroupAsked]):  # type: ignore[misc]  # aiokafka is not typed
    """What may I do to this group?"""

    API_KEY = 15

    def __init__(self, name: str) -> None:
        self._name = name

    def build(self, asked: type[_GroupAsked]) -> Any:
        """The words of the question."""
        return asked([self._name], True)

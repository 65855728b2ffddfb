"""One member of the group has all partitions; the others stand by."""

from types import SimpleNamespace

from listener.gather.sole_assignor import SoleAssignor

CLUSTER = SimpleNamespace(partitions_for_topic=lambda topic: {2, 0, 1})


def given_to(*members: str) -> dict[str, list[tuple[str, list[int]]]]:
    told = SoleAssignor.assign(CLUSTER, {member: SoleAssignor.metadata(["alerts"]) for member in members})
    return {member: [tuple(one) for one in assignment.assignment] for member, assignment in told.items()}


def test_all_go_to_one():
    assert given_to("b", "a", "c") == {"a": [("alerts", [0, 1, 2])], "b": [], "c": []}


def test_the_one_that_is_left_has_all():
    assert given_to("c") == {"c": [("alerts", [0, 1, 2])]}

"""What is on its way within relate is capped by weight."""

from listener.relate.in_flight import BESIDE, MOST_BYTES, InFlight


class Message:
    def __init__(self, size):
        self.value, self.acked, self.generation_id = b"x" * size, False, 1


def test_what_is_on_its_way_weighs_until_it_is_acknowledged():
    in_flight, messages = InFlight(), [Message(MOST_BYTES // 4 - BESIDE) for _ in range(4)]
    for message in messages[:3]:
        in_flight.add(message)
    assert not in_flight.is_full(1)
    in_flight.add(messages[3])
    assert in_flight.is_full(1)
    messages[0].acked = True
    assert not in_flight.is_full(1)


def test_what_nobody_holds_any_more_weighs_nothing():
    """A rebalance forgets what waits, without an acknowledgement."""
    in_flight, messages = InFlight(), [Message(MOST_BYTES // 2 - BESIDE) for _ in range(2)]
    for message in messages:
        in_flight.add(message)
    assert in_flight.is_full(1)
    del message
    messages.clear()
    assert not in_flight.is_full(1)


def test_what_was_let_in_before_a_rebalance_weighs_nothing_after_it():
    """It goes nowhere any more, whoever still holds it."""
    in_flight, message = InFlight(), Message(MOST_BYTES)
    in_flight.add(message)
    assert in_flight.is_full(1)
    assert not in_flight.is_full(2)


def test_nulls_weigh_something_too():
    in_flight, messages = InFlight(), [Message(0) for _ in range(MOST_BYTES // BESIDE + 1)]
    for message in messages:
        message.value = None
        in_flight.add(message)
    assert in_flight.is_full(1)

"""What is on its way within relate is capped by weight."""

from listener.relate.load import BESIDE, MOST_BYTES, Load


class Message:
    def __init__(self, size):
        self.value, self.acked, self.generation_id = b"x" * size, False, 1


def test_what_is_on_its_way_weighs_until_it_is_acknowledged():
    load, messages = Load(), [Message(MOST_BYTES // 4 - BESIDE) for _ in range(4)]
    for message in messages[:3]:
        load.add(message)
    assert not load.is_full(1)
    load.add(messages[3])
    assert load.is_full(1)
    messages[0].acked = True
    assert not load.is_full(1)


def test_what_nobody_holds_any_more_weighs_nothing():
    """A rebalance forgets what waits, without an acknowledgement."""
    load, messages = Load(), [Message(MOST_BYTES // 2 - BESIDE) for _ in range(2)]
    for message in messages:
        load.add(message)
    assert load.is_full(1)
    del message
    messages.clear()
    assert not load.is_full(1)


def test_what_was_let_in_before_a_rebalance_weighs_nothing_after_it():
    """It goes nowhere any more, whoever still holds it."""
    load, message = Load(), Message(MOST_BYTES)
    load.add(message)
    assert load.is_full(1)
    assert not load.is_full(2)


def test_nulls_weigh_something_too():
    load, messages = Load(), [Message(0) for _ in range(MOST_BYTES // BESIDE + 1)]
    for message in messages:
        message.value = None
        load.add(message)
    assert load.is_full(1)

"""The time of day is believed while it goes on as it should."""

from listener.relate.wall_clock import BELIEVED_AFTER_S, LARGEST_S, WallClock


class Times:
    """A wall clock and a steady one, moved by hand."""

    def __init__(self):
        self.wall, self.steady, self.steps = 1_800_000_000.0, 50.0, 0

    def go(self, seconds, step=0.0):
        self.wall += seconds + step
        self.steady += seconds

    def made(self):
        return WallClock(lambda: self.wall, lambda: self.steady, self.stepped)

    def stepped(self):
        self.steps += 1


def test_time_goes_on():
    times = Times()
    made = times.made()
    times.go(7)
    assert made.look() == times.wall
    assert made.step_s == 0


def test_small_steps_are_taken_as_they_come():
    times = Times()
    made = times.made()
    for _ in range(10):
        times.go(1, step=LARGEST_S - 1)
        assert made.look() == times.wall


def test_a_jump_ahead_makes_nobody_late():
    times = Times()
    made, before = times.made(), times.wall
    times.go(10, step=3600)
    assert made.look() == before + 10
    assert made.step_s == 3600


def test_a_jump_back_is_followed_at_once():
    times = Times()
    made = times.made()
    times.go(10, step=-3600)
    assert made.look() == times.wall


def test_a_jump_that_is_taken_back_is_forgotten():
    times = Times()
    made = times.made()
    times.go(10, step=3600)
    made.look()
    times.go(10, step=-3600)
    assert (made.look(), made.step_s) == (times.wall, 0)
    assert times.steps == 1


def test_each_jump_is_told_of_once_however_often_it_is_looked_at():
    times = Times()
    made = times.made()
    for step in (3600, 0, 0, -3600, 3600, 0, 5):
        times.go(10, step=step)
        made.look()
    assert times.steps == 2


def test_a_wall_that_keeps_its_new_time_is_believed_in_the_end():
    times = Times()
    made = times.made()
    times.go(10, step=3600)
    assert made.look() < times.wall
    times.go(BELIEVED_AFTER_S + 1)
    assert made.look() == times.wall
    assert made.now().timestamp() == times.wall

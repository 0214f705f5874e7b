"""Whoever came first is let in first, and nobody's place is lost."""

from __future__ import annotations

import threading
import time

import pytest

from bot.state.database.places import Places
from tests.run.bot_process import until


def test_who_waits_longest_is_next_whoever_comes_meanwhile() -> None:
    places, had = Places(1), list[int]()
    assert places.take(0)

    def come(number: int) -> None:
        assert places.take(10)
        had.append(number)
        places.give_back()

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=come, args=(number,)))
        threads[-1].start()
        until(lambda: len(places._waiting) == len(threads))
    places.give_back()
    # It is given to the first of them before this thread could take it again.
    assert not places.take(0) or had
    for thread in threads:
        thread.join()
    assert had == [0, 1, 2, 3, 4]


def test_who_gave_up_is_given_none_and_a_place_that_came_too_late_is_not_lost() -> None:
    places = Places(2)
    assert [places.take(0) for _ in range(3)] == [True, True, False]
    began = time.monotonic()
    assert not places.take(0.05)
    assert time.monotonic() - began >= 0.05
    places.give_back()
    places.give_back()
    assert [places.take(0) for _ in range(3)] == [True, True, False]


def test_no_more_are_at_work_than_there_are_places() -> None:
    places, at_work, most = Places(3), [0], [0]
    lock = threading.Lock()

    def work() -> None:
        for _ in range(50):
            assert places.take(30)
            with lock:
                at_work[0] += 1
                most[0] = max(most[0], at_work[0])
            time.sleep(0.0005)
            with lock:
                at_work[0] -= 1
            places.give_back()

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most[0], at_work[0]) == (3, 0)
    assert [places.take(0) for _ in range(4)] == [True, True, True, False]


def test_a_place_is_another_s_while_its_own_waits_for_somebody_else_and_taken_again_after() -> None:
    places = Places(1)
    with places.at_work():
        assert not places.take(0)
        with places.aside():
            assert places.take(0)
            places.give_back()
        assert not places.take(0)
    assert places.take(0)


def test_whatever_breaks_a_place_is_given_back() -> None:
    places = Places(1)
    with pytest.raises(KeyError), places.at_work(), places.aside():
        raise KeyError
    assert places.take(0)

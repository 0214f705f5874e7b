"""Who wants none for some days has those left out of the digest that is named, and of no other; nothing is ended by it."""

from __future__ import annotations

import pytest

from tests.handlers.digests.desk import Desk, labels

DAILY = (0, 1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "don't post ports on Mondays",
            "Change digest 1? Ports, weekly on Tuesday, Wednesday, Thursday, Friday, Saturday and Sunday",
        ),
        ("I don't want ports on weekends", "Change digest 1? Ports, on weekdays"),
        ("港口周末不要发", "Change digest 1? Ports, on weekdays"),
        ("stop ports for two weeks", "Digest 1 is paused until Sun 6 Dec 2026."),
        ("no ports until 24 Dec", "Digest 1 is paused until Thu 24 Dec 2026."),
        ("don't post ports next week", "A skip leaves out the next run of digest 1"),
        ("下周不要发港口", "A skip leaves out the next run of digest 1"),
        ("no ports next Monday", "The run of Mon 23 Nov 2026, 09:00 Asia/Shanghai is skipped"),
        ("don't send digest 1 tomorrow", "The run of Mon 23 Nov 2026, 09:00 Asia/Shanghai is skipped"),
    ],
)
@pytest.mark.parametrize("door", ["typed", "told"])
def test_days_are_left_out_of_the_digest_that_is_named(desk: Desk, said: str, told: str, door: str) -> None:
    desk.has("ports", weekdays=DAILY)
    desk.has("hangzhou", weekdays=DAILY)
    answer = desk.typed(said) if door == "typed" else desk.told(said)
    assert str(answer.headline).startswith(told)
    assert not [label for label in labels(answer) if label.startswith("End") or "igest 2" in label]
    assert len(desk.kept()) == 2


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("unsubscribe ports whenever it rains", ["1: Ports, weekly on Monday"]),
        (
            "stop sending things when it rains",
            ["1: Ports, weekly on Monday", "2: Hangzhou, weekly on Monday"],
        ),
    ],
)
def test_nothing_is_ended_by_words_that_are_not_understood(desk: Desk, said: str, shown: list[str]) -> None:
    desk.has("ports")
    desk.has("hangzhou")
    assert labels(desk.typed(said)) == shown

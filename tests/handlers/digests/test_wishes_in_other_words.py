"""Wishes as people write them: spans of days, times in words, reports in Chinese; what is offered keeps what was said."""

from __future__ import annotations

import pytest

from tests.handlers.digests.desk import Desk, labels


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ports monday to friday", "Ports, on weekdays (Monday to Friday) at 09:00"),
        ("ports from monday through friday 8am", "Ports, on weekdays (Monday to Friday) at 08:00"),
        ("ports tuesday to thursday", "Ports, weekly on Tuesday, Wednesday and Thursday at 09:00"),
        ("ports sat - mon", "Ports, weekly on Monday, Saturday and Sunday at 09:00"),
        ("ports daily at half past eight", "Ports, every day at 08:30"),
        ("ports weekly quarter to nine pm", "Ports, weekly on Monday at 20:45"),
        ("ports daily at eight", "Ports, every day at 08:00"),
        ("日报：港口，每天早上八点", "Ports, every day at 08:00"),
        ("每週一 9:30 港口", "Ports, weekly on Monday at 09:30"),
        ("請每週二給我發港口的摘要", "Ports, weekly on Tuesday at 09:00"),
        ("周报 港口", "Ports, weekly on Monday at 09:00"),
        ("要港口的周报", "Ports, weekly on Monday at 09:00"),
        ("港口的月报", "Ports, monthly on the 1st at 09:00"),
        ("港口 每天早9点", "Ports, every day at 09:00"),
    ],
)
def test_a_wish_is_read_as_it_is_said(desk: Desk, said: str, meant: str) -> None:
    assert str(desk.typed(said).headline).startswith(f"Post this digest here? {meant}")


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("ports every feb 29 at 17:00", "Ports, weekly on Monday at 17:00"),
        ("ports daily at 9 in Tokio", "Asia/Tokyo"),
        ("Minhang / Huainan weekly", "Minhang and Huainan"),
        ("ports wekly", "weekly"),
        ("health", "Health care, weekly on Monday"),
        ("climate change weekly tue", "Low-carbon cities, weekly on Tuesday"),
    ],
)
def test_what_was_probably_meant_is_offered_with_what_was_said(desk: Desk, said: str, offered: str) -> None:
    assert offered in labels(desk.typed(said))


def test_a_slip_of_a_rhythm_is_told_with_rhythms_there_are(desk: Desk) -> None:
    assert str(desk.typed("ports wekly").headline).endswith("Did you mean weekly?")


def test_what_is_longer_than_any_digest_is_told_so(desk: Desk) -> None:
    said = str(desk.typed("subscribe " + "ports at 9 " * 100).headline)
    assert said.startswith("That is more than I can read of a digest at once")

"""In direct messages what is plainly about one's own digests belongs to them, and all else stays a question to the base."""

from __future__ import annotations

import pytest

from tests.handlers.digests.desk import Desk, labels


@pytest.mark.parametrize(
    "said", ["when will ports come next?", "when is ports due?", "next 1", "next ports", "港口下次什么时候"]
)
def test_what_comes_next_of_what_one_follows_is_told_without_the_word_digest(desk: Desk, said: str) -> None:
    desk.has("ports")
    assert str(desk.told(said).headline).startswith("Digest 1: Ports, weekly on Monday")


@pytest.mark.parametrize("said", ["when will talent come next?", "next 7", "when was the port opened?"])
def test_what_is_no_digest_of_ones_own_is_asked_of_the_base(desk: Desk, said: str) -> None:
    desk.has("ports")
    assert not str(desk.told(said).headline).startswith("Digest")


def test_without_a_digest_nothing_is_taken_from_the_base(desk: Desk) -> None:
    assert desk.told("when will ports come next?").outcome == "answer"
    assert not labels(desk.told("when will ports come next?"))


@pytest.mark.parametrize("said", ["ports without Suzhou weekly mon", "ports without Hangzhou daily"])
def test_a_subscription_with_a_name_left_out_is_read_alike_in_the_channel_and_in_direct_messages(
    desk: Desk, said: str
) -> None:
    assert labels(desk.told(said)) == labels(desk.typed(said))
    assert labels(desk.told(said))[0].startswith("Ports, ")


@pytest.mark.parametrize(
    "said", ["no Hangzhou", "without Hangzhou", "not Hangzhou", "not on Hangzhou", "不要杭州"]
)
def test_a_name_that_is_denied_of_a_digest_is_dropped(desk: Desk, said: str) -> None:
    desk.has("ports", "hangzhou")
    assert str(desk.typed(f"edit 1 {said}").headline).startswith("Change digest 1? Ports, weekly on Monday")


@pytest.mark.parametrize("said", ["no holidays", "without holidays"])
def test_an_option_that_denies_drops_no_name(desk: Desk, said: str) -> None:
    desk.has("ports", "hangzhou")
    assert str(desk.typed(f"edit 1 {said}").headline).startswith("Change digest 1? Ports and Hangzhou")

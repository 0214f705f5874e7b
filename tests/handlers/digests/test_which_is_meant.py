"""Which digest is meant: by what it follows, or as a person's own where they speak with the bot alone."""

from __future__ import annotations

import pytest

from handlers.request import Reference
from tests.handlers.digests.desk import Desk, labels


@pytest.mark.parametrize(
    ("said", "headline"),
    [
        ("edit Hangzhou weekly tue", "Change digest 1? Hangzhou, weekly on Tuesday"),
        ("edit the ports digest daily", "Change digest 2? Ports and Talent, every day"),
        ("edit talent add tourism", "Change digest 2? Ports, Talent and Tourism, weekly on Monday"),
        ("edit talent drop ports", "Change digest 2? Talent, weekly on Monday"),
        ("edit talent", "What shall change? 2: Ports and Talent, weekly on Monday."),
        ("把港口改成每周二10点", "Change digest 2? Ports and Talent, weekly on Tuesday at 10:00"),
        ("把2改成每周二10点", "Change digest 2? Ports and Talent, weekly on Tuesday at 10:00"),
        ("edit tourism add ports", "No digest here is on Tourism."),
    ],
)
def test_a_digest_is_edited_by_what_it_is_on(desk: Desk, said: str, headline: str) -> None:
    desk.has("hangzhou")
    desk.has("ports", "talent")
    assert str(desk.typed(said).headline).startswith(headline)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("pause my digest", "Digest 1 is paused."),
        ("skip the next digest", "The run of"),
        ("stop the ports digest", "Digest 1 (Ports) is ended"),
        ("unsubscribe", "Digest 1 (Ports) is ended"),
        ("when does the next digest come?", "Digest 1: Ports, weekly on Monday"),
        ("what digests do I have?", "1 digest."),
        ("do I have any digests?", "1 digest."),
        ("我有哪些摘要", "1 digest."),
        ("显示1", "Digest 1: Ports"),
        ("取消1", "Digest 1 (Ports) is ended"),
    ],
)
def test_in_direct_messages_their_own_digests_of_any_channel_are_meant(
    desk: Desk, said: str, answer: str
) -> None:
    desk.has("ports")
    assert str(desk.told(said).headline).startswith(answer)


def test_a_digest_stays_in_its_channel_and_the_form_has_the_other(desk: Desk) -> None:
    desk.has("ports")
    asked = desk.typed("edit 1 to #random", Reference("channel", "random", "C9"))
    assert "Digest 1 stays where it is." in str(asked.headline)
    (form,) = asked.choices
    assert form.digest is not None
    assert (form.digest.channel, form.digest.topics) == ("C9", ("ports",))


@pytest.mark.parametrize("said", ["skip 1 next friday", "skip 1 on 4 december", "skip 1 until 24 dec"])
def test_runs_until_a_day_are_left_out_by_a_pause(desk: Desk, said: str) -> None:
    desk.has("ports")
    asked = desk.typed(said)
    assert labels(asked)[0] == "Skip the next run"
    assert labels(asked)[1].startswith("Pause digest 1 until ")


def test_a_number_in_letters_is_how_many_runs(desk: Desk) -> None:
    desk.has("ports")
    assert "2 runs are skipped" in str(desk.typed("skip two").headline)
    assert "I skip at most 10 runs" in str(desk.typed("skip twenty").headline)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ports weekly fri", "Digest 1 is on the same here, weekly on Monday at 09:00 (Asia/Shanghai)"),
        ("ports, talent weekly fri", "Digest 1 is on Ports here, weekly on Monday at 09:00 (Asia/Shanghai)"),
    ],
)
def test_a_proposal_tells_what_is_on_the_same_here(desk: Desk, said: str, told: str) -> None:
    desk.has("ports")
    assert told in [str(line) for section in desk.typed(said).sections for line in section.entries]


def test_which_of_several_places_a_new_digest_is_on_is_asked(desk: Desk) -> None:
    desk.has("hangzhou")
    asked = desk.typed("make Taizhou and ports daily")
    assert str(asked.headline).endswith("“Taizhou” is the name of several. Which one?")


def test_a_name_of_several_that_is_dropped_is_the_one_that_the_digest_is_on(desk: Desk) -> None:
    desk.has("ports", "suzhou-jiangsu")
    asked = desk.typed("edit 1 drop Suzhou")
    assert str(asked.headline).startswith("Change digest 1? Ports, weekly on Monday")

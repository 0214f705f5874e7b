"""A change of a digest that is said in a sentence: an edit where there is such a digest, never silently a new one."""

from __future__ import annotations

import pytest

from tests.handlers.digests.desk import Desk, labels

DAILY = "Change digest 1? Ports, every day at 09:00"


@pytest.mark.parametrize(
    ("said", "headline"),
    [
        ("make the ports digest daily", DAILY),
        ("can you make ports daily, please", DAILY),
        ("ports should be daily", DAILY),
        ("the ports one should come daily from now on", DAILY),
        ("ports digest: make it daily", DAILY),
        ("ports daily instead of weekly", DAILY),
        ("send me the ports digest daily", DAILY),
        ("could the ports digest come daily?", DAILY),
        ("把港口的摘要改成每天", DAILY),
        ("港口改为每天", DAILY),
        ("change ports to Tuesdays at 9", "Change digest 1? Ports, weekly on Tuesday at 09:00"),
        ("move digest 2 to 10:00", "Change digest 2? Hangzhou, weekly on Monday at 10:00"),
        ("move 2 to 10", "Change digest 2? Hangzhou, weekly on Monday at 10:00"),
        ("the Hangzhou one should be monthly", "Change digest 2? Hangzhou, monthly on the 1st"),
        ("reschedule the Hangzhou digest to friday", "Change digest 2? Hangzhou, weekly on Friday"),
        ("change the time of digest 2 to 10pm", "Change digest 2? Hangzhou, weekly on Monday at 22:00"),
        ("set digest 2 to 3 facts", "Change digest 2? Hangzhou, weekly on Monday at 09:00"),
        ("edit 2 facts 3", "Change digest 2? Hangzhou, weekly on Monday at 09:00"),
    ],
)
def test_a_change_of_a_digest_that_is_there_is_an_edit_of_it(desk: Desk, said: str, headline: str) -> None:
    desk.has("ports")
    desk.has("hangzhou")
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline).startswith(headline)
        assert labels(asked)[0] == "Save"
    assert len(desk.kept()) == 2


def test_a_change_tells_what_is_so_and_what_would_be(desk: Desk) -> None:
    desk.has("ports")
    (changes, *_) = desk.typed("make the ports digest daily").sections
    assert str(changes.title) == "What changes"
    assert [str(line) for line in changes.entries] == [
        "every day at 09:00 (Asia/Shanghai) instead of weekly on Monday at 09:00 (Asia/Shanghai)"
    ]


@pytest.mark.parametrize(
    "said", ["make the tourism digest daily", "change tourism to daily", "tourism should be daily"]
)
def test_where_none_is_on_it_that_is_said_and_a_new_one_is_a_button(desk: Desk, said: str) -> None:
    desk.has("ports")
    desk.has("hangzhou")
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline) == "No digest here is on Tourism. Shall there be a new one?"
        assert labels(asked) == ["Tourism, every day", "List the digests"]
        assert (asked.choices[0].verb, asked.choices[0].text) == ("subscribe", "tourism daily")


def test_the_only_digest_may_be_had_on_what_none_is_on(desk: Desk) -> None:
    desk.has("ports")
    asked = desk.typed("edit Hangzhou weekly tue")
    assert labels(asked)[:2] == ["Hangzhou, weekly on Tuesday", "Have digest 1 on that instead"]
    instead = asked.choices[1]
    assert (instead.verb, instead.text, instead.target and instead.target.id) == (
        "edit",
        "hangzhou weekly tue",
        "1",
    )


@pytest.mark.parametrize("said", ["make it daily", "change it to daily", "move it to 10:00"])
def test_it_is_the_one_digest_there_is(desk: Desk, said: str) -> None:
    desk.has("ports")
    assert str(desk.typed(said).headline).startswith("Change digest 1? Ports, ")
    desk.has("hangzhou")
    assert labels(desk.typed(said)) == [
        "Edit digest 1: Ports, weekly on Monday",
        "Edit digest 2: Hangzhou, weekly on Monday",
    ]


@pytest.mark.parametrize(
    "said",
    [
        "set up a weekly ports digest",
        "make me a ports digest, weekly",
        "get ports weekly",
        "send me the tourism digest weekly",
    ],
)
def test_who_wants_a_new_one_is_shown_a_new_one(desk: Desk, said: str) -> None:
    desk.has("hangzhou")
    assert str(desk.typed(said).headline).startswith("Post this digest here?")


@pytest.mark.parametrize(
    "said",
    [
        "what should the ports do daily?",
        "how did Hangzhou change in 2018?",
        "who should set the rules of ports?",
    ],
)
def test_questions_stay_questions(desk: Desk, said: str) -> None:
    desk.has("ports")
    desk.has("hangzhou")
    assert "digest" not in str(desk.told(said).headline).lower()


SUZHOU = ("Suzhou (Jiangsu), weekly on Monday", "Suzhou (Anhui), weekly on Monday")


@pytest.mark.parametrize(
    ("said", "verb", "label"),
    [
        ("pause Suzhou", "pause", "Pause digest"),
        ("pause Suzhou for two weeks", "pause", "Pause digest"),
        ("edit Suzhou", "edit", "Edit digest"),
        ("edit Suzhou weekly tue", "edit", "Edit digest"),
        ("make the Suzhou one daily", "edit", "Edit digest"),
        ("skip Suzhou", "skip", "Skip digest"),
        ("resume Suzhou", "resume", "Resume digest"),
        ("restart the Suzhou digest", "restart", "Start over digest"),
        ("stop Suzhou", "unsubscribe", "End digest"),
    ],
)
def test_of_several_of_one_name_it_is_asked_which(desk: Desk, said: str, verb: str, label: str) -> None:
    desk.has("ports")
    desk.has("suzhou-jiangsu")
    desk.has("suzhou-anhui")
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline) == "2 digests are on it. Which one?"
        assert labels(asked) == [f"{label} {number}: {name}" for number, name in enumerate(SUZHOU, 2)]
        assert {choice.verb for choice in asked.choices} == {verb}


def test_of_a_name_that_several_have_the_only_one_followed_is_meant(desk: Desk) -> None:
    desk.has("ports")
    desk.has("suzhou-anhui")
    assert str(desk.typed("pause Suzhou").headline) == "Digest 2 is paused."
    assert str(desk.typed("edit Suzhou weekly tue").headline).startswith(
        "Change digest 2? Suzhou (Anhui), weekly on Tuesday"
    )

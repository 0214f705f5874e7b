"""Words that change digests and do not say so change none where something else was shown last: they are asked about."""

from __future__ import annotations

import pytest

from handlers.answer import Answer
from handlers.paging import Earlier
from handlers.reply import reply
from handlers.request import QUESTION, Request
from tests.conftest import NOW
from tests.handlers.digests.desk import DIRECT, OWNER, TEAM, Desk, labels


@pytest.fixture
def followed(desk: Desk) -> Desk:
    """A desk with digests on ports and on Hangzhou."""
    desk.has("ports")
    desk.has("hangzhou")
    return desk


def after(desk: Desk, *texts: str) -> Answer:
    """What is answered to the last of what is written directly, one after the other."""
    earlier: Earlier | None = None
    context: tuple[str, ...] = ()
    for text in texts:
        request = Request(
            text,
            NOW,
            team=TEAM,
            user=OWNER,
            channel=DIRECT,
            earlier=earlier,
            context=context,
            command=QUESTION,
        )
        answer = reply(desk.services, request)
        if answer.follows or answer.context or answer.picture:
            earlier = answer.follows or Earlier(text, answer.page)
            context = answer.context or context
    return answer


def stands(desk: Desk) -> list[tuple[str, bool, tuple[str, ...]]]:
    return [(kept.id, kept.paused, (*kept.topics, *kept.places)) for kept in desk.kept()]


@pytest.mark.parametrize(
    "text",
    [
        "turn off ports",
        "cancel ports",
        "stop ports",
        "unfollow ports",
        "I'm done with ports",
        "关掉港口",
        "停掉港口",
        "不用港口了",
        "關掉港口",
    ],
)
def test_behind_a_map_a_name_that_a_digest_is_on_is_asked_about(followed: Desk, text: str) -> None:
    before = stands(followed)
    answer = after(followed, "map", text)
    assert stands(followed) == before
    assert labels(answer) == ["Map without Ports", "End digest 1: Ports, weekly on Monday"]


@pytest.mark.parametrize(
    "text", ["stop showing ports", "don't show me ports", "ports off", "don’t include ports", "不要显示港口"]
)
def test_words_for_what_is_shown_are_of_the_map(followed: Desk, text: str) -> None:
    picture = after(followed, "map", text).picture
    assert picture is not None
    assert picture.key == "delta+without-ports"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("remove everything but ports", "ports"),
        ("drop all except Hangzhou", "hangzhou"),
        ("keep Hangzhou, drop the rest", "hangzhou"),
        ("除了杭州，其他都不要", "hangzhou"),
        ("除了杭州都去掉", "hangzhou"),
        ("只留港口，其余不要", "ports"),
        ("只留港口，其餘不要", "ports"),
    ],
)
def test_all_but_some_is_what_the_map_keeps(followed: Desk, text: str, key: str) -> None:
    picture = after(followed, "map", text).picture
    assert picture is not None
    assert picture.key == key


@pytest.mark.parametrize("text", ["mute Shanghai", "skip Shanghai", "cancel Shanghai", "取消上海"])
def test_behind_a_map_a_name_that_no_digest_is_on_is_left_out_of_it(followed: Desk, text: str) -> None:
    picture = after(followed, "map", text).picture
    assert picture is not None
    assert picture.key == "delta+without-shanghai"


@pytest.mark.parametrize("text", ["remove 1", "drop 1", "pause", "暂停", "skip", "pause 1"])
@pytest.mark.parametrize("shown", ["map", "Ningbo"])
def test_nothing_is_done_by_a_bare_word_or_number_behind_an_answer(
    followed: Desk, shown: str, text: str
) -> None:
    before = stands(followed)
    answer = after(followed, shown, text)
    assert stands(followed) == before
    assert answer.outcome == "suggestion"
    assert "digest 1" in labels(answer)[0]


@pytest.mark.parametrize("text", ["don't show me Hangzhou", "stop Hangzhou", "Hangzhou off", "不用杭州了"])
def test_behind_an_answer_it_is_asked_whether_a_digest_is_meant(followed: Desk, text: str) -> None:
    before = stands(followed)
    answer = after(followed, "Hangzhou", text)
    assert stands(followed) == before
    assert labels(answer) == ["End digest 2: Hangzhou, weekly on Monday"]


def test_several_digests_are_changed_by_no_words_that_do_not_name_them(followed: Desk) -> None:
    answer = after(followed, "map", "add talent to all")
    assert labels(answer) == ["Change 2 digests?"]
    assert "Is that said of a digest?" in answer.headline


@pytest.mark.parametrize(
    "text", ["drop the ports digest", "unsubscribe from ports", "退订港口", "取消港口的订阅"]
)
def test_what_says_that_it_is_of_digests_is_done(followed: Desk, text: str) -> None:
    after(followed, "map", text)
    assert [kept.id for kept in followed.kept()] == ["2"]


def test_a_pause_with_its_length_is_of_digests(followed: Desk) -> None:
    assert after(followed, "map", "pause ports for two weeks").outcome == "done"


def test_where_nothing_was_shown_before_it_is_done_at_once(followed: Desk) -> None:
    after(followed, "ports off")
    assert [kept.id for kept in followed.kept()] == ["2"]


def test_the_map_stays_the_one_that_is_spoken_of(followed: Desk) -> None:
    picture = after(followed, "map Zhejiang", "stop ports", "without Ningbo").picture
    assert picture is not None
    assert picture.key == "zhejiang+without-ningbo"

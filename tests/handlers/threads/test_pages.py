"""Pages of the answer before, by their number and in polite words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.paging import Earlier
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from handlers.threads.pages import asked_for

_NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "text", "page"),
    [
        ("杭州", "更多，谢谢", 2),
        ("杭州", "请给我下一页", 2),
        ("杭州", "还有谁？", 2),
        ("杭州", "第二页", 2),
        ("杭州", "第二頁", 2),
        ("杭州", "翻到第3页吧", 3),
        ("Hangzhou", "next page please", 2),
        ("Hangzhou", "more, thanks", 2),
        ("Hangzhou", "who else?", 2),
        ("Hangzhou", "page 2", 2),
        ("Hangzhou", "can I see the third page, please?", 3),
        ("有哪些结对？", "第二页", 2),
    ],
)
def test_a_page_is_asked_for_in_many_words(services: Services, before: str, text: str, page: int) -> None:
    answer = reply(services, Request(text, _NOW, earlier=Earlier(before)))
    assert answer.page == page
    assert answer.follows == Earlier(before, page)


def test_behind_the_last_page_the_last_is_shown_with_how_many_there_are(services: Services) -> None:
    answer = reply(services, Request("page 99", _NOW, earlier=Earlier("Hangzhou")))
    assert answer.page == answer.pages
    assert answer.notes[0] == f"The answer has {answer.pages} pages."


@pytest.mark.parametrize(
    "text", ["page", "page 2 of the paper?", "第二页的文献", "第二", "2", "p", "a page of history"]
)
def test_what_says_more_than_a_page_asks_for_none(text: str) -> None:
    assert asked_for(text) == 0


@pytest.mark.parametrize(
    ("text", "number"), [("第十页", 10), ("第十二页", 12), ("page two", 2), ("P. 4", 4), ("第一页", 1)]
)
def test_numbers_are_read_in_words_too(text: str, number: int) -> None:
    assert asked_for(text) == number


def test_what_follows_in_chinese_is_headed_in_chinese(services: Services) -> None:
    for text in ("来源", "详情", "地图", "第二页"):
        assert reply(services, Request(text, _NOW, earlier=Earlier("Hangzhou"))).in_chinese, text

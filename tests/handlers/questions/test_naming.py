"""A question that names something and asks for nothing in particular of it, or where it lies, gets its page."""

from __future__ import annotations

import pytest

from tests.conftest import Asker
from tests.handlers.shown import ids


@pytest.mark.parametrize(("text", "line"), [
    ("Tell me about Chuzhou", "Chuzhou 滁州, prefecture-level city in Anhui."),
    ("什么是飞地经济", "Enclave economy 飞地经济."),
    ("What does enclave economy mean?", "Enclave economy 飞地经济."),
    ("Where is Jiashan?", "Jiashan 嘉善, county in Jiaxing, Zhejiang."),
    ("which province is Huainan in", "Huainan 淮南, prefecture-level city in Anhui."),
    ("where does Chuzhou lie", "Chuzhou 滁州, prefecture-level city in Anhui."),
    ("淮南在哪个省？", "Huainan 淮南, prefecture-level city in Anhui."),
])  # fmt: skip
def test_it_opens_with_what_it_is_and_where(ask: Asker, text: str, line: str) -> None:
    assert ask(text).headline.startswith(line)


@pytest.mark.parametrize("text", [
    "Give me three facts on Wuhu", "tell me something about Wuhu", "anything on Wuhu?", "facts about Wuhu", "a few facts on Wuhu",
    "what do you know about Wuhu", "do you have anything on Wuhu?", "some facts on Wuhu please", "what's known about Wuhu?",
    "I want to know more about Wuhu", "how many facts on Wuhu?", "Wuhu facts", "give me an overview of Wuhu", "list 3 facts on Wuhu",
    "介绍一下芜湖", "说说芜湖", "芜湖的情况", "给我三条关于芜湖的事实", "总结一下芜湖",
])  # fmt: skip
def test_however_all_is_asked_of_a_name_it_is_its_page(ask: Asker, text: str) -> None:
    assert ask(text).headline == ask("Wuhu").headline


def test_where_a_name_of_several_places_lies_is_told_of_each(ask: Asker) -> None:
    assert ask("Where is Suzhou?").outcome == "ambiguous"


@pytest.mark.parametrize(("text", "fact"), [
    ("Where is Semiconductor Shaoxing?", "zhejiang-integration-067"),
    ("Where was the Huaihai Economic Zone founded?", "han-huaihai-007"),
])  # fmt: skip
def test_where_something_else_is_or_was_done_is_a_question(ask: Asker, text: str, fact: str) -> None:
    answer = ask(text)
    assert (answer.headline, ids(answer)[0]) == ("", fact)

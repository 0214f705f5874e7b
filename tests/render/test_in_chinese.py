"""What is asked in Chinese has its buttons, headings and fixed notes in Chinese, and its facts as they are curated."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.local_slack.blockkit.ids import interactive_elements
from bot.render import told as in_chinese
from bot.render.blocks import blocks
from bot.render.button_value import ButtonValue
from bot.render.fact_renderer import fact_renderer
from bot.render.plain import plain
from handlers.answer import Answer
from handlers.say import say, say_many
from knowledge.base import FactBase
from scripts.catalogue import gathered
from tests.conftest import Asker

_NAMES = re.compile(r"{(\w+)}")


def told(base: FactBase, answer: Answer, **how: Any) -> list[dict[str, Any]]:
    asked = ButtonValue(command="/yrd", text="x")
    return blocks(answer, asked, render_fact=fact_renderer(base), rated=True, sharable=True, **how)


def labels(shown: list[dict[str, Any]]) -> list[str]:
    buttons = (element for _, element in interactive_elements(shown) if element["type"] == "button")
    return [button["text"]["text"] for button in buttons]


def test_the_buttons_of_an_answer_are_in_the_script_of_the_question(base: FactBase, ask: Asker) -> None:
    assert labels(told(base, ask("徐州的GDP是多少？"), printed=True)) == [
        "出处", "详情", "复制并附引文", "地图", "原文段落", "分享到频道"
    ]  # fmt: skip
    assert labels(told(base, ask("What is the GDP of Xuzhou?")))[0] == "Sources"


def test_an_english_question_with_a_name_in_chinese_is_answered_in_english(
    base: FactBase, ask: Asker
) -> None:
    assert "Sources" in labels(told(base, ask("What is 杭州 paired with?")))


def test_pages_headings_and_choices_are_too_and_facts_stay_as_they_are(base: FactBase, ask: Asker) -> None:
    chinese, english = (plain(ask(text), fact_renderer(base)) for text in ("杭州", "Hangzhou"))
    assert "结对与协议：" in chinese
    assert "第 1 页，共 " in chinese
    assert "Hangzhou in Zhejiang and Suzhou in northern Anhui are twinned" in chinese
    assert "Ties and agreements:" in english
    assert "整个长三角的地图" in labels(told(base, ask("地图 辽宁")))


@pytest.mark.parametrize(
    ("text", "label"), [("淮南和哪个区结对？", "有用"), ("徐州的GDP是多少？", "首条有用")]
)
def test_one_fact_alone_is_rated_as_such(base: FactBase, ask: Asker, text: str, label: str) -> None:
    assert f"'{label}'" in str(told(base, ask(text)))


def test_every_sentence_of_the_table_is_one_of_the_bots_with_the_same_values() -> None:
    said = {
        form
        for message in gathered()
        for form in (message.id if isinstance(message.id, tuple) else (message.id,))
    }
    for english, chinese in in_chinese._TOLD.items():
        assert english in said, english
        assert set(_NAMES.findall(english)) == set(_NAMES.findall(chinese)), english


def test_what_is_not_in_the_table_stays_in_english() -> None:
    assert in_chinese._CHINESE.told(say("Follow {name}", name="x")) == "Follow x"
    assert in_chinese._CHINESE.told(say_many("Draw {count} x", "Draw {count} xs", 1)) == "Draw 1 x"
    assert in_chinese._CHINESE.told(say("More")) == "更多"

"""Whether one place lies in another is told by the records of both."""

from __future__ import annotations

import pytest

from tests.conftest import Asker


@pytest.mark.parametrize(("text", "line"), [
    ("Is Wuhu in Anhui?", "Yes, Wuhu lies in Anhui. Wuhu 芜湖, prefecture-level city in Anhui."),
    ("Is Wuhu in Zhejiang?", "No, Wuhu does not lie in Zhejiang. Wuhu 芜湖, prefecture-level city in Anhui."),
    ("does Jiashan belong to Jiaxing", "Yes, Jiashan lies in Jiaxing."),
    ("Is Jiashan located in Zhejiang province?", "Yes, Jiashan lies in Zhejiang."),
    ("Is Jiashan part of China?", "Yes, Jiashan lies in China."),
    ("Is Suzhou in Anhui?", "Yes, Suzhou (Anhui) lies in Anhui."),
    ("芜湖在浙江吗？", "No, Wuhu does not lie in Zhejiang."),
    ("嘉善是不是属于嘉兴", "Yes, Jiashan lies in Jiaxing."),
])  # fmt: skip
def test_it_is_said_with_the_page_of_the_one_that_lies_there_or_not(ask: Asker, text: str, line: str) -> None:
    assert ask(text).headline.startswith(line)


@pytest.mark.parametrize("text", [
    "Is Anhui in the delta?",
    "Is Xuzhou part of the Huaihai Economic Zone?",
    "Is Hangzhou in a twinning?",
])  # fmt: skip
def test_of_a_region_the_documents_say_who_belongs_to_it(ask: Asker, text: str) -> None:
    assert ask(text).headline == ""


def test_a_name_of_two_places_of_which_neither_lies_there_is_asked_about(ask: Asker) -> None:
    assert ask("Is Suzhou in Zhejiang?").outcome == "ambiguous"

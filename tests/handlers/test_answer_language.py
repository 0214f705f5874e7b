"""The language of the bot's own words is that which a text asks for, whatever it is written in."""

from __future__ import annotations

import pytest

from tests.conftest import Asker


@pytest.mark.parametrize(
    ("text", "in_chinese"),
    [
        ("in Chinese: who is Huainan twinned with?", True),
        ("answer in Chinese: Who is Huainan twinned with?", True),
        ("请用中文回答：Who is Huainan twinned with?", True),
        ("Who is Huainan twinned with? Answer in Chinese please.", True),
        ("Who is Huainan twinned with? Answer in English please.", False),
        ("answer in English: 淮南和谁结对", False),
        ("用英文说淮南和谁结对", False),
        ("請用英文回答：淮南和誰結對", False),
    ],
)
def test_a_question_is_answered_within_its_wrapper(ask: Asker, text: str, in_chinese: bool) -> None:
    answer = ask(text)
    assert answer.outcome == "answer"
    assert answer.lines[0].value == "Minhang District, Shanghai"
    assert answer.in_chinese is in_chinese


def test_a_list_is_asked_for_so_as_well(ask: Asker) -> None:
    assert ask("in English: list topics").headline == ask("list topics").headline

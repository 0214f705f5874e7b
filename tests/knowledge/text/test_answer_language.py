"""What a text asks is found within the words that say in which language to answer."""

from __future__ import annotations

import pytest

from knowledge.text.answer_language import Asked, Language, asked

ENGLISH, CHINESE = "Who is Huainan twinned with?", "淮南和谁结对"


@pytest.mark.parametrize(
    ("text", "inside", "language"),
    [
        (f"in Chinese: {ENGLISH}", ENGLISH, Language.CHINESE),
        (f"In Chinese, please: {ENGLISH}", ENGLISH, Language.CHINESE),
        ("in english who is Huainan twinned with?", "who is Huainan twinned with?", Language.ENGLISH),
        (f"Could you please answer in Chinese: {ENGLISH}", ENGLISH, Language.CHINESE),
        (f"answer in English: {CHINESE}", CHINESE, Language.ENGLISH),
        (f"{ENGLISH} Answer in Chinese please.", ENGLISH, Language.CHINESE),
        (f"{ENGLISH} In Mandarin, please.", ENGLISH, Language.CHINESE),
        ("Who is Huainan twinned with (in Chinese)?", ENGLISH, Language.CHINESE),
        (f"请用中文回答：{ENGLISH}", ENGLISH, Language.CHINESE),
        (f"用英文说{CHINESE}", CHINESE, Language.ENGLISH),
        ("請用英文回答：淮南和誰結對", CHINESE, Language.ENGLISH),
        (f"{CHINESE}？用英语回答", f"{CHINESE}？", Language.ENGLISH),
        ("用英文列出主题", "列出主题", Language.ENGLISH),
    ],
)
def test_the_question_and_the_language_are_read(text: str, inside: str, language: Language) -> None:
    assert asked(text) == Asked(inside, language)


@pytest.mark.parametrize(
    "text",
    [
        "What is twinning called in Chinese?",
        "How do you say twinning in English?",
        "Write Huainan in Chinese",
        "in Chinese cities, what is twinning?",
        "Which papers are in English?",
        "结对用英文怎么说",
        "用英文怎么说结对",
        "in Chinese",
        "",
    ],
)
def test_what_asks_of_a_language_is_left_as_it_is(text: str) -> None:
    assert asked(text) == Asked(text)

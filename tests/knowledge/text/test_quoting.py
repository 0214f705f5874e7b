"""The words that find a text again are its first, none of them cut."""

from __future__ import annotations

import pytest

from knowledge.text.length import word_count
from knowledge.text.quoting import first_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Nanjing and Hefei opened a joint harbour office for boats.",
            "Nanjing and Hefei opened a joint harbour office",
        ),
        ("南京和合肥共建了一个港口，预计在2026年投入使用。", "南京和合肥共建了一个港口，预计"),
        ("Three words only.\nAnd more below.", "Three words only"),
        ("too short", ""),
        ("", ""),
        ("x" * 200, ""),
    ],
)
def test_the_first_words_are_whole(text: str, words: str) -> None:
    assert first_words(text, 3, 8, 150) == words


def test_a_long_message_in_chinese_is_quoted_by_as_many_words_as_a_quote_has() -> None:
    found = first_words(
        "长三角一体化示范区在上海青浦江苏吴江浙江嘉善三地同时设立统一的管理机构" * 10, 3, 8, 150
    )
    assert 3 <= word_count(found) <= 8
    assert len(found) > 10

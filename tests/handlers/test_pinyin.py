"""Chinese terms in pinyin at every door: what they name is answered as under its own name."""

from __future__ import annotations

import pytest

from knowledge.base import FactBase
from tests.conftest import Asker


@pytest.mark.parametrize("typed", ["fei di jing ji", "feidijingji", "feidi jingji", "Fēidì jīngjì"])
@pytest.mark.parametrize("command", ["/yrd", "/yrd-mechanism"])
def test_a_mechanism_is_found(ask: Asker, command: str, typed: str) -> None:
    assert ask(typed, command).lines == ask("Enclave economy", "/yrd-mechanism").lines


@pytest.mark.parametrize(
    ("command", "typed", "name"),
    [
        ("/yrd", "yitihua", "Regional integration"), ("/yrd-topic", "yitihua", "Regional integration"),
        ("/yrd-topic", "lüyou", "Tourism"), ("/yrd-topic", "lvyou", "Tourism"), ("/yrd-topic", "luyou", "Tourism"),
        ("/yrd-pair", "minhang huainan jiedui", "Minhang-Huainan twinning"), ("/yrd-city", "changsanjiao", "Yangtze River Delta"),
        ("/yrd", "changsanjiao qiche chanye chuangxin lianmeng", "Yangtze River Delta Automobile Industry Innovation Alliance"),
    ],
)  # fmt: skip
def test_other_sorts_are_found(ask: Asker, command: str, typed: str, name: str) -> None:
    answer = ask(typed, command)
    assert answer.outcome == "answer"
    assert name.lower() in answer.headline.lower()


@pytest.mark.parametrize("typed", ["fei di jing ji", "feidijingji"])
def test_a_digest_follows_it(ask: Asker, typed: str) -> None:
    assert "Enclave economy" in ask(f"preview {typed}, Hangzhou", "/yrd-digest").headline


def test_a_question_in_pinyin_is_answered(ask: Asker, base: FactBase) -> None:
    answer = ask("huaihai jingjiqu you duoshao ge diji shi")
    assert [line.fact.id for line in answer.lines][:1] == ["han-huaihai-207"]

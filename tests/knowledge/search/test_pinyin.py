"""Questions in pinyin: words that are known are read as their Chinese, others by their sound."""

from __future__ import annotations

import pytest

from knowledge.base import FactBase
from knowledge.search.intent import AnswerType


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("huaihai jingjiqu you duoshao ge xian", "淮海经济区有多少个县"),
        ("huaihai jingji qu you duoshao ge diji shi", "淮海经济区有多少个地级市"),
        ("nanjing zai na xie fangmian zhichi chuzhou", "南京在哪些方面支持滁州"),
        ("nantong bei yi menhu fangan shi nage sheng pizhun de", "南通北翼门户方案是哪个省批准的"),
    ],
)
def test_a_question_in_pinyin_asks_what_it_asks_in_chinese(
    base: FactBase, question: str, chinese: str
) -> None:
    spelt, written = base.parse(question), base.parse(chinese)
    assert spelt.answer_type == written.answer_type
    assert {owner for c in spelt.concepts for owner in c.owners} == {
        owner for c in written.concepts for owner in c.owners
    }
    assert set(spelt.terms) & set(written.terms)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("huaihai jingjiqu shi na yi nian chengli de", AnswerType.TIME),
        ("qirui qiche de yanfa zhongxin zai nali", AnswerType.PLACE),
        ("minhang gei huainan tigong le duoshao", AnswerType.QUANTITY),
        ("weishenme yao jiedui", AnswerType.REASON),
    ],
)
def test_what_is_asked_for_is_read_in_pinyin(base: FactBase, question: str, wanted: AnswerType) -> None:
    assert base.parse(question).answer_type is wanted


def test_behind_a_measure_word_is_a_word_of_one_syllable_and_no_name_of_two(base: FactBase) -> None:
    assert "xian" not in {owner for c in base.parse("you duoshao ge xian").concepts for owner in c.owners}
    assert "xian" in {owner for c in base.parse("xian he hefei").concepts for owner in c.owners}
    assert "xian" in {owner for c in base.parse("zai xian you shenme").concepts for owner in c.owners}


@pytest.mark.parametrize("text", ["Aachen", "a billion in bilion", "can long men ban fans"])
def test_other_words_that_fall_into_syllables_are_no_chinese(base: FactBase, text: str) -> None:
    assert not [concept for concept in base.parse(text).concepts if not concept.surface.isascii()]


def test_what_is_said_of_pinyin_is_what_was_typed(base: FactBase) -> None:
    assert [c.surface for c in base.parse("huawei").concepts] == ["huawei"]

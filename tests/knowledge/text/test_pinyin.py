"""Chinese is spelt in pinyin as xpinyin reads it, but for words that the base has its own readings of."""

from __future__ import annotations

import pytest

from knowledge.base import FactBase
from knowledge.text.pinyin import Pinyin


def test_a_word_of_its_own_wins_wherever_it_stands() -> None:
    assert Pinyin().of("行业协会") == "xing ye xie hui"
    assert Pinyin(["行业 hang ye"]).of("行业协会") == "hang ye xie hui"


def test_the_longest_word_of_its_own_wins() -> None:
    spell = Pinyin(["都 dou", "都市 du shi"])
    assert (spell.of("都"), spell.of("大都市圈")) == ("dou", "da du shi quan")


@pytest.mark.parametrize(
    ("chinese", "spelt"),
    [
        ("飞地经济", "fei di jing ji"), ("G60科创走廊", "g60 ke chuang zou lang"), ("绿色城市", "lv se cheng shi"),
        ("行业协会", "hang ye xie hui"), ("民间协调", "min jian xie tiao"), ("闵行区", "min hang qu"),
        ("社保一卡通", "she bao yi ka tong"), ("重复投资", "chong fu tou zi"), ("行政首长联席会议", "xing zheng shou zhang lian xi hui yi"),
        ("长三角一体化", "chang san jiao yi ti hua"), ("增长极", "zeng zhang ji"),
    ],
)  # fmt: skip
def test_what_the_base_holds_is_read_as_people_read_it(base: FactBase, chinese: str, spelt: str) -> None:
    assert base.pinyin[chinese] == spelt


def test_facts_db_holds_the_pinyin_that_would_be_made_anew(base: FactBase) -> None:
    anew = FactBase(base.seeds, base.version)
    assert list(anew.pinyin.items()) == list(base.pinyin.items())

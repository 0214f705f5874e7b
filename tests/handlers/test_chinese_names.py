"""Names in Chinese: one wrong character is read or asked about, ordinary words are left alone, and who is not known is named."""

from __future__ import annotations

import pytest

from handlers.answer import Answer
from knowledge.base import FactBase
from knowledge.names.resolver import Found, Unknown
from knowledge.text.chinese import is_word
from tests.conftest import Asker
from tests.handlers.shown import noted
from tests.strange_names import COMMON, SLIPS, STRANGERS

# Chinese names with one character that sounds the same in place of another, made for every place that may be told by it.
HOMOPHONES = {
    "州": "洲",
    "江": "讲",
    "南": "男",
    "阳": "洋",
    "海": "害",
    "山": "衫",
    "波": "玻",
    "兴": "星",
    "京": "经",
    "安": "鞍",
}


def is_of(answer: Answer, slug: str) -> bool:
    """Say whether an answer reads a name as the record `slug`, or asks whether that was meant."""
    is_read = slug in answer.context and any("read as" in note for note in noted(answer))
    return is_read or (answer.outcome == "suggestion" and any(c.id == slug for c in answer.choices))


def _is_something(base: FactBase, typed: str) -> bool:
    return is_word(typed) or not isinstance(base.names.resolve(typed, slips=False), Unknown)


@pytest.mark.parametrize(("typed", "slug"), SLIPS.items())
def test_one_wrong_character_is_read_or_asked_about(
    ask: Asker, base: FactBase, typed: str, slug: str
) -> None:
    assert base.entity(slug)
    assert is_of(ask(typed, "/yrd-city"), slug)


@pytest.mark.parametrize(("typed", "slug"), SLIPS.items())
def test_alone_it_is_read_or_asked_about_without_any_command(ask: Asker, typed: str, slug: str) -> None:
    assert is_of(ask(typed), slug)


def test_a_question_about_what_only_rhymes_with_a_name_says_what_may_be_meant(ask: Asker) -> None:
    answer = ask("安微和哪个区结对？")
    assert (answer.outcome, answer.lines) == ("unknown", ())
    assert answer.notes == ("Did you mean Anhui (安徽) by “安微”?",)


def test_a_character_of_the_same_sound_is_read_in_the_name_of_any_place(ask: Asker, base: FactBase) -> None:
    tried = {
        (place.slug, place.chinese.replace(right, wrong))
        for place in base.seeds.places
        for right, wrong in HOMOPHONES.items()
        if place.chinese.count(right) == 1 and len(place.chinese) < 4
    }
    # What is another place or a word of the dictionary is that.
    slips = [(slug, typed) for slug, typed in tried if not _is_something(base, typed)]
    assert len(slips) > 60
    missed = [(slug, typed) for slug, typed in slips if not is_of(ask(typed, "/yrd-city"), slug)]
    assert not missed


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("杭洲和哪些城市结对？", "hangzhou"),
        ("淮男和哪个区结对？", "huainan"),
        ("闵杭区和哪个城市结对合作？", "minhang"),
        ("徐洲2018年的GDP是多少？", "xuzhou"),
        ("上海和合淝怎么合作？", "hefei"),
    ],
)
def test_a_slip_in_a_question_is_read_and_told(ask: Asker, question: str, slug: str) -> None:
    answer = ask(question)
    assert slug in answer.context
    assert any("read as" in note for note in noted(answer))


def test_a_look_alike_of_a_character_is_that_character(ask: Asker) -> None:
    assert ask("港囗").lines == ask("港口").lines


@pytest.mark.parametrize("text", ["{}", "{}和哪个区结对？", "淮南的{}"])
def test_no_common_word_is_read_as_a_place(base: FactBase, text: str) -> None:
    bent = [
        (word, mention.typed)
        for word in COMMON
        for mention in base.parse(text.format(word)).mentions
        if isinstance(mention.resolution, Found) and mention.resolution.match == "fuzzy"
    ]
    assert not bent


@pytest.mark.parametrize("command", ["/yrd-city", "/yrd-pair"])
def test_a_common_word_is_no_place(ask: Asker, command: str) -> None:
    answered = [word for word in COMMON if ask(word, command).lines]
    assert not answered


@pytest.mark.parametrize(
    "text", ["阿里巴巴", "阿里巴巴在杭州做什么？", "如何实现长治久安？", "大同小异", "安吉丽娜和杭州"]
)
def test_a_word_that_begins_like_a_place_is_not_that_place(base: FactBase, text: str) -> None:
    named = {mention.typed for mention in base.parse(text).mentions}
    assert named <= {"杭州"}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("温州人", "温州"),
        ("杭州湾", "杭州"),
        ("宁波港", "宁波"),
        ("南京路", "南京"),
        ("江苏省", "江苏省"),
        ("东北虎", "东北"),
    ],
)
def test_what_is_called_after_a_place_names_it(base: FactBase, text: str, typed: str) -> None:
    assert [mention.typed for mention in base.parse(text).mentions] == [typed]


def test_who_is_not_known_is_named_also_alone(ask: Asker) -> None:
    for name in STRANGERS:
        headline = ask(name).headline
        assert name in headline, headline


def test_what_joins_a_name_to_another_is_no_part_of_it(base: FactBase) -> None:
    assert base.parse("马斯克给上海投资了多少？").strangers == ("马斯克",)


IN_CHINESE = (
    "{}和哪个区结对？", "{}的人才政策", "{}和淮南有什么合作？", "淮南和{}怎么合作？", "{}在长三角有哪些产业？",
    "请介绍一下{}的飞地经济", "哪个区和{}结对？", "我想问{}的飞地经济", "淮南的{}",
)  # fmt: skip
IN_ENGLISH = (
    "Which district is twinned with {}?", "What is the talent policy of {}?", "How do Huainan and {} cooperate?",
    "Where is the enclave economy of {}?",
)  # fmt: skip


@pytest.mark.parametrize("question", IN_CHINESE)
def test_who_is_not_known_is_named_and_nothing_else_is_answered(
    ask: Asker, base: FactBase, question: str
) -> None:
    assert len(STRANGERS) > 55
    for name in STRANGERS:
        answer = ask(question.format(name))
        assert (answer.outcome, answer.lines) == ("unknown", ()), (name, answer.headline)
        # Of a city that is listed as outside it is said where that is, by its English name.
        assert name in answer.headline or "outside this fact base" in answer.headline, answer.headline


@pytest.mark.parametrize("question", IN_ENGLISH)
def test_its_english_twin_declines_too(ask: Asker, question: str) -> None:
    answered = [name for name in STRANGERS.values() if ask(question.format(name)).lines]
    assert not answered


@pytest.mark.parametrize("question", ["张三和哪个区结对？", "Which district is twinned with Zhangsan?"])
def test_the_stranger_stands_in_the_refusal(ask: Asker, question: str) -> None:
    headline = ask(question).headline
    assert "张三" in headline or "Zhangsan" in headline or "zhangsan" in headline


@pytest.mark.parametrize(
    "question",
    [
        "淮南和哪个区结对？",
        "南京对滁州提供了哪些支持？",
        "长三角汽车产业创新联盟由哪些城市发起？",
        "飞地经济是什么？",
        "哪些城市承接产业转移？",
    ],
)
def test_a_question_about_what_is_known_has_no_stranger(base: FactBase, question: str) -> None:
    assert base.parse(question).strangers == ()


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("/yrd-pair", "火星 淮南"), ("/yrd-pair", "淮南与火星"), ("/yrd-pair", "杭州 火星 淮南"), ("/yrd", "map 杭州和火星"),
        ("/yrd", "compare 火星和淮南"), ("/yrd-city", "杭州和火星"), ("/yrd-digest", "preview 杭州、火星 每天"),
    ],
)  # fmt: skip
def test_an_unknown_name_beside_known_ones_is_named_at_every_door(
    ask: Asker, command: str, text: str
) -> None:
    answer = ask(text, command)
    assert not answer.lines
    assert "火星" in answer.headline


def test_a_slip_is_told_beside_a_comparison(ask: Asker) -> None:
    assert "“杭洲” read as Hangzhou." in noted(ask("compare 杭洲和淮南"))

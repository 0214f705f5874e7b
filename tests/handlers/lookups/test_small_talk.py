"""What is no question gets a line of its own: no facts, nothing for curators, and no question is swallowed by it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest

from handlers.request import Request
from handlers.route import route
from handlers.services import Services
from handlers.without_state import NoQuestions
from knowledge.base import FactBase
from knowledge.model import Place
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import Level, WordUse
from tests.conftest import NOW, Asker

CONTEXT = ("huainan",)
TALK = {
    "hello": ("hi", "Hello!", "hey there", "HI YRD Desk", "@YRD Desk hello", "good morning", "你好", "您好！", "ni hao", "大家好", "你好啊"),
    "wellbeing": ("how are you?", "How's it going", "hi, how are you?", "你好吗？"),
    "thanks": ("thanks", "Thank you so much!", "ok thanks", "thx", "谢谢", "謝謝", "非常感谢！", "xie xie", "thank you, bot"),
    "goodbye": ("bye", "Good night!", "ok, see you later", "再见", "拜拜"),
    "consent": ("ok", "yes", "Sure.", "got it", "好的", "嗯", "明白了"),
    "denial": ("no", "No thanks", "Never mind", "不用了", "算了"),
    "self": ("who are you?", "what's your name?", "你是谁？"),
    "machine": ("Are you a bot?", "are you an AI", "ARE YOU CHATGPT?", "do you make things up?", "你是机器人吗", "你是AI吗？"),
    "maker": ("who made you?", "who runs this bot", "谁做的你？"),
    "trust": ("can I trust you?", "how reliable are you", "你可靠吗？"),
    "reporting": ("how do I report an error?", "I found a mistake", "怎么报告错误？"),
    "citing": ("how do I cite this?", "footnote", "怎么引用？"),
    "sharing": ("how do I share this?", "can I forward this?", "怎么分享？"),
    "ability": ("what can you do?", "hi! how can you help me", "Help me", "你会做什么？", "怎么用？"),
    "languages": ("do you speak Chinese?", "Can I ask in Chinese?", "你会中文吗?", "可以用中文吗？"),
    "news": ("any news?", "how up to date are you?", "最新消息", "数据是最新的吗？"),
    "praise": ("great!", "well done", "very good", "太棒了！", "很好"),
    "complaint": ("you are wrong", "that's wrong", "That is not right!", "no, that's wrong", "sorry but that's wrong", "错了", "这不对", "你错了！"),
    "regret": ("sorry", "oh, my bad", "对不起", "不好意思"),
    "puzzlement": ("I don't understand", "huh?", "what do you mean?", "我不懂", "什么意思？"),
    "trial": ("test", "ping", "this is a test", "测试"),
}  # fmt: skip
SAID = [(use, text) for use, texts in TALK.items() for text in texts]
SIGNS = ("👍", "🙂🙂", "...", "!!!", "。。。", "🎉 !")


class Kept(NoQuestions):
    """Notes what would be kept for curators."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def keep(
        self, team: str, command: str, text: str, nearest: tuple[str, ...], now: datetime, user: str = ""
    ) -> None:
        self.texts.append(text)


@pytest.fixture
def kept(services: Services) -> tuple[Asker, Kept]:
    questions = Kept()
    return Asker(replace(services, questions=questions)), questions


@pytest.mark.parametrize(("use", "text"), SAID, ids=[text for _, text in SAID])
@pytest.mark.parametrize("context", [(), CONTEXT], ids=["first", "in a conversation"])
def test_talk_gets_one_line_and_no_facts(
    kept: tuple[Asker, Kept], use: str, text: str, context: tuple[str, ...]
) -> None:
    ask, questions = kept
    assert route(ask.services, Request(text, NOW, context=context)).verb.name == use
    answer = ask(text, context=context)
    assert answer.outcome == "answer"
    assert (answer.lines, answer.near, answer.sections, answer.passages, answer.context) == ((),) * 5
    assert questions.texts == []


@pytest.mark.parametrize(("use", "text"), SAID, ids=[text for _, text in SAID])
def test_talk_is_answered_in_the_script_it_was_said_in(ask: Asker, use: str, text: str) -> None:
    said = ask(text)
    assert bool(CHINESE.search(said.headline)) == bool(CHINESE.search(text))
    assert {bool(CHINESE.search(choice.label)) for choice in said.choices} <= {bool(CHINESE.search(text))}


def test_examples_in_chinese_have_answers(ask: Asker) -> None:
    examples = re.findall("“([^”]+)”", ask("你好").headline)
    assert len(examples) == 3
    assert {ask(example).outcome for example in examples} == {"answer"}


@pytest.mark.parametrize(
    "text",
    [
        "what do you keep about me?", "do you store my questions", "Privacy", "IS THIS CONFIDENTIAL?", "who can see what I ask?",
        "how long do you keep my messages", "你会保存我的问题吗", "我的数据安全吗？", "隐私", "help privacy",
    ],
)  # fmt: skip
def test_what_is_kept_is_told_to_whoever_asks(kept: tuple[Asker, Kept], text: str) -> None:
    ask, questions = kept
    told = replace(ask.services, privacy=("Your questions: 30 days",))
    assert Asker(told)(text).sections[0].entries == told.privacy
    assert (ask(text).outcome, questions.texts) == ("answer", [])


@pytest.mark.parametrize(
    "text", ["who stores data in Shanghai?", "which cities share data?", "data", "信息安全"]
)
def test_a_question_on_data_is_none_on_what_is_kept(services: Services, text: str) -> None:
    assert route(services, Request(text, NOW)).command.name == "/yrd"


@pytest.mark.parametrize("text", SIGNS)
def test_a_message_without_a_word_gets_a_line(kept: tuple[Asker, Kept], text: str) -> None:
    ask, questions = kept
    answer = ask(text, context=CONTEXT)
    assert (answer.outcome, answer.lines, questions.texts) == ("answer", (), [])
    assert "words" in answer.headline


def test_a_complaint_is_told_where_to_say_what_is_wrong(ask: Asker) -> None:
    for text in ("that's wrong", "错了"):
        assert "Wrong or outdated" in ask(text).headline
        assert "/yrd fact ID wrong" in ask(text).headline


def test_thanks_are_welcome(ask: Asker) -> None:
    assert ask("thanks").headline == "You are welcome."
    assert ask("谢谢").headline == "不客气。"


@pytest.mark.parametrize("text", ["hello", "what can you do?", "你好"])
def test_what_a_greeting_offers_is_answered(ask: Asker, text: str) -> None:
    choices = ask(text).choices
    assert len(choices) >= 2
    for choice in choices:
        assert ask(choice.text, choice.command, verb=choice.verb, target=choice.target).outcome == "answer"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("hi, which district is twinned with Huainan?", "which district is twinned with Huainan?"),
        ("Hello! Hangzhou", "Hangzhou"),
        ("hi Hangzhou", "Hangzhou"),
        ("thanks! and Huainan?", "and Huainan?"),
        ("ok, ports", "ports"),
        ("谢谢！那宁波呢", "那宁波呢"),
        ("你好，淮南和哪个区结对？", "淮南和哪个区结对？"),
        ("你好宁波", "宁波"),
        ("请问宁波", "宁波"),
        ("That's wrong. Which district is twinned with Huainan?", "Which district is twinned with Huainan?"),
    ],
)
def test_a_question_behind_a_greeting_is_asked(services: Services, text: str, asked: str) -> None:
    found = route(services, Request(text, NOW))
    assert (found.command.name, found.argument) == ("/yrd", asked)


@pytest.mark.parametrize(
    "text", ["hello, map Huainan", "please map Huainan", "hi! list topics", "谢谢！ map Huainan"]
)
def test_a_command_behind_a_greeting_is_followed(services: Services, text: str) -> None:
    assert route(services, Request(text, NOW)).command.name in ("map", "list")


@pytest.mark.parametrize(
    "text",
    [
        "Ping'an", "Hi-tech zone", "thanks to whom has Chuzhou caught up?", "fine particulate matter", "great Bay area",
        "So what is twinning?", "YRD share of China's GDP?", "Impressive, middling or nil: what do the stories reveal?",
        "Good for me, good for you: does that hold for Pinghu?", "那边搞创新是不是越来越跟国外接轨", "test zones in Ningbo",
        "who are the partners of Huainan", "what can Ningbo do",
    ],
)  # fmt: skip
def test_a_question_that_begins_like_talk_is_asked_whole(services: Services, text: str) -> None:
    found = route(services, Request(text, NOW))
    assert (found.command.name, found.argument) == ("/yrd", text)


def test_no_name_of_the_base_is_taken_for_talk(services: Services) -> None:
    names = {name for record in services.base.seeds.named() for name in record.spellings()}
    assert [n for n in names if route(services, Request(n, NOW)).command.name == "talk"] == []


def test_what_the_base_has_as_a_name_is_no_talk(base: FactBase) -> None:
    ping = Place(slug="ping", name="Ping", level=Level.TOWN, delta=True)
    seeds = replace(base.seeds, places=(*base.seeds.places, ping))
    grown = Services(FactBase(seeds, "v2", tuning=base.tuning))
    assert route(grown, Request("ping", NOW)).command.name == "/yrd"
    assert route(grown, Request("test", NOW)).command.name == "talk"


@pytest.mark.parametrize("text", ["thanks", "hello", "你好", "👍"])
def test_talk_behind_a_command_that_looks_names_up_is_talk(kept: tuple[Asker, Kept], text: str) -> None:
    ask, questions = kept
    for command in ("/yrd-city", "/yrd-pair", "/yrd-mechanism", "/yrd-topic"):
        assert ask(text, command).outcome in ("answer", "unknown")
        assert questions.texts == []


@pytest.mark.parametrize(
    "text",
    [
        "which",
        "what is it about?",
        "and the",
        "admin foo",
        "source foo",
        "xu-twinning-999",
        "fact 1",
        "digests",
        "pause 9",
    ],
)
def test_what_is_no_question_is_not_kept_for_curators(kept: tuple[Asker, Kept], text: str) -> None:
    ask, questions = kept
    ask(text)
    assert questions.texts == []


def test_what_is_a_question_is_kept_for_curators(kept: tuple[Asker, Kept]) -> None:
    ask, questions = kept
    ask("hello, what is the tulip festival budget of Ningbo?")
    assert questions.texts == ["what is the tulip festival budget of Ningbo?"]


def test_every_use_of_talk_has_a_line(base: FactBase) -> None:
    uses = {use for use in WordUse if use.is_of_message}
    assert {entry.use for entry in base.seeds.words} >= uses
    assert {str(use) for use in uses} >= set(TALK)

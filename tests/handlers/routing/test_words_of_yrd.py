"""The words of /yrd: their usage where they are said wrongly, help of each, ids of facts, and digests asked for in a sentence."""

from __future__ import annotations

import pytest

from handlers.command import Command
from handlers.help import examples, typed_as
from handlers.registry import SLASH, WORDS
from handlers.request import Request
from handlers.route import route
from handlers.services import Services
from tests.conftest import NOW, Asker

FACT = "xu-twinning-045"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("admin", "admin"), ("passage", "passage"), ("fact", "fact"), ("compare", "compare"),
    ],
)  # fmt: skip
def test_a_word_that_lacks_what_it_takes_gets_its_usage_with_an_example(
    ask: Asker, text: str, word: str
) -> None:
    found = route(ask.services, Request(text, NOW))
    assert (found.command.name, found.verb.name) == (word, "help")
    answer = ask(text)
    assert (answer.outcome, answer.lines, answer.near) == ("answer", (), ())
    assert f"/yrd {word}" in answer.headline
    assert any(entry.startswith(f"/yrd {word}") for section in answer.sections for entry in section.entries)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("source foo", "No document is called “foo”."),
        ("source Hangzhou", "No document is called “Hangzhou”."),
        ("fact 1", "“1” is no id of a fact. An id looks like cao-layout-001."),
        ("passage foo", "“foo” is no id of a fact. An id looks like cao-layout-001."),
        ("compare hefei", "Compare needs two names; Hefei is one."),
        ("compare Hefei and Hefei", "Compare needs two names; Hefei is one."),
        ("compare Hefei, Wuhu and Nanjing", "Compare needs two names; these are 3."),
        ("compare foo", "Compare needs two names; “foo” is none that the base knows."),
        ("/yrd compare Ningbo", "Compare needs two names; Ningbo is one."),
        ("review foo", "/yrd review does not take “foo”."),
        ("admin foo", "/yrd admin does not take “foo”."),
        ("threads foo", "/yrd threads does not take “foo”."),
    ],
)
def test_what_a_word_cannot_take_is_told_first_and_then_how_it_is_used(
    ask: Asker, text: str, wrong: str
) -> None:
    answer = ask(text)
    word = text.removeprefix("/yrd ").split()[0]
    assert (answer.outcome, answer.headline, answer.lines, answer.near) == ("answer", wrong, (), ())
    assert answer.notes[0].startswith(f"/yrd {word}")
    assert answer.sections[0].entries[0].startswith(f"/yrd {word}")


@pytest.mark.parametrize("text", ["map foo", "compare Ningbo and Atlantisburg"])
def test_a_word_with_a_name_that_is_not_known_says_so_and_how_it_is_used(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.outcome == "unknown"
    assert f"/yrd {text.split()[0]} " in answer.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "map out the steps of twinning", "source of the funds for Huainan", "compare how Xuzhou and Jining cooperate",
        "review of twinning in Ningbo", "fact about Ningbo", "admin level of Ningbo", "help me find the twin of Huainan",
        "list the members of the corridor", "source of income?",
    ],
)  # fmt: skip
def test_a_question_that_begins_with_a_word_is_a_question(services: Services, text: str) -> None:
    found = route(services, Request(text, NOW))
    assert (found.command.name, found.argument) == ("/yrd", text)


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("事实", "fact"), ("段落", "passage"), ("比较", "compare"), ("地图", "map"), ("帮助 地图", "help map"),
        ("地图怎么用", "help map"), ("比较南京", "compare 南京"), ("比较南京和杭州", "compare Nanjing and Hangzhou"),
        ("对比徐州和济宁", "compare Xuzhou and Jining"), ("南京与杭州对比", "compare Nanjing and Hangzhou"),
        ("请帮我比较一下南京和杭州", "compare Nanjing and Hangzhou"), ("南京vs杭州", "compare Nanjing and Hangzhou"),
        ("把南京和杭州比较一下", "compare Nanjing and Hangzhou"), ("南京的地图", "map Nanjing"), ("地图 南京", "map Nanjing"),
        ("南京比较杭州", "compare Nanjing and Hangzhou"), ("请给我看南京的地图", "map Nanjing"), ("来源 Cao", "source Cao"), ("事实 xu-twinning-045", "fact xu-twinning-045"),
        ("xu-twinning-045的段落", "passage xu-twinning-045"),
    ],
)  # fmt: skip
def test_a_word_by_its_chinese_name_does_the_same(ask: Asker, chinese: str, english: str) -> None:
    one, other = ask(chinese), ask(english)
    assert one.outcome == other.outcome
    assert (one.lines, one.context) == (other.lines, other.context)
    assert [section.title for section in one.sections] == [section.title for section in other.sections]


@pytest.mark.parametrize(
    "text", ["比较优势是什么", "地图上有什么", "事实上南京和谁结对？", "比较南京和杭州的经济"]
)
def test_a_question_that_begins_with_a_chinese_word_is_a_question(services: Services, text: str) -> None:
    assert route(services, Request(text, NOW)).command.name == "/yrd"


@pytest.mark.parametrize(
    "text", [f"{FACT}是什么意思", f"请问{FACT.upper()}说的是什么", f"编号{FACT}", "看看xu-twinning-45吧"]
)
def test_an_id_beside_chinese_characters_is_seen(services: Services, text: str) -> None:
    found = route(services, Request(text, NOW))
    assert (found.command.name, found.argument) == ("fact", FACT)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("send me a weekly digest on Anhui every Monday", "Anhui weekly monday"),
        ("email me news on ports each Friday", "ports weekly friday"),
        ("every Monday send me the Anhui digest", "Anhui weekly monday"),
        ("remind me every week about Anhui", "Anhui weekly"),
        ("can you email me weekly updates on Hangzhou?", "Hangzhou weekly"),
        ("send me a daily digest of ports", "ports daily"),
        ("post ports here every Monday", "ports weekly monday"),
        ("send me a digest on Anhui", "Anhui"),
        ("I'd like to get news about ports every Friday", "ports weekly friday"),
        ("Please send us the ports digest every Tuesday at 10:00", "ports weekly tuesday 10:00"),
        ("把安徽的消息每周发给我", "Anhui weekly"),
        ("每周给我发安徽的摘要", "Anhui weekly"),
        ("每周一给我推送港口和安徽的新闻", "ports, Anhui weekly monday"),
        ("请每天早上9点发给我杭州的简报", "Hangzhou daily 9:00"),
        ("发送安徽的摘要，每周一9点", "Anhui weekly monday 9:00"),
    ],
)
def test_a_digest_asked_for_in_a_sentence_is_proposed(ask: Asker, text: str, plain: str) -> None:
    assert route(ask.services, Request(text, NOW)).verb.name == "subscribe"
    assert ask(text).headline == ask(f"subscribe {plain}", "/yrd-digest").headline
    assert ask(text, "/yrd-digest").headline == ask(text).headline


@pytest.mark.parametrize("text", ["给我安徽的摘要", "每天发生了什么", "What happened to ports every Monday?"])
def test_what_asks_for_facts_now_is_no_digest(services: Services, text: str) -> None:
    assert route(services, Request(text, NOW)).command.name == "/yrd"


COMMANDS = [command for command in (*SLASH, *WORDS) if command.name not in ("/yrd", "help")]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
@pytest.mark.parametrize(
    "said", ["{} help", "help {}", "how do I use {}?", "help with {}", "how does {} work?", "{} usage", "{} 怎么用", "please help {}"]
)  # fmt: skip
def test_help_beside_a_command_explains_it(ask: Asker, command: Command, said: str) -> None:
    name = command.name.removeprefix("/yrd-")
    found = route(ask.services, Request(said.format(name), NOW))
    assert (found.command, found.verb.name) == (command, "help")
    assert ask(said.format(name)).outcome == "answer"


@pytest.mark.parametrize("verb", ["skip", "pause", "subscribe", "preview", "list", "edit", "unsubscribe"])
def test_help_behind_a_verb_of_digests_explains_them(ask: Asker, verb: str) -> None:
    assert route(ask.services, Request(f"{verb} help", NOW, "/yrd-digest")).verb.name == "help"
    assert verb in str(ask(f"{verb} help", "/yrd-digest").sections)


def test_help_shows_each_command_with_an_example_and_threads_and_keeps_privacy_behind_a_line(
    services: Services,
) -> None:
    private = Asker(Services(services.base, privacy=("Words of yours, for a day.",)))
    first, second, after, threads = private("help").sections
    assert len(first.entries) == len(SLASH)
    assert len(second.entries) == len(WORDS)
    assert private("help", context=("huainan",)).sections[0] == after
    assert any(
        "Mention me again in a thread; I remember the city and the question." in line
        for line in threads.entries
    )
    assert "Words of yours" not in str(private("help"))
    assert "Words of yours" in str(private("help privacy"))
    (button,) = private("help").choices
    assert "Words of yours" in str(private(button.text, button.command, verb=button.verb))


@pytest.mark.parametrize("command", [*SLASH, *WORDS], ids=lambda command: command.name)
def test_no_example_that_is_shown_is_of_something_that_is_not_there(command: Command) -> None:
    shown = list(examples(command))
    assert shown
    assert "Nowhere" not in str(shown)
    assert all(text.startswith(typed_as(command)) for text in shown)


@pytest.mark.parametrize(
    "text",
    [
        FACT, FACT.upper(), "XU-TWINNING-45", "#xu-twinning-045", "“xu-twinning-045”", "xu-twinning-45?", f"fact {FACT}",
        "what is xu-twinning-045 about?", "show me Xu-Twinning-45 please", "fact xu-twinning-45", "hi, xu–twinning–045",
    ],
)  # fmt: skip
def test_the_id_of_a_fact_shows_it(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.outcome == "answer"
    assert answer.lines[0].fact.id == FACT


def test_several_ids_show_their_facts(ask: Asker) -> None:
    for text in (
        "xu-twinning-045 and xu-twinning-46",
        "fact xu-twinning-45 xu-twinning-46",
        "xu-twinning-045, xu-twinning-046",
    ):
        assert [line.fact.id for line in ask(text).lines] == [FACT, "xu-twinning-046"]
    (said,) = ask("xu-twinning-045 xu-twinning-999").notes
    assert "xu-twinning-999" in said


@pytest.mark.parametrize(
    "text", ["xu-twinning-999", "xu-twining-045", "fact xu-twinning-999", "what is XU-TWINNING-999?"]
)
def test_an_id_that_no_fact_has_names_the_nearest(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.near) == ("unknown", ())
    near = [choice.label for choice in answer.choices]
    assert near
    for choice in answer.choices:
        assert ask(choice.text, choice.command, verb=choice.verb, target=choice.target).outcome == "answer"
        assert choice.label in answer.headline


@pytest.mark.parametrize("text", ["covid-19 in Ningbo", "the 2018-2020 plan", "Xuzhou-2019"])
def test_what_only_looks_like_an_id_is_a_question(services: Services, text: str) -> None:
    assert route(services, Request(text, NOW)).command.name == "/yrd"


@pytest.mark.parametrize(
    ("text", "verb", "argument"),
    [
        ("subscribe me to ports", "subscribe", "ports"),
        ("subscribe to ports, G60 weekly", "subscribe", "ports, G60 weekly"),
        ("subscribe", "form", ""),
        ("how do I subscribe?", "form", ""),
        ("订阅港口", "subscribe", "港口"),
        ("订阅", "form", ""),
        ("send me ports every Monday", "subscribe", "ports every Monday"),
        ("please send us a digest on ports every day at 9", "subscribe", "ports every day at 9"),
        ("digest", "form", ""),
        ("digest ports weekly", "subscribe", "ports weekly"),
        ("digest list", "list", ""),
        ("my digests", "list", ""),
        ("unsubscribe", "unsubscribe", ""),
        ("unsubscribe me from ports", "unsubscribe", ""),
        ("unsubscribe me from the moon", "list", ""),
        ("stop the ports digest", "unsubscribe", ""),
        ("every Monday ports", "subscribe", "ports every Monday"),
        ("preview hangzou", "preview", "hangzou"),
        ("退订", "unsubscribe", ""),
        ("pause 3", "pause", ""),
        ("preview ports", "preview", "ports"),
    ],
)  # fmt: skip
def test_a_digest_is_asked_for_in_a_sentence(services: Services, text: str, verb: str, argument: str) -> None:
    found = route(services, Request(text, NOW))
    assert (found.command.name, found.verb.name, found.argument) == ("/yrd-digest", verb, argument)


@pytest.mark.parametrize(
    "text",
    [
        "send me the source of twinning", "which plans are revised every year?", "show 5 facts on ports", "skip the queue",
        "give me the population of Hefei", "digest of the twinning paper", "what happens every Sunday in Ningbo?",
    ],
)  # fmt: skip
def test_a_question_that_speaks_of_sending_or_of_days_is_a_question(services: Services, text: str) -> None:
    assert route(services, Request(text, NOW)).command.name == "/yrd"

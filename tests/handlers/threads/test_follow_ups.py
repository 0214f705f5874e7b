"""What follows on an answer keeps the question or the name, says what was asked, and never bends a whole question."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.answer import Answer
from handlers.paging import Earlier
from handlers.ports import ThreadMode
from handlers.reply import reply
from handlers.request import Request
from handlers.route import route
from handlers.services import Services
from handlers.threads.overheard import may_be_asked
from knowledge.base import FactBase
from tests.handlers.shown import ids

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TWINNED = "What is Nanjing twinned with?"
MINHANG = "What is Minhang twinned with?"
GDP = "What is the GDP of Xuzhou?"
GIVEN = "What does Minhang provide to Huainan?"
OPENING = "Ask something first"


class Talk:
    """A thread, remembered as every adapter does."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.earlier: Earlier | None = None
        self.context: tuple[str, ...] = ()

    def say(self, text: str) -> Answer:
        answer = reply(
            self._services, Request(text=text, now=NOW, earlier=self.earlier, context=self.context)
        )
        if answer.follows or answer.context or answer.pages > 1:
            self.earlier = answer.follows or Earlier(text, answer.page)
            self.context = answer.context or self.context
        return answer


@pytest.fixture
def talk(services: Services) -> Talk:
    return Talk(services)


def asked(talk: Talk, *texts: str) -> str:
    """The question that the last of `texts` was read as, as the reader is told; "" where it is one by itself."""
    read = [talk.say(text) for text in texts][-1].read
    return next((note.removeprefix("Asked: ") for note in read if note.startswith("Asked: ")), "")


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (TWINNED, "and Chuzhou?", "What is Chuzhou twinned with?"),
        (TWINNED, "what about Chuzhou", "What is Chuzhou twinned with?"),
        (TWINNED, "Chuzhou?", "What is Chuzhou twinned with?"),
        (TWINNED, "那滁州呢", "What is Chuzhou twinned with?"),
        (TWINNED, "and chuzou?", "What is chuzou twinned with?"),
        (TWINNED, "and Atlantis?", "What is Atlantis twinned with?"),
        ("南京和谁结对？", "那滁州呢", "滁州和谁结对？"),
        ("南京和谁结对？", "and Chuzhou?", "滁州和谁结对？"),
        ("What happened in 2018?", "how about in 2019?", "What happened in 2019?"),
        ("What did Hangzhou do?", "and in 2019?", "What did Hangzhou do in 2019?"),
        ("How do Nanjing and Chuzhou cooperate?", "and Huainan?", "How do Nanjing and Huainan cooperate?"),
        ("What does Shanghai do about talent?", "and ports?", "What does Shanghai do about ports?"),
        ("What does Shanghai do about talent?", "and Hangzhou?", "What does Hangzhou do about talent?"),
        ("compare Xuzhou and Jining", "and Suqian?", "compare Xuzhou and Suqian"),
        ("map Huainan", "and Chuzhou?", "map Chuzhou"),
    ],
)
def test_the_question_is_kept_and_the_name_swapped(before: str, text: str, whole: str, talk: Talk) -> None:
    assert asked(talk, before, text) == whole


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (MINHANG, "When did it start?", "When did Minhang start?"),
        (MINHANG, "who leads it?", "Who leads Minhang?"),
        (MINHANG, "its GDP?", "Minhang's GDP?"),
        (MINHANG, "and what about the GDP?", "The GDP of Minhang?"),
        (MINHANG, "population", "Population of Minhang?"),
        (MINHANG, "who signed?", "Who signed? (Minhang)"),
        (MINHANG, "by whom?", "What is Minhang twinned with, and by whom?"),
        (MINHANG, "how much?", "What is Minhang twinned with, and how much?"),
        (MINHANG, "under which plan?", "What is Minhang twinned with, and under which plan?"),
        (MINHANG, "who decided that?", "Who decided that? (Minhang)"),
        (MINHANG, "what do they do together?", "What do they do together? (Minhang)"),
        (MINHANG, "and the other way round?", "The other way round? (Minhang)"),
        (GDP, "in which year?", "What is the GDP of Xuzhou, and in which year?"),
        (GDP, "is that a lot?", "Is that a lot? (Xuzhou)"),
        (GIVEN, "what does it cost?", "What does it cost? (Minhang and Huainan)"),
        ("Huainan", "since when?", "Since when? (Huainan)"),
        ("淮南和哪个区结对？", "什么时候开始的？", "什么时候开始的？（淮南）"),
        ("What is an enclave economy?", "how does it work?", "How does enclave economy work?"),
        (MINHANG, "since when?", "What is Minhang twinned with, and since when?"),
        (MINHANG, "why is that?", "What is Minhang twinned with, and why is that?"),
        (MINHANG, "how does it compare with Chuzhou?", "How does Minhang compare with Chuzhou?"),
        ("淮南", "它的GDP呢", "淮南的GDP？"),
        ("淮南和哪个区结对？", "为什么？", "淮南和哪个区结对，为什么？"),
        (
            "What does Xu Qimin say about homogenization?",
            "what did he propose?",
            "What did Xu Qimin propose?",
        ),
    ],
)
def test_the_name_is_kept_and_the_question_swapped(before: str, text: str, whole: str, talk: Talk) -> None:
    assert asked(talk, before, text) == whole


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (GDP, "is that more than Jining?", "What is the GDP of Xuzhou, compared with Jining?"),
        (GDP, "bigger than Jining’s?", "What is the GDP of Xuzhou, compared with Jining?"),
        ("徐州的GDP是多少？", "比济宁多吗？", "徐州的GDP是多少，与济宁相比？"),
        ("Xuzhou", "is that more than Jining?", "Xuzhou, compared with Jining?"),
    ],
)
def test_what_is_set_beside_the_answer_before_keeps_its_question(
    before: str, text: str, whole: str, talk: Talk
) -> None:
    assert asked(talk, before, text) == whole


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        ("Who is Suzhou twinned with?", "the Anhui one", "Who is Suzhou (Anhui) twinned with?"),
        ("Who is Suzhou twinned with?", "the one in Jiangsu", "Who is Suzhou (Jiangsu) twinned with?"),
        ("Who is Suzhou twinned with?", "安徽的那个", "Who is Suzhou (Anhui) twinned with?"),
        ("Who is Suzhou twinned with?", "I mean the city in Anhui", "Who is Suzhou (Anhui) twinned with?"),
        ("Who is Minhang's partner?", "And Nanjing's?", "Who is Nanjing's partner?"),
        ("Who is Minhang's partner?", "And Nanjing’s?", "Who is Nanjing's partner?"),
        ("Which cities are in the automobile alliance?", "And Shaoxing?", "Is Shaoxing in the automobile alliance?"),
        (
            "Which cities are in the automobile alliance?",
            "And Shaoxing and Wenzhou?",
            "Are Shaoxing and Wenzhou in the automobile alliance?",
        ),
        ("Which cities joined the automobile alliance?", "And Shaoxing?", "Shaoxing and automobile alliance"),
        ("汽车联盟有哪些城市？", "绍兴呢？", "绍兴和汽车联盟"),
    ],
)  # fmt: skip
def test_a_place_that_has_none_to_stand_for_is_asked_about_in_a_whole_sentence(
    before: str, text: str, whole: str, talk: Talk
) -> None:
    assert asked(talk, before, text) == whole


@pytest.mark.parametrize("text", ["the Anhui one", "the one in Anhui", "安徽的那个"])
def test_of_a_shared_name_the_one_that_is_meant_is_told(talk: Talk, text: str) -> None:
    talk.say("Suzhou")
    assert talk.say(text).context == ("suzhou-anhui",)


@pytest.mark.parametrize("before", ["Who is Minhang's partner?", GDP, "闵行和谁结对？"])
def test_a_reason_that_no_fact_gives_is_not_answered_with_the_same_facts(before: str, talk: Talk) -> None:
    talk.say(before)
    answer = talk.say("为什么？" if before.startswith("闵") else "Why?")
    assert (answer.outcome, answer.headline, answer.lines) == (
        "unknown",
        "I found no fact that says why.",
        (),
    )
    assert answer.read[0].startswith("Asked: ")


def test_a_fact_that_says_what_for_answers_why(talk: Talk) -> None:
    talk.say(TWINNED)
    assert "for the joint economic and social development" in talk.say("Why?").lines[0].fact.statement


def test_what_was_asked_is_told_with_one_kind_of_apostrophe(talk: Talk) -> None:
    assert asked(talk, GDP, "and Jining’s?") == "What is the GDP of Jining?"
    assert "’" not in asked(talk, "Xuzhou", "its GDP?")


def test_of_what_one_gives_the_other_the_other_way_round_is_asked(talk: Talk) -> None:
    assert asked(talk, GIVEN, "and Huainan?") == "What does Huainan provide to Minhang?"


@pytest.mark.parametrize("text", ["and in Chinese?", "in Chinese please", "用中文", "中文呢？", "in English"])
def test_asked_for_in_another_language_the_answer_has_the_chinese_names(text: str, talk: Talk) -> None:
    before = talk.say(GDP)
    shown = talk.say(text)
    assert shown.lines == before.lines
    assert shown.notes[-1].startswith("I tell the facts in English. In Chinese: ")
    assert "徐州" in shown.notes[-1]
    assert asked(talk, "and Jining?") == "What is the GDP of Jining?"


def test_what_was_made_of_a_follow_up_is_what_the_next_follows_on(talk: Talk) -> None:
    assert asked(talk, TWINNED, "and Chuzhou?", "and Minhang?") == MINHANG
    assert asked(talk, "since when?", "and why?") == "What is Minhang twinned with, and why?"


def test_a_follow_up_is_answered_as_the_whole_question_is(talk: Talk, services: Services) -> None:
    talk.say(TWINNED)
    whole = reply(services, Request(text="What is Chuzhou twinned with?", now=NOW))
    assert ids(talk.say("and Chuzhou?")) == ids(whole)


@pytest.mark.parametrize(
    "text",
    [
        "which districts are twinned?", "what is homogenization?", "who invented gunpowder?", "Which alliances are there?",
        "how many documents are there?", "who wrote the twinning paper?", "the plan that covers Zhejiang", "is there a park?",
        "where is Chuzhou?", "and the population of Huainan?", "tell me about Ningbo", "Chuzhou", "thanks", "ok", "hello",
        "who are you?", "what can you do?", "how are you?", "谢谢", "你好", "what will the weather be tomorrow?",
        "How many people live in Xuancheng and what do they earn a year compared with people of Shanghai, and is there any plan to"
        " raise it by moving firms there?",
        "What does Hefei make, how much of it goes to Shanghai and Ningbo by river each year, and who decided that it should be"
        " sent that way instead of by rail?",
        "宣城有多少人口，他们一年挣多少钱？",
        "宣城有多少人口，那里的居民一年挣多少钱，与上海的居民相比如何，有没有通过把企业迁过去来提高收入的计划，由谁负责，什么时候开始，又要花多少钱，"
        "以后还会不会再增加投资，资金从哪里来，哪些部门参与？",
    ],
)  # fmt: skip
def test_a_whole_question_and_what_is_none_are_never_bent(text: str, talk: Talk, services: Services) -> None:
    talk.say(TWINNED)
    alone = reply(services, Request(text=text, now=NOW))
    assert talk.say(text) == alone


def test_of_two_that_were_asked_about_one_may_be_wanted(talk: Talk) -> None:
    talk.say("Nanjing and Chuzhou")
    assert talk.say("and Chuzhou?").context == ("chuzhou",)


@pytest.mark.parametrize(("more", "back"), [("more", "back"), ("next page", "go back"), ("更多", "上一页")])
def test_more_shows_the_next_page_of_the_same_and_back_the_one_before(
    more: str, back: str, talk: Talk
) -> None:
    first = talk.say("twinning")
    second = talk.say(more)
    assert (second.page, set(ids(first)) & set(ids(second))) == (2, set())
    assert talk.say(more).page == 3
    assert talk.say(back) == second
    assert talk.say("and enclave economy?").page == 1


def test_after_the_last_page_and_before_the_first_that_is_said(talk: Talk) -> None:
    talk.say(TWINNED)
    assert talk.say("back").headline == f"That was the first page of the answer to “{TWINNED}”."
    while talk.say("more").lines:
        pass
    assert talk.say("more").headline == f"That was all of the answer to “{TWINNED}”."


@pytest.mark.parametrize(
    "text", ["who says so?", "sources", "says who", "来源", "show me the sources", "is that true?"]
)
def test_who_says_so_shows_where_the_facts_of_the_answer_stand(text: str, talk: Talk) -> None:
    talk.say(TWINNED)
    shown = talk.say(text)
    assert shown.headline == f"Sources of the answer to “{TWINNED}”."
    assert [section.title.split(":")[0] for section in shown.sections] == ["Xu et al. 2024"]
    assert any("para " in entry for entry in shown.sections[0].entries)
    assert asked(talk, "and Chuzhou?") == "What is Chuzhou twinned with?"


@pytest.mark.parametrize("text", ["map", "show it on a map", "Can you show that on a map, please?", "地图"])
def test_a_map_is_of_what_the_answer_was_on(text: str, talk: Talk) -> None:
    talk.say(TWINNED)
    talk.say("and Chuzhou?")
    picture = talk.say(text).picture
    assert picture is not None
    assert picture.title == "Chuzhou"
    assert asked(talk, "and Minhang?") == MINHANG


def test_details_are_those_of_the_fact_that_leads(talk: Talk) -> None:
    lead = ids(talk.say(TWINNED))[0]
    assert ids(talk.say("details"))[0] == lead
    assert "To check it" in [section.title for section in talk.say("id").sections]


@pytest.mark.parametrize("text", ["summarise this", "tl;dr", "总结一下"])
def test_asked_for_a_summary_the_page_is_shown_and_that_none_is_written(text: str, talk: Talk) -> None:
    talk.say(TWINNED)
    shown = talk.say(text)
    assert shown.context == ("nanjing",)
    assert shown.notes[-1].startswith("I write no summaries")


@pytest.mark.parametrize(
    "text",
    [
        "more",
        "back",
        "details",
        "summarise this",
        "who says so?",
        "Is this true?",
        "REALLY",
        "source?",
        "prove it",
    ],
)
def test_with_nothing_before_it_a_follow_up_says_what_it_needs(text: str, talk: Talk) -> None:
    assert talk.say(text).headline.startswith(OPENING)


@pytest.mark.parametrize("text", ["谁说的", "真的吗？", "更多", "总结一下", "你怎么知道？"])
def test_in_chinese_it_says_so_in_chinese(text: str, talk: Talk) -> None:
    assert talk.say(text).headline.startswith("请先提问")


def test_with_nothing_before_them_the_map_is_of_the_delta_and_the_sources_are_the_documents(
    services: Services,
) -> None:
    picture = Talk(services).say("show me a map").picture
    assert picture is not None
    assert picture.title == ""
    for text in ("sources", "show me the sources", "来源"):
        assert [section.title for section in Talk(services).say(text).sections] == ["Documents"]


def test_names_alone_are_followed_where_no_question_is_remembered(services: Services) -> None:
    def follow(text: str, *context: str) -> Answer:
        return reply(services, Request(text=text, now=NOW, context=context))

    assert follow("the GDP?", "xuzhou").context == ("xuzhou",)
    assert follow("map", "huainan").context == ("huainan",)
    assert follow("more", "twinning-cooperation").page == 2


def test_what_is_longer_than_is_remembered_is_asked_by_itself(services: Services) -> None:
    long = f"What is Nanjing twinned with, {'and ' * 60}with whom?"
    found = route(services, Request(text="and Chuzhou?", now=NOW, earlier=Earlier(long)))
    assert found.follows is None


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("and Chuzhou?", True), ("sources", True), ("when did Nanjing and Chuzhou sign", True), ("那滁州呢？", True),
        ("Nanjing is lovely in spring", False), ("I will ask Bob", False), ("really?", False), ("ok", False),
    ],
)  # fmt: skip
def test_of_what_is_overheard_only_what_reads_as_a_question_may_be_one(
    text: str, may_be: bool, services: Services
) -> None:
    assert may_be_asked(services, Request(text=text, now=NOW)) == may_be


class KeptModes:
    """How threads are read, kept by hand."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], ThreadMode] = {}

    def mode(self, team: str, channel: str) -> ThreadMode:
        return self.kept.get((team, channel), "mention")

    def set_mode(self, team: str, channel: str, mode: ThreadMode) -> None:
        self.kept[team, channel] = mode


def test_a_channel_has_its_threads_read_as_somebody_there_sets_it(base: FactBase) -> None:
    modes = KeptModes()
    services = Services(base, threads=modes)

    def say(text: str, channel: str = "C1") -> Answer:
        return reply(services, Request(text=text, now=NOW, team="T1", user="U1", channel=channel))

    assert say("threads").headline == "In the threads of this channel I answer mentions only."
    assert say("threads questions").outcome == "done"
    assert modes.kept == {("T1", "C1"): "questions"}
    assert any("yrd manifest --threads" in note for note in say("threads").notes)
    assert say("threads mention").outcome == "done"
    assert say("threads questions", "D1").outcome == "refused"
    assert say("threads of cooperation in the delta").outcome != "done"


def test_where_there_are_no_threads_that_is_said(services: Services) -> None:
    said = reply(services, Request(text="threads questions", now=NOW, channel="C1"))
    assert (said.outcome, said.headline) == (
        "refused",
        "How replies in threads are read is set in a channel of Slack.",
    )

"""Sentences that ask for a deed of the team are read as the command that does it is typed; questions of the field are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.request import Request
from handlers.route import route
from handlers.services import Services

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Did the curators approve my fact?", "review mine"),
        ("is my proposal still waiting for review?", "review mine"),
        ("any news on my correction?", "review mine"),
        ("我提交的事实怎么样了？", "review mine"),
        ("who has the right to approve facts?", "admin curators list"),
        ("谁负责审核新事实？", "admin curators list"),
        ("should I make @bob a curator?", "admin curators list"),
        ("make @bob a curator?", "admin curators list"),
        ("may we take @bob off the curators?", "admin curators list"),
        ("why should @bob no longer be a curator?", "admin curators list"),
        ("who should be a curator?", "admin curators list"),
        ("is @bob a curator?", "admin curators list"),
        ("don't make @carol a curator", "admin curators list"),
        ("让@bob当审核人？", "admin curators list"),
        ("取消@bob的审核人资格？", "admin curators list"),
        ("could you make Bob a curator", "admin curators add Bob"),
        ("could you please make @bob one of the curators", "admin curators add @bob"),
        ("add Bob Li as a curator", "admin curators add Bob Li"),
        ("@bob is a curator from now on", "admin curators add @bob"),
        ("把Bob设为审核人", "admin curators add Bob"),
        ("remove bob from the curators", "admin curators remove bob"),
        ("take @bob off the curators", "admin curators remove @bob"),
        ("取消Bob的审核人资格", "admin curators remove Bob"),
        ("I'd like to propose a new fact: Ningbo trades with Hefei.", "add Ningbo trades with Hefei."),
        ("propose: Ningbo trades with Hefei", "add Ningbo trades with Hefei"),
        ("新事实：宁波和合肥结对", "add 宁波和合肥结对"),
        ("propose Wuhu makes buses", "add Wuhu makes buses"),
        ("please add the fact that Wuhu makes buses", "add Wuhu makes buses"),
        ("I'd like to suggest that Wuhu makes buses.", "add Wuhu makes buses."),
        ("我有一个新事实：芜湖生产客车", "add 芜湖生产客车"),
        ("我有一個新事實：蕪湖生產客車", "add 蕪湖生產客車"),
        ("我想提交一个事实", "add"),
        ("I have a fact to add", "add"),
        ("add a fact about Wuhu", "add"),
        ("how can I propose a new fact?", "add how"),
        ("where can I submit a fact", "add how"),
        ("我可以提交事实吗？", "add how"),
        ("add more", "add how"),
        ("propose a correction", "add correction"),
        ("how do I correct a wrong fact?", "add correction"),
        ("如何提交更正", "add correction"),
        ("make Bob a curator please", "admin curators add Bob"),
        ("let Bob approve facts", "admin curators list"),
        ("让Bob审核提案", "admin curators list"),
        ("让@bob当审核员", "admin curators add @bob"),
        ("讓@bob當審核員", "admin curators add @bob"),
        ("让我当审核员", "admin curators become"),
        ("let me approve facts", "admin curators become"),
        ("remove me as curator", "admin curators remove U7"),
        ("我不想当审核员了", "admin curators list"),
        ("don't let Bob approve facts", "admin curators list"),
        ("can Bob approve facts?", "admin curators list"),
        ("不要让Bob当审核员", "admin curators list"),
        ("show me the review queue", "review"),
        ("请打开待审队列", "review"),
    ],
)
def test_a_sentence_is_read_as_what_is_typed(services: Services, text: str, typed: str) -> None:
    said, meant = (route(services, Request(one, NOW, user="U7")) for one in (text, typed))
    assert (said.command.name, said.verb.name) == (meant.command.name, meant.verb.name)
    assert said.argument == meant.argument


@pytest.mark.parametrize(
    "text",
    [
        "@bob must not approve facts", "@bob can be a curator", "@bob should be a curator", "@bob should no longer be a curator", "@bob is no longer a curator",
        "@bob may not approve facts yet", "could you make @bob a curator?", "maybe make @bob a curator", "make anyone but @bob a curator",
        "let nobody but @bob approve facts", "make not @bob a curator", "remove everyone except @bob as curator", "remove @bob as curator if he agrees",
        "drop @bob as curator tomorrow", "no, make @bob a curator", "make sure @bob is a curator", "Carol says @bob should be a curator",
        "I no longer want to be a curator", "@bob不能审核提案", "@bob不是审核员", "让@bob当审核员吗", "让除了@bob以外的人当审核员", "让不是@bob的人当审核员",
        "要不让@bob当审核员", "是不是让@bob当审核员",
    ],
)  # fmt: skip
def test_what_is_no_plain_order_shows_who_is_a_curator(services: Services, text: str) -> None:
    said = route(services, Request(text, NOW, user="U7"))
    assert (said.command.name, said.verb.name) == ("admin", "")


@pytest.mark.parametrize(
    "text",
    [
        "Did the State Council approve the plan?",
        "Who approved the Yangtze River Delta plan?",
        "Who may approve a free trade zone?",
        "What happened to our cooperation with Hefei?",
        "Make Ningbo a hub for curators of ports",
        "Which fact: the twinning or the park came first?",
        "谁批准了规划？",
        "打开市场",
        "提议了什么？",
        "专家提议建设什么？",
        "propose a toast",
        "suggest a city for ports",
    ],
)
def test_a_question_of_the_field_is_none(services: Services, text: str) -> None:
    assert route(services, Request(text, NOW)).command.name == "/yrd"


def test_an_id_behind_a_colon_is_a_fact_to_look_up(services: Services) -> None:
    assert route(services, Request("fact: xu-twinning-001", NOW)).command.name == "fact"

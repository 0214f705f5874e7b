"""What is said of proposals is done, shown or asked for; no question of the field is taken for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from handlers.answer import CardOf
from handlers.contribution import Contribution, CurationState
from handlers.draft import Draft
from handlers.reply import asks
from handlers.request import Reference, Request
from handlers.route import route
from handlers.services import Services
from handlers.without_state import NoNotifier, OneBase
from knowledge.base import FactBase

NOW = datetime(2026, 3, 2, tzinfo=UTC)
ME, BOB = "U7", "U8"
THREAD = "1.1"


class Curated(OneBase):
    """Bases of a team for which proposals wait, number 8 of whoever asks."""

    def __init__(self, base: FactBase, numbers: tuple[int, ...]) -> None:
        super().__init__(base)
        of = {n: ME if n == 8 else BOB for n in numbers}
        waiting = {n: Contribution(n, Draft(), who, who, who, 1) for n, who in of.items()}
        self.state = CurationState(1, MappingProxyType(waiting), {ME: "Me"})

    def curation(self, team: str) -> CurationState:
        return self.state


class Cards(NoNotifier):
    """The card of proposal 3 stands at THREAD."""

    def card_at(self, team: str, channel: str, ts: str) -> CardOf | None:
        return CardOf(3, 5) if ts == THREAD else None


@pytest.fixture
def curated(services: Services) -> Services:
    return replace(services, team_bases=Curated(services.base, (1, 2, 3, 4, 8)), notifier=Cards())


def wanted(services: Services, text: str, thread: str = "") -> tuple[str, str, str]:
    """The verb, what it is done to and what is said to it."""
    said = Request(text, NOW, team="T1", user=ME, channel="C1", thread=thread)
    found = route(services, said)
    assert found.command.name == "review", found
    assert not asks(services, said)
    return found.verb.name, found.target.id if found.target else "", found.argument


@pytest.mark.parametrize(
    ("text", "verb", "number", "reason"),
    [
        ("approve proposal 4", "approve", "4", ""),
        ("approve 1", "approve", "1", ""),
        ("Please approve #3.", "approve", "3", ""),
        ("approve number 3", "approve", "3", ""),
        ("could you approve proposal 4", "approve", "4", ""),
        ("approve 4, thanks!", "approve", "4", ""),
        ("批准第1条", "approve", "1", ""),
        ("請批准第三條提案", "approve", "3", ""),
        ("通过3", "approve", "3", ""),
        ("reject 2", "ask why", "2", ""),
        ("turn proposal 3 down", "ask why", "3", ""),
        ("reject 2 because the page says June", "reject", "2", "the page says June"),
        ("decline proposal 3: duplicate", "reject", "3", "duplicate"),
        ("reject 2, since it says June", "reject", "2", "it says June"),
        ("reject 2: see https://example.org/a?b=c", "reject", "2", "see https://example.org/a?b=c"),
        ("驳回第4条，理由：重复", "reject", "4", "重复"),
        ("“approve 4”", "approve", "4", ""),
        ("`approve 4`", "approve", "4", ""),
        ("*approve 4*", "approve", "4", ""),
        ("approve (4)", "approve", "4", ""),
        ("approve ４", "approve", "4", ""),
        ("approve4", "approve", "4", ""),
        ("Approve:4", "approve", "4", ""),
        ("4: approve", "approve", "4", ""),
        ("proposal 4: approve", "approve", "4", ""),
        ("驳回2：理由不足", "reject", "2", "理由不足"),
        ("駁回2：理由不足", "reject", "2", "理由不足"),
        ("把第3条驳回，因为重复", "reject", "3", "重复"),
        ("withdraw proposal 8", "ask why withdrawn", "8", ""),
        ("撤回8", "ask why withdrawn", "8", ""),
        ("take proposal 8 back: I was wrong", "withdraw", "8", "I was wrong"),
        ("withdraw my proposal", "ask why withdrawn", "8", ""),
        ("撤回我的提案：写错了", "ask why withdrawn", "8", ""),
        ("edit my proposal", "edit", "8", ""),
        ("change proposal 3", "edit", "3", ""),
        ("show me proposal 3", "show", "3", ""),
        ("提议1", "show", "1", ""),
    ],
)
def test_a_deed_that_is_asked_for_is_read(
    curated: Services, text: str, verb: str, number: str, reason: str
) -> None:
    assert wanted(curated, text) == (verb, number, reason)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("is proposal 1 approved?", "1"),
        ("who approved proposal 3?", "3"),
        ("why was proposal 3 rejected", "3"),
        ("status of proposal 3", "3"),
        ("I approved 3", "3"),
        ("who wrote proposal 1", "1"),
        ("what does proposal 1 say?", "1"),
        ("how long has proposal 4 been waiting", "4"),
        ("what is the source of proposal 4", "4"),
        ("第1条是谁提的", "1"),
        ("提案4的來源是什麼", "4"),
        ("批准了第3条", "3"),
        ("提案3怎么样了", "3"),
    ],
)
def test_who_asks_of_a_proposal_or_tells_of_a_deed_is_shown_the_card(
    curated: Services, text: str, number: str
) -> None:
    assert wanted(curated, text) == ("show", number, "")


@pytest.mark.parametrize(
    "text",
    [
        "approve 4 tomorrow",
        "approve 4 if Bob agrees",
        "approve 4 and tell Bob",
        "should I approve 4?",
        "approve 4?",
        "ok approve 4?",
        "so I approve 4?",
        "could you approve 4?",
        "approve 4？",
        "we should approve 4",
        "I need to approve 4",
        "let me approve 4",
        "don't approve 4",
        "no, approve 4",
        "stop! approve 4",
        "looks good, approve 4",
        "if you agree, approve 4",
        "Bob rejected 4 because it is old",
        "aprove 4",
        "revoke approval of 4",
        "edit and approve 4",
        "你批准第4条？",
        "你批准第4条吗",
        "批准第4条吧",
        "批准第4條嗎",
        "要不要批准第4条",
        "不要批准第4条",
        "reject 4, just kidding",
        "reject 4, in case Bob agrees",
        "reject 4, on Monday",
        "reject 4, I mean 3",
        "reject 4, duplicate",
        "reject 4 as the page says June",
        "reject 4 -- no, 3",
        "reject 4 since yesterday",
        "reject 4: really?",
        "reject 4: never mind",
        "reject 4: REASON",
        "reject 4: <reason>",
        "reject 4: your REASON",
        "reject 4:",
        "reject 4: if so",
        "驳回4，算了",
        "駁回4，算了",
        "驳回4，对不对",
        "驳回4，告诉Bob",
        "驳回4：理由",
        "驳回4：算了",
        "驳回4因为重复吗",
        "withdraw 4, mistake",
        "approve 4: the source is fine",
        "please approve 4 once Bob has read it",
        "批准第4条，但先问Bob",
    ],
)
def test_what_cannot_all_be_done_is_not_done_by_half(curated: Services, text: str) -> None:
    assert wanted(curated, text) == ("look", "4", "")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("approve 3 and 4", "3 4"),
        ("approve 1-3", "1 2 3"),
        ("reject 3, 4: duplicates", "3 4"),
        ("approve 4, reject 3", "4 3"),
        ("approve 4, not 3", "4 3"),
        ("reject 4: approve 3 instead", "4 3"),
        ("提案1到3", "1 2 3"),
    ],
)
def test_several_are_decided_on_one_by_one(curated: Services, text: str, numbers: str) -> None:
    assert wanted(curated, text) == ("several", "", numbers)


@pytest.mark.parametrize(
    "text",
    [
        "approve",
        "approve it",
        "reject: the page says June",
        "approve all",
        "approve two",
        "批准3条",
        "approve the last one",
        "批准这条",
        "approve all 2",
        "both 4: approve",
        "approve the last 4",
        "approve first 4",
        "批准全部4",
        "批准其他",
    ],
)
def test_which_is_meant_is_asked(curated: Services, text: str) -> None:
    assert wanted(curated, text) == ("which", "", text)


def test_the_one_that_waits_is_shown_where_none_is_named(services: Services) -> None:
    one = replace(services, team_bases=Curated(services.base, (4,)))
    assert wanted(one, "approve") == wanted(one, "reject: the page says June") == ("look", "4", "")


@pytest.mark.parametrize(
    ("text", "verb", "reason"),
    [
        ("approve", "approve", ""),
        ("approve this one", "approve", ""),
        ("please approve it.", "approve", ""),
        ("批准这条", "approve", ""),
        ("ok, approve it", "look", ""),
        ("approve it?", "look", ""),
        ("approve facts", "look", ""),
        ("approve me", "look", ""),
        ("let me approve it", "look", ""),
        ("approve it tomorrow", "look", ""),
        ("reject, duplicate", "look", ""),
        ("aprove", "look", ""),
        ("暂不批准", "look", ""),
        ("who proposed this?", "show", ""),
        ("what's the source?", "show", ""),
        ("why?", "show", ""),
        ("谁提的", "show", ""),
        ("undo", "show", ""),
        ("edit it", "edit", ""),
        ("change the source", "edit", ""),
        ("change it to Hefei", "edit", ""),
        ("把来源改一下", "edit", ""),
        ("reject", "ask why", ""),
        ("reject: the page says June", "reject", "the page says June"),
        ("reject, because the page says June", "reject", "the page says June"),
        ("驳回：重复", "reject", "重复"),
        ("is this approved?", "show", ""),
        ("don't approve it", "look", ""),
    ],
)
def test_in_the_thread_of_a_card_its_proposal_is_meant_as_it_was_shown(
    curated: Services, text: str, verb: str, reason: str
) -> None:
    assert wanted(curated, text, THREAD) == (verb, "3", reason)
    found = route(curated, Request(text, NOW, team="T1", user=ME, channel="C1", thread=THREAD))
    assert found.target is not None
    assert found.target.version == 5


@pytest.mark.parametrize(
    "text",
    [
        "approve the other one",
        "approve the next one",
        "approve those",
        "approve each",
        "approve it and the other one",
        "批准新的",
        "批准那条",
        "批准其餘",
    ],
)
def test_in_the_thread_of_a_card_another_than_its_proposal_is_asked_for(curated: Services, text: str) -> None:
    assert wanted(curated, text, THREAD) == ("which", "", text)


def test_in_the_thread_of_a_card_it_and_another_are_two(curated: Services) -> None:
    assert wanted(curated, "approve this and 2", THREAD) == ("several", "", "3 2")


@pytest.mark.parametrize(
    "text", ["who is Huainan twinned with?", "thanks", "delete 4", "change my digest", "Is this true?"]
)
def test_in_the_thread_of_a_card_what_is_not_of_it_stays_what_it_is(curated: Services, text: str) -> None:
    said = Request(text, NOW, team="T1", user=ME, channel="C1", thread=THREAD)
    assert route(curated, said).command.name != "review"


def test_whoever_is_mentioned_beside_an_order_is_part_of_it(curated: Services) -> None:
    carol = Reference("person", "", "U9")
    said = Request(
        "approve 4", NOW, team="T1", user=ME, channel="C1", references=(carol,), written="@someone approve 4"
    )
    found = route(curated, said)
    assert (found.command.name, found.verb.name) == ("review", "look")


@pytest.mark.parametrize(
    "text",
    [
        "why was my fact rejected?", "who approved my fact?", "which of my facts were approved?", "为什么驳回我的提案", "谁批准了我的事实",
        "我的提案被拒绝的原因是什么", "withdraw all my proposals", "can you approve my proposal?",
    ],
)  # fmt: skip
def test_what_became_of_ones_own_is_told(curated: Services, text: str) -> None:
    assert wanted(curated, text) == ("mine", "", "")


@pytest.mark.parametrize(
    "text", ["any new proposals?", "how many proposals are waiting?", "list proposals", "有新的提案吗"]
)
def test_what_waits_is_listed(curated: Services, text: str) -> None:
    assert wanted(curated, text) == ("", "", "")


@pytest.mark.parametrize(
    "text",
    [
        "approve the plan for Hefei", "who approved the Hefei plan", "why was the plan rejected?", "did Shanghai approve 2 new ports?",
        "which proposals did the State Council approve?", "proposals for Nanjing", "is this approved?", "accept the fact that Hefei grew",
        "国务院批准了哪些提案？", "批准的规划", "通过什么方式合作", "专家的建议是什么", "what did Xu propose?",
    ],
)  # fmt: skip
def test_a_question_of_the_field_stays_one(curated: Services, text: str) -> None:
    assert route(curated, Request(text, NOW, team="T1", user=ME, channel="C1")).command.name == "/yrd"


@pytest.mark.parametrize("text", ["cancel 3", "edit 3", "delete 3"])
def test_a_bare_number_behind_other_verbs_is_that_of_a_digest(curated: Services, text: str) -> None:
    assert route(curated, Request(text, NOW, team="T1", user=ME, channel="C1")).command.name == "/yrd-digest"

"""The queue holds questions and no talk, in an order that is chosen, and several are set aside at once and brought back."""

from __future__ import annotations

from typing import Final

import pytest

from tests.slack.curation_stage import STATEMENT, CurationStage, question, team
from tests.slack.digest_stage import labels

__all__ = ["team"]
QUESTIONS: Final = (
    "annual tulip festival budget of Ningbo", "How many pandas live in Nantong?", "What is the population of Wuhu?",
)  # fmt: skip
TALK: Final = (
    "hi", "foo", "谢谢", "thank you", "admin", "what can you do?", "pause 1", "unsubscribe 99", "map foo",
    "xu-twinning-045", "xu-twinning-9999", "weekly", "every monday", "help", "ok", "test 1", "good bot",
    "tell me a joke", "when is lunch?", "Q3 numbers look good", "thanks, will do", "can you check the printer",
    "my sister lives in Hefei", "讲个笑话", "中午吃什么?", "can you draft an email about Hangzhou", "asdf Hefei qwer",
    "meeting at 5 about Ningbo port?", "what does Bob think of Hefei", "compare Wuxi and Atlantis", "write a poem about Suzhou",
    "call me at 14:30 about Ningbo", "请起草一封关于合肥的信",
)  # fmt: skip


def _asked(team: CurationStage) -> None:
    team.appointed("carol")
    for asked in QUESTIONS:
        team.typed(asked, "bob")
        team.clock.now += 60
    team.typed(QUESTIONS[1], "alice")
    team.clock.now -= 30
    team.typed(QUESTIONS[1], "bob")
    team.clock.now += 90


def _listed(text: str) -> list[str]:
    return sorted((asked for asked in QUESTIONS if asked in text), key=text.index)


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("", QUESTIONS[1]),
        ("most asked", QUESTIONS[1]),
        ("asked", QUESTIONS[1]),
        ("newest", QUESTIONS[1]),
        ("oldest first", QUESTIONS[0]),
    ],
)
def test_the_queue_is_listed_in_the_order_that_is_wanted(team: CurationStage, order: str, first: str) -> None:
    _asked(team)
    assert _listed(team.typed(f"review {order}".strip(), "carol").text)[0] == first


def test_the_order_changes_in_the_same_message(team: CurationStage) -> None:
    _asked(team)
    shown = team.typed("review", "carol")
    before = len(team.slack.team.ephemerals("general", "carol"))
    team.pressed(shown, "Oldest first", "carol")
    assert _listed(shown.text)[0] == QUESTIONS[0]
    assert len(team.slack.team.ephemerals("general", "carol")) == before


def test_talk_never_enters_and_is_left_out_where_an_older_version_kept_it(team: CurationStage) -> None:
    _asked(team)
    for text in TALK:
        team.slack.driver.command("bob", "general", "/yrd", text)
        # As an older version kept it.
        team.services.questions.keep(team.team_id, "/yrd", text, (), team.clock.moment(), "")
    team.settle()
    shown = team.typed("review", "carol").text
    assert f"Waiting: {len(QUESTIONS)} unanswered questions." in shown
    assert [text for text in TALK if f"“{text}”" in shown] == []


def test_several_are_set_aside_in_one_step_and_brought_back(team: CurationStage) -> None:
    _asked(team)
    shown = team.typed("review", "carol")
    before = len(team.slack.team.ephemerals("general", "carol"))
    team.pressed(shown, "Set several aside", "carol")
    offered = [
        option["value"] for block in team.modal("carol").body["blocks"] if block["type"] == "input"
        for option in block["element"]["options"]
    ]  # fmt: skip
    assert "Tick at least one" in str(team.slack.driver.submit_view("carol", {}).reply)
    team.slack.driver.submit_view("carol", {"p_aside_0": offered[:2]})
    team.settle()
    assert shown.text.startswith("2 questions are out of scope and will not be listed again. Waiting: 1 ")
    assert len(team.slack.team.ephemerals("general", "carol")) == before
    team.pressed(shown, "Undo", "carol")
    assert shown.text.startswith("2 questions are listed again.")
    assert len(_listed(shown.text)) == len(QUESTIONS)
    kinds = [event.kind for event in team.services.contributions.events(team.team_id)]
    assert kinds[1:] == ["settled", "reopened"]


def test_a_question_is_dealt_with_in_the_message_of_the_queue(team: CurationStage) -> None:
    _asked(team)
    shown = team.typed("review", "carol")
    before = len(team.slack.team.ephemerals("general", "carol"))
    team.pressed(shown, question(shown, "tulip"), "carol")
    assert "<!date^" in str(shown.blocks)
    team.pressed(shown, "Out of scope", "carol")
    assert _listed(shown.text.partition("Waiting")[2]) != []
    assert "tulip" not in shown.text.partition("Waiting")[2]
    team.pressed(shown, "Undo", "carol")
    assert "tulip" in shown.text
    assert len(team.slack.team.ephemerals("general", "carol")) == before


def test_who_asked_is_told_even_of_what_was_set_aside_and_brought_back(team: CurationStage) -> None:
    _asked(team)
    shown = team.typed("review", "carol")
    for label in ("", "Out of scope", "Undo", "", "Another fact answers it"):
        team.pressed(shown, label or question(shown, "tulip"), "carol")
    team.modal("carol")
    team.slack.driver.submit_view("carol", {"p_fact": "xu-twinning-039"})
    assert "A curator points to this" in team.card("bob").text


def test_an_admin_becomes_a_curator_by_the_button_of_the_refusal(team: CurationStage) -> None:
    refused = team.typed("review", "alice")
    assert "You are an admin: make yourself a curator" in refused.text
    team.pressed(refused, "Make me a curator", "alice")
    assert refused.text.startswith("You are now a curator")
    assert "Nothing waits for review." in refused.text


def test_who_made_themselves_a_curator_sees_what_they_wanted(team: CurationStage) -> None:
    team.proposed("bob")
    refused = team.typed("review 1 approve", "alice")
    team.pressed(refused, "Make me a curator", "alice")
    assert STATEMENT in refused.text
    team.pressed(refused, "Approve", "alice")
    assert "Approved by Alice Chen." in refused.text


def test_a_fact_that_was_to_be_taken_back_is_at_hand_once_one_is_a_curator(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Approve", "carol")
    refused = team.typed("fact team-001 revert It closed", "alice")
    team.pressed(refused, "Make me a curator", "alice")
    assert STATEMENT in refused.text
    assert "View fact" in labels(refused)


@pytest.mark.parametrize("text", ["approve", "reject", "proposals"])
def test_what_curators_do_is_answered_by_how_one_becomes_one_or_by_whom_to_ask(
    team: CurationStage, text: str
) -> None:
    assert "Make me a curator" in labels(team.typed(text, "alice"))
    said = team.typed(text, "bob")
    assert "Admins appoint curators: Alice Chen." in said.text
    assert "Open the queue" not in labels(said)
    team.appointed("carol")
    assert "Only curators can do that. Curators are Carol Wu." in team.typed(text, "bob").text
    assert "Only curators can do that" not in team.typed(text, "carol").text


def test_who_may_not_see_the_queue_may_propose_a_fact(team: CurationStage) -> None:
    refused = team.typed("proposals", "bob")
    team.pressed(refused, "Propose a fact", "bob")
    assert team.modal("bob").body["callback_id"] == "propose_form"


def test_others_are_told_who_curates_and_who_appoints(team: CurationStage) -> None:
    assert "Nobody is a curator yet." in team.typed("review", "bob").text
    team.appointed("carol")
    refused = team.typed("review", "bob")
    assert "Only curators can do that. Curators are Carol Wu." in refused.text
    assert "Admins appoint curators: Alice Chen." in refused.text
    assert "Make me a curator" not in labels(refused)


MANY: Final = tuple(f"GDP of {place}" for place in (
    "Mianyang", "Kashgar", "Huludao", "Zibo", "Haikou", "Lincang", "Guyuan", "Kunming", "Urumqi", "Lhasa", "Harbin",
    "Xining", "Yinchuan", "Hohhot", "Guiyang", "Nanchang",
))  # fmt: skip


def test_all_pages_of_the_queue_are_told_and_reached_in_the_order_that_was_chosen(
    team: CurationStage,
) -> None:
    team.appointed("carol")
    for text in MANY:
        team.services.questions.keep(team.team_id, "/yrd", text, (), team.clock.moment(), "")
        team.clock.now += 60
    shown = team.typed("review oldest", "carol")
    assert "Page 1 of 3 · 16 in all" in shown.text
    assert [text for text in MANY if text in shown.text] == list(MANY[:6])
    team.pressed(shown, "Next page", "carol")
    assert [text for text in MANY if text in shown.text] == list(MANY[6:12])
    team.pressed(shown, "Newest first", "carol")
    assert [text for text in MANY if text in shown.text] == list(MANY[10:])
    assert "Page 2 of 3" in team.typed("review newest page 2", "carol").text


def test_a_deed_leaves_the_queue_on_its_page_and_in_its_order(team: CurationStage) -> None:
    team.appointed("carol")
    for text in MANY:
        team.services.questions.keep(team.team_id, "/yrd", text, (), team.clock.moment(), "")
        team.clock.now += 60
    shown = team.typed("review oldest page 2", "carol")
    team.pressed(shown, question(shown, MANY[7]), "carol")
    team.pressed(shown, "Out of scope", "carol")
    assert [text for text in MANY if text in shown.text.partition("Waiting")[2]] == [MANY[6], *MANY[8:13]]
    team.pressed(shown, "Undo", "carol")
    assert [text for text in MANY if text in shown.text] == list(MANY[6:12])
    team.pressed(shown, question(shown, MANY[7]), "carol")
    team.pressed(shown, "Back to the queue", "carol")
    assert [text for text in MANY if text in shown.text] == list(MANY[6:12])
    team.pressed(shown, question(shown, MANY[7]), "carol")
    team.pressed(shown, "Another fact answers it", "carol")
    team.modal("carol")
    team.slack.driver.submit_view("carol", {"p_fact": "xu-twinning-039"})
    team.settle()
    assert [text for text in MANY if text in shown.text.partition("Waiting")[2]] == [MANY[6], *MANY[8:13]]
    team.pressed(shown, "Set several aside", "carol")
    first = next(b for b in team.modal("carol").body["blocks"] if b["type"] == "input")["element"]["options"]
    team.slack.driver.submit_view("carol", {"p_aside_0": [first[0]["value"]]})
    team.settle()
    assert [text for text in MANY if text in shown.text.partition("Waiting")[2]] == list(MANY[8:14])


def test_a_page_that_the_queue_does_not_have_is_said_to_be_none(team: CurationStage) -> None:
    _asked(team)
    assert "There is no page 99: the queue has 1 page." in team.typed("review page 99", "carol").text
    assert "There is no page" not in team.typed("review page 1", "carol").text


def test_ticks_are_required_where_one_input_holds_all_questions(team: CurationStage) -> None:
    _asked(team)
    team.pressed(team.typed("review", "carol"), "Set several aside", "carol")
    (asked,) = (block for block in team.modal("carol").body["blocks"] if block["type"] == "input")
    assert not asked["optional"]


def test_questions_of_any_page_are_set_aside_at_once_those_of_the_page_first(team: CurationStage) -> None:
    team.appointed("carol")
    for text in MANY:
        team.services.questions.keep(team.team_id, "/yrd", text, (), team.clock.moment(), "")
        team.clock.now += 60
    shown = team.typed("review oldest page 3", "carol")
    team.pressed(shown, "Set several aside", "carol")
    inputs = [block for block in team.modal("carol").body["blocks"] if block["type"] == "input"]
    options = [option for block in inputs for option in block["element"]["options"]]
    assert MANY[12] in options[0]["text"]["text"]
    assert len(options) == len(MANY)
    called = [block["label"]["text"] for block in inputs]
    assert called[0].startswith("Questions 1 to 10: “")
    assert " ".join(MANY[12].split()[:2]) in called[0]
    first, second = ([option["value"] for option in block["element"]["options"]] for block in inputs)
    team.slack.driver.submit_view("carol", {"p_aside_0": first, "p_aside_1": second})
    team.settle()
    assert "16 questions are out of scope" in shown.text


def test_a_list_in_a_direct_message_is_changed_by_its_own_buttons_and_refreshed_after_what_was_done_elsewhere(
    team: CurationStage,
) -> None:
    team.appointed("carol")
    team.proposed("bob")
    card = team.card("carol")
    team.slack.driver.direct_message("carol", "review")
    listed = team.card("carol")
    assert "Waiting: 1 proposal." in listed.text
    assert "Press Refresh to see what others have done since" in listed.text
    team.pressed(card, "Approve", "carol")
    team.pressed(listed, "Refresh", "carol")
    assert listed.text == "Nothing waits for review."

"""What is typed into Home's box is answered over Home: forms and deeds too, which change nothing by a second press."""

from __future__ import annotations

import json

import pytest

from bot.local_slack.blockkit.ids import interactive_elements
from bot.ports import PERSON_KEPT
from bot.slack.home.actions import DEAD_OPTION
from bot.slack.home.ask_box import to_press
from bot.slack.recent import Recent
from handlers.lookups.welcome import FIRST_QUESTIONS
from tests.slack.curation_stage import FILLED, CurationStage, team
from tests.slack.digest_stage import DigestStage, digests
from tests.slack.stage import Stage

__all__ = ["digests", "team"]

WEEKLY = "subscribe ports weekly fri 10:00"


def asked(stage: Stage, text: str, user: str = "alice") -> None:
    stage.slack.driver.open_home(user)
    stage.settle()
    stage.slack.driver.click_home(user, "home_ask", chosen=text)
    stage.settle()


def told(stage: Stage, user: str = "alice") -> str:
    """What the modal on top says."""
    view = stage.slack.team.modal_of(user)
    return json.dumps(view.body, ensure_ascii=False) if view else ""


def pressed(stage: Stage, label: str, user: str = "alice") -> None:
    """Press the button of the modal on top with that label."""
    view = stage.slack.team.modal_of(user)
    assert view is not None
    (found,) = [
        (block, element)
        for block, element in interactive_elements(view.body["blocks"])
        if element["type"] == "button" and element["text"]["text"] == label
    ]
    stage.slack.driver.click_modal(user, found[1]["action_id"], block_id=found[0]["block_id"])
    stage.settle()


def home(stage: Stage, user: str = "alice") -> str:
    return json.dumps(stage.slack.team.homes[stage.slack.team.user(user).id].body, ensure_ascii=False)


def test_a_digest_is_set_up_in_a_form_over_home_filled_in_with_what_was_typed(digests: DigestStage) -> None:
    asked(digests, WEEKLY, "bob")
    form = digests.modal("bob")
    assert form.body["callback_id"] == "digest_form"
    assert '"initial_time": "10:00"' in told(digests, "bob")
    assert "home_again" not in home(digests, "bob")

    digests.slack.driver.submit_view("bob")
    digests.slack.driver.submit_view("bob")
    digests.settle()
    (kept,) = digests.kept()
    # Home is in no channel: without another it is of the direct messages.
    assert (kept.channel, kept.topics, kept.weekdays) == (digests.slack.team.im("bob").id, ("ports",), (4,))
    assert "Digest 1 is saved" in told(digests, "bob")
    digests.slack.driver.close_view("bob")
    assert not told(digests, "bob")


def test_the_form_over_home_may_name_a_channel(digests: DigestStage) -> None:
    asked(digests, WEEKLY)
    general = digests.slack.team.channel("general").id
    digests.slack.driver.submit_view("alice", {"digest_channel": general})
    digests.slack.driver.submit_view("alice")
    assert [kept.channel for kept in digests.kept()] == [general]
    # Whoever saved it looks at the modal and not at the channel.
    assert not digests.slack.team.ephemerals("general", "alice")


def test_a_wrong_name_is_put_right_in_the_modal_and_leads_to_the_form(digests: DigestStage) -> None:
    asked(digests, "subscribe portz weekly")
    assert "portz" in told(digests)
    pressed(digests, "Ports (topic)")
    assert '"callback_id": "digest_form"' in told(digests)


def test_digests_are_looked_at_and_changed_over_home(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly"), "Save")
    asked(digests, "/yrd-digest list")
    assert "Ports" in told(digests)
    digests.slack.driver.close_view("alice")
    asked(digests, "/yrd-digest edit 1")
    assert "Edit digest" in told(digests)
    digests.slack.driver.close_view("alice")
    asked(digests, "Huainan")
    digests.slack.driver.close_view("alice")
    digests.slack.driver.click_home("alice", "digest_history")
    digests.settle()
    assert "Digest 1" in told(digests)
    digests.slack.driver.close_view("alice")
    asked(digests, "/yrd-digest pause 1")
    assert "paused" in told(digests)
    assert "digest_resume" in home(digests)
    assert "home_again:0" in home(digests)
    assert not digests.slack.team.posts(digests.slack.team.im("alice"))


@pytest.mark.parametrize("verb", ["show", "history", "pause", "edit", "unsubscribe"])
def test_a_digest_without_a_number_is_nobodys_where_there_is_no_channel(
    digests: DigestStage, verb: str
) -> None:
    digests.pressed(digests.typed("subscribe ports weekly"), "Save")
    asked(digests, f"/yrd-digest {verb}", "bob")
    assert "Ports" not in told(digests, "bob")
    assert "number" in told(digests, "bob")


CHANGES = ("admin curators remove U04CAROL0X1", "review 1 approve", "fact team-001 revert oops", "review")


@pytest.mark.parametrize("text", CHANGES)
def test_what_is_no_question_is_done_once_where_one_looks_and_not_offered_again(
    team: CurationStage, text: str
) -> None:
    team.appointed("carol")
    posted = len(team.slack.team.posts(team.slack.team.im("alice")))
    asked(team, text)
    assert '"callback_id": "answer"' in told(team)
    assert "home_again" not in home(team)
    assert len(team.slack.team.posts(team.slack.team.im("alice"))) == posted


def test_the_queue_is_worked_through_in_the_modal(team: CurationStage) -> None:
    team.appointed("alice")
    team.proposed("bob")
    asked(team, "Huainan")
    team.slack.driver.close_view("alice")
    asked(team, "review")
    assert "joint harbour office" in told(team)
    pressed(team, "Review proposal 1")
    pressed(team, "Edit")
    assert "p_statement" in told(team)
    team.slack.driver.close_view("alice")
    pressed(team, "Approve")
    assert "approved by" in told(team)
    assert "joint harbour office" in told(team)
    # What was asked there stands on Home all the same, and the proposal waits no more.
    assert "home_again:0" in home(team)
    assert "Review proposal 1" not in home(team)


def test_a_fact_is_proposed_over_home_and_its_card_stands_in_the_place_of_the_form(
    team: CurationStage,
) -> None:
    asked(team, "add", "bob")
    team.filled("bob", FILLED)
    assert "waits for review" in told(team, "bob")
    team.slack.driver.close_view("bob")
    assert not told(team, "bob")


def test_where_slack_opens_nothing_a_deed_is_answered_in_messages(team: CurationStage) -> None:
    team.appointed("alice")
    team.slack.driver.open_home("alice")
    team.settle()
    team.slack.faults.error("views.open", "expired_trigger_id")
    team.slack.driver.click_home("alice", "home_ask", chosen="review")
    team.settle()
    assert not told(team)
    assert "waits" in team.card("alice").text


def test_the_box_is_empty_after_each_deed(team: CurationStage) -> None:
    boxes = []
    for _ in range(3):
        asked(team, "review")
        team.slack.driver.close_view("alice")
        view = team.slack.team.homes[team.slack.team.user("alice").id]
        boxes.append(view.body["blocks"][1]["block_id"])
    # Slack empties an input that comes under another id.
    assert len(set(boxes)) == len(boxes)


def test_what_an_older_home_offers_to_do_again_is_not_done(team: CurationStage) -> None:
    team.appointed("carol")
    team.slack.driver.open_home("alice")
    team.settle()
    shown = team.slack.team.homes[team.slack.team.user("alice").id]
    shown.body["private_metadata"] = Recent(asked=(CHANGES[0],)).encode()
    team.slack.driver.open_home("alice")
    team.settle()
    team.slack.driver.click_home("alice", "home_again:0")
    team.settle()
    assert DEAD_OPTION in told(team)
    assert "Carol Wu" in team.typed("admin curators list").text
    assert "home_again" not in json.dumps(shown.body)


def test_home_shows_what_a_change_made_there_comes_to(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    asked(team, "review 1 approve")
    assert "Waiting for review" in home(team)
    assert "Review proposal 1" not in home(team)


def test_a_digest_that_is_paused_on_home_takes_nothing_from_what_was_asked_there(
    digests: DigestStage,
) -> None:
    digests.pressed(digests.typed("subscribe ports weekly"), "Save")
    asked(digests, "Huainan")
    digests.slack.driver.close_view("alice")
    digests.slack.driver.click_home("alice", "digest_pause")
    digests.settle()
    assert "digest_resume" in home(digests)
    assert "home_again:0" in home(digests)


def again(stage: Stage, user: str = "alice") -> list[str]:
    """What Home offers to ask again."""
    view = stage.slack.team.homes[stage.slack.team.user(user).id].body
    return [
        element["text"]["text"]
        for _, element in interactive_elements(view["blocks"])
        if element.get("action_id", "").startswith(("home_again", "home_picked"))
    ]


def test_what_is_typed_in_the_box_may_follow_on_what_was_asked_before(digests: DigestStage) -> None:
    asked(digests, "What is Huainan paired with?")
    digests.slack.driver.close_view("alice")
    asked(digests, "what about Chuzhou?")
    assert "Asked: What is Chuzhou paired with?" in told(digests)
    digests.slack.driver.close_view("alice")
    assert again(digests) == ["What is Chuzhou paired with?", "What is Huainan paired with?"]


def test_it_follows_on_nothing_that_was_asked_long_ago(digests: DigestStage) -> None:
    asked(digests, "What is Huainan paired with?")
    digests.slack.driver.close_view("alice")
    digests.clock.now += PERSON_KEPT.total_seconds() + 1
    asked(digests, "more")
    assert "Ask something first" in told(digests)


def test_the_next_page_is_asked_for_in_the_box(digests: DigestStage) -> None:
    asked(digests, "Huainan")
    digests.slack.driver.close_view("alice")
    asked(digests, "more")
    assert "Page 2 of 2" in told(digests)
    digests.slack.driver.close_view("alice")
    asked(digests, "more")
    assert "That was all of the answer to “Huainan”." in told(digests)
    assert again(digests) == ["Huainan"]


def test_what_was_picked_is_followed_on_too(digests: DigestStage) -> None:
    digests.slack.driver.open_home("alice")
    digests.settle()
    digests.slack.driver.click_home("alice", "home_place", chosen="huainan")
    digests.settle()
    digests.slack.driver.close_view("alice")
    asked(digests, "what about Chuzhou?")
    assert "Chuzhou" in told(digests)
    assert "Ask something first" not in told(digests)


@pytest.mark.parametrize("text", ["hi", "thanks", "help", "/weather", "x" * 600, "qwertyuiop", "more", "👋"])
def test_what_asks_for_nothing_is_not_offered_to_be_asked_again(team: CurationStage, text: str) -> None:
    asked(team, text)
    assert told(team)
    assert again(team) == []


def test_what_asks_for_something_is_offered_again_also_where_nothing_answers(team: CurationStage) -> None:
    asked(team, "What is the population of Xining?")
    assert again(team) == ["What is the population of Xining?"]


def test_more_than_two_questions_are_shortened_and_told_apart() -> None:
    asked_before = (
        "Which districts of Hangzhou are paired with now?", "Which districts of Hangzhou are best known for?", "淮南和上海的哪个区结对合作呢？", "ports",
    )  # fmt: skip
    *_, row = to_press(Recent(asked=asked_before))
    assert [element["text"]["text"] for element in row["elements"]] == [
        "…are paired with now?",
        "…are best known for?",
        "淮南和上海的哪个区结对…",
    ]


def chips(asked_before: tuple[str, ...]) -> list[str]:
    """The examples beside what was asked before."""
    return [button["text"]["text"] for button in to_press(Recent(asked=asked_before))[0]["elements"]]


def test_examples_stand_beside_what_was_asked_before_and_apart_from_it() -> None:
    every = [choice.label for choice in FIRST_QUESTIONS]
    assert chips(()) == every
    assert chips(("ports", every[0])) == every[1:]
    many = ("ports", "talent", "Hefei", "Ningbo")
    # On one line: the shortest.
    assert chips(many) == ["Minhang and Huainan", "map Huainan", "淮南和哪个区结对？"]
    assert "map Huainan" not in chips((*many, "map Huainan"))
    assert len(chips(tuple(every[:5]))) == 3
    said = to_press(Recent(asked=many))[1]
    assert "to ask again" in said["elements"][0]["text"]


@pytest.mark.parametrize("text", ["my proposals", "review", "/yrd-digest list"])
def test_behind_a_list_of_ones_own_more_is_no_page_of_what_was_asked_before_it(
    team: CurationStage, text: str
) -> None:
    team.appointed("alice")
    asked(team, "Huainan")
    team.slack.driver.close_view("alice")
    asked(team, text)
    team.slack.driver.close_view("alice")
    asked(team, "more")
    assert "Page 2" not in told(team)
    assert "Ask something first" in told(team)


def test_behind_a_form_one_goes_on_with_what_was_asked_before(team: CurationStage) -> None:
    asked(team, "Huainan")
    team.slack.driver.close_view("alice")
    asked(team, "add")
    team.slack.driver.close_view("alice")
    asked(team, "more")
    assert "Page 2 of 2" in told(team)

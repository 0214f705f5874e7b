"""Buttons and the shortcut, as whole payloads of Slack's, in both modes."""

from __future__ import annotations

import dataclasses
import json
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.local_slack.state.delivery import Delivery
from bot.local_slack.state.records import Message
from bot.render.button_value import ButtonValue
from bot.state.feedback import StoredFeedback
from bot.state.store import Store
from handlers.answer import Choice
from handlers.ports import Votes
from handlers.request import Request
from handlers.services import Services
from tests.render.answers import answer
from tests.slack.stage import Stage, base


def _paged(request: Request) -> Any:
    return answer(5, headline=f"{request.text}, page {request.page}", page=request.page, pages=3, total=15)


def _asked(stage: Stage, channel: str = "general", text: str = "Ningbo") -> Message:
    """Alice's answer to a slash command, as she sees it."""
    sent = stage.slack.driver.command("alice", channel, "/yrd-city", text)
    assert sent.message is not None
    return sent.message


@pytest.mark.parametrize("channel", ["general", "random"])
def test_share_posts_the_answer_for_all_and_says_who_shared_it(stage: Stage, channel: str) -> None:
    private = _asked(stage, channel)
    stage.slack.driver.click("alice", private, "share")
    shared = stage.posts(channel)[0]
    alice = stage.slack.team.user("alice").id
    assert shared.text.startswith(f"Shared by <@{alice}>\nYou asked: Ningbo")
    assert "Share to channel" not in json.dumps(shared.blocks)
    stage.slack.team.wait_for(lambda: not stage.slack.team.ephemerals(channel, "alice"))


def test_share_works_after_a_restart(stage: Stage) -> None:
    private = _asked(stage)
    stage.restart()
    stage.slack.driver.click("alice", private, "share")
    assert "You asked: Ningbo" in stage.posts("general")[0].text


def test_two_presses_share_once(stage: Stage) -> None:
    private = _asked(stage)
    action = {
        "type": "button",
        "action_id": "share",
        "value": ButtonValue(command="/yrd-city", text="Ningbo", version="v1").encode(),
    }
    for _ in range(3):
        stage.slack.driver.press("alice", private, action)
    stage.settle()
    assert len(stage.posts("general")) == 1
    said = [whisper.text for whisper in stage.slack.team.ephemerals("general", "alice")]
    assert said.count("That answer is being shared, or is shared already.") == 2


def test_share_falls_back_to_posting_when_the_response_url_has_expired(stage: Stage) -> None:
    stage.slack.driver.click("alice", _asked(stage), "share")
    stage.posts("general")
    stage.settle()
    pressed = stage.slack.driver.click("alice", _asked(stage, text="Hefei"), "share")
    stage.posts("general", 2)
    stage.settle()
    late = dict(pressed.payload)
    late["container"] = late["container"] | {"message_ts": "1795000099.000100"}
    late["response_url"] = f"{stage.slack.origin}/response/expired"
    stage.slack.driver.transport.send("interactive", late)
    assert "You asked: Hefei" in stage.posts("general", 3)[2].text


def test_what_cannot_be_shared_is_said(stage: Stage) -> None:
    private = _asked(stage, "random")
    payload = _click_payload(stage, private, "share")
    stage.slack.driver.transport.send("interactive", payload | {"response_url": "https://evil.example/hook"})
    said = stage.posts(stage.slack.team.im("alice"))[0]
    assert "I could not share this" in said.text


def _click_payload(stage: Stage, message: Message, action_id: str) -> dict[str, Any]:
    """The payload of a click, made by a press on a button nobody knows."""
    value = ButtonValue(command="/yrd-city", text="Ningbo", version="v1").encode()
    dead = stage.slack.driver.press("alice", message, {"type": "button", "action_id": "dead", "value": value})
    stage.whispers("random", "alice", 2)
    actions = [{"type": "button", "action_id": action_id, "value": value}]
    return dict(dead.payload) | {"actions": actions}


def _opened(stage: Stage) -> Delivery:
    """A click that opened the sources of an answer."""
    pressed = stage.slack.driver.click("alice", _asked(stage), "sources")
    stage.slack.team.wait_for(lambda: "Jiayi Xu" in stage.whispers("general", "alice")[0].text)
    return pressed


def _begins(stage: Stage, text: str) -> bool:
    return stage.whispers("general", "alice")[0].text.startswith(text)


def test_more_and_back_turn_the_pages_in_place(stage: Stage) -> None:
    stage.engine.answer = _paged
    private = _asked(stage)
    for action, page in (("more", 2), ("more", 3), ("back", 2)):
        shown = stage.whispers("general", "alice")[0]
        stage.slack.driver.click("alice", shown, action)
        begins = f"Ningbo, page {page}"
        stage.slack.team.wait_for(partial(_begins, stage, begins))
    assert len(stage.whispers("general", "alice")) == 1
    assert private.only_for


def test_more_under_a_public_answer_turns_its_page_for_all_who_see_it(stage: Stage) -> None:
    stage.engine.answer = _paged
    said = stage.slack.driver.mention("bob", "general", "Hefei")
    public = stage.replies(said.message)[0]
    stage.slack.driver.click("alice", public, "more")
    stage.slack.team.wait_for(lambda: stage.replies(said.message)[0].text.startswith("Hefei, page 2"))
    assert len(stage.replies(said.message)) == 1
    assert not stage.slack.team.ephemerals("general", "alice")


def test_a_shared_answer_says_who_shared_it_on_every_page(stage: Stage) -> None:
    stage.engine.answer = _paged
    stage.slack.driver.click("alice", _asked(stage), "share")
    shared = stage.posts("general")[0]
    stage.slack.driver.click("bob", shared, "more")
    stage.slack.team.wait_for(lambda: "Ningbo, page 2" in stage.posts("general")[0].text)
    assert stage.posts("general")[0].text.startswith(f"Shared by <@{stage.slack.team.user('alice').id}>")


def test_a_shared_answer_says_what_was_asked_and_not_how_it_was_spelt(stage: Stage) -> None:
    stage.engine.answer = lambda request: answer(read=("“Nignbo” read as Ningbo.",), asked="Ningbo port?")
    private = _asked(stage, text="Nignbo port?")
    assert "Nignbo" in private.text
    stage.slack.driver.click("alice", private, "share")
    shared = stage.posts("general")[0]
    assert "Ningbo port?" in shared.text
    assert "Nignbo" not in shared.text


@pytest.mark.parametrize(
    ("button", "shown"),
    [
        ("sources", "“Twinning cooperation in the delta”"),
        ("details", "xu-twinning-001"),
    ],
)
def test_what_is_opened_stands_below_the_answer_until_it_is_hidden(
    stage: Stage, button: str, shown: str
) -> None:
    private = _asked(stage)
    assert shown not in private.text
    stage.slack.driver.click("alice", private, button)
    stage.slack.team.wait_for(lambda: shown in stage.whispers("general", "alice")[0].text)
    (opened,) = stage.whispers("general", "alice")
    assert opened.text.startswith("You asked: Ningbo")
    assert shown in json.dumps(opened.blocks, ensure_ascii=False)
    stage.slack.driver.click("alice", opened, "hide")
    stage.slack.team.wait_for(lambda: shown not in stage.whispers("general", "alice")[0].text)


@pytest.mark.parametrize(
    ("button", "label", "counted"),
    [
        ("helpful", "First fact helpful ✓", Votes(1, 0)),
        ("unhelpful", "First fact not helpful ✓", Votes(0, 1)),
    ],
)
def test_a_vote_is_for_the_fact_that_leads_and_the_button_says_that_it_was_given(
    stage: Stage, tmp_path: Path, button: str, label: str, counted: Votes
) -> None:
    with closing(Store.open(tmp_path / "state.db")) as store:
        feedback = StoredFeedback(store)
        stage.restart(services=Services(base(), feedback=feedback))
        stage.engine.answer = lambda request: answer(3)
        stage.slack.driver.click("alice", _asked(stage), button)
        stage.slack.team.wait_for(
            lambda: label in json.dumps(stage.whispers("general", "alice")[0].blocks, ensure_ascii=False)
        )
        assert len(stage.whispers("general", "alice")) == 1
        team = stage.slack.team.identity.team_id
        assert feedback.votes(team, "fact:xu-twinning-001") == counted
        assert feedback.votes(team, "fact:") == counted
        stage.close()
        stage.start()


def test_a_choice_is_answered_in_place_of_the_question(stage: Stage) -> None:
    choices = (Choice("suzhou-anhui", "Suzhou, Anhui", "/yrd-pair", "宿州"),)
    stage.engine.answer = lambda request: answer(0, outcome="ambiguous", choices=choices)
    private = _asked(stage, text="Suzhou")
    stage.engine.answer = lambda request: answer(headline=f"On {request.text}")
    stage.slack.driver.click("alice", private, "choice:0")
    stage.slack.team.wait_for(lambda: stage.whispers("general", "alice")[0].text.startswith("On 宿州"))
    assert stage.engine.asked[-1].command == "/yrd-pair"


def test_a_choice_in_a_direct_message_is_answered_as_a_message(stage: Stage) -> None:
    choices = (Choice("suzhou-anhui", "Suzhou, Anhui", "/yrd-city", "宿州"),)
    stage.engine.answer = lambda request: answer(0, choices=choices)
    stage.slack.driver.direct_message("alice", "Suzhou")
    asked = stage.posts(stage.slack.team.im("alice"))[0]
    stage.slack.driver.click("alice", asked, "choice:0")
    assert len(stage.posts(stage.slack.team.im("alice"), 2)) == 2


def test_a_button_from_before_the_facts_changed_is_answered_anew_and_says_so(stage: Stage) -> None:
    private = _asked(stage)
    stage.restart(version="v2")
    stage.slack.driver.click("alice", private, "share")
    assert "The facts have changed since" in stage.posts("general")[0].text


def test_the_answer_to_a_choice_says_what_was_asked_where_it_stands_below_other_messages(
    stage: Stage,
) -> None:
    choices = (Choice("first-1", "What is Hefei?", "/yrd", "What is Hefei?"),)
    stage.engine.answer = lambda request: answer(0, choices=choices)
    stage.slack.driver.direct_message("alice", "hello")
    im = stage.slack.team.im("alice")
    stage.slack.driver.click("alice", stage.posts(im)[0], "choice:0")
    (told, *_) = stage.posts(im, 2)[1].blocks
    assert told["type"] == "context"
    assert told["elements"][0]["text"] == "What is Hefei?"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "{}}",
        "null",
        '{"command": "/rm"}',
        '{"page": "1"}',
        '{"command": "map"}',
        '{"command": "nosuch", "verb": ""}',
    ],
)
def test_a_button_that_cannot_be_read_gets_a_sentence(stage: Stage, value: str) -> None:
    private = _asked(stage)
    stage.slack.driver.press("alice", private, {"type": "button", "action_id": "share", "value": value})
    assert "no longer does anything" in stage.whispers("general", "alice", 2)[1].text


def test_no_actions_and_unknown_buttons_are_acknowledged(stage: Stage) -> None:
    private = _asked(stage)
    unknown = stage.slack.driver.press(
        "alice", private, {"type": "button", "action_id": "nope", "value": "{}"}
    )
    assert unknown.status == 200
    none = stage.slack.driver.transport.send("interactive", unknown.payload | {"actions": []})
    assert none.status == 200


def test_an_expired_response_url_is_answered_by_an_ephemeral_message(stage: Stage) -> None:
    stage.slack.faults.clear()
    pressed = _opened(stage)
    late = pressed.payload | {"response_url": f"{stage.slack.origin}/response/expired"}
    stage.slack.driver.transport.send("interactive", late)
    stage.whispers("general", "alice", 2)
    assert stage.slack.calls.wait_for("chat.postEphemeral")


def test_a_response_url_that_is_not_slacks_is_never_called(stage: Stage) -> None:
    pressed = _opened(stage)
    evil = pressed.payload | {"response_url": "http://169.254.169.254/latest"}
    stage.slack.driver.transport.send("interactive", evil)
    assert "Sources" in stage.whispers("general", "alice", 2)[1].text


def test_clicks_of_another_workspace_are_refused(stage: Stage) -> None:
    pressed = _opened(stage)
    person = pressed.payload["user"] | {"team_id": "T0OTHER"}
    stage.slack.driver.transport.send("interactive", pressed.payload | {"user": person})
    assert "another workspace" in stage.whispers("general", "alice", 2)[1].text


def test_an_unreadable_click_gets_a_neutral_sentence(stage: Stage) -> None:
    pressed = _opened(stage)
    odd = stage.slack.driver.transport.send("interactive", pressed.payload | {"user": {"id": "not an id"}})
    assert odd.status == 200
    assert "could not read" in stage.whispers("general", "alice", 2)[1].text


def test_the_shortcut_looks_up_a_message_for_the_asker_alone(stage: Stage) -> None:
    root = stage.slack.driver.say("bob", "general", "Talks")
    said = stage.slack.driver.say("bob", "general", "Ningbo &amp; Hefei sign", thread_ts=root.message.ts)
    stage.slack.driver.shortcut("alice", said.message, "look_up")
    shown = stage.whispers("general", "alice")[0]
    assert shown.thread_ts == root.message.ts
    assert stage.lookup.asked[-1].text.startswith("Ningbo &")
    stage.slack.driver.click("alice", shown, "share")
    assert stage.replies(root.message)[0].text.startswith("Shared by")
    assert len(stage.lookup.asked) == 2


def test_an_unknown_shortcut_gets_a_sentence(stage: Stage) -> None:
    said = stage.slack.driver.say("bob", "general", "Ningbo")
    stage.slack.driver.shortcut("alice", said.message, "other")
    assert "no such shortcut" in stage.whispers("general", "alice")[0].text


def test_a_failing_click_gets_a_sentence_with_an_id(stage: Stage) -> None:
    private = _asked(stage)

    def fail(request: Request) -> Any:
        raise RuntimeError("broken")

    stage.engine.answer = fail
    stage.slack.driver.click("alice", private, "share")
    assert "Something went wrong on my side" in stage.whispers("general", "alice", 2)[1].text


@pytest.mark.parametrize("kind", ["shortcut", "block_suggestion", "dialog_submission"])
def test_other_interactions_get_a_sentence(stage: Stage, kind: str) -> None:
    pressed = _opened(stage)
    strange = pressed.payload | {
        "type": kind,
        "callback_id": "x",
        "view": {"type": "modal", "callback_id": "x"},
        "action_id": "x",
    }
    other = stage.slack.driver.transport.send("interactive", strange)
    assert other.status == 200
    assert "I do not know what to do with that" in stage.whispers("general", "alice", 2)[1].text


@pytest.mark.parametrize(
    ("blocks", "action"),
    [
        ([{"type": "section"}, {"type": "input", "block_id": "words"}], "errors"),
        ([{"type": "section"}], "push"),
        (["odd", {"type": "input"}], "push"),
    ],
)
def test_a_form_that_nobody_knows_stays_open_and_says_so(
    stage: Stage, blocks: list[Any], action: str
) -> None:
    pressed = stage.slack.driver.click("alice", _asked(stage), "sources")
    view = {"type": "modal", "callback_id": "of_an_older_version", "blocks": blocks}
    strange = pressed.payload | {"type": "view_submission", "view": view}
    other = stage.slack.driver.transport.send("interactive", strange)
    assert isinstance(other.reply, dict)
    assert other.reply["response_action"] == action
    assert "I do not know what to do with that" in json.dumps(other.reply)


def test_an_answer_too_bulky_is_still_taken_by_slack(stage: Stage) -> None:
    bulky = answer(5)
    lines = tuple(
        dataclasses.replace(line, fact=line.fact.model_copy(update={"statement": "<& " * 900}))
        for line in bulky.lines
    )
    stage.engine.answer = lambda request: dataclasses.replace(bulky, lines=lines)
    said = stage.slack.driver.mention("bob", "general", "Hefei")
    assert stage.replies(said.message)

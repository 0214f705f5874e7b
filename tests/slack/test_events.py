"""Mentions, direct messages and Home, as whole payloads of Slack's, in both modes."""

from __future__ import annotations

import json
import threading

import pytest

from bot.local_slack.blockkit.ids import interactive_elements
from bot.local_slack.state.records import Message
from bot.render.button_value import decode
from bot.slack.listeners.events import INTERRUPTED, MAY_NOT_POST
from bot.slack.listeners.manifest import THREAD_EVENTS
from bot.slack.remembering import AGAIN, WITHOUT_MENTION
from bot.state.thread_modes import StoredThreadModes
from handlers.answer import Answer
from handlers.paging import Earlier
from handlers.ports import ThreadMode
from handlers.registry import SLASH
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from knowledge.base import FactBase
from tests.render.answers import answer
from tests.slack.lost import Lose, every_loss
from tests.slack.stage import Stage


def test_a_mention_is_answered_in_its_thread_without_unfurling(stage: Stage) -> None:
    said = stage.slack.driver.mention("bob", "general", "what about Hefei?")
    reply = stage.replies(said.message)[0]
    assert reply.text.startswith("You asked: what about Hefei?")
    call = stage.slack.calls.wait_for("chat.postMessage")[0].payload
    assert str(call["unfurl_links"]).lower() == "false"


def test_a_mention_in_a_thread_is_answered_in_that_thread(stage: Stage) -> None:
    root = stage.slack.driver.say("alice", "general", "Let us talk")
    stage.slack.driver.mention("bob", "general", "Hefei", thread_ts=root.message.ts)
    assert stage.replies(root.message)[0].thread_ts == root.message.ts


def test_an_empty_mention_gets_help(stage: Stage) -> None:
    said = stage.slack.driver.mention("bob", "general", " ")
    stage.replies(said.message)
    assert stage.engine.asked[-1].text == "help"


def test_a_direct_message_is_answered_beside_it(stage: Stage) -> None:
    stage.slack.driver.direct_message("alice", "Ningbo")
    reply = stage.posts(stage.slack.team.im("alice"))[0]
    assert reply.thread_ts == ""
    assert reply.text.startswith("You asked: Ningbo")


def test_a_direct_message_in_a_thread_is_answered_there(stage: Stage) -> None:
    first = stage.slack.driver.direct_message("alice", "Ningbo")
    stage.slack.driver.direct_message("alice", "and Hefei?", thread_ts=first.message.ts)
    assert stage.replies(first.message)[0].text.startswith("You asked: and Hefei?")


def test_a_follow_up_knows_the_subjects_of_its_thread(stage: Stage) -> None:
    said = stage.slack.driver.mention("bob", "general", "Minhang and Huainan")
    stage.replies(said.message)
    stage.settle()
    stage.slack.driver.mention("alice", "general", "since when?", thread_ts=said.message.ts)
    stage.replies(said.message, 2)
    assert stage.engine.asked[-1].context == ("minhang", "huainan")


def test_a_follow_up_knows_the_question_of_its_thread_and_the_page_that_was_shown(stage: Stage) -> None:
    stage.engine.answer = lambda request: answer(context=("minhang",), page=2, pages=3)
    said = stage.slack.driver.mention("bob", "general", "Who is Minhang twinned with?")
    stage.replies(said.message)
    stage.settle()
    stage.slack.driver.mention("alice", "general", "more", thread_ts=said.message.ts)
    stage.replies(said.message, 2)
    assert stage.engine.asked[-1].earlier == Earlier("Who is Minhang twinned with?", 2)


def test_what_says_nothing_of_the_base_leaves_the_question_of_the_thread_as_it_was(stage: Stage) -> None:
    said = stage.slack.driver.mention("bob", "general", "Minhang and Huainan")
    stage.replies(said.message)
    stage.settle()
    stage.engine.answer = lambda request: Answer(headline="You are welcome.", outcome="answer")
    for count, text in enumerate(("thanks", "and Chuzhou?"), 2):
        stage.slack.driver.mention("bob", "general", text, thread_ts=said.message.ts)
        stage.replies(said.message, count)
        stage.settle()
    assert stage.engine.asked[-1].earlier == Earlier("Minhang and Huainan")


def test_the_first_reply_in_a_thread_says_how_to_go_on_there_and_no_other_does(stage: Stage) -> None:
    said = stage.slack.driver.mention("bob", "general", "Minhang and Huainan")
    stage.replies(said.message)
    stage.settle()
    stage.slack.driver.mention("bob", "general", "since when?", thread_ts=said.message.ts)
    assert [AGAIN in reply.text for reply in stage.replies(said.message, 2)] == [True, False]
    stage.slack.driver.direct_message("bob", "Minhang and Huainan")
    assert AGAIN not in stage.posts(stage.slack.team.im("bob"))[0].text


def _in_a_thread(stage: Stage, mode: ThreadMode = "questions") -> Message:
    """A thread in which the bot has answered, in a channel where that is how threads are read."""
    stage.slack.driver.events |= set(THREAD_EVENTS)
    StoredThreadModes(stage.state).set_mode(
        stage.slack.team.identity.team_id, stage.slack.team.channel("general").id, mode
    )
    said = stage.slack.driver.mention("bob", "general", "Minhang and Huainan")
    stage.replies(said.message)
    stage.settle()
    return said.message


def test_a_question_in_a_thread_is_taken_without_a_mention_where_the_channel_has_it_so(stage: Stage) -> None:
    root = _in_a_thread(stage)
    assert WITHOUT_MENTION in stage.replies(root)[0].text
    for count, text in enumerate(("and Chuzhou?", "more"), 2):
        assert stage.slack.driver.say("alice", "general", text, thread_ts=root.ts).ok
        assert stage.replies(root, count)[-1].text.startswith(f"You asked: {text}")
        stage.settle()
    assert stage.engine.asked[-1].earlier == Earlier("and Chuzhou?")


@pytest.mark.parametrize(
    "text",
    ["I will ask Bob tomorrow", "<@U04BOB5M9QX> and Chuzhou?", "@bob what do you think?", "really?", "ok"],
)
def test_what_people_say_to_each_other_in_a_thread_is_passed_over(text: str, stage: Stage) -> None:
    root = _in_a_thread(stage)
    stage.slack.driver.say("alice", "general", text, thread_ts=root.ts)
    stage.settle()
    assert len(stage.engine.asked) == 1


def test_without_a_mention_nothing_is_taken_where_the_channel_has_not_asked_for_it(stage: Stage) -> None:
    root = _in_a_thread(stage, "mention")
    stage.slack.driver.say("alice", "general", "and Chuzhou?", thread_ts=root.ts)
    stage.settle()
    assert len(stage.engine.asked) == 1


def test_without_a_mention_nothing_is_taken_outside_a_thread_or_where_the_bot_has_not_answered(
    stage: Stage,
) -> None:
    _in_a_thread(stage)
    other = stage.slack.driver.say("alice", "general", "What of Hefei?")
    stage.slack.driver.say("bob", "general", "And Chuzhou?", thread_ts=other.message.ts)
    stage.settle()
    assert len(stage.engine.asked) == 1


def test_a_mention_that_comes_as_a_message_too_is_answered_once(stage: Stage) -> None:
    root = _in_a_thread(stage)
    said = stage.slack.driver.mention("alice", "general", "and Chuzhou?", thread_ts=root.ts)
    assert [twin.payload["event"]["type"] for twin in (said, *said.also)] == ["app_mention", "message"]
    stage.replies(root, 2)
    stage.settle()
    assert [asked.text for asked in stage.engine.asked] == ["Minhang and Huainan", "and Chuzhou?"]


def test_what_was_not_asked_of_the_bot_and_has_no_answer_stays_without_one(stage: Stage) -> None:
    root = _in_a_thread(stage)
    stage.engine.answer = lambda request: Answer(headline="Not in the fact base.", outcome="unknown")
    stage.slack.driver.say("alice", "general", "Shall we have lunch?", thread_ts=root.ts)
    stage.settle()
    assert [asked.text for asked in stage.engine.asked] == ["Minhang and Huainan", "Shall we have lunch?"]
    assert len(stage.replies(root)) == 1
    assert set(stage.endings()) == {"answered"}


def test_of_what_fails_nobody_is_told_who_did_not_ask_the_bot(stage: Stage) -> None:
    def fail(request: Request) -> Answer:
        raise RuntimeError("broken")

    root = _in_a_thread(stage)
    stage.engine.answer = fail
    stage.slack.driver.say("alice", "general", "and Chuzhou?", thread_ts=root.ts)
    stage.settle()
    stage.clock.now += 3600
    stage.keeper.start()
    stage.keeper.close()
    assert len(stage.replies(root)) == 1
    assert stage.rows("deliveries") == []


def test_a_thread_is_followed_by_the_real_engine_and_buttons_carry_the_whole_question(
    base: FactBase, stage: Stage
) -> None:
    stage.restart(services=Services(base), reply=reply, commands=SLASH)
    said = stage.slack.driver.mention("bob", "general", "What is Nanjing twinned with?")
    stage.replies(said.message)
    stage.settle()
    stage.slack.driver.mention("alice", "general", "and Minhang?", thread_ts=said.message.ts)
    follow_up = stage.replies(said.message, 2)[1]
    assert "Asked: What is Minhang twinned with?" in follow_up.text
    values = [
        asked
        for _, element in interactive_elements(follow_up.blocks)
        if (asked := decode(element.get("value")))
    ]
    assert {value.text for value in values if value.verb is None} == {"What is Minhang twinned with?"}
    stage.settle()
    stage.slack.driver.mention("bob", "general", "who says so?", thread_ts=said.message.ts)
    assert (
        "Sources of the answer to “What is Minhang twinned with?”" in stage.replies(said.message, 3)[2].text
    )


def test_direct_messages_forget_their_subjects_after_a_quarter_of_an_hour(stage: Stage) -> None:
    stage.slack.driver.direct_message("alice", "Minhang and Huainan")
    stage.posts(stage.slack.team.im("alice"))
    stage.settle()
    stage.clock.now += 14 * 60
    stage.slack.driver.direct_message("alice", "since when?")
    stage.posts(stage.slack.team.im("alice"), 2)
    stage.settle()
    stage.clock.now += 16 * 60
    stage.slack.driver.direct_message("alice", "and now?")
    stage.posts(stage.slack.team.im("alice"), 3)
    assert [asked.context for asked in stage.engine.asked] == [(), ("minhang", "huainan"), ()]


def test_a_retry_of_an_answered_event_is_only_acknowledged(stage: Stage) -> None:
    said = stage.slack.driver.mention("bob", "general", "Hefei")
    stage.replies(said.message)
    stage.settle()
    stage.clock.now += 60
    assert stage.slack.driver.resend(said).ok
    stage.settle()
    assert len(stage.engine.asked) == 1


def test_a_retry_of_an_event_left_unanswered_is_answered_after_ten_seconds(stage: Stage) -> None:
    stage.slack.faults.error("chat.postMessage", "invalid_arguments", times=2)
    said = stage.slack.driver.mention("bob", "general", "Hefei")
    stage.settle()
    stage.slack.driver.resend(said)
    stage.settle()
    assert len(stage.engine.asked) == 1, "in hand for ten seconds"
    stage.clock.now += 11
    stage.slack.driver.resend(said, attempt=2)
    assert stage.replies(said.message)[0].text.startswith("You asked: Hefei")


@pytest.mark.parametrize("word", ["restricted_action_thread_locked", "channel_is_archived", "not_in_channel"])
def test_who_asks_where_the_bot_may_not_post_is_told_so_in_direct_messages(word: str, stage: Stage) -> None:
    # The answer, and the apology for it.
    stage.slack.faults.error("chat.postMessage", word, times=2)
    stage.slack.driver.mention("bob", "general", "Hefei")
    assert [post.text for post in stage.posts(stage.slack.team.im("bob"))] == [MAY_NOT_POST]
    stage.settle()
    assert stage.endings() == ["answered"]


def test_an_answer_that_waits_to_be_sent_is_not_there_yet(stage: Stage) -> None:
    stage.slack.faults.rate_limit("chat.postMessage", retry_after=600)
    for text in ("Hefei", "Ningbo"):
        stage.slack.driver.mention("bob", "general", text)
    stage.slack.calls.wait_for("chat.postMessage")
    stage.settle()
    assert [row["posting_at"] for row in stage.rows("events")] == [None, None]


def test_what_waits_in_a_long_queue_is_answered_once_however_often_it_is_delivered(stage: Stage) -> None:
    """Slack takes its time, so that most of them wait for minutes while each is delivered again, twice."""
    held = threading.Event()
    answers = stage.engine.answer

    def slowly(request: Request) -> Answer:
        held.wait(10)
        return answers(request)

    stage.engine.answer = slowly
    said = [stage.slack.driver.mention("bob", "general", f"Hefei {number}") for number in range(12)]
    for attempt in (1, 2):
        stage.clock.now += 120
        for one in said:
            assert stage.slack.driver.resend(one, attempt=attempt).ok
            twin = one.payload | {"event_id": f"{one.payload['event_id']}T{attempt}"}
            stage.slack.driver.transport.send("events_api", twin)
    held.set()
    for one in said:
        stage.replies(one.message)
    stage.settle()
    assert sorted(asked.text for asked in stage.engine.asked) == sorted(f"Hefei {n}" for n in range(12))
    assert [len(stage.replies(one.message)) for one in said] == [1] * 12


def assert_it_is_read_back_before_anybody_is_told(stage: Stage) -> None:
    stage.clock.now += 11
    stage.keeper.start()
    stage.keeper.close()
    assert stage.endings() == ["unknown"]
    # What stands in the conversation is read before anybody is told to ask again.
    assert [row["state"] for row in stage.rows("deliveries")] == ["unknown"]


@every_loss
def test_an_answer_whose_reply_is_lost_is_followed_by_nothing(lose: Lose, stage: Stage) -> None:
    lose(stage.slack.faults, "chat.postMessage")
    said = stage.slack.driver.mention("bob", "general", "Hefei")
    stage.settle()
    stage.slack.faults.clear()
    stage.clock.now += 60
    assert stage.slack.driver.resend(said).ok
    stage.settle()
    assert len(stage.slack.calls.of_method("chat.postMessage")) == 1
    assert_it_is_read_back_before_anybody_is_told(stage)


@every_loss
def test_an_apology_whose_reply_is_lost_is_followed_by_nothing(lose: Lose, stage: Stage) -> None:
    def fail(request: Request) -> Answer:
        raise RuntimeError("broken")

    stage.engine.answer = fail
    lose(stage.slack.faults, "chat.postMessage")
    stage.slack.driver.direct_message("bob", "Hefei")
    stage.settle()
    assert len(stage.slack.calls.of_method("chat.postMessage")) == 1
    assert_it_is_read_back_before_anybody_is_told(stage)


@every_loss
def test_home_whose_reply_is_lost_is_followed_by_no_apology(lose: Lose, stage: Stage) -> None:
    lose(stage.slack.faults, "views.publish")
    stage.slack.driver.open_home("bob")
    stage.settle()
    assert stage.slack.calls.of_method("chat.postMessage") == []


def test_an_answer_that_was_surely_not_posted_is_apologised_for(stage: Stage) -> None:
    stage.slack.faults.error("chat.postMessage", "msg_too_long")
    said = stage.slack.driver.mention("bob", "general", "Hefei")
    (told,) = stage.replies(said.message)
    assert "Something went wrong on my side" in told.text
    stage.settle()
    assert stage.endings() == ["answered"]


def test_what_ends_with_its_process_is_told_of_by_the_next_in_its_thread(stage: Stage) -> None:
    root = stage.slack.driver.say("alice", "general", "Let us talk")
    # Nothing is posted, as by a process that is killed.
    stage.slack.faults.error("chat.postMessage", "not_in_channel", times=99)
    stage.slack.driver.mention("bob", "general", "Hefei", thread_ts=root.message.ts)
    said = stage.slack.driver.mention("bob", "general", "Ningbo")
    stage.slack.driver.direct_message("alice", "Wuhu")
    stage.settle()
    stage.keeper.start()
    stage.keeper.close()
    stage.slack.faults.clear()
    stage.clock.now += 11
    stage.restart()
    stage.keeper.start()
    stage.keeper.close()
    lines = sorted((row["channel"], row["thread_ts"]) for row in stage.rows("deliveries"))
    general, direct = root.message.channel, stage.slack.team.im("alice").id
    assert lines == sorted([(general, root.message.ts), (general, said.message.ts), (direct, "")])
    assert all(INTERRUPTED in row["content"] for row in stage.rows("deliveries"))
    assert stage.endings() == ["told"] * 3


def test_one_message_that_arrives_as_two_events_is_answered_once(stage: Stage) -> None:
    stage.slack.driver.mention("bob", "general", "Hefei", duplicate=True)
    direct = stage.slack.driver.direct_message("alice", "Ningbo")
    twin = direct.payload | {
        "event_id": "Ev0TWIN",
        "event": direct.payload["event"] | {"type": "app_mention"},
    }
    stage.slack.driver.transport.send("events_api", twin)
    stage.posts(stage.slack.team.im("alice"))
    stage.settle()
    assert sorted(asked.text for asked in stage.engine.asked) == ["Hefei", "Ningbo"]


def test_what_is_said_with_me_is_answered(stage: Stage) -> None:
    said = stage.slack.driver.direct_message("alice", "Ningbo")
    stage.clock.now += 1
    event = {**said.payload["event"], "subtype": "me_message", "ts": f"{int(stage.clock.now)}.000200"}
    stage.slack.driver.event(event)
    stage.posts(stage.slack.team.im("alice"), 2)
    assert len(stage.engine.asked) == 2


def test_bots_itself_and_edits_are_left_alone(stage: Stage) -> None:
    said = stage.slack.driver.direct_message("alice", "Ningbo")
    own = stage.posts(stage.slack.team.im("alice"))[0]
    stage.slack.driver.echo(own)
    event = said.payload["event"]
    for change in (
        {"bot_id": "B0OTHER"},
        {"subtype": "message_changed", "message": {"text": "x"}},
        {"user": "USLACKBOT"},
        {"hidden": True},
        {"edited": {"user": event["user"], "ts": event["ts"]}},
        {"type": "app_mention", "edited": {}},
        {"text": None, "subtype": "channel_join"},
    ):
        stage.clock.now += 1
        stage.slack.driver.event({**event, **change, "ts": f"{int(stage.clock.now)}.000200"})
    stage.settle()
    assert len(stage.engine.asked) == 1


def test_a_failing_engine_is_told_in_the_thread_once(stage: Stage) -> None:
    def fail(request: Request) -> Answer:
        raise RuntimeError("broken")

    stage.engine.answer = fail
    said = stage.slack.driver.mention("bob", "general", "Hefei")
    assert "Something went wrong on my side" in stage.replies(said.message)[0].text
    stage.settle()
    stage.clock.now += 60
    stage.slack.driver.resend(said)
    stage.settle()
    assert len(stage.replies(said.message)) == 1


def test_a_person_of_another_workspace_is_refused_in_a_shared_channel(stage: Stage) -> None:
    said = stage.slack.driver.say("bob", "general", "hello")
    shared = {
        "type": "app_mention",
        "user": "U0FOREIGN",
        "user_team": "T0OTHER",
        "channel": said.message.channel,
    }
    stage.slack.driver.event({**shared, "text": "Hefei", "ts": said.message.ts})
    assert "another workspace" in stage.replies(said.message)[0].text
    assert stage.engine.asked == []


def test_odd_events_are_acknowledged_and_do_nothing(stage: Stage) -> None:
    for body in ({"type": "channel_created", "channel": {"id": "C1"}}, {"type": "message", "channel": []}):
        assert stage.slack.driver.event(body).status in (200, 400)
    said = stage.slack.driver.direct_message("alice", "still here?")
    assert said.ok
    stage.posts(stage.slack.team.im("alice"))


def test_home_says_what_the_bot_does_and_how_to_ask(stage: Stage) -> None:
    stage.slack.driver.open_home("alice")
    alice = stage.slack.team.user("alice").id
    view = stage.slack.team.wait_for(lambda: stage.slack.team.homes.get(alice))
    shown = json.dumps(view.body, ensure_ascii=False)
    assert "Ask the fact base" in shown
    assert "no facts from 1 document" in shown
    stage.slack.driver.click_home("alice", "home_page:help")
    page = stage.slack.team.wait_for(lambda: stage.slack.team.modal_of(stage.slack.team.user("alice")))
    assert "/yrd-city: Asks /yrd-city. For example: /yrd-city Ningbo" in json.dumps(page.body)


def test_the_messages_tab_changes_nothing(stage: Stage) -> None:
    stage.slack.driver.open_home("alice", "messages")
    stage.settle()
    assert stage.slack.calls.of_method("views.publish") == []


def test_the_installer_is_told_once_that_a_scope_is_missing(stage: Stage) -> None:
    stage.slack.faults.error("views.publish", "missing_scope", times=9)
    for _ in range(3):
        stage.slack.driver.open_home("bob")
        stage.settle()
    told = [post.text for post in stage.posts(stage.slack.team.im("alice"))]
    assert len(told) == 1
    assert "A scope that I need" in told[0]


def test_the_installer_is_told_once_of_errors_in_a_row(stage: Stage) -> None:
    def fail(request: Request) -> Answer:
        raise RuntimeError("broken")

    stage.engine.answer = fail
    for _ in range(11):
        stage.slack.driver.command("bob", "general", "/yrd", "Hefei")
    told = [post.text for post in stage.posts(stage.slack.team.im("alice"))]
    assert len(told) == 1
    assert "5 requests in a row failed" in told[0]


def test_a_single_failure_disturbs_nobody(stage: Stage) -> None:
    def fail(request: Request) -> Answer:
        raise RuntimeError("broken")

    for _ in range(6):
        stage.engine.answer = fail
        stage.slack.driver.command("bob", "general", "/yrd", "Hefei")
        stage.engine.answer = lambda request: answer()
        stage.slack.driver.command("bob", "general", "/yrd", "Hefei")
    stage.settle()
    assert stage.slack.calls.of_method("chat.postMessage") == []

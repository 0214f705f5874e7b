"""Slash commands, as whole payloads of Slack's, in both modes."""

from __future__ import annotations

import json
from typing import Any

from handlers.answer import Answer
from handlers.request import Request
from tests.render.answers import answer
from tests.slack.stage import Stage


def test_a_command_is_answered_in_the_ack_for_the_asker_alone(stage: Stage) -> None:
    sent = stage.slack.driver.command("alice", "general", "/yrd-city", "Ningbo")
    assert sent.ok
    assert sent.reply["response_type"] == "ephemeral"
    assert sent.reply["text"].startswith("You asked: Ningbo")
    assert "(Xu et al. 2024, 4.1.1, para 32)" in sent.reply["text"]
    assert {call.method for call in stage.slack.calls.made} <= {"auth.test", "apps.connections.open"}


def test_a_command_is_answered_where_the_bot_is_absent(stage: Stage) -> None:
    sent = stage.slack.driver.command("alice", "random", "/yrd", "Ningbo")
    assert sent.message is not None
    assert sent.message.only_for == stage.slack.team.user("alice").id


def test_the_engine_gets_the_question_as_a_person_reads_it(stage: Stage) -> None:
    stage.slack.driver.command("alice", "general", "/yrd-pair", "Ｎｉｎｇｂｏ &  <Hefei>\u202e")
    asked = stage.engine.asked[-1]
    assert (asked.command, asked.text, asked.page) == ("/yrd-pair", "Ningbo & <Hefei>", 1)
    assert asked.team == stage.slack.team.identity.team_id
    assert asked.now == stage.clock.moment()


def test_an_unknown_command_gets_a_sentence(stage: Stage) -> None:
    sent = stage.slack.driver.command("alice", "general", "/yrd-weather", "Ningbo")
    assert sent.ok
    assert "/yrd-weather" in sent.reply["text"]
    assert "/yrd help" in sent.reply["text"]
    assert stage.engine.asked == []


def test_a_failing_engine_gives_a_sentence_with_an_id_and_the_log_the_same(stage: Stage, caplog: Any) -> None:
    def fail(request: Request) -> Answer:
        raise RuntimeError("secret words of a person")

    stage.engine.answer = fail
    sent = stage.slack.driver.command("alice", "general", "/yrd", "Ningbo")
    assert sent.ok
    assert sent.reply["response_type"] == "ephemeral"
    record = next(record for record in caplog.records if hasattr(record, "reference"))
    assert record.reference in sent.reply["text"]
    assert record.error == "RuntimeError"
    assert "secret words" not in caplog.text + json.dumps(record.trace)


def test_a_long_question_is_cut_and_the_asker_told(stage: Stage) -> None:
    sent = stage.slack.driver.command("alice", "general", "/yrd", "n" * 3000)
    assert "longer than 256 characters" in sent.reply["text"]
    assert len(stage.engine.asked[-1].text) == 256


def test_no_mass_mention_leaves(stage: Stage) -> None:
    stage.engine.answer = lambda request: answer(headline=f"<!channel> {request.text}")
    sent = stage.slack.driver.command("alice", "general", "/yrd", "<!here> <!everyone>")
    assert sent.ok
    assert "<!" not in json.dumps(sent.reply, ensure_ascii=False)


def test_another_workspace_is_refused_politely(stage: Stage) -> None:
    sent = stage.slack.driver.command("alice", "general", "/yrd", "Ningbo")
    foreign = stage.slack.driver.transport.send("slash_commands", sent.payload | {"team_id": "T0OTHER"})
    assert foreign.ok
    assert "another workspace" in foreign.reply["text"]
    assert len(stage.engine.asked) == 1


def test_another_app_is_refused(stage: Stage) -> None:
    sent = stage.slack.driver.command("alice", "general", "/yrd", "Ningbo")
    foreign = stage.slack.driver.transport.send("slash_commands", sent.payload | {"api_app_id": "A0OTHER"})
    assert "another app" in foreign.reply["text"]


def test_a_command_with_missing_fields_gets_a_neutral_sentence(stage: Stage) -> None:
    sent = stage.slack.driver.command("alice", "general", "/yrd", "Ningbo")
    for field in ("team_id", "user_id", "channel_id"):
        payload = {key: value for key, value in sent.payload.items() if key != field}
        odd = stage.slack.driver.transport.send("slash_commands", payload)
        assert odd.ok
        assert "could not read" in odd.reply["text"]


def test_while_slack_does_not_take_the_token_a_command_still_gets_a_sentence(stage: Stage) -> None:
    stage.slack.faults.error("auth.test", "invalid_auth", times=2)
    stage.restart()
    first = stage.slack.driver.command("alice", "general", "/yrd", "Ningbo")
    assert first.ok
    assert "Something went wrong" in first.reply["text"]

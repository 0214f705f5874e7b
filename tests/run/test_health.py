"""Readiness says what is wrong, check by check, and does not pester Slack."""

from __future__ import annotations

import json
import threading

from bot.http.asgi import Message
from bot.http.health import BAD_FOR, GOOD_FOR, Check, Health, Remembered
from tests.event_loop import finished


def _get(path: str, *checks: Check) -> tuple[int, object]:
    return finished(_asked(Health(checks, seconds=0.2), path))


async def _asked(health: Health, path: str) -> tuple[int, object]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError("a GET has no body")

    await health({"type": "http", "method": "GET", "path": path, "headers": []}, receive, send)
    return sent[0]["status"], json.loads(sent[1]["body"])


def _break() -> str:
    raise RuntimeError("xoxb-secret")


def test_healthz_is_well_whatever_the_checks_say() -> None:
    assert _get("/healthz", Check("state", _break)) == (200, {"ok": True})


def test_readyz_is_well_when_every_check_is() -> None:
    assert _get("/readyz", Check("base", lambda: "")) == (200, {"ok": True, "checks": {"base": {"ok": True}}})


def test_readyz_is_503_and_names_the_check_that_failed() -> None:
    status, body = _get("/readyz", Check("base", lambda: ""), Check("state", lambda: "disk full"))
    assert status == 503
    assert body == {
        "ok": False,
        "checks": {"base": {"ok": True}, "state": {"ok": False, "problem": "disk full"}},
    }


def test_a_check_that_breaks_is_a_check_that_fails_and_tells_nothing_secret() -> None:
    status, body = _get("/readyz", Check("state", _break))
    assert status == 503
    assert "secret" not in str(body)


def test_a_check_that_hangs_fails_alone_and_is_asked_once() -> None:
    release, asked = threading.Event(), []

    def hang() -> str:
        asked.append(1)
        release.wait(10)
        return ""

    async def thrice() -> list[tuple[int, object]]:
        health = Health((Check("slack", hang), Check("base", lambda: "")), seconds=0.1)
        return [await _asked(health, "/readyz") for _ in range(3)]

    answers = finished(thrice())
    release.set()
    problem = {"ok": False, "problem": "the check did not end within 0.1 seconds"}
    assert answers == [(503, {"ok": False, "checks": {"slack": problem, "base": {"ok": True}}})] * 3
    assert len(asked) == 1


def test_an_answer_is_remembered_a_minute_when_good_and_seconds_when_bad() -> None:
    now, answers = [0.0], ["bad", "", "bad"]
    remembered = Remembered(lambda: answers.pop(0), lambda: now[0])
    assert [remembered(), remembered()] == ["bad", "bad"]
    now[0] += BAD_FOR
    assert [remembered(), remembered()] == ["", ""]
    now[0] += GOOD_FOR - 1
    assert remembered() == ""
    now[0] += 1
    assert remembered() == "bad"

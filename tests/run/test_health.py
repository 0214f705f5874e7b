"""Readiness says what is wrong, check by check, and does not pester Slack."""

from __future__ import annotations

from flask import Flask

from bot.health import BAD_FOR, GOOD_FOR, Check, Remembered, blueprint


def _get(path: str, *checks: Check) -> tuple[int, object]:
    app = Flask(__name__)
    app.register_blueprint(blueprint(checks))
    response = app.test_client().get(path)
    return response.status_code, response.get_json()


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

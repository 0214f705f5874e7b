"""The doctor finds what is wrong, says what to do, and disturbs nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.cli.doctor import examine, findings
from bot.cli.findings.finding import Finding
from bot.local_slack import LocalSlackServer
from bot.local_slack.state.faults import Stranger
from bot.settings import Settings
from bot.slack.listeners.manifest import scopes_in_use
from tests.run.bot_process import SEEDS, free_port, yrd


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer(scopes=scopes_in_use()) as server:
        yield server


def _settings(folder: Path, slack: LocalSlackServer | None = None, **changes: Any) -> Settings:
    given: dict[str, Any] = {"_env_file": None, "data_dir": folder, "seeds": SEEDS}
    if slack:
        given |= {
            "slack_bot_token": SecretStr(slack.bot_token),
            "slack_app_token": SecretStr(slack.app_token),
            "slack_api_url": slack.api_url,
        }
    return Settings(**(given | changes))


def _found(settings: Settings, **others: Any) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings(settings, **others)}


def test_all_is_well_with_good_tokens_and_a_built_base(folder: Path, slack: LocalSlackServer) -> None:
    found = _found(_settings(folder, slack))
    assert not [finding for finding in found.values() if finding.grade == "FAIL"]
    assert {
        "bot token",
        "app token",
        "scopes",
        "clock",
        "seeds",
        "fact base",
        "state",
        "disk",
    } <= found.keys()
    assert found["scopes"].grade == found["bot token"].grade == found["fact base"].grade == "ok"


def test_it_calls_nothing_but_the_two_harmless_methods(folder: Path, slack: LocalSlackServer) -> None:
    list(findings(_settings(folder, slack)))
    assert {call.method for call in slack.calls.made} == {"auth.test", "apps.connections.open"}


def test_it_makes_no_state(tmp_path: Path) -> None:
    list(findings(_settings(tmp_path / "data")))
    assert not (tmp_path / "data").exists()


def test_a_refused_token_fails_with_what_to_do(folder: Path, slack: LocalSlackServer) -> None:
    found = _found(_settings(folder, slack, slack_bot_token=SecretStr("xoxb-wrong")))
    assert found["bot token"].grade == "FAIL"
    assert "invalid_auth" in found["bot token"].said
    assert found["bot token"].do


def test_being_asked_to_wait_is_not_called_an_answer_of_slacks(folder: Path, slack: LocalSlackServer) -> None:
    slack.faults.rate_limit("*", times=2)
    found = _found(_settings(folder, slack))
    for name in ("bot token", "app token"):
        assert found[name].said == "could not be looked at: was asked to wait (429)"


def test_a_missing_scope_fails_and_a_surplus_one_is_noted(folder: Path) -> None:
    with (
        LocalSlackServer(scopes=[*scopes_in_use()[1:]]) as few,
        LocalSlackServer(scopes=[*scopes_in_use(), "reactions:write"]) as many,
    ):
        assert (missing := _found(_settings(folder, few))["scopes"]).grade == "FAIL"
        assert scopes_in_use()[0] in missing.said
        assert (surplus := _found(_settings(folder, many))["scopes"]).grade == "note"
        assert "reactions:write" in surplus.said


@pytest.mark.parametrize(("skew", "grade"), [(5, "ok"), (-60, "note"), (400, "FAIL"), (-400, "FAIL")])
def test_a_clock_that_differs_is_noted_and_one_beyond_slacks_limit_fails(
    folder: Path, slack: LocalSlackServer, skew: int, grade: str
) -> None:
    assert _found(_settings(folder, slack), now=lambda: time.time() + skew)["clock"].grade == grade


def test_slack_out_of_reach_fails(folder: Path, slack: LocalSlackServer) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/api/"
    assert _found(_settings(folder, slack, slack_api_url=nowhere))["Slack"].grade == "FAIL"


@pytest.mark.parametrize("kind", ["cut", "empty", "login_page", "other_json"])
def test_what_answers_in_slacks_place_is_not_taken_for_slack_nor_quoted(
    kind: Stranger, folder: Path, slack: LocalSlackServer
) -> None:
    slack.faults.stranger("*", kind, times=2)
    found = _found(_settings(folder, slack))
    assert found["Slack"].grade == found["app token"].grade == "FAIL"
    for said in (found["Slack"].said, found["app token"].said):
        assert "not reached (what answered was not Slack: HTTP 200, " in said
        assert "guest network" not in said
    assert "bot token" not in found


def test_bad_seeds_a_missing_base_and_a_damaged_state_are_found(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"no database" * 999)
    found = _found(_settings(tmp_path, seeds=tmp_path / "none"))
    assert found["seeds"].grade == "FAIL"
    assert found["fact base"].grade == "note"
    assert found["state"].grade == "FAIL"
    assert "yrd restore" in found["state"].said


def test_the_exit_status_is_1_when_something_fails_and_0_when_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert examine(_settings(folder)) == 0
    assert examine(_settings(folder, slack_bot_token=SecretStr("xoxb-1"))) == 1
    assert "FAIL  settings" in capsys.readouterr().out


def test_no_secret_is_printed(folder: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/api/"
    ended = yrd(
        folder, "doctor", SLACK_BOT_TOKEN="xoxb-hush", SLACK_APP_TOKEN="xapp-hush", SLACK_API_URL=nowhere
    )
    assert ended.returncode == 1
    assert "hush" not in ended.stdout + ended.stderr

"""`yrd run` from start to end, in each mode, against the local Slack."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.local_slack import LocalSlackServer
from bot.slack.listeners.manifest import scopes_in_use
from tests.run.bot_process import Bot, environment, free_port, yrd


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    # No more than the manifest asks for: a call that needs another scope fails here.
    with LocalSlackServer(scopes=scopes_in_use()) as server:
        yield server


def _over_http(slack: LocalSlackServer, folder: Path) -> Bot:
    port = free_port()
    slack.use_http(f"http://127.0.0.1:{port}/slack/events")
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
    }
    return Bot(folder, settings, port)


def _over_socket(slack: LocalSlackServer, folder: Path) -> Bot:
    slack.use_socket()
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
    }
    return Bot(folder, settings)


MODES = pytest.mark.parametrize("start", [_over_http, _over_socket], ids=["http", "socket"])


@MODES
def test_the_bot_starts_answers_is_ready_and_stops_with_0(
    slack: LocalSlackServer, folder: Path, start: object
) -> None:
    assert callable(start)
    with start(slack, folder) as bot:
        assert bot.said.startswith("YRD Desk is ready")
        if start is _over_socket:
            slack.wait_for_socket()
        assert bot.get("/healthz") == (200, {"ok": True})
        status, ready = _ready(bot)
        assert (status, ready["ok"]) == (200, True)
        assert {"base", "state", "slack"} <= ready["checks"].keys()
        sent = slack.driver.command("alice", "general", "/yrd-city", "Ningbo")
        assert sent.ok, sent
        assert sent.message
        assert "Ningbo" in sent.message.text
        said = slack.driver.mention("bob", "general", "Hefei")
        assert said.ok
        slack.team.wait_for(lambda: slack.team.replies("general", said.message.ts))
        bot.terminate()
        assert bot.exit_status() == 0


def _ready(bot: Bot) -> tuple[int, Any]:
    """What the bot says of itself once it is ready, or after ten seconds: its end of a socket may open after Slack's."""
    deadline = time.monotonic() + 10
    while (said := bot.get("/readyz"))[0] != 200 and time.monotonic() < deadline:
        time.sleep(0.05)
    return said


@MODES
def test_sigterm_lets_an_answer_on_its_way_arrive(
    slack: LocalSlackServer, folder: Path, start: object
) -> None:
    assert callable(start)
    with start(slack, folder) as bot:
        if start is _over_socket:
            slack.wait_for_socket()
        slack.faults.rate_limit("chat.postMessage", retry_after=1)
        said = slack.driver.mention("bob", "general", "Hefei")
        slack.calls.wait_for("chat.postMessage")
        bot.terminate()
        assert bot.exit_status() == 0
    assert len(slack.team.replies("general", said.message.ts)) == 1


def test_a_running_bot_says_what_it_keeps_and_for_how_long(slack: LocalSlackServer, folder: Path) -> None:
    bot = _over_http(slack, folder)
    bot.settings |= {"YRD_QUESTION_DAYS": "12", "YRD_PURGE_DAYS": "5"}
    with bot:
        helped = slack.driver.command("alice", "general", "/yrd", "help privacy").message
    assert helped
    said = helped.text
    assert "more lines" not in said
    assert "12 days, or until a curator settles them" in said
    assert "deleted 5 days after the workspace has removed the app" in said


def test_sigterm_while_the_bot_is_built_ends_it_in_order(folder: Path) -> None:
    with Bot(folder, {}, wait=False) as bot:
        bot.until_listening()
        bot.terminate()
        assert bot.exit_status() == 0


def test_without_tokens_the_local_workspace_is_served_and_its_address_printed(folder: Path) -> None:
    with Bot(folder, {}) as bot:
        assert f"{bot.origin}/" in bot.said
        assert bot.get("/")[0] == 200
        assert bot.get("/readyz")[0] == 200
        bot.terminate()
        assert bot.exit_status() == 0


def test_a_token_that_slack_refuses_leaves_the_bot_alive_but_not_ready(
    slack: LocalSlackServer, folder: Path
) -> None:
    settings = {"SLACK_BOT_TOKEN": "xoxb-wrong", "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": slack.api_url}
    with Bot(folder, settings) as bot:
        assert bot.get("/healthz")[0] == 200
        status, ready = bot.get("/readyz")
        assert (status, ready["ok"], ready["checks"]["slack"]["ok"]) == (503, False, False)
        assert "invalid_auth" in ready["checks"]["slack"]["problem"]
        assert ready["checks"]["base"]["ok"]


def test_a_bot_that_cannot_reach_slack_is_alive_but_not_ready(folder: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/api/"
    settings = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": nowhere}
    with Bot(folder, settings) as bot:
        status, ready = bot.get("/readyz")
        assert status == 503
        assert not ready["checks"]["slack"]["ok"]
        assert not ready["checks"]["socket"]["ok"]
        bot.terminate()
        assert bot.exit_status() == 0


def test_a_socket_that_slack_cuts_or_asks_to_renew_comes_back(slack: LocalSlackServer, folder: Path) -> None:
    with _over_socket(slack, folder):
        slack.wait_for_socket()
        slack.workspace.socket_mode.disconnect()
        slack.workspace.socket_mode.drop()
        slack.wait_for_socket(timeout=30)
        assert slack.driver.command("alice", "general", "/yrd-city", "Ningbo").ok


def test_a_port_in_use_is_one_sentence_and_2(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = yrd(folder, "run", YRD_PORT=str(port))
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}" in ended.stderr
    assert "YRD_PORT" in ended.stderr


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN"),
    ],
)
def test_a_mix_of_tokens_that_is_no_mode_is_one_sentence_and_2(
    tmp_path: Path, given: dict[str, str], missing: str
) -> None:
    ended = yrd(tmp_path, "run", **given)
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert f"{missing}" in ended.stderr


def test_a_damaged_state_is_one_sentence_and_1_and_the_file_stays(folder: Path) -> None:
    damaged = b"not a database" * 500
    (folder / "state.db").write_bytes(damaged)
    ended = yrd(folder, "run", YRD_PORT=str(free_port()))
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "yrd restore" in ended.stderr
    assert (folder / "state.db").read_bytes() == damaged


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_everything_in_the_data_folder_is_its_owners_alone_whatever_the_umask(
    tmp_path: Path, umask: int
) -> None:
    data = tmp_path / "data"
    before = os.umask(umask)
    try:
        assert yrd(tmp_path, "build", YRD_DATA_DIR=str(data)).returncode == 0
        with Bot(tmp_path, {"YRD_DATA_DIR": str(data)}) as bot:
            bot.terminate()
            assert bot.exit_status() == 0
        seen = kinds(data)
        # As an older version, or whoever copied them here, may have left them.
        for name in ("state.db", "facts.db", "workspace.json", "state.db.bak"):
            (data / name).touch()
            (data / name).chmod(0o644)
        (data / "workspace-files").mkdir(mode=0o755, exist_ok=True)
        (data / "workspace-files" / "F1").write_bytes(b"of an upload")
        with Bot(tmp_path, {"YRD_DATA_DIR": str(data)}) as bot:
            seen |= kinds(data)
    finally:
        os.umask(before)
    assert data.stat().st_mode & 0o777 == 0o700
    assert {
        "state.db",
        "state.db.lock",
        "state.db.bak",
        "facts.db",
        "workspace.json",
        "workspace-files/F1",
    } <= seen.keys()
    assert {name: mode for name, mode in seen.items() if mode & 0o077} == {}


def kinds(folder: Path) -> dict[str, int]:
    return {str(file.relative_to(folder)): file.stat().st_mode & 0o777 for file in folder.rglob("*")}


def test_nothing_outlives_a_bot_that_is_killed_and_its_port_is_free(folder: Path) -> None:
    with Bot(folder, {}) as bot:
        children = Path(f"/proc/{bot.pid}/task/{bot.pid}/children")
        assert not children.exists() or children.read_text() == ""
        os.kill(bot.pid, signal.SIGKILL)
        bot.exit_status()
        with Bot(folder, {}, port=bot.port) as again:
            assert again.get("/healthz")[0] == 200


@pytest.mark.parametrize(("options", "lives_on"), [(["--with-parent"], False), ([], True)])
def test_a_bot_ends_with_what_started_it_where_it_was_told_to(
    folder: Path, options: list[str], lives_on: bool
) -> None:
    port = free_port()
    starts = (
        "import subprocess, sys; bot = subprocess.Popen([sys.executable, '-m', 'bot.cli', 'run', *sys.argv[1:]]);"
        " print(bot.pid, flush=True); bot.wait()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", starts, *options],
        cwd=folder,
        env=environment(folder, YRD_PORT=str(port)),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert "ready" in parent.stdout.readline()
    parent.kill()
    parent.wait()
    if lives_on:
        time.sleep(1.5)
        assert healthy(port)
        os.kill(pid, signal.SIGKILL)
    # The pipe is closed once nobody has it any more: the bot has ended.
    parent.stdout.read()
    with Bot(folder, {}, port=port) as again:
        assert again.get("/healthz")[0] == 200


def healthy(port: int) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
        return bool(answer.status == 200)

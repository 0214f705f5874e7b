"""Canaries in every secret and in everything that people type: none is printed, logged, kept or sent where it is not due."""

from __future__ import annotations

import base64
import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from bot.local_slack import LocalSlackServer
from bot.local_slack.driver.transport import HttpTransport
from bot.local_slack.state.faults import STRANGERS
from bot.local_slack.state.identity import new_identity
from bot.slack.listeners.manifest import scopes_in_use
from bot.slack.listeners.shortcut import LOOK_UP_CALLBACK
from tests.run.bot_process import Bot, free_port, yrd
from tests.slack.curation_stage import FILLED
from tests.slack.peer import Peer, answers

BOT, APP, SIGNING = "zqbottoken41", "zqapptoken42", "zqsigningsecret43"
USER, PASSWORD = "zqproxyuser44", "zqproxyword45"
SECRETS = (BOT, APP, SIGNING, PASSWORD, base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode())
# What people type, each by another way in. No log may hold any.
WORD = "zqword"
# Tables without which handlers fail with exceptions that nobody expects.
BROKEN = {"questions", "conversations", "shown", "feedback", "subscriptions", "arrivals"}


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    plain = new_identity(scopes_in_use())
    identity = replace(plain, bot_token=f"xoxb-{BOT}", app_token=f"xapp-1-{APP}", signing_secret=f"{SIGNING}")
    with LocalSlackServer(scopes=scopes_in_use(), identity=identity) as server:
        yield server


def given(slack: LocalSlackServer, mode: str, proxy: str = "127.0.0.1:9") -> dict[str, str]:
    """Return settings with a canary in each secret, at the level that logs most."""
    me = slack.workspace.identity
    chosen = (
        {"SLACK_APP_TOKEN": me.app_token} if mode == "socket" else {"SLACK_SIGNING_SECRET": me.signing_secret}
    )
    return {
        **chosen,
        "SLACK_BOT_TOKEN": me.bot_token,
        "SLACK_API_URL": slack.api_url,
        "YRD_LOG_LEVEL": "DEBUG",
        "YRD_INSTALLER": slack.team.user("alice").id,
        "HTTPS_PROXY": f"http://{USER}:{PASSWORD}@{proxy}",
        "NO_PROXY": "",
        "no_proxy": "",
    }


def work(slack: LocalSlackServer) -> None:
    """Come in by every way there is, with words in each."""
    people = slack.driver
    people.command("alice", "general", "/yrd-city", f"{WORD}city")
    people.command("alice", "general", "/yrd", f"How many patents has {WORD}question in Ningbo?")
    people.command("alice", "general", "/yrd-digest", f"subscribe {WORD}digest daily")
    said = people.mention("bob", "general", f"Which district is twinned with {WORD}mention?").message
    people.edit("bob", said, f"Which is twinned with {WORD}edit?")
    people.direct_message("bob", f"{WORD}direct Hefei")
    people.direct_message("bob", f"{WORD}broken Hefei")
    people.command("alice", "general", "/yrd-city", f"{WORD}broken")
    people.open_home("alice")
    people.shortcut(
        "alice", people.say("alice", "general", f"{WORD}shortcut in Ningbo").message, LOOK_UP_CALLBACK
    )
    people.command("bob", "general", "/yrd", "add")
    _until(lambda: slack.team.modal_of("bob") is not None)
    if slack.team.modal_of("bob"):
        people.submit_view("bob", FILLED | {"p_statement": f"{FILLED['p_statement']} {WORD}proposal"})
    answer = people.command("alice", "general", "/yrd-city", "Ningbo").message
    if answer is not None:
        for press in [
            e["action_id"] for b in answer.blocks for e in b.get("elements", ()) if "action_id" in e
        ][:3]:
            people.click("alice", answer, press)


def trouble(slack: LocalSlackServer, folder: Path) -> None:
    """Let Slack refuse and break off in every way, quoting what it was sent; strangers come, and the state breaks."""
    faults = slack.faults
    faults.error("*", f"bad {slack.bot_token} {WORD}refused", times=3)
    for method in ("chat.postMessage", "response_url", "views.open", "users.info"):
        faults.error(method, "invalid_auth")
        faults.server_error(method)
        faults.drop(method, accepted=True)
        for kind in STRANGERS:
            faults.stranger(method, kind, seconds=0.2)
    work(slack)
    faults.clear()
    with closing(sqlite3.connect(folder / "state.db", timeout=60)) as state:
        tables = {name for (name,) in state.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in sorted(tables & BROKEN):
            state.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")
        state.commit()
    work(slack)


def strangers(bot: Bot, slack: LocalSlackServer) -> str:
    """Return what somebody is told who signs wrongly, sends what is none of Slack's, or just looks."""
    told = []
    wrong = HttpTransport(f"{bot.origin}/slack/events", "wrong")
    right = HttpTransport(f"{bot.origin}/slack/events", slack.signing_secret)
    for body in (
        f"command=/yrd&text={WORD}form".encode(),
        f'{{"text": "{WORD}json"'.encode(),
        b"[" * 9000,
        b"\xff",
    ):
        for by in (wrong, right):
            for kind in ("application/json", "application/x-www-form-urlencoded"):
                told.append(str(by.post(body, {"Content-Type": kind, **by.signature(body)})))
    told += [str(bot.get(path)) for path in ("/healthz", "/readyz", "/slack/events", f"/{WORD}path")]
    return "".join(told)


def _until(happened: Callable[[], bool], seconds: float = 5.0) -> None:
    ends = time.monotonic() + seconds
    while not happened() and time.monotonic() < ends:
        time.sleep(0.02)


def found(names: tuple[str, ...], *texts: str | bytes) -> set[str]:
    """Return those of `names` that stand in a text, as they are or as URLs write them."""
    held = b"\0".join(text if isinstance(text, bytes) else text.encode() for text in texts)
    return {name for name in names if name.encode() in held or quote(name).encode() in held}


def kept(folder: Path) -> bytes:
    """Return all that stands in files of the bot."""
    found = []
    for path in folder.rglob("*"):
        # A journal may be gone by the time that it is opened; what it held stands in the file then.
        with suppress(FileNotFoundError):
            found.append(path.read_bytes() if path.is_file() and path.name != "log" else b"")
    return b"\0".join(found)


def printed(folder: Path, settings: dict[str, str], *lines: str) -> str:
    """Return what commands print that look at all this."""
    ended = [yrd(folder, *line.split(), **settings) for line in lines]
    return "".join(f"{one.stdout}{one.stderr}" for one in ended)


def sent(slack: LocalSlackServer) -> str:
    """Return all that Slack was sent but the tokens that stand for who sends."""

    def bare(payload: Any) -> Any:
        return {name: value for name, value in payload.items() if name != "token"}

    return json.dumps([(call.method, bare(call.payload)) for call in slack.calls.made])


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["http", "socket"])
def test_no_secret_leaves_and_no_word_is_logged(slack: LocalSlackServer, folder: Path, mode: str) -> None:
    log, port = folder / "log", free_port()
    settings = given(slack, mode)
    with Bot(folder, settings, port, log=log, program="tests.run.broken_bot") as bot:
        if mode == "socket":
            slack.use_socket()
            slack.wait_for_socket()
        else:
            slack.use_http(f"{bot.origin}/slack/events")
        work(slack)
        # Questions without an answer are kept: what looks for canaries finds those.
        _until(lambda: bool(found((f"{WORD}question",), kept(folder))))
        before = printed(
            folder, settings, "digest list", "digest run", "backup copy.db", "export contributions --to out"
        )
        assert found((f"{WORD}question",), kept(folder))
        trouble(slack, folder)
        told = strangers(bot, slack) if mode == "http" else ""
        bot.terminate()
        bot.exit_status()
        said = bot.said
    after = printed(folder, settings, "doctor", "check")
    logged = log.read_text()
    assert logged.count('"level": "ERROR"') > 3
    assert found(SECRETS, logged, said, before, told, sent(slack), kept(folder), after) == set()
    assert [line for line in logged.splitlines() if WORD in line] == []
    assert all(json.loads(line) for line in logged.splitlines())


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["http", "socket"])
def test_a_proxy_that_quotes_and_refuses_is_not_quoted(
    slack: LocalSlackServer, folder: Path, mode: str
) -> None:
    log, quoted = folder / "log", base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    with Peer(answers(407, f"{USER} {PASSWORD} {quoted}".encode(), says_so=f"{PASSWORD} {quoted}")) as proxy:
        settings = given(slack, mode, f"127.0.0.1:{proxy.port}") | {
            "SLACK_API_URL": "https://slack.example/api/"
        }
        with Bot(folder, settings, log=log) as bot:
            slack.use_http(f"{bot.origin}/slack/events")
            slack.driver.mention("bob", "general", f"{WORD}mention")
            status, ready = bot.get("/readyz")
            examined = yrd(folder, "doctor", **settings)
            bot.terminate()
            bot.exit_status()
    assert (status, "the proxy refused the connection, 407" in str(ready)) == (503, True)
    assert "the proxy refused the connection, 407" in examined.stdout
    logged = log.read_text()
    assert (
        found((*SECRETS, USER), logged, str(ready), examined.stdout, examined.stderr, kept(folder)) == set()
    )
    assert WORD not in logged

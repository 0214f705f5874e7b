"""What makes the bot stand still is seen: by /readyz, by the doctor, and by one warning in the log."""

from __future__ import annotations

import hmac
import http.client
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.digests.round_watch import LONGEST, RoundWatch
from bot.http.health import Check
from bot.http.health_watch import AGAIN_SECONDS, HealthWatch
from bot.local_slack import LocalSlackServer
from bot.slack.listeners.manifest import scopes_in_use
from bot.slack.receiving.signing import MANY, WITHIN_SECONDS, SigningWatch, fingerprint
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.disk import version
from bot.state.disk.probe import READ_EVERY, Soundness
from bot.state.errors import StateError
from bot.state.store import Store
from tests.digests.office import DAILY, MORNING
from tests.run.bot_process import ROOT, Bot, environment, free_port, yrd
from tests.state import raw, version_0_1
from tests.state.corrupting import corrupt


class Seconds:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


# -- state.db ---------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "state.db")
    for _ in range(20):
        StoredSubscriptions(store).add(DAILY, MORNING)
    yield store
    store.close()


def flip_bits(path: Path) -> None:
    content = bytearray(path.read_bytes())
    # The header stays: a file whose pages are broken is still one of SQLite's.
    for at in range(4096, len(content), 7):
        content[at] ^= 0xFF
    path.write_bytes(content)


def put_garbage(path: Path) -> None:
    path.write_bytes(b"nonsense" * 4096)


def add_migration(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE yrd_schema SET version_num = '0999'")


def rename_column(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("ALTER TABLE events RENAME COLUMN message TO said")


def replace_file(path: Path) -> None:
    shutil.copy(path, path.with_suffix(".copy"))
    os.replace(path.with_suffix(".copy"), path)


WRONGS: dict[str, tuple[Callable[[Path], None], str]] = {
    "bits flipped": (flip_bits, "is damaged"),
    "garbage": (put_garbage, "is damaged"),
    "another version's migration": (add_migration, "newer version"),
    "another version's column": (rename_column, "it lacks message of events"),
    "taken away": (Path.unlink, "was taken away"),
    "replaced": (replace_file, "was taken away or put in place of another"),
}


@pytest.mark.parametrize("wrong", WRONGS)
def test_what_happens_to_state_db_while_the_bot_runs_is_seen(wrong: str, store: Store) -> None:
    clock = Seconds()
    sound = Soundness(raw.path_of(store), clock)
    assert sound.problem() == ""
    break_it, told = WRONGS[wrong]
    break_it(raw.path_of(store))
    clock.now += READ_EVERY
    assert told in sound.problem()


def test_a_lock_that_another_program_holds_is_not_called_damage(store: Store, monkeypatch: Any) -> None:
    monkeypatch.setattr("bot.state.disk.probe._WAIT", 0.1)
    with closing(sqlite3.connect(raw.path_of(store))) as other:
        other.execute("BEGIN EXCLUSIVE")
        found = Soundness(raw.path_of(store), Seconds()).problem()
    assert "locked" in found
    assert "damaged" not in found


@pytest.mark.parametrize(
    ("break_it", "said"), [(add_migration, version.NEWER), (rename_column, "it lacks message of events")]
)
def test_a_state_db_of_another_version_is_refused_at_start_in_a_sentence(
    break_it: Callable[[Path], None], said: str, folder: Path
) -> None:
    Store.open(folder / "state.db").close()
    break_it(folder / "state.db")
    with pytest.raises(StateError, match=re.escape(said)):
        Store.open(folder / "state.db")
    ran = yrd(folder, "run", YRD_PORT=str(free_port()))
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (1, "", 1)
    assert said in ran.stderr
    looked = yrd(folder, "doctor")
    assert looked.returncode == 1
    assert "FAIL  state" in looked.stdout


# -- the running bot and the doctor -----------------------------------------------------------------------


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer(scopes=scopes_in_use()) as server:
        yield server


def over_http(slack: LocalSlackServer, folder: Path, secret: str = "") -> Bot:
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url,
        "SLACK_SIGNING_SECRET": secret or slack.signing_secret,
    }  # fmt: skip
    return Bot(folder, settings)


def test_a_damaged_state_db_is_seen_by_readyz_and_by_the_doctor(
    slack: LocalSlackServer, folder: Path
) -> None:
    with over_http(slack, folder) as bot:
        flip_bits(folder / "state.db")
        deadline = time.monotonic() + READ_EVERY + 5
        while (ready := bot.get("/readyz"))[0] == 200:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert "is damaged" in ready[1]["checks"]["state"]["problem"]
        looked = yrd(folder, "doctor", YRD_PORT=str(bot.port), **bot.settings)
        assert looked.returncode == 1
        assert "FAIL  running bot, state" in looked.stdout


def test_the_doctor_says_that_the_running_bot_is_ready_and_that_a_stranger_is_none(
    slack: LocalSlackServer, folder: Path
) -> None:
    with over_http(slack, folder) as bot:
        looked = yrd(folder, "doctor", YRD_PORT=str(bot.port), **bot.settings)
        assert "ok    running bot: is ready" in looked.stdout
    port = slack.api_url.split(":")[2].split("/")[0]
    looked = yrd(folder, "doctor", YRD_PORT=port, **bot.settings)
    assert "note  running bot: what answers on port" in looked.stdout


def test_a_wrong_signing_secret_is_seen_and_strangers_cannot_pretend_one(
    slack: LocalSlackServer, folder: Path
) -> None:
    with over_http(slack, folder, secret="another") as bot:
        _knock(slack, bot)
        status, ready = bot.get("/readyz")
        assert status == 503
        assert "SLACK_SIGNING_SECRET" in ready["checks"]["signatures"]["problem"]
    with over_http(slack, folder) as bot:
        slack.use_http(f"{bot.origin}/slack/events")
        assert slack.driver.command("alice", "general", "/yrd-city", "Ningbo").status == 200
        _knock(slack, bot, sign="wrong")
        status, ready = bot.get("/readyz")
        assert (status, "note" in ready["checks"]["signatures"]) == (200, True)
        time.sleep(0.3)
    with over_http(slack, folder) as bot:
        _knock(slack, bot, sign="wrong")
        assert bot.get("/readyz")[0] == 200


@pytest.mark.parametrize("ahead", [-400, 400])
def test_a_clock_by_which_every_request_is_refused_is_seen(
    slack: LocalSlackServer, folder: Path, ahead: int
) -> None:
    with over_http(slack, folder) as bot:
        _knock(slack, bot, ahead=ahead)
        status, ready = bot.get("/readyz")
        assert status == 503
        assert "turn on NTP" in ready["checks"]["signatures"]["problem"]
        slack.use_http(f"{bot.origin}/slack/events")
        assert slack.driver.command("alice", "general", "/yrd-city", "Ningbo").status == 200
        assert bot.get("/readyz")[0] == 200
        _knock(slack, bot, ahead=ahead)
        status, ready = bot.get("/readyz")
        assert (status, "NTP" in ready["checks"]["signatures"]["note"]) == (200, True)


def _knock(slack: LocalSlackServer, bot: Bot, sign: str = "", ahead: int = 0) -> None:
    """Send what is Slack's in all but its signature or, `ahead` seconds, its time."""
    for number in range(MANY):
        body = f"command=/yrd-city&text={number}"
        stamp = str(int(time.time()) + ahead)
        mac = hmac.new((sign or slack.signing_secret).encode(), f"v0:{stamp}:{body}".encode(), "sha256")
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac.hexdigest()}"}
        connection = http.client.HTTPConnection("127.0.0.1", bot.port, timeout=5)
        connection.request("POST", "/slack/events", body, headers)
        assert connection.getresponse().status == 401
        connection.close()


def test_the_doctor_leaves_a_state_db_of_an_older_version_as_it_is(folder: Path) -> None:
    path = folder / "state.db"
    version_0_1.make(path)
    before = path.read_bytes()
    looked = yrd(folder, "doctor")
    assert looked.returncode == 0
    assert "is sound, and of an older version\n        The next start brings it up to date." in looked.stdout
    assert path.read_bytes() == before


def test_seeds_that_may_not_be_read_are_a_sentence_of_the_check(open_folder: Path) -> None:
    (open_folder / "seeds").mkdir(mode=0o700)
    ran = as_nobody(open_folder, "check", data=open_folder / "data", YRD_SEEDS=str(open_folder / "seeds"))
    assert (ran.returncode, ran.stderr.count("cannot be read: Permission denied.")) == (2, 1)
    assert "Traceback" not in ran.stderr
    assert "went wrong" not in ran.stderr


def test_rows_that_cannot_be_read_are_named_by_the_doctor_and_the_list(folder: Path) -> None:
    store = Store.open(folder / "state.db")
    for _ in range(2):
        StoredSubscriptions(store).add(DAILY, MORNING)
    corrupt(store, "subscriptions", "plan", '{"secret words": 1}', "id = '1'")
    store.close()
    looked = yrd(folder, "doctor")
    assert looked.returncode == 1
    assert "FAIL  rows: 1 row cannot be read: subscriptions 1" in looked.stdout
    listed = yrd(folder, "digest", "list")
    assert listed.returncode == 1
    assert listed.stderr == "subscriptions 1 cannot be read and is left out\n"
    assert listed.stdout.splitlines()[1].startswith("1  C04GENERAL1  cannot be read")
    assert "secret words" not in looked.stdout + listed.stdout


# -- folders ----------------------------------------------------------------------------------------------


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may look into."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def as_nobody(folder: Path, *arguments: str, data: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run `yrd` as a user who owns nothing."""
    if os.getuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("only root can become somebody else")
    become = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    return subprocess.run(
        [*become, sys.executable, "-m", "bot.cli", *arguments],
        cwd=folder,
        env=environment(
            data,
            PYTHONPATH=str(ROOT),
            PYTHONDONTWRITEBYTECODE="1",
            YRD_PORT=str(free_port()),
            **changes,
        ),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def nothing(folder: Path) -> Path:
    return folder


def a_file(folder: Path) -> Path:
    (folder / "data").write_text("x")
    return folder / "data"


def a_lock_of_root(folder: Path) -> Path:
    folder.chmod(0o777)
    lock = folder / "state.db.lock"
    lock.write_text("")
    lock.chmod(0o600)
    return folder


def a_state_in_a_folder_of_root(folder: Path) -> Path:
    Store.open(folder / "state.db").close()
    for name in ("state.db", "state.db.lock"):
        os.chown(folder / name, 65534, 65534)
    return folder


def a_folder_in_one_of_root(folder: Path) -> Path:
    (folder / "shut").mkdir(mode=0o700)
    return folder / "shut" / "data"


def a_link_in_a_circle(folder: Path) -> Path:
    (folder / "data").symlink_to("data")
    return folder / "data" / "more"


def too_long_a_name(folder: Path) -> Path:
    return folder / ("long" * 100)


MADE = (
    nothing, a_file, a_lock_of_root, a_state_in_a_folder_of_root, a_folder_in_one_of_root, a_link_in_a_circle,
    too_long_a_name,
)  # fmt: skip


@pytest.mark.parametrize("made", MADE)
def test_a_folder_that_cannot_be_used_is_a_sentence_and_fails_the_doctor(
    made: Callable[[Path], Path], open_folder: Path
) -> None:
    data = made(open_folder)
    looked = as_nobody(open_folder, "doctor", data=data)
    assert looked.returncode == 1
    assert "FAIL  folder" in looked.stdout or "FAIL  state" in looked.stdout
    assert looked.stderr == ""
    assert "disk: " in looked.stdout
    ran = as_nobody(open_folder, "run", data=data)
    assert ran.returncode in (1, 2)
    assert len(ran.stderr.splitlines()) == 1
    assert "Traceback" not in ran.stderr


# -- what watches -----------------------------------------------------------------------------------------


def test_rounds_that_do_not_go_through_for_two_minutes_are_seen() -> None:
    clock = Seconds()
    watch = RoundWatch(clock)
    clock.now += LONGEST
    assert watch.problem() == ""
    clock.now += 1
    assert "no round of digests has gone through for 2 minutes" in watch.problem()
    watch.went_through()
    assert watch.problem() == ""


def test_a_check_that_fails_is_logged_once_and_told_once(caplog: pytest.LogCaptureFixture) -> None:
    clock, told = Seconds(), []
    found = {"state": "is damaged"}
    checks = (Check("state", lambda: found["state"]), Check("base", lambda: ""))
    watch = HealthWatch(checks, lambda name, problem: told.append((name, problem)), clock)
    for _ in range(5):
        watch.look()
        clock.now += 20
    assert len(caplog.records) == 1
    clock.now += AGAIN_SECONDS
    watch.look()
    assert [record.getMessage() for record in caplog.records] == ["not ready", "not ready"]
    assert told == [("state", "is damaged")]
    found["state"] = ""
    watch.look()
    watch.look()
    assert [record.getMessage() for record in caplog.records][2:] == ["ready again"]


def test_what_a_check_that_does_not_fail_warns_of_is_logged_once_an_hour_and_told_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock, told, noted = Seconds(), [], {"signatures": ""}
    check = Check("signatures", lambda: "", lambda: "nothing to look at", lambda: noted["signatures"])
    watch = HealthWatch((check,), lambda name, problem: told.append((name, problem)), clock)
    watch.look()
    assert not caplog.records
    for _ in range(5):
        for noted["signatures"] in ("many were refused", ""):
            watch.look()
            clock.now += 20
    assert [(record.getMessage(), vars(record)["warning"]) for record in caplog.records] == [
        ("ready, but", "many were refused")
    ]
    clock.now += AGAIN_SECONDS
    noted["signatures"] = "many were refused"
    watch.look()
    assert len(caplog.records) == 2
    assert told == []


def test_a_secret_is_doubted_only_before_it_was_ever_right() -> None:
    clock = Seconds()
    first: list[bool] = []
    watch = SigningWatch(accepted_first=lambda: first.append(True), now=clock)
    for _ in range(MANY):
        assert watch.problem() == ""
        watch.refused()
    assert "SLACK_SIGNING_SECRET" in watch.problem()
    clock.now += WITHIN_SECONDS + 1
    assert watch.problem() == ""
    watch.accepted()
    watch.accepted()
    for _ in range(MANY):
        watch.refused()
    assert (watch.problem(), "SLACK_SIGNING_SECRET" in watch.note(), first) == ("", True, [True])


def test_a_fingerprint_holds_nothing_of_the_secret() -> None:
    assert "canary" not in fingerprint("canary")
    assert fingerprint("canary") != fingerprint("another")

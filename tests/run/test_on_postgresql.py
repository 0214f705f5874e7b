"""Bots whose state is on a PostgreSQL: several at once are as one, and one whose server is away answers what needs none."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.local_slack import LocalSlackServer
from bot.local_slack.state.records import Channel
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.contributions import StoredContributions
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.first_seen import StoredFirstSeen
from bot.state.store import Store
from handlers.subscription import Subscription
from tests.cli.test_export_seeds import PAGE, approved
from tests.digests.office import OWNER, TEAM, slot_of
from tests.run.bot_process import Bot, free_port, until, yrd
from tests.state import raw, version_0_1
from tests.state.cutting import Wire

# Slack waits three seconds for an answer.
ANSWERED_SECONDS = 3.0
# Everywhere, within two seconds; and a little for the machine of the tests.
KNOWN_SECONDS = 2.0


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with closing(Store.connect(url)) as store:
        yield store


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer(scopes=scopes_in_use()) as server:
        yield server


def bot(slack: LocalSlackServer, folder: Path, url: str) -> Bot:
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "YRD_DATABASE_URL": url,
    }
    return Bot(folder, settings, free_port())


def ask(slack: LocalSlackServer, of: Bot, command: str, text: str) -> str:
    """Return what the first message of one bot says."""
    slack.use_http(f"{of.origin}/slack/events")
    before = len(slack.team.ephemerals("general", "alice"))
    began = time.monotonic()
    slack.driver.command("alice", "general", command, text)
    assert time.monotonic() - began < ANSWERED_SECONDS
    shown = slack.team.wait_for(
        lambda: seen if len(seen := slack.team.ephemerals("general", "alice")) > before else None
    )[-1]
    return f"{shown.text} {shown.blocks}"


def tells(slack: LocalSlackServer, one: Bot) -> bool:
    """Say whether a bot tells the fact that was approved: of no other it says who did so."""
    return "approved by Carol" in ask(slack, one, "/yrd", PAGE.statement)


def record(store: Store) -> None:
    """Have a fact proposed and approved."""
    first, second = approved(PAGE)
    StoredContributions(store).record(TEAM, lambda events: first)
    StoredContributions(store).record(TEAM, lambda events: second)


def test_what_one_bot_is_told_the_other_knows(
    slack: LocalSlackServer, folder: Path, url: str, store: Store
) -> None:
    proposed, approval = approved(PAGE)
    with bot(slack, folder, url) as first, bot(slack, folder, url) as second:
        ask(slack, first, "/yrd-digest", "subscribe ports daily 09:00")
        slack.driver.click("alice", slack.team.ephemerals("general", "alice")[-1], "choice:0")
        until(lambda: "every day at 09:00" in ask(slack, second, "/yrd-digest", "list"), 10)
        StoredContributions(store).record(TEAM, lambda events: proposed)
        time.sleep(KNOWN_SECONDS)
        assert not any(tells(slack, one) for one in (first, second))
        StoredContributions(store).record(TEAM, lambda events: approval)
        for one in (first, second):
            until(partial(tells, slack, one), KNOWN_SECONDS)
    assert not (folder / "state.db").exists()


def test_digests_that_are_due_at_once_are_posted_once_by_two_bots(
    slack: LocalSlackServer, folder: Path, url: str, store: Store
) -> None:
    due = datetime.now(UTC) - timedelta(minutes=1)
    for number in range(20):
        channel = f"C04MANY{number:03}"
        slack.team.add_channel(Channel(channel, channel.lower(), {slack.team.identity.bot_user}))
        at = due.time().replace(microsecond=0)
        new = Subscription(TEAM, channel, OWNER, at, "UTC", weekdays=tuple(range(7)), topics=("ports",))
        StoredSubscriptions(store).add(new, due - timedelta(hours=1))
    with ExitStack() as running:
        for _ in range(2):
            running.enter_context(bot(slack, folder, url))
        done = "SELECT count(*) AS n FROM deliveries WHERE state IN ('posted', 'late') AND part = 'digest'"
        until(lambda: raw.rows(store, done)[0]["n"] == 20, 60)
    posts = [
        post
        for channel in slack.team.channels.values()
        for post in slack.team.posts(channel.id)
        if post.by_bot
    ]
    slots = Counter(slot_of(post) for post in posts if post.metadata and not post.thread_ts)
    assert len(slots) == 20
    assert set(slots.values()) == {1}
    workers = raw.rows(store, "SELECT DISTINCT claimed_by FROM deliveries WHERE claimed_by != ''")
    assert len(workers) >= 1


def test_while_the_database_is_away_facts_are_answered_and_afterwards_all_is_as_before(
    slack: LocalSlackServer, folder: Path, url: str
) -> None:
    with closing(Wire(url)) as wire, bot(slack, folder, wire.url) as one:
        ask(slack, one, "/yrd-digest", "subscribe ports daily 09:00")
        assert one.get("/readyz")[0] == 200
        wire.down()
        for _ in range(3):
            assert "Ningbo" in ask(slack, one, "/yrd-city", "Ningbo")
        said = ask(slack, one, "/yrd-digest", "subscribe talent daily 10:00")
        assert "again" in said
        until(lambda: one.get("/readyz")[0] == 503, 20)
        assert "cannot be reached" in str(one.get("/readyz")[1])
        assert one.get("/healthz")[0] == 200
        wire.up()
        until(lambda: one.get("/readyz")[0] == 200, 20)
        listed = ask(slack, one, "/yrd-digest", "list")
        assert "orts" in listed
        assert "alent" not in listed


def test_while_the_database_stands_still_as_many_questions_as_come_are_answered_from_the_facts(
    slack: LocalSlackServer, folder: Path, url: str
) -> None:
    with closing(Wire(url)) as wire, bot(slack, folder, wire.url) as one:
        assert "675.523" in ask(slack, one, "/yrd", "GDP of Xuzhou")
        before = len(slack.team.ephemerals("general", "alice"))
        wire.hold()
        # More than the bot has threads to answer with.
        with ThreadPoolExecutor(12) as people:
            for _ in range(12):
                people.submit(slack.driver.command, "alice", "general", "/yrd", "GDP of Xuzhou")
        until(lambda: len(slack.team.ephemerals("general", "alice")) == before + 12)
        answers = slack.team.ephemerals("general", "alice")[before:]
        assert all("675.523" in f"{shown.text} {shown.blocks}" for shown in answers)
        assert "Ningbo" in ask(slack, one, "/yrd-city", "Ningbo")
        until(lambda: "does not answer" in str(one.get("/readyz")[1]))
        wire.flow()
        until(lambda: one.get("/readyz")[0] == 200)
        assert "no digests here" in ask(slack, one, "/yrd-digest", "list")


def test_a_bot_that_starts_while_the_database_is_away_works_once_it_is_back(
    slack: LocalSlackServer, folder: Path, url: str
) -> None:
    with closing(Wire(url)) as wire:
        wire.down()
        with bot(slack, folder, wire.url) as one:
            assert "Ningbo" in ask(slack, one, "/yrd-city", "Ningbo")
            wire.up()
            until(lambda: one.get("/readyz")[0] == 200, 20)
            assert "orts" in ask(slack, one, "/yrd-digest", "subscribe ports daily 09:00")


def test_a_state_db_is_carried_over_and_left_as_it_was(folder: Path, url: str, store: Store) -> None:
    version_0_1.make(folder / "old" / "state.db")
    with closing(Store.open(folder / "new" / "state.db")) as kept:
        record(kept)
        StoredSubscriptions(kept).add(
            Subscription(TEAM, "C1", OWNER, datetime.now(UTC).time(), "UTC", (0,), topics=("ports",)),
            datetime.now(UTC),
        )
    before = (folder / "new" / "state.db").read_bytes()
    empty = yrd(folder, "migrate", "--from", str(folder / "old" / "state.db"), YRD_DATABASE_URL=url)
    assert (empty.returncode, empty.stdout.count("0 rows")) == (0, 1)
    carried = yrd(folder, "migrate", "--from", str(folder / "new" / "state.db"), YRD_DATABASE_URL=url)
    assert (carried.returncode, carried.stderr) == (0, "")
    assert len(StoredContributions(store).events(TEAM)) == 2
    assert [kept.id for kept in StoredSubscriptions(store).listed(TEAM)] == ["1"]
    assert (folder / "new" / "state.db").read_bytes() == before
    again = yrd(folder, "migrate", "--from", str(folder / "new" / "state.db"), YRD_DATABASE_URL=url)
    assert (again.returncode, "holds rows already" in again.stderr, "CREATE DATABASE" in again.stderr) == (
        1,
        True,
        True,
    )


def test_a_state_db_is_carried_over_to_a_database_that_a_bot_was_started_on(
    slack: LocalSlackServer, folder: Path, url: str, store: Store
) -> None:
    with closing(Store.open(folder / "old" / "state.db")) as kept:
        record(kept)
        StoredFirstSeen(kept).note(TEAM, ["a fact"], datetime(2026, 1, 1, tzinfo=UTC))
    with bot(slack, folder, url) as one:
        until(lambda: raw.count(store, "arrivals") and raw.count(store, "identities"))
        assert one.get("/healthz")[0] == 200
    carried = yrd(folder, "migrate", "--from", str(folder / "old" / "state.db"), YRD_DATABASE_URL=url)
    assert (carried.returncode, carried.stderr) == (0, "")
    assert [row["fact"] for row in raw.rows(store, "SELECT fact FROM arrivals")] == ["a fact"]
    assert len(StoredContributions(store).events(TEAM)) == 2


def test_the_command_line_says_what_is_for_a_file_and_how_the_server_is(folder: Path, url: str) -> None:
    for command in ("backup", "restore"):
        ran = yrd(folder, command, "copy.db", YRD_DATABASE_URL=url)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert "pg_" in ran.stderr
    migrated = yrd(folder, "migrate", YRD_DATABASE_URL=url)
    assert (migrated.returncode, "is up to date" in migrated.stdout) == (0, True)
    looked = yrd(folder, "doctor", YRD_DATABASE_URL=url)
    assert "is up to date and can be written" in looked.stdout
    listed = yrd(folder, "digest", "list", YRD_DATABASE_URL=url)
    assert listed.returncode == 0
    assert yrd(folder, "migrate", "--from", "x.db").returncode == 2
    gone = yrd(folder, "migrate", YRD_DATABASE_URL="postgresql://yrd:sesame@127.0.0.1:1/yrd")
    assert (gone.returncode, gone.stdout, "sesame" in gone.stderr) == (1, "", False)

"""A row that cannot be read stops nobody else, is told of once, and says what to do."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from bot.render.fact_renderer import fact_renderer
from bot.render.plain import plain
from handlers.digests.changing import end
from handlers.digests.showing import listed, show
from handlers.request import DIGEST, Request
from handlers.services import Services
from handlers.target import Target
from tests.digests.office import DAILY, OWNER, TEAM, Office
from tests.slack.stage import base
from tests.state import raw
from tests.state.corrupting import columns, corrupt, plans, values

OTHER = "C05RANDOM22"
SUBSCRIPTIONS = (
    "channel", "owner", "plan", "paused", "paused_until", "pause_reason", "version", "created_at", "edited_at",
    "since",
)  # fmt: skip
DELIVERIES = (
    "channel", "label", "state", "due_at", "not_before", "attempt", "claimed_by", "since", "ts", "why", "facts",
    "content", "thread_ts", "part", "slot",
)  # fmt: skip


def another(office: Office) -> str:
    """Set up a digest of another channel, and return that channel."""
    place = next(
        c.id for c in office.slack.team.channels.values() if c.id != DAILY.channel and c.name == "delta-news"
    )
    office.subscribe(replace(DAILY, channel=place, owner="U05BOB"))
    return place


def asked(office: Office, text: str = "", user: str = OWNER, channel: str = DAILY.channel) -> Request:
    return Request(
        team=TEAM,
        user=user,
        channel=channel,
        command=DIGEST,
        text=text,
        now=office.clock.moment(),
        tz="Asia/Shanghai",
    )


def read_everything(office: Office) -> str:
    """Read all that lists read, and return the list of digests as its readers see it."""
    services = Services(base(), office.subscriptions, office.deliveries)
    for number in ("1", "2"):
        office.deliveries.history(TEAM, number, 100)
        office.deliveries.posted_facts(TEAM, number)
        office.deliveries.reliability(TEAM, (number,))
    return plain(listed.list_(services, asked(office)), fact_renderer(base()))


@pytest.mark.parametrize("column", SUBSCRIPTIONS)
def test_a_digest_that_cannot_be_read_holds_up_no_other(column: str, office: Office) -> None:
    office.subscribe()
    place = another(office)
    sound = {row["id"]: row for row in raw.at(office.store).query("SELECT * FROM subscriptions")}["1"]
    drawn: list[Any] = list(values(columns(office.store, "subscriptions")[column]))
    drawn += plans(sound["plan"]) if column == "plan" else []
    for day, value in enumerate(drawn):
        try:
            corrupt(office.store, "subscriptions", column, value, "id = '1'")
        except sqlite3.IntegrityError:
            continue
        office.round.worker._replanned_at = None
        office.at(9, day=day)
        posted = office.posts(place)
        assert len(posted) == day + 1, value
        read_everything(office)
        corrupt(office.store, "subscriptions", column, sound[column], "id = '1'")
        office.at(10, day=day)


@pytest.mark.parametrize("column", DELIVERIES)
def test_a_delivery_that_cannot_be_read_holds_up_no_other(column: str, office: Office) -> None:
    office.subscribe()
    place = another(office)
    for day, value in enumerate(values(columns(office.store, "deliveries")[column])):
        newest = "subscription = '1' AND slot = (SELECT max(slot) FROM deliveries WHERE subscription = '1')"
        try:
            corrupt(office.store, "deliveries", column, value, newest)
        except sqlite3.IntegrityError:
            continue
        office.at(9, day=day)
        office.tick(seconds=5)
        assert len(office.posts(place)) == day + 1, value
        read_everything(office)
        with raw.changing(office.store) as db:
            db.execute("DELETE FROM deliveries WHERE subscription = '1'")
        office.round.worker._replanned_at = None
        office.at(10, day=day)


@pytest.mark.parametrize("slot", [-1, 0, 7])
def test_nothing_is_reckoned_from_a_slot_of_long_ago(slot: int, office: Office) -> None:
    """Every run since then was written down as missed: twenty thousand rows, while nobody else could write."""
    office.subscribe()
    corrupt(office.store, "deliveries", "slot", slot, "subscription = '1'")
    office.at(9, day=1)
    assert len(office.rows()) < 5
    assert "posted" in office.states()


def test_the_owner_is_told_once_and_the_log_once(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.subscribe()
    corrupt(office.store, "subscriptions", "plan", '{"secret words": 1}', "id = '1'")
    for _ in range(3):
        office.round.worker._replanned_at = None
        office.tick(seconds=700)
    office.restart()
    office.tick(seconds=5)
    [told] = office.told()
    assert told.text == (
        "What digest 1 posts and when cannot be read, so nothing is posted. It was to come to"
        f" <#{DAILY.channel}>. /yrd-digest unsubscribe 1 ends it; then make it anew with subscribe."
    )
    lines = [record for record in caplog.records if "cannot be read" in record.getMessage()]
    assert [(vars(line)["table"], vars(line)["row"], line.levelno) for line in lines] == [
        ("subscriptions", "1", logging.ERROR)
    ]
    assert "secret words" not in caplog.text


def test_lists_show_it_with_what_to_do_and_it_can_be_ended(office: Office) -> None:
    office.subscribe()
    corrupt(office.store, "subscriptions", "plan", "{}", "id = '1'")
    assert "What digest 1 posts and when cannot be read" in read_everything(office)
    services = Services(base(), office.subscriptions, office.deliveries)
    request = replace(asked(office), target=Target(id="1"))
    assert "cannot be read" in show.show(services, request).headline
    assert "cannot be read" in show.show(services, asked(office)).headline
    stranger = replace(request, user="U05BOB")
    assert end.unsubscribe(services, stranger).outcome == "refused"
    assert end.unsubscribe(services, request).outcome == "done"
    assert office.subscriptions.unreadable(TEAM) == ()
    assert office.subscribe().id == "2"


def test_rounds_that_fail_are_logged_once_and_seen_after_two_minutes(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.subscribe()
    office.round.watch._now = office.steady
    office.tick(seconds=5)
    with raw.changing(office.store) as db:
        db.execute("ALTER TABLE subscriptions RENAME COLUMN plan TO plans")
        db.execute("ALTER TABLE deliveries RENAME COLUMN state TO states")
    for _ in range(26):
        office.tick(seconds=5)
    assert "no round of digests has gone through" in office.round.watch.problem()
    assert len([line for line in caplog.records if "a round of digests" in line.getMessage()]) == 1
    with raw.changing(office.store) as db:
        db.execute("ALTER TABLE subscriptions RENAME COLUMN plans TO plan")
        db.execute("ALTER TABLE deliveries RENAME COLUMN states TO state")
    office.tick(seconds=5)
    assert office.round.watch.problem() == ""


def test_a_clock_that_was_set_is_no_round_that_failed(office: Office) -> None:
    office.round.watch._now = office.steady
    office.set_clock(days=3)
    assert office.round.watch.problem() == ""


def test_a_digest_whose_words_cannot_be_read_is_composed_anew(office: Office) -> None:
    office.subscribe()
    for value in ("not json", "[7]", "null", '{"text": 1}'):
        corrupt(office.store, "deliveries", "content", value, "state = 'planned'")
    office.at(9)
    assert [post.text for post in office.posts()] == ["digest 1"]

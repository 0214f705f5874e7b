"""The port Subscriptions and the port Channels, on the real stores and a local Slack."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot.digests.channels import SlackChannels
from handlers.ports import Deliveries, Subscriptions
from handlers.subscription import Conflict, Note, QuietHours, Subscription
from tests.both import BOTH
from tests.digests.office import DAILY, GENERAL, OWNER, TEAM, Office
from tests.state import raw

pytestmark = BOTH


def test_a_subscription_comes_back_as_it_was_kept(office: Office) -> None:
    port: Subscriptions = office.subscriptions
    rich = replace(
        DAILY, weekdays=(), monthday=31, places=("ningbo",), mechanisms=("park",), facts=8, when_empty="again",
        skip_holidays="CN", quiet=QuietHours(time(22), time(7, 30)), at=time(6, 5),
    )  # fmt: skip
    kept = port.add(rich, office.clock.moment())
    assert kept == replace(
        rich, id="1", version=1, created_at=office.clock.moment(), edited_at=office.clock.moment()
    )
    assert port.get(TEAM, "1") == kept
    assert kept.rhythm == "monthly"


@pytest.mark.parametrize("when_empty", ["skip", "say"])
def test_a_row_of_version_0_1_is_quiet_once_all_was_shown(office: Office, when_empty: str) -> None:
    kept = office.subscribe()
    plan = (
        '{"topics": ["ports"], "places": [], "mechanisms": [], "weekdays": [0, 3], "zone": "Europe/London",'
        ' "monthday": null, "facts": 7, "when_empty": "' + when_empty + '",'
        ' "skip_holidays": "CN", "at": "09:00:00",'
        ' "quiet": ["22:00:00", "07:30:00"]}'
    )
    raw.run(office.store, "UPDATE subscriptions SET plan = :plan WHERE id = :id", plan=plan, id=kept.id)
    assert office.subscriptions.get(TEAM, kept.id) == replace(
        kept, weekdays=(0, 3), zone="Europe/London", facts=7, when_empty="quiet", skip_holidays="CN",
        at=time(9), quiet=QuietHours(time(22), time(7, 30)),
    )  # fmt: skip


def test_subscriptions_are_listed_by_channel_and_owner(office: Office) -> None:
    for channel, owner in ((GENERAL, OWNER), ("C2", OWNER), (GENERAL, "UBOB")):
        office.subscribe(replace(DAILY, channel=channel, owner=owner))
    listed = office.subscriptions.listed

    def ids(*, channel: str = "", owner: str = "") -> list[str]:
        return [kept.id for kept in listed(TEAM, channel=channel, owner=owner)]

    assert (ids(), ids(channel=GENERAL), ids(owner=OWNER)) == (["1", "2", "3"], ["1", "3"], ["1", "2"])
    assert ids(channel=GENERAL, owner="UBOB") == ["3"]


def test_one_that_was_removed_runs_again_as_what_it_was_once(office: Office) -> None:
    kept = office.subscribe()
    now = office.clock.moment()
    assert office.subscriptions.revive(TEAM, kept.id, now) is None
    office.subscriptions.pause(TEAM, kept.id, now)
    assert office.subscriptions.remove(TEAM, kept.id, now)
    assert office.subscriptions.revive("T2", kept.id, now) is None
    back = office.subscriptions.revive(TEAM, kept.id, now)
    assert back is not None
    assert back == replace(kept, version=back.version, edited_at=now)
    assert office.subscriptions.get(TEAM, kept.id) == back
    assert office.subscriptions.ended(TEAM) == ()
    assert [row.state for row in office.deliveries.history(TEAM, kept.id)].count("planned") == 1
    assert office.subscriptions.revive(TEAM, kept.id, now) is None


def test_a_change_is_written_down_with_who_made_it_and_only_if_it_was_made(office: Office) -> None:
    kept = office.subscribe()
    now = office.clock.moment()
    port = office.subscriptions
    assert isinstance(port.edit(replace(kept, facts=2), now, Note("UBOB", "changed")), Subscription)
    assert isinstance(port.edit(replace(kept, facts=3), now, Note("UBOB", "too late")), Conflict)
    port.pause(TEAM, kept.id, now, note=Note(OWNER, "paused"))
    port.pause(TEAM, "99", now, note=Note(OWNER, "paused"))
    port.remove(TEAM, kept.id, now, Note(OWNER, "ended"))
    port.remove(TEAM, kept.id, now, Note(OWNER, "ended"))
    assert [change.note for change in port.changes(TEAM, kept.id)] == [
        Note(OWNER, "ended"),
        Note(OWNER, "paused"),
        Note("UBOB", "changed"),
    ]
    assert port.changes("T2", kept.id) == port.changes(TEAM, "99") == ()


def test_another_team_sees_and_changes_nothing(office: Office) -> None:
    kept = office.subscribe()
    now, port = office.clock.moment(), office.subscriptions
    deliveries: Deliveries = office.deliveries
    other = "T04ANOTHER1"
    assert port.listed(other) == ()
    changes = (port.get(other, "1"), port.resume(other, "1", now), port.pause(other, "1", now))
    assert changes == (None, None, None)
    assert (port.skip(other, "1", now), port.remove(other, "1", now)) == (None, False)
    assert deliveries.history(other, "1") == ()
    assert deliveries.posted_facts(other, "1") == ()
    assert port.get(TEAM, "1") == kept


@pytest.mark.parametrize(
    ("channel", "trouble"),
    [(GENERAL, ""), ("C04RANDOM01", "absent"), ("C04NOWHERE1", "absent"), ("C04PLANNING", "")],
)
def test_the_bot_must_be_in_a_channel_to_work_there(channel: str, trouble: str, office: Office) -> None:
    assert SlackChannels(office.round.poster).trouble(TEAM, channel) == trouble


def test_a_missing_scope_and_a_silent_slack_are_told_apart(office: Office) -> None:
    channels = SlackChannels(office.round.poster)
    office.slack.faults.error("conversations.history", "missing_scope")
    office.slack.faults.drop("conversations.history")
    assert [channels.trouble(TEAM, GENERAL) for _ in range(3)] == ["unreadable", "unreachable", ""]

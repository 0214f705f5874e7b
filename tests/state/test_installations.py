"""Installations are kept one a workspace, with tokens that nobody reads who has the database alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.oauth.installation_store import Bot, Installation

from bot.state.errors import SealedError
from bot.state.installations.cipher import Cipher, new_key
from bot.state.installations.stored import STATE_SECONDS, StoredInstallations, StoredStates
from bot.state.store import Store
from bot.state.teams import StoredTeams
from tests.both import BOTH
from tests.state import raw
from tests.state.installations import CIPHER, CLIENT, KEY, installation, of_organisation

pytestmark = BOTH
Opened = Callable[[], Store]
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def _kept(store: Store, cipher: Cipher = CIPHER) -> StoredInstallations:
    return StoredInstallations(store, CLIENT, cipher)


def _bot(store: Store, team: str = "T1") -> Bot:
    found = _kept(store).of(team)
    assert found is not None
    return found


def test_a_workspace_is_found_with_its_token(opened: Opened) -> None:
    with closing(opened()) as store:
        _kept(store).save(installation("T1"))
        _kept(store).save(installation("T2"))
        assert (_bot(store).bot_token, _bot(store, "T2").bot_token) == ("xoxb-T1", "xoxb-T2")
        assert _bot(store).bot_scopes == ["chat:write", "commands"]
        assert _kept(store).find_bot(enterprise_id="E9", team_id="T1") is not None


def test_no_token_stands_in_the_database(opened: Opened) -> None:
    with closing(opened()) as store:
        _kept(store).save(
            installation(bot_refresh_token="xoxe-1-r", bot_token_expires_in=9, user_token="xoxp-1")
        )
        for table in ("slack_bots", "slack_installations"):
            assert "xox" not in str(raw.rows(store, f"SELECT * FROM {table}"))  # noqa: S608
        assert _bot(store).bot_refresh_token == "xoxe-1-r"


def test_of_another_app_nothing_is_seen(opened: Opened) -> None:
    with closing(opened()) as store:
        StoredInstallations(store, "9.9", CIPHER).save(installation())
        assert _kept(store).of("T1") is None
        assert _kept(store).every() == ()


def test_an_organisation_is_found_by_its_own_id(opened: Opened) -> None:
    with closing(opened()) as store:
        _kept(store).save(of_organisation("E1"))
        _kept(store).save(installation("T1", enterprise_id="E1", enterprise_name="Delta Org"))
        whole = _bot(store, "E1")
        assert (whole.team_id, whole.enterprise_id, whole.is_enterprise_install) == (None, "E1", True)
        found = _kept(store).find_bot(enterprise_id="E1", team_id="T5", is_enterprise_install=True)
        assert found is not None
        assert found.bot_token == "xoxb-E1"
        assert [(one.team, one.name) for one in _kept(store).every()] == [
            ("E1", "Delta Org"),
            ("T1", "Lab T1"),
        ]


def test_who_installs_again_takes_the_place_of_before_though_a_clock_is_behind(opened: Opened) -> None:
    with closing(opened()) as store:
        _kept(store).save(installation(installed_at=NOW.timestamp()))
        again = installation(installed_at=NOW.timestamp() - 300, bot_token="xoxb-new", user_id="U2")
        _kept(store).save(again)
        assert _bot(store).bot_token == "xoxb-new"
        assert [(one.by, one.at) for one in _kept(store).every()] == [("U2", NOW - timedelta(minutes=5))]


def test_who_installs_again_has_the_work_go_on(opened: Opened) -> None:
    with closing(opened()) as store:
        _kept(store).save(installation())
        assert _kept(store).end("T1", "xoxb-T1", "app_uninstalled", NOW, timedelta(days=30))
        assert (_kept(store).of("T1"), StoredTeams(store).stopped("T1")) == (None, "app_uninstalled")
        _kept(store).save(installation(bot_token="xoxb-2"))
        assert (StoredTeams(store).stopped("T1"), _bot(store).bot_token) == ("", "xoxb-2")


def test_a_token_that_was_replaced_meanwhile_is_not_forgotten_and_stops_nothing(opened: Opened) -> None:
    with closing(opened()) as store:
        _kept(store).save(installation(bot_token="xoxb-new"))
        assert not _kept(store).end("T1", "xoxb-old", "app_uninstalled", NOW, timedelta(days=30))
        assert (_bot(store).bot_token, StoredTeams(store).stopped("T1")) == ("xoxb-new", "")


def test_a_token_that_slack_may_take_again_is_not_forgotten(opened: Opened) -> None:
    with closing(opened()) as store:
        _kept(store).save(installation())
        assert _kept(store).end("T1", "xoxb-T1", "invalid_auth", NOW, None)
        assert (_bot(store).bot_token, StoredTeams(store).stopped("T1")) == ("xoxb-T1", "invalid_auth")


def test_a_token_works_that_is_kept_still_of_a_workspace_that_is_not_stopped(opened: Opened) -> None:
    with closing(opened()) as store:
        for team, why, grace in (
            ("T1", "", None),
            ("T2", "token_expired", None),
            ("T3", "app_uninstalled", timedelta(days=30)),
        ):
            _kept(store).save(installation(team))
            assert not why or _kept(store).end(team, f"xoxb-{team}", why, NOW, grace)
        works = [_kept(store).works_by(team, f"xoxb-{team}") for team in ("T1", "T2", "T3", "T4")]
        assert works == [True, False, False, False]
        assert not _kept(store).works_by("T1", "xoxb-before")
        assert not StoredInstallations(store, "9.9", CIPHER).works_by("T1", "xoxb-T1")


def test_tokens_that_open_with_none_of_the_keys_are_told_by_workspace(opened: Opened) -> None:
    newer = new_key()
    with closing(opened()) as store:
        assert _kept(store).sealed() == ((), 0)
        _kept(store).save(installation("T1"))
        _kept(store, Cipher((newer,))).save(installation("T2", bot_refresh_token="xoxe-1-r"))
        _kept(store).save(installation("T3"))
        StoredInstallations(store, "9.9", Cipher((new_key(),))).save(installation("T4"))
        assert _kept(store).sealed() == (("T2",), 3)
        assert _kept(store, Cipher((newer,))).sealed() == (("T1", "T3"), 3)
        assert _kept(store, Cipher((newer, KEY))).sealed() == ((), 3)
        assert _kept(store, Cipher((new_key(),))).sealed() == (("T1", "T2", "T3"), 3)
        # What was removed has no token to open.
        assert _kept(store).end("T3", "xoxb-T3", "app_uninstalled", NOW, timedelta(days=30))
        assert _kept(store).sealed() == (("T2",), 2)


def test_a_refresh_token_that_does_not_open_is_told_too(opened: Opened) -> None:
    with closing(opened()) as store:
        _kept(store).save(installation(bot_refresh_token="xoxe-1-r"))
        other = Cipher((new_key(),)).seal("xoxe-1-r")
        raw.run(store, "UPDATE slack_bots SET bot_refresh_token = :other", other=other)
        assert _kept(store).sealed() == (("T1",), 1)


def test_slack_is_asked_of_a_token_once_a_day_by_one_process_and_again_where_it_did_not_say(
    opened: Opened,
) -> None:
    with closing(opened()) as store, closing(opened()) as other:
        _kept(store).save(installation())
        assert [_kept(one).checking("T1", NOW) for one in (store, other)] == [True, False]
        assert _kept(other).checking("T1", NOW + timedelta(days=1))
        assert _kept(store).due(NOW + timedelta(days=1), NOW) == ()
        _kept(store).check_again("T1")
        assert _kept(store).due(NOW + timedelta(days=1), NOW) == ("T1",)
        assert _kept(store).checking("T1", NOW + timedelta(days=1, seconds=1))


def test_what_is_forgotten_is_still_listed_until_it_is_purged(opened: Opened) -> None:
    with closing(opened()) as store:
        _kept(store).save(installation())
        _kept(store).end("T1", "xoxb-T1", "app_uninstalled", NOW, timedelta(days=30))
        assert [(one.team, one.has_token) for one in _kept(store).every()] == [("T1", False)]
        assert StoredTeams(store).purge(NOW + timedelta(days=31)) == ("T1",)
        assert _kept(store).every() == ()


SOON = NOW + timedelta(hours=2)


def _expiring(**changed: Any) -> Installation:
    return installation(
        bot_refresh_token="xoxe-1-r", bot_token_expires_at=int(NOW.timestamp()) + 60, **changed
    )


def test_a_token_is_renewed_by_one_process_and_by_another_if_that_died(opened: Opened) -> None:
    with closing(opened()) as store, closing(opened()) as other:
        _kept(store).save(_expiring())
        assert _kept(store).renewing("T1", NOW, SOON)
        assert not _kept(other).renewing("T1", NOW + timedelta(seconds=30), SOON)
        assert _kept(other).renewing("T1", NOW + timedelta(minutes=5), SOON)


def test_a_token_that_another_process_has_renewed_is_not_renewed_again(opened: Opened) -> None:
    with closing(opened()) as store, closing(opened()) as other:
        _kept(store).save(_expiring())
        assert _kept(store).renewing("T1", NOW, SOON)
        before, after = _bot(store), _bot(store)
        after.bot_token, after.bot_token_expires_at = "xoxe.xoxb-2", int(NOW.timestamp()) + 43_200
        assert _kept(store).renewed(before, after)
        assert not _kept(other).renewing("T1", NOW, SOON)
        # Nor does who read the old tokens before put them back.
        assert not _kept(other).renewed(before, before)
        assert _bot(store).bot_token == "xoxe.xoxb-2"


def test_renewed_tokens_are_kept_unless_the_app_was_installed_anew_meanwhile(opened: Opened) -> None:
    with closing(opened()) as store:
        _kept(store).save(_expiring(installed_at=1.0))
        before, after = _bot(store), _bot(store)
        after.bot_token, after.bot_refresh_token, after.bot_token_expires_at = "xoxe.xoxb-2", "xoxe-1-s", 99
        assert _kept(store).renewed(before, after)
        found = _bot(store)
        assert (found.bot_token, found.bot_refresh_token, found.bot_token_expires_at) == (
            "xoxe.xoxb-2",
            "xoxe-1-s",
            99,
        )
        _kept(store).save(installation(installed_at=2.0, bot_token="xoxb-new"))
        assert not _kept(store).renewed(after, before)
        assert _bot(store).bot_token == "xoxb-new"


def test_a_new_key_in_front_opens_what_the_old_one_sealed_and_takes_its_place(opened: Opened) -> None:
    newer = new_key()
    with closing(opened()) as store:
        _kept(store).save(installation())
        assert _kept(store, Cipher((newer, KEY))).seal_anew("T1")
        found = _kept(store, Cipher((newer,))).of("T1")
        assert found is not None
        assert found.bot_token == "xoxb-T1"
        with pytest.raises(SealedError, match="YRD_ENCRYPTION_KEY"):
            _kept(store).of("T1")


def test_a_state_is_good_once_and_ten_minutes(opened: Opened) -> None:
    at = [NOW]
    with closing(opened()) as store, closing(opened()) as other:
        states = [StoredStates(one, lambda: at[0]) for one in (store, other)]
        first, late = states[0].issue(), states[0].issue()
        assert [states[1].consume(first), states[0].consume(first)] == [True, False]
        assert not states[0].consume("made up")
        at[0] += timedelta(seconds=STATE_SECONDS)
        assert not states[1].consume(late)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-30, "its token ended at 2026-11-28 11:30 UTC and is not renewed"),
        (30, "its token ends at 2026-11-28 12:30 UTC and is not renewed"),
        # In these minutes it is being renewed.
        (110, ""),
        (600, ""),
    ],
)
def test_a_token_that_should_have_been_renewed_is_told_with_its_end(
    minutes: int, said: str, opened: Opened
) -> None:
    ends = int((NOW + timedelta(minutes=minutes)).timestamp())
    with closing(opened()) as store:
        _kept(store).save(installation("T1", bot_refresh_token="xoxe-1-r", bot_token_expires_at=ends))
        _kept(store).save(installation("T2"))
        assert [one.unrenewed(NOW) for one in _kept(store).every()] == [said, ""]

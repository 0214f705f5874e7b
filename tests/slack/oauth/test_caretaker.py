"""Tokens that end are renewed in time, once, and one workspace in trouble keeps no other from that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError, SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation import TokenRotator

from bot.slack.oauth.caretaker import Caretaker
from bot.state.errors import StateError
from bot.state.installations.cipher import Cipher, new_key
from bot.state.installations.stored import StoredInstallations
from bot.state.store import Store
from tests.state.installations import CIPHER, CLIENT, installation

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Rotator(TokenRotator):
    """Slack as far as it renews tokens: each refresh token is good once."""

    def __init__(self) -> None:
        super().__init__(client_id="", client_secret="")
        self.spent: list[str] = []
        self.refuses: dict[str, Exception] = {}

    def perform_bot_token_rotation(self, *, bot: Bot, minutes_before_expiration: int = 120) -> Bot | None:
        refresh = bot.bot_refresh_token or ""
        if refresh in self.refuses:
            raise self.refuses[refresh]
        self.spent.append(refresh)
        after = Bot(**bot.to_dict_for_copying())
        after.bot_token, after.bot_refresh_token = f"{bot.bot_token}+", f"{refresh}+"
        after.bot_token_expires_at = int((NOW + timedelta(hours=12)).timestamp())
        return after


class Unkept(StoredInstallations):
    """State that is away when tokens are to be kept."""

    is_away = True

    def renewed(self, before: Bot, after: Bot) -> bool:
        if self.is_away:
            raise StateError("away")
        return super().renewed(before, after)


class Late(StoredInstallations):
    """One process's view of what is due, from before another did it."""

    seen: tuple[str, ...] | None = None

    def due(self, now: datetime, soon: datetime) -> tuple[str, ...]:
        return super().due(now, soon) if self.seen is None else self.seen


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "state.db")) as store:
        yield store


def kept(store: Store, cipher: Cipher = CIPHER) -> StoredInstallations:
    return StoredInstallations(store, CLIENT, cipher)


def install(store: Store, team: str, minutes: int = 60, cipher: Cipher = CIPHER) -> None:
    ends = int((NOW + minutes * MINUTE).timestamp())
    kept(store, cipher).save(installation(team, bot_refresh_token=f"r-{team}", bot_token_expires_at=ends))


def token_of(store: Store, team: str) -> str:
    bot = kept(store).of(team)
    assert bot is not None
    return bot.bot_token


def care(store: Store, rotator: Rotator, checked: Callable[[str], Any] = lambda team: None) -> Caretaker:
    return Caretaker(kept(store), rotator, checked)


def test_what_ends_soon_is_renewed_and_nothing_else(store: Store) -> None:
    install(store, "T1")
    install(store, "T2", minutes=300)
    rotator = Rotator()
    for _ in range(3):
        care(store, rotator)(NOW)
    assert rotator.spent == ["r-T1"]
    assert [token_of(store, team) for team in ("T1", "T2")] == ["xoxb-T1+", "xoxb-T2"]


def test_who_read_the_list_before_another_renewed_spends_no_second_token(store: Store) -> None:
    install(store, "T1")
    rotator = Rotator()
    late = Late(store, CLIENT, CIPHER)
    late.seen = late.due(NOW, NOW + timedelta(hours=2))
    care(store, rotator)(NOW)
    Caretaker(late, rotator, lambda team: None)(NOW)
    assert rotator.spent == ["r-T1"]


def test_tokens_that_do_not_open_keep_no_other_from_being_renewed(store: Store) -> None:
    for team in ("T1", "T2"):
        install(store, team, cipher=Cipher((new_key(),)))
    install(store, "T3")
    care(store, Rotator())(NOW)
    assert token_of(store, "T3") == "xoxb-T3+"


def test_a_renewed_token_that_cannot_be_kept_is_kept_as_soon_as_it_can(store: Store) -> None:
    install(store, "T1")
    rotator, away = Rotator(), Unkept(store, CLIENT, CIPHER)
    caretaker = Caretaker(away, rotator, lambda team: None)
    caretaker(NOW)
    caretaker(NOW + 5 * MINUTE)
    assert (token_of(store, "T1"), rotator.spent) == ("xoxb-T1", ["r-T1"])
    away.is_away = False
    caretaker.keep_what_is_not_kept()
    assert token_of(store, "T1") == "xoxb-T1+"


@pytest.mark.parametrize(
    ("word", "is_checked"),
    [("invalid_refresh_token", True), ("token_revoked", True), ("fatal_error", False)],
)
def test_a_refusal_that_may_mean_that_the_app_is_gone_has_it_checked(
    store: Store, word: str, is_checked: bool
) -> None:
    install(store, "T1")
    rotator, checked = Rotator(), list[str]()
    kept(store).checking("T1", NOW)
    rotator.refuses["r-T1"] = SlackTokenRotationError(SlackApiError("no", {"ok": False, "error": word}))
    care(store, rotator, checked.append)(NOW)
    assert checked == (["T1"] if is_checked else [])
    assert token_of(store, "T1") == "xoxb-T1"


ENDS = NOW + 60 * MINUTE
REFUSED = SlackTokenRotationError(SlackApiError("no", {"ok": False, "error": "invalid_refresh_token"}))


class Told:
    """Who is told that a token ends for good, and when."""

    def __init__(self) -> None:
        self.doomed: list[tuple[str, datetime]] = []

    def __call__(self, team: str, ends: datetime) -> None:
        self.doomed.append((team, ends))


def renewal(
    store: Store, refusal: Exception, checked: Callable[[str], Any] = lambda team: None
) -> list[tuple[str, datetime]]:
    """Have a token that ends in an hour not be renewed, and return who is told."""
    install(store, "T1")
    rotator, told = Rotator(), Told()
    rotator.refuses["r-T1"] = refusal
    Caretaker(kept(store), rotator, checked, told)(NOW)
    return told.doomed


def test_of_a_token_that_slack_never_renews_but_still_takes_it_is_told_when_it_ends(store: Store) -> None:
    assert renewal(store, REFUSED) == [("T1", ENDS)]
    assert token_of(store, "T1") == "xoxb-T1"


@pytest.mark.parametrize(
    "refusal",
    [
        OSError("no line"),
        TimeoutError(),
        *(
            SlackTokenRotationError(SlackApiError("no", {"ok": False, "error": word}))
            for word in ("ratelimited", "fatal_error", "service_unavailable", "internal_error")
        ),
    ],
    ids=repr,
)
def test_of_what_may_pass_nobody_is_told(store: Store, refusal: Exception) -> None:
    assert renewal(store, refusal) == []


@pytest.mark.parametrize("grace", [timedelta(days=30), None], ids=["removed", "not taken"])
def test_where_work_is_stopped_nobody_is_told_that_a_token_will_end(
    store: Store, grace: timedelta | None
) -> None:
    why = "app_uninstalled" if grace else "token_expired"

    def check(team: str) -> None:
        assert kept(store).end(team, f"xoxb-{team}", why, NOW, grace)

    assert renewal(store, REFUSED, check) == []


def test_nobody_is_told_of_a_token_that_an_installation_replaced_meanwhile(store: Store) -> None:
    def install_anew(team: str) -> None:
        kept(store).save(installation(team, bot_token="xoxb-new"))

    assert renewal(store, REFUSED, install_anew) == []


def test_every_installation_is_checked_once_a_day(store: Store) -> None:
    checked: list[str] = []
    for team in ("T1", "T2"):
        install(store, team, minutes=60 * 24 * 9)
    caretaker = care(store, Rotator(), checked.append)
    for hours in (0, 1, 23, 24):
        caretaker(NOW + timedelta(hours=hours))
    assert checked == ["T1", "T2", "T1", "T2"]


def test_at_the_end_no_other_workspace_is_begun_with(store: Store) -> None:
    install(store, "T1")
    caretaker = care(store, rotator := Rotator())
    caretaker.begin_no_more()
    caretaker(NOW)
    assert rotator.spent == []

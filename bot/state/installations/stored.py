"""slack_sdk's stores of installations and of OAuth's states, on the state that everything else is kept in.

They write within our transactions: each for one team, with tokens encrypted before they get to them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any, Final

from slack_sdk.oauth.installation_store import Bot, Installation, InstallationStore
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store import OAuthStateStore
from sqlalchemy import ColumnElement, Connection, MetaData, Table, and_, delete, insert, or_, select, update

from bot.state.database.statements import first, rows
from bot.state.errors import SealedError
from bot.state.installations.cipher import Cipher
from bot.state.installations.rows import Installed, team_of
from bot.state.kept import INSTALLING_KEPT
from bot.state.store import Store
from bot.state.tables.schema import (
    EVERY_TEAM,
    notices,
    slack_bots,
    slack_installations,
    slack_oauth_states,
    teams,
)
from bot.state.teams import note_stop
from bot.state.unreadable import Row

STATE_SECONDS: Final = INSTALLING_KEPT.total_seconds()
"""How long whoever is about to install may take, as slack_sdk has it (oauth.state_utils)."""
RENEWING: Final = timedelta(minutes=2)
"""How long a process has for renewing a token before another tries."""
CHECKED_EVERY: Final = timedelta(days=1)


class _Engine:
    """What slack_sdk takes for an engine: the transaction that is open already."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def begin(self) -> AbstractContextManager[Connection]:
        return nullcontext(self._db)


class _Writing(SQLAlchemyInstallationStore):
    """slack_sdk's store within a transaction, on our tables."""

    def __init__(self, client_id: str, db: Connection) -> None:
        engine: Any = _Engine(db)
        super().__init__(client_id, engine)

    @classmethod
    def build_installations_table(cls, metadata: MetaData, table_name: str) -> Table:
        """Return our table, which the migrations make."""
        return slack_installations

    @classmethod
    def build_bots_table(cls, metadata: MetaData, table_name: str) -> Table:
        """Return our table, which the migrations make."""
        return slack_bots


class StoredInstallations(InstallationStore):
    """Who installed the app, and the tokens. `client_id` says which app: others' installations are not seen.

    Of each workspace the newest installation is kept. StateError where state cannot be used, SealedError where a token does
    not open.
    """

    def __init__(self, store: Store, client_id: str, cipher: Cipher) -> None:
        self._store = store
        self._client_id = client_id
        self._cipher = cipher

    # -- as slack_sdk and Bolt call it --------------------------------------------------------------------
    def save(self, installation: Installation) -> None:
        """Keep an installation in place of an earlier one of its workspace, and have work for that go on if it was stopped."""
        team = team_of(installation)
        kept = self._sealed(installation, team)
        with self._store.writing(team) as db:
            for table in (slack_bots, slack_installations):
                db.execute(delete(table).where(self._is_of(table, team)))
            _Writing(self._client_id, db).save(kept)
            # What goes wrong from now on is told anew.
            db.execute(delete(notices).where(notices.c.team_id == team))
            db.execute(delete(teams).where(teams.c.team_id == team))

    def find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """Return the bot of a workspace or, where the app is installed for all of it, of an organisation."""
        return self.of((None if is_enterprise_install else team_id) or enterprise_id or "")

    # -- as the bot calls it ------------------------------------------------------------------------------
    def of(self, team: str) -> Bot | None:
        """Return the bot of a workspace with its tokens, None where the app is not installed there (any more)."""
        found = self._store.row(team, select(slack_bots).where(self._is_of(slack_bots, team)))
        if found is None or not found["bot_token"]:
            return None
        bot = _Writing.build_bot_entity(found)
        bot.bot_token = self._cipher.open(bot.bot_token)
        bot.bot_refresh_token = self._cipher.open(bot.bot_refresh_token) if bot.bot_refresh_token else None
        if bot.is_enterprise_install:
            bot.team_id = None
        return bot

    def installed(self, team: str) -> Installed | None:
        """Return what is known of the installation of a workspace, None where there never was one or it is purged."""
        is_its = self._is_of(slack_installations, team)
        found = self._store.row(team, select(slack_installations).where(is_its))
        return Installed.from_row(found) if found else None

    def works_by(self, team: str, token: str) -> bool:
        """Say whether that is the token of a workspace still, and the work for it is not stopped."""
        with self._store.reading(team) as db:
            is_stopped = first(db, select(teams.c.team_id).where(teams.c.team_id == team)) is not None
            return not is_stopped and self._is_kept(db, team, token)

    def every(self) -> tuple[Installed, ...]:
        """Return all installations, by the ids of their workspaces; those too that were removed and are not purged yet."""
        query = select(slack_installations).where(slack_installations.c.client_id == self._client_id)
        with self._store.reading(EVERY_TEAM) as db:
            found = rows(db, query.order_by(slack_installations.c.team_id))
        return tuple(Installed.from_row(row) for row in found)

    def due(self, now: datetime, soon: datetime) -> tuple[str, ...]:
        """Return the workspaces whose tokens are to be renewed, since they end by `soon`, or to be asked about."""
        is_live = and_(slack_bots.c.client_id == self._client_id, slack_bots.c.bot_token.is_not(None))
        is_due = or_(_is_to_be_renewed(now, soon), _is_to_be_checked(now))
        query = select(slack_bots.c.team_id).where(is_live, is_due).order_by(slack_bots.c.team_id)
        return tuple(str(row["team_id"]) for row in self._store.rows(EVERY_TEAM, query))

    def sealed(self) -> tuple[tuple[str, ...], int]:
        """Return the workspaces whose tokens open with none of the keys, and how many have tokens in all."""
        query = select(slack_bots.c.team_id, slack_bots.c.bot_token, slack_bots.c.bot_refresh_token)
        is_live = and_(slack_bots.c.client_id == self._client_id, slack_bots.c.bot_token.is_not(None))
        found = self._store.rows(EVERY_TEAM, query.where(is_live).order_by(slack_bots.c.team_id))
        return tuple(str(row["team_id"]) for row in found if not self._opens(row)), len(found)

    def renewing(self, team: str, now: datetime, soon: datetime) -> bool:
        """Say whether the caller is the one who may renew the token of a workspace, which ends by `soon`, for RENEWING from `now`."""
        until = (now + RENEWING).timestamp()
        return self._is_mine(team, _is_to_be_renewed(now, soon), renewing_until=until)

    def renewed(self, before: Bot, after: Bot) -> bool:
        """Keep new tokens in place of those of `before`; say whether those were the ones that were kept.

        They are not where the app was removed, or installed anew, meanwhile.
        """
        return self._replaced(team_of(before), before, after, renewing_until=None)

    def checking(self, team: str, now: datetime) -> bool:
        """Say whether the caller is the one who asks Slack, once in CHECKED_EVERY, whether the token of a workspace works."""
        return self._is_mine(team, _is_to_be_checked(now), checked_at=now.timestamp())

    def check_again(self, team: str) -> None:
        """Have whoever comes next ask Slack: it did not say."""
        with self._store.writing(team) as db:
            db.execute(update(slack_bots).where(self._is_of(slack_bots, team)).values(checked_at=None))

    def end(self, team: str, token: str, why: str, now: datetime, grace: timedelta | None) -> bool:
        """Stop the work for a workspace, whose `token` Slack refused with `why`; say whether that is its token still.

        It is not where the app has been removed or installed anew meanwhile; then nothing is stopped. With `grace` the token
        is good for nothing any more and is forgotten, and all else that is kept of the workspace is purged after that time.
        """
        with self._store.writing(team) as db:
            if not self._is_kept(db, team, token):
                return False
            note_stop(db, team, why, now, grace)
            if grace is not None:
                db.execute(delete(slack_bots).where(self._is_of(slack_bots, team)))
                gone = {"bot_token": None, "bot_refresh_token": None, "bot_token_expires_at": None}
                is_its = self._is_of(slack_installations, team)
                db.execute(update(slack_installations).where(is_its).values(gone))
            return True

    def seal_anew(self, team: str) -> bool:
        """Encrypt the tokens of a workspace with the newest key; say whether it has any, and they are what they were."""
        bot = self.of(team)
        return bot is not None and self._replaced(team, bot, bot)

    def _opens(self, row: Row) -> bool:
        try:
            for token in filter(None, (row["bot_token"], row["bot_refresh_token"])):
                self._cipher.open(token)
        except SealedError:
            return False
        return True

    def _replaced(self, team: str, before: Bot, after: Bot, **also: Any) -> bool:
        tokens = {
            "bot_token": self._cipher.seal(after.bot_token),
            "bot_refresh_token": self._seal(after.bot_refresh_token),
            "bot_token_expires_at": after.to_dict()["bot_token_expires_at"],
        }
        with self._store.writing(team) as db:
            if not self._is_kept(db, team, before.bot_token):
                return False
            db.execute(update(slack_bots).where(self._is_of(slack_bots, team)).values({**tokens, **also}))
            db.execute(
                update(slack_installations).where(self._is_of(slack_installations, team)).values(tokens)
            )
            return True

    def _is_kept(self, db: Connection, team: str, token: str) -> bool:
        found = first(db, select(slack_bots.c.bot_token).where(self._is_of(slack_bots, team)))
        return found is not None and self._cipher.open(found["bot_token"]) == token

    def _is_mine(self, team: str, is_free: ColumnElement[bool], **taken: float) -> bool:
        with self._store.writing(team) as db:
            is_it = and_(self._is_of(slack_bots, team), is_free)
            return db.execute(update(slack_bots).where(is_it).values(taken)).rowcount == 1

    def _is_of(self, table: Table, team: str) -> ColumnElement[bool]:
        return and_(table.c.team_id == team, table.c.client_id == self._client_id)

    def _sealed(self, installation: Installation, team: str) -> Installation:
        """Return what is kept: nothing that a person alone gave leave for, which the bot does not ask for."""
        kept = Installation(**installation.to_dict_for_copying())
        kept.team_id = team
        kept.bot_token, kept.bot_refresh_token = (
            self._seal(kept.bot_token),
            self._seal(kept.bot_refresh_token),
        )
        kept.user_token = kept.user_refresh_token = kept.user_token_expires_at = None
        kept.incoming_webhook_url = kept.incoming_webhook_configuration_url = None
        return kept

    def _seal(self, token: str | None) -> str | None:
        return self._cipher.seal(token) if token else None


def _is_to_be_renewed(now: datetime, soon: datetime) -> ColumnElement[bool]:
    until = slack_bots.c.renewing_until
    is_free = or_(until.is_(None), until <= now.timestamp())
    return and_(slack_bots.c.bot_token_expires_at <= soon, is_free)


def _is_to_be_checked(now: datetime) -> ColumnElement[bool]:
    at = slack_bots.c.checked_at
    return or_(at.is_(None), at <= (now - CHECKED_EVERY).timestamp())


class StoredStates(OAuthStateStore):
    """What whoever is about to install brings back from Slack: good once, for STATE_SECONDS by the clock `now`.

    slack_sdk's own store goes by the machine's clock, and several machines serve one installation.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def issue(self, *args: Any, **kwargs: Any) -> str:
        """Return a new state."""
        now = self._now().timestamp()
        state, until = secrets.token_urlsafe(32), now + STATE_SECONDS
        with self._store.writing(EVERY_TEAM) as db:
            # Anybody may open the page, and most of them go no further.
            db.execute(delete(slack_oauth_states).where(slack_oauth_states.c.expire_at <= now))
            db.execute(insert(slack_oauth_states).values(team_id=EVERY_TEAM, state=state, expire_at=until))
        return state

    def consume(self, state: str) -> bool:
        """Say whether `state` was issued and is still good, and have it good no more."""
        is_it = slack_oauth_states.c.state == state
        with self._store.writing(EVERY_TEAM) as db:
            found = first(db, select(slack_oauth_states.c.expire_at).where(is_it))
            db.execute(delete(slack_oauth_states).where(is_it))
        return found is not None and float(found["expire_at"]) > self._now().timestamp()

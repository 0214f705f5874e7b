"""What is kept of a workspace that installed the app, as it is read of without its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from slack_sdk.oauth.installation_store import Bot, Installation
from sqlalchemy import select

from bot.plural import plural
from bot.state.store import Store
from bot.state.tables.schema import slack_bots
from bot.state.unreadable import Row

RENEWED_AHEAD: Final = timedelta(hours=2)
"""So long before its end a token is renewed, as Bolt does; the old one is good until then."""
IF_UNRENEWED: Final = "Start the bot if it does not run, since it renews the token; if it runs, somebody of the workspace has to install the app again at /slack/install."
"""What is to be done about a token that is not renewed."""
_MOST_SHOWN: Final = 5
# How long Slack may take to do so before it is said that it does not.
_PATIENCE: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Installed:
    """A workspace, or an organisation of Enterprise Grid: `team` is its id, `by` the person who installed the app last.

    `has_token` says whether there is one to work with; `expires_at` when it has to be renewed, None for never.
    """

    team: str
    name: str
    enterprise: str
    by: str
    at: datetime
    scopes: tuple[str, ...]
    has_token: bool
    expires_at: datetime | None

    def unrenewed(self, now: datetime) -> str:
        """Return what is said of a token that should have been renewed by `now` and was not, "" for others. When it ends, the work
        for the workspace does, until a bot that did not run renews it, or the app is installed again.
        """
        ends = self.expires_at
        if not self.has_token or ends is None or ends >= now + RENEWED_AHEAD - _PATIENCE:
            return ""
        return (
            f"its token {'ended' if ends <= now else 'ends'} at {ends:%Y-%m-%d %H:%M} UTC and is not renewed"
        )

    @classmethod
    def from_row(cls, row: Row) -> Installed:
        """Return what a row of `slack_installations` tells."""
        name = row["enterprise_name"] if row["is_enterprise_install"] else row["team_name"]
        return cls(
            team=row["team_id"],
            name=name or row["team_id"],
            enterprise=row["enterprise_id"] or "",
            by=row["user_id"],
            at=row["installed_at"],
            scopes=tuple(scope for scope in (row["bot_scopes"] or "").split(",") if scope),
            has_token=bool(row["bot_token"]),
            expires_at=row["bot_token_expires_at"],
        )


def sealed_text(sealed: Sequence[str], count: int) -> str:
    """Return what is said of workspaces whose tokens do not open, of `count` that have any, and what to do."""
    shown = ", ".join(sealed[:_MOST_SHOWN]) + (", ..." if len(sealed) > _MOST_SHOWN else "")
    return (
        f"YRD_ENCRYPTION_KEY does not open the tokens of {len(sealed)} of {count} {plural(count, 'workspace')} ({shown}): set the key that they were"
        " encrypted with too, behind a comma, and run `yrd teams seal-anew`; or have them install the app again."
    )


def apps_of(store: Store, team: str) -> tuple[str, ...]:
    """Return the client ids of the apps whose tokens of a workspace are kept."""
    query = select(slack_bots.c.client_id).where(
        slack_bots.c.team_id == team, slack_bots.c.bot_token.is_not(None)
    )
    return tuple(str(row["client_id"]) for row in store.rows(team, query.order_by(slack_bots.c.client_id)))


def team_of(found: Bot | Installation) -> str:
    """Return the id that all that is kept of an installation stands under: the organisation where it is for all of one."""
    whole = found.enterprise_id if found.is_enterprise_install else None
    return whole or found.team_id or found.enterprise_id or ""

"""What is kept of a workspace that installed the app, as it is read of without its tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.oauth.installation_store import Bot, Installation

from bot.state.unreadable import Row


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


def team_of(found: Bot | Installation) -> str:
    """Return the id that all that is kept of an installation stands under: the organisation where it is for all of one."""
    whole = found.enterprise_id if found.is_enterprise_install else None
    return whole or found.team_id or found.enterprise_id or ""

"""What `yrd doctor` finds of the workspaces that installed the bot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from bot.cli.findings.finding import Finding
from bot.plural import plural
from bot.settings import Settings
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.installations.rows import IF_UNRENEWED, Installed, sealed_text
from bot.state.store import Store
from bot.state.teams import StoredTeams

_AGAIN: Final = "Somebody of the workspace has to install it again at /slack/install."


def findings(settings: Settings, store: Store) -> Iterator[Finding]:
    """Yield what is found of installations: whether their tokens open, and whether they may do all that the bot does."""
    try:
        from bot.state.installations.cipher import Cipher
        from bot.state.installations.stored import StoredInstallations
    except ImportError:
        said = "what serving many workspaces takes is not installed"
        yield Finding("installations", "FAIL", said, "Run `make setup EXTRAS=server`.")
        return
    if not settings.encryption_keys():
        return
    kept = StoredInstallations(store, settings.slack_client_id or "", Cipher(settings.encryption_keys()))
    live = [one for one in kept.every() if one.has_token]
    sealed, count = kept.sealed()
    if sealed:
        yield Finding("installations", "FAIL", "tokens do not open", sealed_text(sealed, count))
        return
    yield from _ending(store, live)
    said = f"{len(live)} {plural(len(live), 'workspace')}"
    if behind := [one.team for one in live if set(scopes_in_use()) - set(one.scopes)]:
        said += f", of which {', '.join(behind[:5])} gave fewer permissions than the bot uses"
        yield Finding("installations", "note", said, "Have them install it again at /slack/install.")
    else:
        yield Finding("installations", "ok", said)


def _ending(store: Store, live: Sequence[Installed]) -> Iterator[Finding]:
    """Yield the workspaces that the bot works for no more, or not for long, since their tokens are not good or not renewed."""
    teams, now = StoredTeams(store), datetime.now(UTC)
    for one in live:
        if stop := teams.stop_of(one.team):
            said = f"{one.team} {one.name}: work is stopped since {stop.at:%Y-%m-%d} ({stop.why})"
            yield Finding("installations", "note", said, _AGAIN)
        elif unrenewed := one.unrenewed(now):
            yield Finding("installations", "note", f"{one.team} {one.name}: {unrenewed}", IF_UNRENEWED)

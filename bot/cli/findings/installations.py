"""What `yrd doctor` finds of the workspaces that installed the bot."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cli.findings.finding import Finding
from bot.plural import plural
from bot.settings import Settings
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.store import Store


def findings(settings: Settings, store: Store) -> Iterator[Finding]:
    """Yield what is found of installations: whether their tokens open, and whether they may do all that the bot does."""
    try:
        from bot.state.installations.cipher import Cipher, SealedError
        from bot.state.installations.stored import StoredInstallations
    except ImportError:
        said = "what serving many workspaces takes is not installed"
        yield Finding("installations", "FAIL", said, "Run `make setup EXTRAS=server`.")
        return
    if not settings.encryption_keys():
        return
    kept = StoredInstallations(store, settings.slack_client_id or "", Cipher(settings.encryption_keys()))
    live = [one for one in kept.every() if one.has_token]
    try:
        for one in live:
            kept.of(one.team)
    except SealedError as error:
        yield Finding("installations", "FAIL", f"the token of {one.team} does not open", str(error))
        return
    said = f"{len(live)} {plural(len(live), 'workspace')}"
    if behind := [one.team for one in live if set(scopes_in_use()) - set(one.scopes)]:
        said += f", of which {', '.join(behind[:5])} gave fewer permissions than the bot uses"
        yield Finding("installations", "note", said, "Have them install it again at /slack/install.")
    else:
        yield Finding("installations", "ok", said)

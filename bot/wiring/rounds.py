"""One round of digests by hand."""

from __future__ import annotations

from contextlib import ExitStack

from bot.settings import Settings
from bot.wiring import one
from bot.wiring.core import open_core


def go_round(settings: Settings) -> bool:
    """Deliver the digests that are due now, and settle what can be; say whether Slack let the bot work.

    ConfigurationError, StateError or BadBaseError when a part cannot be built. Needs a Slack.
    """
    with ExitStack() as parts:
        core = open_core(settings, parts)
        if settings.mode() != "oauth":
            return one.go_round(core)
        from bot.wiring import many

        return many.go_round(core)

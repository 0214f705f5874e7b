"""One round of digests by hand."""

from __future__ import annotations

from contextlib import ExitStack

from bot.meter import UNMETERED
from bot.settings import Settings
from bot.wiring.chosen import served
from bot.wiring.core import open_core


def go_round(settings: Settings) -> bool:
    """Deliver the digests that are due now, and settle what can be; say whether Slack let the bot work.

    ConfigurationError, StateError or BadBaseError when a part cannot be built. Needs a Slack.
    """
    with ExitStack() as parts:
        return served(open_core(settings, parts, UNMETERED), parts).go_round()

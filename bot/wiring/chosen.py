"""Whether one workspace is served or many."""

from __future__ import annotations

from contextlib import ExitStack

from bot.settings import ConfigurationError
from bot.wiring.core import Core
from bot.wiring.one import serve_one
from bot.wiring.serving import Serving


def served(core: Core, parts: ExitStack) -> Serving:
    """Return the parts of the workspaces that the settings name, ready to begin. ConfigurationError."""
    if core.settings.mode() != "oauth":
        return serve_one(core)
    try:
        # What it takes is installed only where many workspaces are served.
        from bot.wiring.many import serve_many
    except ImportError as error:
        raise ConfigurationError(
            f"SLACK_CLIENT_ID is set, and what it takes is not installed ({error.name or error}): run `make setup EXTRAS=server`."
        ) from None
    return serve_many(core, parts)

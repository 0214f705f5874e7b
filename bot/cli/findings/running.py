"""What a bot that runs says of itself, for `yrd doctor`: the checks of its /readyz."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPException
from typing import Any, Final

from bot.cli.findings.finding import Finding
from bot.hosts import reached_at
from bot.http.health import CHECK_SECONDS, READY
from bot.settings import Settings

# Seconds: a check may take CHECK_SECONDS, and there is no more to wait for.
_PATIENCE: Final = CHECK_SECONDS + 2
_LARGEST: Final = 64 * 1024


def findings(settings: Settings) -> Iterator[Finding]:
    """Yield what the bot on the port of the settings says; nothing where none answers there."""
    connection = HTTPConnection(reached_at(settings.host), settings.port, timeout=_PATIENCE)
    try:
        connection.request("GET", READY)
        checks = _checks(connection.getresponse().read(_LARGEST))
    except ConnectionRefusedError:
        return
    except (OSError, HTTPException, ValueError):
        said = f"what answers on port {settings.port} is no bot that can say how it is"
        yield Finding("running bot", "note", said, "If it is the bot, restart it; if not, set YRD_PORT.")
        return
    finally:
        connection.close()
    yield from _told(checks)


def _told(checks: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    wrong = {name: str(check.get("problem")) for name, check in checks.items() if check.get("ok") is not True}
    for name, problem in wrong.items():
        yield Finding(f"running bot, {name}", "FAIL", problem, "Its log and what is said above tell more.")
    for name, check in checks.items():
        if note := check.get("note"):
            yield Finding(f"running bot, {name}", "note", str(note))
    if not wrong:
        yield Finding("running bot", "ok", "is ready")


def _checks(body: bytes) -> dict[str, dict[str, Any]]:
    """Return the checks of a page of /readyz; ValueError where it is none."""
    try:
        checks = json.loads(body)["checks"]
    except (KeyError, TypeError, RecursionError):
        raise ValueError("no checks") from None
    if not isinstance(checks, dict) or not all(isinstance(check, dict) for check in checks.values()):
        raise ValueError("no checks")
    return checks

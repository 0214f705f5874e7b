"""`yrd doctor`: looks at everything the bot needs and says what to do; it changes and posts nothing."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import click
from pydantic import SecretStr
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.cli.command import DONE, PROBLEMS, Command, with_settings
from bot.cli.findings import running, state
from bot.cli.findings.finding import Finding
from bot.encoder import E5Encoder
from bot.fact_base import encoder_at_hand
from bot.plural import plural
from bot.settings import ConfigurationError, Settings, revealed
from bot.slack.api import web
from bot.slack.api.errors import ADMIN_KINDS, error_code, error_reason, is_later
from bot.slack.listeners.manifest import scopes_in_use
from bot.slack.receiving.verification import AGE_MAX_SECONDS
from bot.state.disk import files
from knowledge import build, seeds
from knowledge.seeds import BadSeedsError

CLOCK_NOTE_SECONDS: Final = 30
DISK_LEAST_BYTES: Final = 100 * 1024 * 1024


@click.command("doctor", cls=Command)
@with_settings
def command(settings: Settings) -> int:
    """Say what was found."""
    return examine(settings)


def examine(settings: Settings) -> int:
    """Print every finding and return the exit status: 0 when nothing fails, else 1."""
    failed = False
    for finding in findings(settings):
        print(finding)
        failed = failed or finding.grade == "FAIL"
    return PROBLEMS if failed else DONE


def findings(settings: Settings, now: Callable[[], float] = time.time) -> Iterator[Finding]:
    """Yield what is found, in the order in which things are best put right. `now` gives Unix seconds."""
    yield from _slack(settings, now)
    yield _seeds(settings)
    encoder = encoder_at_hand(settings)
    yield _base(settings, encoder)
    yield _encoder(settings, encoder)
    yield _folder(settings)
    yield from state.findings(settings)
    yield _disk(settings)
    yield from running.findings(settings)


def _slack(settings: Settings, now: Callable[[], float]) -> Iterator[Finding]:
    try:
        mode = settings.mode()
    except ConfigurationError as error:
        yield Finding("settings", "FAIL", str(error), "README.md lists what each way of running needs.")
        return
    if mode == "workspace":
        yield Finding("settings", "ok", "no tokens: `yrd run` opens the local workspace")
        return
    ways = {
        "socket": "Socket Mode",
        "http": "HTTP",
        "oauth": "HTTP, for workspaces that install the app themselves",
    }
    yield Finding("settings", "ok", ways[mode])
    if mode == "oauth":
        yield from _reached(settings, now)
        return
    yield from _bot_token(settings, now)
    if mode == "socket":
        yield _app_token(settings)


def _bot_token(settings: Settings, now: Callable[[], float]) -> Iterator[Finding]:
    client = _client(settings, settings.slack_bot_token)
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        yield _refused("bot token", error)
        return
    except OSError as error:
        yield _not_reached(error_reason(error))
        return
    yield Finding("bot token", "ok", f"{answer.get('user')} in {answer.get('team')}")
    headers = _headers(answer)
    yield _scopes(headers)
    yield _clock(headers, now())


def _reached(settings: Settings, now: Callable[[], float]) -> Iterator[Finding]:
    try:
        answer = _client(settings, None).api_test()
    except (SlackApiError, OSError) as error:
        yield _not_reached(error_reason(error) if isinstance(error, OSError) else error_code(error))
        return
    yield _clock(_headers(answer), now())


def _not_reached(why: str) -> Finding:
    return Finding("Slack", "FAIL", f"was not reached ({why})", "Check the network, proxy and SLACK_API_URL.")


def _headers(answer: SlackResponse) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in answer.headers.items()}


def _refused(name: str, error: SlackApiError) -> Finding:
    if is_later(error):
        return Finding(
            name, "FAIL", "could not be looked at: was asked to wait (429)", "Try again in a minute."
        )
    said = error_code(error) or "an error"
    return Finding(
        name, "FAIL", f"Slack answers {said}", ADMIN_KINDS.get(said, "Copy it from the app's pages again.")
    )


def _scopes(headers: Mapping[str, str]) -> Finding:
    if "x-oauth-scopes" not in headers:
        return Finding("scopes", "note", "Slack did not say which scopes the token has")
    granted = {scope.strip() for scope in headers["x-oauth-scopes"].split(",") if scope.strip()}
    needed = set(scopes_in_use())
    if missing := sorted(needed - granted):
        return Finding(
            "scopes",
            "FAIL",
            f"missing: {', '.join(missing)}",
            "Paste `yrd manifest` into the app's manifest and reinstall it.",
        )
    if surplus := sorted(granted - set(scopes_in_use(agent=True))):
        return Finding(
            "scopes", "note", f"more than the bot uses: {', '.join(surplus)}", "They can be taken away."
        )
    return Finding("scopes", "ok", ", ".join(sorted(needed)))


def _clock(headers: Mapping[str, str], now: float) -> Finding:
    try:
        slack = parsedate_to_datetime(headers["date"]).timestamp()
    except (KeyError, ValueError):
        return Finding("clock", "note", "Slack did not say what time it is")
    skew = now - slack
    said = f"{abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} Slack's"
    if abs(skew) >= AGE_MAX_SECONDS:
        return Finding("clock", "FAIL", f"{said}: every request is refused as too old", "Turn on NTP.")
    if abs(skew) >= CLOCK_NOTE_SECONDS:
        return Finding(
            "clock", "note", said, f"Turn on NTP: from {AGE_MAX_SECONDS} s on requests are refused."
        )
    return Finding("clock", "ok", said)


def _app_token(settings: Settings) -> Finding:
    """Ask for the address of a socket. It is never opened, and lapses by itself: nobody is disturbed."""
    client = _client(settings, settings.slack_app_token)
    try:
        client.apps_connections_open(app_token=revealed(settings.slack_app_token))
    except SlackApiError as error:
        return _refused("app token", error)
    except OSError as error:
        return Finding("app token", "FAIL", f"Slack was not reached ({error_reason(error)})")
    return Finding("app token", "ok", "Slack gives a socket for it")


def _client(settings: Settings, token: SecretStr | None) -> WebClient:
    return web.client(revealed(token), settings.slack_api_url)


def _seeds(settings: Settings) -> Finding:
    try:
        curated = seeds.read(settings.seeds)
    except BadSeedsError as error:
        count, first = len(error.problems), str(error.problems[0])
        said = f"{count} {plural(count, 'problem')}, first {first}"
        return Finding("seeds", "FAIL", said, "`yrd check` lists them all.")
    except OSError as error:
        return Finding(
            "seeds", "FAIL", f"{settings.seeds} cannot be read: {error}", "Point YRD_SEEDS at the seeds."
        )
    return Finding("seeds", "ok", f"{len(curated.facts)} facts from {len(curated.documents)} documents")


def _base(settings: Settings, encoder: E5Encoder | None) -> Finding:
    path = settings.facts_db
    try:
        if not path.exists():
            return Finding(
                "fact base", "note", f"{path} is not built yet", "`yrd build`, or the next start, builds it."
            )
        if not build.is_current(settings.seeds, path, encoder):
            return Finding(
                "fact base",
                "note",
                f"{path} is older than the seeds",
                "`yrd build`, or the next start, builds it anew.",
            )
    except sqlite3.Error as error:
        return Finding(
            "fact base", "FAIL", f"{path} cannot be read: {error}", "Delete it; it is built again."
        )
    except OSError as error:
        said = f"{path} cannot be read ({error.strerror})"
        return Finding("fact base", "FAIL", said, "Give it, and its folder, to the bot's user.")
    return Finding("fact base", "ok", f"{path} is up to date")


def _encoder(settings: Settings, encoder: E5Encoder | None) -> Finding:
    works = "everything works, and answers are found by their words alone"
    if settings.light:
        return Finding("encoder", "note", f"left out: LIGHT is set; {works}")
    if encoder is None:
        advice = "`make setup` installs it where there is one for this machine."
        return Finding("encoder", "note", f"not installed: {works}", advice)
    return Finding("encoder", "ok", encoder.name)


def _folder(settings: Settings) -> Finding:
    """Try what the bot does there: a file that is gone before anybody sees it."""
    there = settings.data_dir
    try:
        there = _nearest(settings.data_dir)
        if not there.is_dir():
            raise NotADirectoryError(0, "it is a file")
        with tempfile.TemporaryFile(dir=there):
            pass
        lock = settings.data_dir / (settings.state_db.name + files.LOCK)
        if files.is_there(lock):
            there = lock
            lock.open("ab").close()
    except OSError as error:
        advice = "Give it to the bot's user, or set YRD_DATA_DIR to a folder of theirs."
        return Finding("folder", "FAIL", f"{there} cannot be written ({error.strerror or error})", advice)
    return Finding("folder", "ok", f"{settings.data_dir} can be written")


def _nearest(folder: Path) -> Path:
    """Return the folder or, where it is not made yet, the nearest above it that is there; OSError."""
    return next(place for place in (folder, *folder.absolute().parents) if files.is_there(place))


def _disk(settings: Settings) -> Finding:
    try:
        free = shutil.disk_usage(_nearest(settings.data_dir)).free
    except OSError as error:
        said = f"how much room {settings.data_dir} has cannot be told ({error.strerror})"
        return Finding("disk", "FAIL", said, "See what is said of the folder.")
    said = f"{free // 1024**2:,} MB free for {settings.data_dir}"
    if free < DISK_LEAST_BYTES:
        return Finding("disk", "FAIL", said, "Make room: what people tell the bot can hardly be kept.")
    return Finding("disk", "ok", said)

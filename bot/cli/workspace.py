"""`yrd workspace ...`: faults, the clock and the tour of the local workspace that is running.

Speaks to its control on this machine with the secret that stands in YRD_DATA_DIR; knows nothing of what it does.
"""

from __future__ import annotations

import http.client
import json
import re
from typing import Any, Final
from urllib.parse import urlsplit

import click

from bot.cli.command import DONE, PROBLEMS, Group, complain, with_settings
from bot.settings import ConfigurationError, Settings

FILE: Final = "workspace-control.json"
# A week goes by in steps with a round of digests each.
PATIENCE: Final = 600
# From "cut" on, the answer has status 200 and is not Slack's.
KINDS: Final = (
    "429", "500", "time-out", "drop", "error", "cut", "empty", "login-page", "other-json", "trickle",
)  # fmt: skip
UNITS: Final = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}
NOT_RUNNING: Final = "No local workspace is running on this data folder: start one with yrd run."


class Duration(click.ParamType[float]):
    """A length of time such as 90m, in seconds."""

    name = "duration"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the seconds that `value` stands for."""
        found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([mhdw])", value.strip())
        if found is None:
            self.fail(f"{value!r} is not a number and m, h, d or w, such as 1d", param, ctx)
        return float(found[1]) * UNITS[found[2]]


class Number(click.ParamType[float]):
    """A number in plain digits: Python takes those of all scripts."""

    name = "number"

    def __init__(self, *, is_whole: bool = False) -> None:
        self._is_whole = is_whole

    def convert(self, value: str | float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number that `value` stands for."""
        if not isinstance(value, str):
            return value
        if not re.fullmatch(
            r"[0-9]{1,9}" if self._is_whole else r"[0-9]{1,9}(?:\.[0-9]{1,9})?", value.strip()
        ):
            self.fail(f"{value!r} is not a {'whole ' * self._is_whole}number, such as 3", param, ctx)
        return float(value)


@click.group("workspace", cls=Group)
def command() -> None:
    """Hold the commands to the workspace that is running."""


@command.command("status", help="say what the time is there, how much it holds, and which faults stand ready")
@with_settings
def status(settings: Settings) -> int:
    """Say how things stand."""
    return _tell(settings, "status")


@command.command("heal", help="take back every fault")
@with_settings
def heal(settings: Settings) -> int:
    """Take faults back."""
    return _tell(settings, "heal")


@command.command("reset", help="forget all messages; people and channels stay")
@with_settings
def reset(settings: Settings) -> int:
    """Forget messages."""
    return _tell(settings, "reset")


@command.command("tour", help="play the tour on the page")
@with_settings
def tour(settings: Settings) -> int:
    """Play the tour."""
    return _tell(settings, "tour")


@command.command("forward", help="put the clock forward; digests that come due are posted")
@click.argument("by", type=Duration(), help="such as 90m, 6h, 1d or 1w; 62 days at most")
@with_settings
def forward(settings: Settings, by: float) -> int:
    """Put the clock forward by some seconds."""
    return _tell(settings, "forward", seconds=by)


@command.command("fault", help="let Slack, or what stands before it, fail the bot's next calls")
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND", help=", ".join(KINDS))
@click.argument("method", default="*", help="such as chat.postMessage or response_url; all if none")
@click.option("--times", type=Number(is_whole=True), default=1, help="how many calls (1)")
@click.option(
    "--seconds", type=Number(), help="Retry-After of 429 (1), or how long time-out and trickle last (30)"
)
@click.option("--accepted", is_flag=True, help="the call is carried out before it fails")
@click.option("--code", help="Slack's word for error, such as channel_not_found")
@with_settings
def fault(settings: Settings, /, **asked: Any) -> int:
    """Prepare a fault."""
    return _tell(settings, "fault", **asked)


def _tell(settings: Settings, do: str, **asked: Any) -> int:
    status, told = _ask(settings, {"do": do, **asked})
    if status != http.HTTPStatus.OK:
        return complain(f"The workspace refused: {told.get('error', status)}.", PROBLEMS)
    print(_line(told))
    return DONE


def _ask(settings: Settings, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    try:
        told = json.loads((settings.data_dir / FILE).read_text(encoding="utf-8"))
        at = urlsplit(told["url"])
        connection = http.client.HTTPConnection(at.hostname or "", at.port, timeout=PATIENCE)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {told['secret']}"}
        connection.request("POST", at.path, json.dumps(asked), headers)
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
    except (OSError, ValueError, KeyError, http.client.HTTPException) as error:
        raise ConfigurationError(NOT_RUNNING) from error
    try:
        return answer.status, json.loads(body)
    except ValueError:
        said = re.sub(r"<[^>]+>", " ", body.partition("<p>")[2])
        return answer.status, {"error": " ".join(said.split()).rstrip(".") or answer.reason}


def _line(told: dict[str, Any]) -> str:
    ahead = told["ahead"] / 3600
    parts = [
        f"It is {told['time']} there" + (f", {ahead:.1f} h ahead" if ahead else ""),
        f"{told['people']} people, {told['channels']} channels, {told['messages']} messages",
        f"faults: {'; '.join(told['faults']) or 'none'}",
    ]
    return " · ".join(parts)

"""`yrd workspace ...`: faults, the clock and the tour of the local workspace that is running.

Speaks to its control on this machine with the secret that stands in YRD_DATA_DIR; knows nothing of what it does.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import sys
from typing import Any, Final
from urllib.parse import urlsplit

from bot.settings import ConfigurationError, Settings

DONE, PROBLEMS = 0, 1
FILE: Final = "workspace-control.json"
# A week goes by in steps with a round of digests each.
PATIENCE: Final = 600
# From "cut" on, the answer has status 200 and is not Slack's.
KINDS: Final = (
    "429", "500", "time-out", "drop", "error", "cut", "empty", "login-page", "other-json", "trickle",
)  # fmt: skip
UNITS: Final = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}
NOT_RUNNING: Final = "No local workspace is running on this data folder: start one with yrd run."


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the words after `yrd workspace`."""
    words = parser.add_subparsers(title="commands", required=True, metavar="WORD")
    for word, text in (
        ("status", "say what the time is there, how much it holds, and which faults stand ready"),
        ("heal", "take back every fault"),
        ("reset", "forget all messages; people and channels stay"),
        ("tour", "play the tour on the page"),
    ):
        words.add_parser(word, help=text).set_defaults(run=_run, do=word)
    forward = words.add_parser("forward", help="put the clock forward; digests that come due are posted")
    forward.add_argument("by", type=_seconds, help="such as 90m, 6h, 1d or 1w; 62 days at most")
    forward.set_defaults(run=_run, do="forward")
    fault = words.add_parser("fault", help="let Slack, or what stands before it, fail the bot's next calls")
    fault.add_argument("kind", choices=KINDS)
    fault.add_argument(
        "method", nargs="?", default="*", help="such as chat.postMessage or response_url; all if none"
    )
    fault.add_argument("--times", type=int, default=1, help="how many calls (1)")
    fault.add_argument(
        "--seconds", type=float, help="Retry-After of 429 (1), or how long time-out and trickle last (30)"
    )
    fault.add_argument("--accepted", action="store_true", help="the call is carried out before it fails")
    fault.add_argument("--code", help="Slack's word for error, such as channel_not_found")
    fault.set_defaults(run=_run, do="fault")


def _run(settings: Settings, options: argparse.Namespace) -> int:
    asked: dict[str, Any] = {"do": options.do}
    if options.do == "forward":
        asked["seconds"] = options.by
    if options.do == "fault":
        asked |= {
            name: getattr(options, name)
            for name in ("kind", "method", "times", "seconds", "accepted", "code")
        }
    status, told = _ask(settings, asked)
    if status != http.HTTPStatus.OK:
        print(f"The workspace refused: {told.get('error', status)}.", file=sys.stderr)
        return PROBLEMS
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


def _seconds(text: str) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([mhdw])", text.strip())
    if found is None:
        raise argparse.ArgumentTypeError("a number and m, h, d or w, such as 1d")
    return float(found[1]) * UNITS[found[2]]

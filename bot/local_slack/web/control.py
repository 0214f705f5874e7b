"""The workspace's control: faults, the clock and the tour, for `yrd workspace` on the command line.

Not for the page: whoever asks must have read the file with the secret in YRD_DATA_DIR, which only its owner can.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Response, abort, jsonify, request

from bot.local_slack.api.table import METHODS
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.clock import MovableClock
from bot.local_slack.state.faults import STRANGERS, Faults, Stranger
from bot.local_slack.state.persistence import write_private
from bot.local_slack.state.team import Team
from bot.local_slack.web.page import refuse_strangers
from bot.local_slack.web.tour import Tour

FILE: Final = "workspace-control.json"
PATH: Final = "/workspace/control"
# As long as the catch-up of digests may reach, and then some; a slip of the hand is not a year.
LONGEST: Final = 62 * 86_400.0
# As they are typed, for what is answered with status 200 and is not Slack's.
STRANGE: Final[dict[str, Stranger]] = {kind.replace("_", "-"): kind for kind in STRANGERS}
KINDS: Final = ("429", "500", "time-out", "drop", "error", *STRANGE)


class Control:
    """Carries out what the command line asks. `on_forward` runs after every step of the clock."""

    def __init__(self, team: Team, clock: MovableClock, faults: Faults, tour: Tour) -> None:
        self.on_forward: Callable[[], object] = lambda: None
        self._team = team
        self._clock = clock
        self._faults = faults
        self._tour = tour
        self._secret = secrets.token_urlsafe(32)
        self._file: Path | None = None
        self._table: dict[str, Callable[[Json], Json]] = {
            "status": self._status,
            "forward": self._forward,
            "fault": self._fault,
            "heal": self._heal,
            "reset": self._reset,
            "tour": self._play,
        }

    def announce(self, folder: Path, origin: str) -> None:
        """Write where the control is and its secret into a file that only its owner can read."""
        self._file = folder / FILE
        told = {"url": origin + PATH, "secret": self._secret, "process": os.getpid()}
        write_private(self._file, json.dumps(told).encode())

    def close(self) -> None:
        """Take the file away, if it is still ours."""
        if self._file is None:
            return
        try:
            if json.loads(self._file.read_text(encoding="utf-8"))["secret"] == self._secret:
                self._file.unlink()
        except (OSError, ValueError, KeyError):
            # Somebody else took it away or wrote over it: nothing of ours is left there.
            return

    def blueprint(self) -> Blueprint:
        """Return the route: POST /workspace/control with {"do": ...} and the secret as a bearer token."""
        routes = Blueprint("workspace_control", __name__)
        routes.before_request(refuse_strangers)
        routes.add_url_rule(PATH, "control", self._serve, methods=["POST"])
        return routes

    def _serve(self) -> Response:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        # Browsers send an Origin with every POST; no page has any business here, not even ours.
        if "Origin" in request.headers or not hmac.compare_digest(given.encode(), self._secret.encode()):
            abort(403, "not yours")
        asked = request.get_json(silent=True)
        if not isinstance(asked, dict) or (action := self._table.get(str(asked.get("do")))) is None:
            abort(400, "no such thing")
        try:
            return jsonify(action(asked))
        except (KeyError, TypeError, ValueError) as error:
            abort(400, str(error))

    def _status(self, asked: Json) -> Json:
        with self._team.lock:
            messages = sum(1 for held in self._team.messages.values() for m in held if not m.deleted)
        waiting = [f"{fault.times} × {fault.kind} on {fault.method}" for fault in self._faults.ready]
        return {
            "time": self._clock.now().isoformat(timespec="seconds"),
            "ahead": self._clock.ahead,
            "people": sum(1 for user in self._team.users.values() if not user.is_bot),
            "channels": sum(1 for channel in self._team.channels.values() if not channel.im_with),
            "messages": messages,
            "faults": waiting,
        }

    def _forward(self, asked: Json) -> Json:
        seconds = _number(asked, "seconds", 0.0)
        if not 0 < seconds <= LONGEST:
            raise ValueError(f"from 1 second to {LONGEST / 86_400:.0f} days")
        steps = self._clock.forward(seconds, self._step)
        return {"steps": steps, **self._status(asked)}

    def _step(self) -> None:
        self._team.touch()
        self.on_forward()

    def _fault(self, asked: Json) -> Json:
        kind, method = str(asked.get("kind")), str(asked.get("method") or "*")
        times = int(_number(asked, "times", 1))
        if method not in METHODS and method not in ("*", "response_url"):
            raise ValueError(f"the bot calls no method {method}")
        if not 1 <= times <= 1000:
            raise ValueError("times is from 1 to 1000")
        seconds, accepted = _number(asked, "seconds", 30.0), asked.get("accepted") is True
        if kind == "429":
            self._faults.rate_limit(method, max(int(_number(asked, "seconds", 1.0)), 1), times)
        elif kind == "500":
            self._faults.server_error(method, times=times, accepted=accepted)
        elif kind == "time-out":
            self._faults.time_out(method, seconds, times, accepted)
        elif kind == "drop":
            self._faults.drop(method, times, accepted)
        elif kind in STRANGE:
            self._faults.stranger(method, STRANGE[kind], times, accepted, seconds)
        elif kind == "error" and asked.get("code"):
            self._faults.error(method, str(asked["code"]), times)
        else:
            raise ValueError(f"kind is one of {', '.join(KINDS)}; error takes a code")
        return self._status(asked)

    def _heal(self, asked: Json) -> Json:
        self._faults.clear()
        return self._status(asked)

    def _reset(self, asked: Json) -> Json:
        self._tour.stop_all()
        self._team.clear()
        return self._status(asked)

    def _play(self, asked: Json) -> Json:
        self._tour.call()
        return self._status(asked)


def _number(asked: Json, name: str, default: float) -> float:
    value: Any = asked.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{name} must be a number")
    return float(value)

"""Every call the bot made, in order, as the local Slack took it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from bot.local_slack.blockkit.json import Json


@dataclass(frozen=True, slots=True)
class Call:
    """One call the bot made. `response` is None when it got no proper answer."""

    method: str
    payload: Json
    status: int
    response: Json | None
    at: float


@dataclass
class Calls:
    """Every call the bot made, in order. Slack's own view: payloads as parsed, without tokens."""

    made: list[Call] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def add(self, call: Call) -> None:
        """Note a call and wake who waits."""
        with self.changed:
            self.made.append(call)
            self.changed.notify_all()

    def of_method(self, method: str) -> list[Call]:
        """Return the calls of one method, oldest first."""
        with self.changed:
            return [call for call in self.made if call.method == method]

    def wait_for(self, method: str, count: int = 1, timeout: float = 5.0) -> list[Call]:
        """Return the calls of a method once it was called `count` times; TimeoutError else."""
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.of_method(method)) >= count, timeout):
                raise TimeoutError(
                    f"{len(self.of_method(method))} of {count} calls of {method} within {timeout} s"
                )
            return self.of_method(method)

    def clear(self) -> None:
        """Forget all calls."""
        with self.changed:
            self.made.clear()

    def __len__(self) -> int:
        return len(self.made)

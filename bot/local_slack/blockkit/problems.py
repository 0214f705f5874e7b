"""Collects what is wrong with a payload, in Slack's words, with a JSON pointer to each place."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from bot.local_slack.blockkit.json import Json

# Slack may take more. Whoever teaches the bot a new kind teaches it to the local Slack as well.
NOT_SENT: Final = "this local Slack holds only the kinds that the bot sends"


class Problems:
    """The problems found so far. `chars` counts the characters of all texts seen."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.chars = 0
        self.closest: tuple[str, int, int] = ("", 0, 1)

    def add(self, path: str, problem: str) -> None:
        """Note one problem at a JSON pointer."""
        self.found.append(f"[ERROR] {problem} [json-pointer:{path}]")

    def unsupported(self, path: str, kind: Any) -> None:
        """Note a block, element or part of a kind that is not held here, and why not."""
        self.add(f"{path}/type", f"unsupported type: {kind} ({NOT_SENT})")

    def unsupported_field(self, path: str, field: str) -> None:
        """Note a field that Slack takes and that is not held here, and why not."""
        self.add(f"{path}/{field}", f"unsupported property: {field} ({NOT_SENT})")

    def string(self, value: Any, path: str, limit: int, least: int = 1) -> None:
        """Check a string of `least` to `limit` characters; absent is fine."""
        if value is None:
            return
        if not isinstance(value, str):
            self.add(path, "must provide a string")
            return
        self.measure(f"characters at {path}", len(value), limit)
        if len(value) < least:
            self.add(path, f"must be more than {least - 1} characters")
        elif len(value) > limit:
            self.add(path, f"must be less than {limit + 1} characters")
        else:
            self.chars += len(value)

    def text(
        self, value: Any, path: str, limit: int, kinds: Collection[str] = ("plain_text", "mrkdwn")
    ) -> None:
        """Check a text object of one of `kinds`; absent is fine."""
        if value is None:
            return
        if not isinstance(value, dict):
            self.add(path, "must provide an object")
            return
        kind = value.get("type")
        if kind not in kinds:
            self.add(path + "/type", f"must be one of: {', '.join(kinds)}")
            return
        self.keys(
            value, path, {"type", "text", "emoji"} if kind == "plain_text" else {"type", "text", "verbatim"}
        )
        self.need(value, path, "text")
        self.string(value.get("text"), path + "/text", limit)

    def items(self, value: Any, path: str, most: int, least: int = 1) -> list[Json]:
        """Return the objects of a list of `least` to `most`; what is no object is noted and left out."""
        if not isinstance(value, list):
            self.add(path, "must provide an array")
            return []
        self.measure(f"items at {path}", len(value), most)
        if len(value) > most:
            self.add(path, f"no more than {most} items allowed")
        if len(value) < least:
            self.add(path, f"must have at least {least} items")
        for index, item in enumerate(value):
            if not isinstance(item, dict):
                self.add(f"{path}/{index}", "must provide an object")
        return [item for item in value if isinstance(item, dict)]

    def measure(self, what: str, used: int, most: int) -> None:
        """Remember what came nearest to its limit."""
        if most and used * self.closest[2] > self.closest[1] * most:
            self.closest = (what, used, int(most))

    def need(self, value: Json, path: str, *fields: str) -> None:
        """Check that these fields are there."""
        for field in fields:
            if value.get(field) is None:
                self.add(path, f"missing required field: {field}")

    def keys(self, value: Json, path: str, allowed: Collection[str]) -> None:
        """Check that there are no fields but these."""
        for field in value:
            if field not in allowed:
                self.add(path, f"invalid additional property: {field}")

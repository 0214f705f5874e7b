"""What the inputs of a submitted view hold, read as a stranger's; block and action share a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.slack.payloads import Submission
from bot.slack.text import clean

_TYPED: Final = ("value", "selected_date", "selected_conversation")


class FormState:
    """The values by name; what is missing or odd is "" or ()."""

    def __init__(self, call: Submission) -> None:
        self._held = call.view.state.values

    def text(self, name: str, longest: int) -> str:
        """What was typed or the date chosen, cleaned and on one line."""
        return clean(self._raw(name), longest)[0]

    def lines(self, name: str, longest: int) -> list[str]:
        """What was typed, line by line, each cleaned."""
        return [line for raw in self._raw(name)[:2000].splitlines() if (line := clean(raw, longest)[0])]

    def one(self, name: str) -> str:
        """The value of the option chosen."""
        return _value(self._of(name).get("selected_option"))

    def many(self, name: str) -> tuple[str, ...]:
        """The values of the options chosen."""
        options = self._of(name).get("selected_options")
        return tuple(filter(None, map(_value, options))) if isinstance(options, list) else ()

    def _raw(self, name: str) -> str:
        held = self._of(name)
        return next((value for field in _TYPED if isinstance(value := held.get(field), str)), "")

    def _of(self, name: str) -> Mapping[str, Any]:
        held = self._held.get(name, {}).get(name)
        return held if isinstance(held, dict) else {}


def _value(option: object) -> str:
    value = option.get("value") if isinstance(option, dict) else None
    return value if isinstance(value, str) else ""

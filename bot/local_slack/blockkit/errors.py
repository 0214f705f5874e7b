"""The one exception the local Slack answers with."""

from __future__ import annotations

from typing import Any


class SlackError(Exception):
    """A refusal: `code` is Slack's error string, `extra` what stands beside it in the answer."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

"""Pictures in messages: Slack refuses a message for a while after it took the file, and for good where it shows none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.api.errors import error_code
from bot.slack.api.exchange import LaterError

WAITS: Final = (0.5, 1.0, 2.0)
"""Seconds between tries of a message whose file Slack may still be looking through."""
REFUSALS: Final = frozenset({"invalid_blocks", "invalid_blocks_format"})
"""What Slack says of it meanwhile: github.com/slackapi/java-slack-sdk/issues/1349."""
VIEW_REFUSALS: Final = frozenset({"invalid_arguments"})
"""What it says of a view."""
_R = TypeVar("_R")


class PictureRefusedError(Exception):
    """Slack does not show the picture of a message or a view, which was not posted therefore; without it, it may be."""


class FileRefusedError(Exception):
    """Slack took no file from the bot; `error` is what it said."""

    def __init__(self, error: SlackClientError) -> None:
        super().__init__(str(error))
        self.error = error


def until_ready(
    send: Callable[[], _R], is_pictured: bool, refusals: frozenset[str] = REFUSALS
) -> Callable[[], _R]:
    """Return `send`, tried again where what it sends `is_pictured` by a file that Slack has taken and not looked through yet.

    The last try raises PictureRefusedError.
    """
    if not is_pictured:
        return send
    waits = iter(WAITS)

    def tried() -> _R:
        try:
            return send()
        except SlackApiError as error:
            if error_code(error) not in refusals:
                raise
            raise refused(waits) from error

    return tried


def refused(waits: Iterator[float]) -> LaterError | PictureRefusedError:
    """Return what comes of a picture that was refused: another try, as long as there are `waits` left."""
    seconds = next(waits, None)
    return LaterError(seconds) if seconds else PictureRefusedError()

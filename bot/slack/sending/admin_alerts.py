"""Telling the installer, once of each kind, about failures that need a person with rights."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from bot.ports import Notices
from bot.slack.api.errors import ADMIN_KINDS, error_code
from bot.slack.api.message import Message, sentence
from bot.slack.sending.runner import Work
from handlers.say import say, say_many

_log = logging.getLogger(__name__)

IN_A_ROW: Final = 5
ERRORS_IN_A_ROW: Final = "errors_in_a_row"


class AdminSender(Protocol):
    """Posts to a person, and knows who owns the workspace."""

    async def post(self, channel: str, message: Message) -> object:
        """Return what came of posting `message` to the person of that id."""
        ...

    async def owner(self) -> str:
        """Return the id of the workspace's owner, "" where there is none to find."""
        ...


class AdminAlerts:
    """Counts failures and tells `installer` (a user id; "" for the workspace's owner) the first of each kind.

    It never raises: where Slack does not take the notice, the log has it. `start` runs the telling elsewhere:
    what failed may have failed while Slack waits for an acknowledgement. `install_at` is the page at which the app is installed
    again, "" where the installer runs the bot.
    """

    def __init__(
        self,
        sender: AdminSender,
        notices: Notices,
        start: Callable[[Work], object],
        installer: str = "",
        install_at: str = "",
    ) -> None:
        self._sender = sender
        self._notices = notices
        self._installer = installer
        self._install_at = install_at
        self._start = start
        self._lock = threading.Lock()
        self._failures = 0

    def worked(self) -> None:
        """A request was answered: the row of failures is broken."""
        if self._failures:
            with self._lock:
                self._failures = 0

    def failed(self, error: BaseException, reference: str, team: str, now: datetime) -> None:
        """A request failed with `error`, logged as `reference`."""
        with self._lock:
            self._failures += 1
            in_a_row = self._failures == IN_A_ROW
        kind = error_code(error)
        if kind in ADMIN_KINDS:
            text = say("I could not do my work. {reason}", reason=ADMIN_KINDS[kind])
            self._later(kind, text, reference, team, now)
        if in_a_row:
            text = say_many("{count} request failed.", "{count} requests in a row failed.", IN_A_ROW)
            self._later(ERRORS_IN_A_ROW, text, reference, team, now)

    def tell(self, kind: str, text: str, team: str, now: datetime) -> None:
        """Tell the first failure of `kind` that no request was needed to find."""
        self._later(kind, text, "", team, now)

    def _later(self, kind: str, text: str, reference: str, team: str, now: datetime) -> None:
        self._start(self._tell(kind, text, reference, team, now))

    async def _tell(self, kind: str, text: str, reference: str, team: str, now: datetime) -> None:
        try:
            if not self._notices.first(team, kind, now):
                return
            told = self._installer or await self._sender.owner()
            if not told:
                _log.error("an admin is needed, but YRD_INSTALLER names nobody to tell", extra={"kind": kind})
                return
            await self._sender.post(told, sentence(_notice(text, reference, self._install_at)))
        except Exception as error:  # noqa: BLE001 - a boundary: a missing scope may forbid this very notice
            extra = {"kind": kind, "error": type(error).__name__, "slack_error": error_code(error)}
            _log.error("the installer could not be told", extra=extra)


def _notice(text: str, reference: str, install_at: str) -> str:
    """Return what failed with where to read more of it, or what whoever does not run the bot can do."""
    if install_at:
        return say(
            "{what} If it does not pass, install me again at {address}, or tell whoever runs me{named}. I tell you this once"
            " for each kind of failure.",
            what=text,
            address=install_at,
            named=say(" (my log has it as {reference})", reference=reference) if reference else "",
        )
    if not reference:
        return say(
            "{what} “yrd doctor” on my machine says more. I tell you this once for each kind of failure.",
            what=text,
        )
    return say(
        "{what} The log has it as {reference}. “yrd doctor” on my machine says more."
        " I tell you this once for each kind of failure.",
        what=text,
        reference=reference,
    )

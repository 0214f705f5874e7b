"""The port Bell: sends by the bot's own hand after the answer is out."""

from __future__ import annotations

import logging
from concurrent.futures import Executor

from slack_sdk.errors import SlackApiError

from bot.render.typeset import Typesetter
from bot.slack.errors import code
from bot.slack.message import of
from bot.slack.outbox import Outbox
from handlers.answer import Answer

_log = logging.getLogger(__name__)


class SlackBell:
    """Sends each message once. What Slack refuses is logged: a queue in Home and /yrd review shows it too."""

    def __init__(self, outbox: Outbox, work: Executor, typeset: Typesetter) -> None:
        self._outbox = outbox
        self._work = work
        self._typeset = typeset

    def ring(self, team: str, to: str, said: Answer, thread: str = "") -> None:
        """Show `said` to a person or a channel."""
        self._work.submit(self._send, team, to, said, thread)

    def _send(self, team: str, to: str, said: Answer, thread: str) -> None:
        try:
            self._outbox.post(to, of(said, None, typeset=self._typeset), thread)
        except (SlackApiError, OSError) as error:
            _log.warning(
                "a notice was not delivered",
                extra={"team": team, "error": code(error) or type(error).__name__},
            )
        except Exception:  # noqa: BLE001 - the boundary of work that nobody waits for
            _log.exception("a notice could not be made", extra={"team": team})

"""Views of Slack's: Home tabs, and modals on people's screens. They are never waited for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.api.errors import asked_to_wait, error_code, is_expired
from bot.slack.api.message import is_file
from bot.slack.api.web import SlackWeb
from bot.slack.sending.newest import Newest
from bot.slack.sending.open_cards import OpenCards
from bot.slack.sending.outbox import Call, made
from bot.slack.sending.pictures import VIEW_REFUSALS, until_ready


class NotOpenedError(Exception):
    """Slack opened no view: the click is too old by now, too many lie there, or too much is asked at once. A new click may do."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A modal that is open, and what tells how it stands from how it stood before."""

    id: str
    hash: str


class SlackViews:
    """Shows views as the bot. `prompt` is the client for what somebody sits and waits for.

    `newest` keeps, of each view that people press in, the answer to an older press from coming after that to a newer; `cards` says
    which modals show a proposal.
    """

    def __init__(self, client: SlackWeb, prompt: SlackWeb, cards: OpenCards) -> None:
        self._client = client
        self._prompt = prompt
        self.newest = Newest()
        self.cards = cards

    async def publish_home(self, user: str, view: dict[str, Any], *, still: str = "") -> Opened | None:
        """Show `view` as the Home tab of `user`; return how it stands. With a hash in `still` it is shown only if the tab stands
        as it stood then: None where another was published by now, which is the newer one.
        """
        hashed = {"hash": still} if still else {}
        call = lambda: self._client.views_publish(user_id=user, view=view, **hashed)  # noqa: E731
        ready = until_ready(call, any(map(is_file, view["blocks"])), VIEW_REFUSALS)
        try:
            return _opened(await made(Call(f"home {user}", ready, limit="views.publish")))
        except SlackApiError as error:
            if error_code(error) != "hash_conflict":
                raise
            return None

    async def open(self, trigger: str, view: dict[str, Any]) -> Opened:
        """Return a modal opened on the screen of whoever the trigger came from, within three seconds of it; NotOpenedError where
        a new trigger is needed.
        """
        return await self._shown(trigger, lambda: self._prompt.views_open(trigger_id=trigger, view=view))

    async def push(self, trigger: str, view: dict[str, Any]) -> Opened:
        """Return a modal laid over the one that the trigger came from, as `open`."""
        return await self._shown(trigger, lambda: self._prompt.views_push(trigger_id=trigger, view=view))

    async def _shown(self, trigger: str, call: Callable[[], SlackResponse]) -> Opened:
        try:
            said = await made(Call(f"form {trigger}", call, waits=False, prompt=True))
        except SlackApiError as error:
            if (
                is_expired(error)
                or asked_to_wait(error) is not None
                or error_code(error) == "push_limit_reached"
            ):
                raise NotOpenedError from error
            raise
        return _opened(said)

    async def update(
        self,
        view_id: str,
        view: dict[str, Any],
        *,
        still: str = "",
        unless: Callable[[], bool] = lambda: False,
    ) -> Opened | None:
        """Put `view` in place of an open modal; return how it stands, None where it was closed.

        With a hash in `still` it is changed only if it stands as it stood then; nothing is done if `unless` is so when its
        turn comes. In both cases it is another answer's by now: the same is returned as if it were shown.
        PictureRefusedError as a message.
        """
        hashed = {"hash": still} if still else {}

        def send() -> SlackResponse | None:
            if unless():
                return None
            return self._prompt.views_update(view_id=view_id, view=view, **hashed)

        ready = until_ready(send, any(map(is_file, view["blocks"])), VIEW_REFUSALS)
        try:
            said = await made(Call(f"view {view_id}", ready, limit="views.update", prompt=True))
        except SlackApiError as error:
            if error_code(error) == "not_found":
                return None
            if error_code(error) != "hash_conflict":
                raise
            said = None
        return Opened(view_id, still) if said is None else _opened(said)


def _opened(said: SlackResponse) -> Opened:
    view = said.get("view") or {}
    return Opened(str(view.get("id") or ""), str(view.get("hash") or ""))

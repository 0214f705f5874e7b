"""The door that every payload comes through, over HTTP and Socket Mode: whose it is, and what the rest are told.

Nobody who addresses the bot is left without a word, but for what is meant for another installation of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from bot.slack import forms
from bot.slack.api.identity import (
    ANOTHER_TEAM,
    COULD_NOT_READ,
    NOT_FOUND_OUT,
    NOT_INSTALLED,
    NOT_KNOWN_YET,
    SEALED,
    UNKNOWN_PERSON,
    IdentityUnknownError,
)
from bot.slack.api.message import in_ack, nothing, sentence
from bot.slack.api.payloads import Call, EventCall, OtherCall, ShownView, SlashCall, Submission, parse_payload
from bot.slack.api.whose import Membership
from bot.slack.context import SlackContext, nobody
from bot.slack.listeners import commands, events
from bot.slack.listeners.workspaces import Workspaces
from bot.slack.receiving.verification import SIGNATURE_HEADER
from bot.slack.sending.reply import deliver
from bot.state.errors import SealedError, StateError

_log = logging.getLogger(__name__)

UNAVAILABLE: Final = 503
_REFUSED: Final[Mapping[Membership, str]] = {
    "own": "",
    "stranger": ANOTHER_TEAM,
    "unknown": UNKNOWN_PERSON,
}


class Door(Middleware):
    """Lets in what can be read, is for an installation of ours and comes from its people; answers the rest politely.

    What is let in gets the parts of its workspace, with the view of its team's base that all of its answer is made from.
    Of whoever is behind an event it is asked after the acknowledgement, by `events`. A class, because Bolt
    gathers thirty arguments for each call of a function.
    """

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt passes it by this name
    ) -> BoltResponse | None:
        """Return the polite answer, or None after `next`."""
        if req.body.get("type") != "url_verification":
            call = parse_payload(req.body)
            req.context["call"] = call
            if call is None:
                return _decline(self._workspaces.elsewhere, req.body, call, COULD_NOT_READ)
            try:
                slack = self._workspaces.of(call.whose)
            except SealedError as error:
                _log.error("an installation does not open", extra={"error": str(error)})
                return _not_installed(self._workspaces.elsewhere, req.body, call, SEALED)
            except StateError as error:
                _log.error("whose a request is could not be looked up", extra={"error": str(error)})
                return _unknown_workspace(self._workspaces.elsewhere, req.body, call)
            if slack is None:
                return _not_installed(self._workspaces.elsewhere, req.body, call, NOT_INSTALLED)
            req.context["slack"] = slack
            try:
                reason = _refusal(slack, call)
            except IdentityUnknownError:
                if isinstance(call, EventCall):
                    # Slack sends it again.
                    return BoltResponse(status=UNAVAILABLE, body="")
                reason = NOT_KNOWN_YET
            if reason:
                return _decline(slack, req.body, call, reason)
            call = req.context["call"] = slack.identity.ours(call)
            slack = req.context["slack"] = slack.for_request(call.team, _signature(req))
            if isinstance(call, SlashCall):
                # Answered at the door: what Bolt does from here on (whose token, which listener, thirty
                # arguments) takes as long as the answer itself, and a command needs none of it.
                return commands.answer(slack, call)
        next()
        return resp


def _refusal(slack: SlackContext, call: Call) -> str:
    """Return why `call` is not answered, "" where it is."""
    reason = slack.identity.refusal(call)
    if reason or isinstance(call, EventCall):
        return reason
    if isinstance(call, OtherCall):
        # Nothing is done for it, so Slack need not be asked whose it is.
        return ANOTHER_TEAM if slack.identity.claimed_membership(call) == "stranger" else ""
    return _REFUSED[slack.membership(call)]


def _unknown_workspace(slack: SlackContext, body: Mapping[str, Any], call: Call) -> BoltResponse:
    """Return what is answered while it cannot be looked up whose a request is. Slack sends events again."""
    if isinstance(call, EventCall):
        return BoltResponse(status=UNAVAILABLE, body="")
    return _decline(slack, body, call, NOT_FOUND_OUT)


def _not_installed(slack: SlackContext, body: Mapping[str, Any], call: Call, reason: str) -> BoltResponse:
    """Return what is answered for a workspace that has not installed the app, or has removed it, or whose token does not open."""
    is_answered_at_once = isinstance(call, SlashCall | Submission)
    if is_answered_at_once or call.response_url:
        return _decline(slack, body, call, reason)
    # Without a token nobody can be told.
    return unasked(call) or nothing()


def _signature(req: BoltRequest) -> str:
    return next(iter(req.headers.get(SIGNATURE_HEADER, ())), "")


def _decline(slack: SlackContext, body: Mapping[str, Any], call: Call | None, reason: str) -> BoltResponse:
    if isinstance(call, EventCall):
        events.declined(slack, call, reason)
        return nothing()
    if isinstance(call, SlashCall) or "command" in body:
        return in_ack(sentence(reason))
    if body.get("type") == "view_submission":
        return forms.kept_open(_view(body), reason)
    if call is None:
        _tell_back(slack, body.get("response_url"), reason)
        return nothing()
    return unasked(call) or _told(slack, call, reason)


def _view(body: Mapping[str, Any]) -> ShownView:
    """Return the form as far as it can be read: its blocks."""
    view = body.get("view")
    blocks = view.get("blocks") if isinstance(view, Mapping) else None
    return ShownView(blocks=tuple(blocks) if isinstance(blocks, list) else ())


def unasked(call: Call | None) -> BoltResponse | None:
    """Return the bare answer to what Slack asks or tells by itself while somebody types or closes a form.

    None where somebody waits to be told something, which a response URL shows.
    """
    kind = call.type if isinstance(call, OtherCall) and not call.response_url else ""
    if kind == "block_suggestion":
        return BoltResponse(
            status=200, body='{"options": []}', headers={"content-type": "application/json;charset=utf-8"}
        )
    return nothing() if kind == "view_closed" else None


def _told(slack: SlackContext, call: Call, reason: str) -> BoltResponse:
    if not isinstance(call, EventCall):
        slack.later("refusal", call, lambda: deliver(slack.sender, call, sentence(reason)), nobody)
    return nothing()


def _tell_back(slack: SlackContext, url: object, reason: str) -> None:
    """Say why to a person whose ids are unreadable; a URL that is not Slack's is never called."""
    if isinstance(url, str) and slack.sender.may_call(url):
        slack.later("refusal", None, lambda: slack.sender.respond(url, sentence(reason)), nobody)

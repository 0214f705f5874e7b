"""What goes wrong becomes a sentence with an id for the person, and a log line with the same id.

The log gets ids, types and lines of code; never what people wrote, and never a token.
"""

from __future__ import annotations

import http.client
import logging
import re
import secrets
from typing import Final
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from bot import logs
from bot.slack.api.deadline import ProxyError
from bot.slack.api.error_kinds import kind_of
from bot.slack.api.exchange import LaterError, NotSlackError, seconds_asked, was_not_sent
from bot.state.errors import StateError, UnavailableError, UnknownCommitError
from handlers.say import say

_log = logging.getLogger(__name__)
# All of Slack's words for errors look so; slack_sdk puts sentences of its own in their place.
_WORD: Final = re.compile(r"[a-z][a-z0-9_]{0,79}")

# Errors of the Web API that only a person with rights in Slack can put right, and what they should do.
# docs.slack.dev/reference/methods/chat.postMessage#errors, docs.slack.dev/reference/methods/auth.test#errors
ADMIN_KINDS: Final[dict[str, str]] = {
    "missing_scope": say("A scope that I need was taken away or never granted. Reinstall the app."),
    "invalid_auth": say(
        "Slack does not accept my token. Set SLACK_BOT_TOKEN to the current one and restart me."
    ),
    "not_authed": say("Slack says that I sent no token. Set SLACK_BOT_TOKEN and restart me."),
    "token_revoked": say("My token was revoked. Reinstall the app, set SLACK_BOT_TOKEN and restart me."),
    "token_expired": say("My token has expired. Reinstall the app, set SLACK_BOT_TOKEN and restart me."),
    "account_inactive": say("My account was deactivated. Reinstall the app."),
    "not_allowed_token_type": say("My token is of the wrong kind: SLACK_BOT_TOKEN starts with xoxb-."),
    "no_permission": say("The workspace does not allow me to do this. Check the app's approvals."),
    "ekm_access_denied": say("The workspace's administrators suspended posting."),
    "restricted_action": say("A rule of the workspace forbids me to post there."),
    "team_access_not_granted": say("The app is not granted access to this workspace."),
}


class UnknownOutcomeError(OSError):
    """Slack did not say whether it carried out a call that shows something: it may be there.

    So nothing is sent in its place and no apology beside it. The text says why in the bot's own words.
    """


def unknown_outcome(error: Exception) -> UnknownOutcomeError | None:
    """Return what a failed call comes to where Slack may have carried it out; None where it surely has not."""
    if isinstance(error, SlackApiError):
        said = error_code(error)
        if asked_to_wait(error) is not None or (said and kind_of(said) != "unsure"):
            return None
        return UnknownOutcomeError(f"Slack answered {said or 'nothing that can be read'}")
    if not isinstance(error, OSError) or was_not_sent(error):
        return None
    return UnknownOutcomeError(f"no answer from Slack ({error_reason(error)})")


def new_reference() -> str:
    """Return an id that a person can quote and the log can be searched for."""
    return secrets.token_hex(4)


def apology(reference: str) -> str:
    """Return what a person is told about a failure of ours."""
    return say(
        "Something went wrong on my side; it is logged as {reference}. Please try again in a moment.",
        reference=reference,
    )


def error_code(error: BaseException) -> str:
    """Return Slack's word for the error ("channel_not_found"), "" where it is not one of Slack's."""
    if not isinstance(error, SlackApiError):
        return ""
    response = error.response
    said = response.get("error") if hasattr(response, "get") else None
    return said if isinstance(said, str) and is_word(said) else ""


def is_later(error: SlackApiError) -> bool:
    """Say whether the call was told to come later (429): by Slack, or by whoever stands before it."""
    return getattr(error.response, "status_code", 0) == http.client.TOO_MANY_REQUESTS


def asked_to_wait(error: Exception) -> float | None:
    """Return the seconds after which what failed with `error` may be tried again, None where it was not told so."""
    if isinstance(error, LaterError):
        return error.seconds
    if not isinstance(error, SlackApiError) or not (is_later(error) or kind_of(error_code(error)) == "later"):
        return None
    return seconds_asked(getattr(error.response, "headers", {}))


def is_expired(error: BaseException) -> bool:
    """Say whether the person's click or command was too old to open a form by."""
    return kind_of(error_code(error)) == "expired"


def is_barred(error: SlackApiError) -> bool:
    """Say whether the bot cannot be heard there, so that another way may reach the person."""
    return kind_of(error_code(error)) == "barred"


def is_word(said: object) -> bool:
    """Say whether `said` can be a word of Slack's for an error."""
    return isinstance(said, str) and _WORD.fullmatch(said) is not None


def error_reason(error: BaseException) -> str:
    """Return why Slack did not say: what answered in its place, what the proxy did, or the kind of error."""
    cause = error.reason if isinstance(error, URLError) else error
    return (
        str(cause)
        if isinstance(cause, NotSlackError | ProxyError | UnknownOutcomeError)
        else type(cause).__name__
    )


def log_error(error: BaseException, reference: str, what: str, **ids: str) -> None:
    """Write `error` to the log under `reference`. `what` names the work, `ids` are ids of Slack's."""
    _log.error(
        "%s failed",
        what,
        extra={
            "reference": reference,
            "what": what,
            "error": type(error).__name__,
            "slack_error": error_code(error),
            "trace": trace(error),
            **ids,
        },
    )


def log_unasked(error: BaseException, what: str, **ids: str) -> None:
    """Write to the log that work which nobody asked for failed with `error`, or waits while state is away."""
    away = error if isinstance(error, StateError) else error.__cause__
    if isinstance(away, UnavailableError) and not isinstance(away, UnknownCommitError):
        _log.warning("%s waits for state", what, extra={"error": str(away), **ids})
    else:
        log_error(error, new_reference(), what, **ids)


def trace(error: BaseException) -> list[str]:
    """Return types and lines of code of `error` and its causes, with Slack's words for those that are Slack's."""
    return logs.trace(error, lambda here: f"{type(here).__name__} {error_code(here)}".strip())

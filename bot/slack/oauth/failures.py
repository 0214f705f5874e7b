"""How an installation comes to nothing, by the reasons of Slack's and Bolt's (`slack_bolt.oauth.oauth_flow`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.privacy import span
from bot.slack.api.error_kinds import kind_of
from bot.state.kept import INSTALLING_KEPT
from handlers.say import Said, say

_NOT_COMPLETED: Final = say("The installation was not completed")


@dataclass(frozen=True, slots=True)
class Failure:
    """How an installation came to nothing: as which HTTP status, what happened, and what to do."""

    status: int
    happened: Said
    to_do: Said
    title: Said = _NOT_COMPLETED


_BEGIN_AGAIN: Final = say("Begin again. If it happens twice, tell whoever runs YRD Desk.")
FAILURES: Final[Mapping[str, Failure]] = {
    "access_denied": Failure(
        200,
        say("You did not let YRD Desk into the workspace, so nothing was installed or kept."),
        say("If that was a slip, begin again and allow it in Slack."),
        say("Nothing was installed"),
    ),
    "invalid_browser": Failure(
        400,
        say("This installation was begun in another browser, or this one takes no cookies from here."),
        say("Allow cookies for this address, and begin and end in the same browser."),
    ),
    "invalid_state": Failure(
        401,
        say("This link was used already, or is older than {period}.", period=span(INSTALLING_KEPT)),
        say("Begin again: a new link is good once."),
    ),
    "missing_code": Failure(401, say("Slack sent you back without a code to install by."), _BEGIN_AGAIN),
    "invalid_code": Failure(401, say("Slack did not accept the code that you came back with."), _BEGIN_AGAIN),
    "storage_error": Failure(
        503,
        say("The installation could not be written down here, so nothing of it was kept."),
        say("Begin again in a few minutes; until then YRD Desk does not answer in the workspace."),
    ),
    "unreachable": Failure(
        502,
        say("Slack did not answer in time, so nothing was kept here."),
        say("Begin again in a few minutes."),
    ),
    "unsure": Failure(
        503,
        say(
            "Whether the installation was written down here is not known: the connection was lost just then."
        ),
        say("Type /yrd help in Slack. If there is no answer, begin again."),
    ),
    "misconfigured": Failure(
        500,
        say(
            "YRD Desk is not set up right: Slack does not take what it shows for itself, or what it asks for. Nothing was kept"
            " here."
        ),
        say("Tell whoever runs YRD Desk; its log says what Slack refused."),
    ),
    "barred": Failure(
        403,
        say("Slack does not let YRD Desk be installed there, so nothing was kept here."),
        say(
            "Ask an admin of the workspace, or of its organisation, to allow YRD Desk there. Until then, beginning again does not"
            " help."
        ),
    ),
    "another_app": Failure(
        400, say("Slack answered for another app than this one, so nothing was kept here."), _BEGIN_AGAIN
    ),
}
# What is not right of the app, whoever installs it and wherever.
_MISCONFIGURED: Final = frozenset(
    {
        "bad_client_secret", "bad_redirect_uri", "invalid_client_id", "oauth_authorization_url_mismatch",
        "invalid_scope", "no_scopes", "unapproved_scope",
    }
)  # fmt: skip
# What Slack bars in installing alone; `error_kinds` has the rest.
_BARRED: Final = frozenset({"cannot_install_an_org_installed_app", "invalid_team_for_non_distributed_app"})
UNKNOWN: Final = Failure(
    400, say("The installation ended for a reason that this page does not know."), _BEGIN_AGAIN
)


def reason_of(word: str) -> str:
    """Return the reason whose page tells what Slack means by `word`, where beginning again does not help; "" for other words."""
    if word in _MISCONFIGURED:
        return "misconfigured"
    return "barred" if word in _BARRED or kind_of(word) == "barred" else ""

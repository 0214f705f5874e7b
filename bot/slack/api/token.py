"""Whether Slack accepts the bot token, or is there at all, in a sentence."""

from __future__ import annotations

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.api.errors import ADMIN_KINDS, error_code, error_reason, is_later


def problem(client: WebClient) -> str:
    """Return "" when Slack takes the token of `client`, else why not; never raises for what Slack does."""
    try:
        client.auth_test()
    except SlackApiError as error:
        if is_later(error):
            return "I was asked to wait (429), so I do not know; it may pass."
        said = error_code(error)
        return (
            f"Slack answers {said or 'an error'}. {ADMIN_KINDS.get(said, 'It may pass; see `yrd doctor`.')}"
        )
    except OSError as error:
        return f"Slack was not reached ({error_reason(error)})."
    return ""


def unreached(client: WebClient) -> str:
    """Return "" when Slack answers `client`, which need have no token, else why not; never raises for what Slack does."""
    try:
        client.api_test()
    except SlackApiError as error:
        # Whatever it says, it is there.
        return "" if error_code(error) else f"Slack answers an error ({error.response.status_code})."
    except OSError as error:
        return f"Slack was not reached ({error_reason(error)})."
    return ""

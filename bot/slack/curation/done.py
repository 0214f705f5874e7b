"""What follows a form of curation: it is done after the acknowledgement, and whoever sent it is told how it went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

from slack_bolt import BoltResponse

from bot.render import blockkit, limits
from bot.slack import forms
from bot.slack.api.message import Message, with_words
from bot.slack.api.payloads import Submission
from bot.slack.context import Actor, SlackContext
from bot.slack.curation.card import put
from bot.slack.curation.metadata import ProposalMetadata
from bot.slack.home.publish import show_home_later
from bot.slack.recent import NOTHING_ASKED
from bot.slack.sending.reply import responded, tell
from handlers.answer import Answer
from handlers.request import QUESTION, Request
from handlers.say import say
from handlers.services import Services

AGAIN: Final = "curation_again"
"""The button that opens a form again with what was written into it."""


def after(
    slack: SlackContext,
    call: Submission,
    kept: ProposalMetadata,
    words: Mapping[str, str],
    act: Callable[[Services, Request], Answer],
) -> BoltResponse:
    """Return the acknowledgement of a form; what it asks for is done after that, and the person told how it went, where they
    opened the form; over Home in its place.

    The form is closed by then: where it was not done, they get back the `words` that they wrote, and the form with them.
    """
    request = slack.request(QUESTION, "", Actor(call.team, call.user, kept.channel))
    if not kept.channel:
        # Over Home one looks at the form, and nowhere else.
        answer = act(slack.services, request)
        said = slack.message(answer, None)
        home = kept.home or NOTHING_ASKED
        show_home_later(slack, call, home)
        return forms.ended(_handed_back(said, words, kept) if answer.outcome == "refused" else said, home)

    async def work() -> None:
        answer = act(slack.services, request)
        said = slack.message(answer, None)
        if answer.outcome == "refused":
            said = _handed_back(said, words, kept)
        elif kept.card and await _on_card(slack, call, kept, said) == "yes":
            # The card that the form was opened from tells it: another message would say it twice.
            return
        await tell(slack.sender, call, said, channel=kept.channel)

    slack.later(
        "curation",
        call,
        work,
        lambda apology: slack.sender.post(call.user, _handed_back(apology, words, kept)),
    )
    return forms.clear()


async def _on_card(
    slack: SlackContext, call: Submission, kept: ProposalMetadata, said: Message
) -> Literal["yes", "no", "unknown"]:
    """Put what was done in place of the card that the form was opened from, and return whether it is there."""
    about = slack.services.team_bases.curation(call.team).of_fact(kept.reverts) if kept.reverts else None
    write = lambda message: responded(slack.sender, call, message, replace=True, url=kept.card)  # noqa: E731
    reader = "" if kept.channel.startswith(("C", "G")) else call.user
    return await put(slack, call.team, about.number if about else kept.number, said, write, reader)


def _handed_back(message: Message, words: Mapping[str, str], kept: ProposalMetadata) -> Message:
    """Return a message with what somebody wrote, and with the button that opens their form again with it, if that fits."""
    if not words:
        return message
    said = with_words(message, words)
    value = kept.model_copy(update={"card": "", "home": None}).encode()
    if len(value) > limits.BUTTON_VALUE or not (kept.draft or kept.why):
        return said
    again = blockkit.actions([blockkit.button(say("Open the form again"), AGAIN, value)])
    return Message(said.text, (*said.blocks, again))

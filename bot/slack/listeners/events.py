"""Mentions, direct messages and the tabs of the app: acknowledged at once, answered after, each message once. Where a channel has
it so, replies in threads where the bot has answered are taken without a mention, and answered or passed over.

Other bots, the bot itself and edits are left alone, those that add the mention among them: by what Slack sends, they
cannot be told from edits of an old mention. Everyone else who addresses the bot is answered: people of
the workspace with what they ask, those of another one with a sentence, and of whom Slack does not say whose they
are, as a reader without a name, who has no rights and of whom nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Final

from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.ports import Conversation, Place
from bot.render.blockkit import Block
from bot.render.slack_text import Typed, is_addressed, typed
from bot.slack import maps, remembering
from bot.slack.api.errors import UnknownOutcomeError, is_barred
from bot.slack.api.identity import ANOTHER_TEAM
from bot.slack.api.message import Message, nothing, sentence
from bot.slack.api.payloads import EventCall, InnerEvent
from bot.slack.context import Actor, SlackContext, nobody
from bot.slack.home.publish import show_home
from bot.slack.home.view import notice
from bot.slack.listeners import overhearing
from bot.slack.listeners.welcome import greet
from bot.slack.recent import recent_in
from handlers.answer import Answer
from handlers.request import QUESTION
from handlers.say import say
from handlers.threads.overheard import is_worth_saying

# A message with a file, one sent by /me, and a thread's reply also sent to the channel are still somebody talking.
TALK: Final = frozenset({"", "file_share", "me_message", "thread_broadcast"})
SLACKBOT: Final = "USLACKBOT"
EMPTY: Final = Typed("help")
MAY_NOT_POST: Final = say(
    "Slack does not let me post where you asked me. Please ask me here, or type /yrd and your question."
)
INTERRUPTED: Final = say(
    "I was restarted, or cut off from Slack, before I could answer this. Please ask again."
)


def mentioned(slack: SlackContext, call: EventCall) -> BoltResponse:
    """Answer a mention in its thread. Return an empty acknowledgement."""
    if _is_talk(slack, call) and is_addressed(call.event.words(), slack.identity().user):
        _take(slack, call)
    return nothing()


def messaged(slack: SlackContext, call: EventCall) -> BoltResponse:
    """Answer a direct message where it was written, and what a thread may ask where its channel has it so; other messages
    are none of the bot's business.

    Return an empty acknowledgement.
    """
    if _is_talk(slack, call):
        if call.event.channel_type == "im":
            _take(slack, call)
        elif overhearing.is_for_us(slack, call):
            _overhear(slack, call)
    return nothing()


def opened(slack: SlackContext, call: EventCall) -> BoltResponse:
    """Show Home to whoever opens its tab, and greet whoever opens Messages for the first time.

    Return an empty acknowledgement.
    """
    if call.event.tab == "home" and call.user:
        slack.later(
            "home", call, lambda: _show(slack, call), lambda message: slack.sender.post(call.user, message)
        )
    elif call.event.tab == "messages" and call.user and call.event.channel:
        # Nobody waits for a greeting, so nobody is told of one that fails.
        slack.later("greeting", call, lambda: greet(slack, call), nobody)
    return nothing()


async def _show(slack: SlackContext, call: EventCall) -> None:
    membership = await slack.membership_of(call)
    if membership == "stranger":
        await slack.sender.views.publish_home(call.user, notice(ANOTHER_TEAM))
    else:
        recent = recent_in(call.event.view.private_metadata)
        await show_home(slack, call.user, recent, is_known=membership == "own")


def removed(slack: SlackContext, call: EventCall) -> BoltResponse:
    """Have it checked whether the token still works: the event alone proves nothing about ours.

    Return an empty acknowledgement.
    """
    # Nobody is left to tell.
    named = call.whose.places
    slack.later(
        "removal", call, lambda: slack.sender.aside("auth.test", lambda: slack.removed(named)), nobody
    )
    return nothing()


def passed_by(slack: SlackContext, call: EventCall) -> BoltResponse:
    """Return an empty acknowledgement of an event that asks for nothing."""
    return nothing()


def declined(slack: SlackContext, call: EventCall, reason: str) -> None:
    """Tell whoever addressed our installation why there is no answer; what is for another one is its business."""
    is_mention = call.event.type == "app_mention" and is_addressed(call.event.words(), slack.identity().user)
    is_for_us = is_mention or call.event.channel_type == "im"
    if is_for_us and _is_talk(slack, call) and call.team == slack.identity().team:
        _take(slack, call, reason)


def _take(slack: SlackContext, call: EventCall, reason: str = "") -> None:
    # Received is recorded before the ack: killed in between, the retry of Slack finds it and is answered.
    if not _is_due(slack, call):
        return
    release = partial(slack.events.release, call.team, call.event_id)

    async def work() -> None:
        membership = "own" if reason else await slack.membership_of(call)
        if reason or membership == "stranger":
            await _post(slack, call, sentence(reason or ANOTHER_TEAM))
        else:
            await _answer(slack, call, call.user if membership == "own" else "")

    slack.later(call.event.type, call, work, lambda message: _apologise(slack, call, message), over=release)


def _overhear(slack: SlackContext, call: EventCall) -> None:
    """Answer what may have been asked of the bot. Nobody addressed it, so nobody is told of what goes wrong."""
    event = call.event
    receipt = slack.events.receive(call.team, call.event_id, event.channel, event.ts, slack.now())
    if receipt not in ("new", "again"):
        return
    release = partial(slack.events.release, call.team, call.event_id)

    async def work() -> None:
        membership = await slack.membership_of(call)
        answered = membership == "own" and await _answer(
            overhearing.unnoticed(slack), call, call.user, overheard=True
        )
        if not answered:
            slack.events.answered(call.team, call.event_id, event.channel, event.ts, slack.now())

    slack.later("overheard", call, work, nobody, over=release)


def _is_talk(slack: SlackContext, call: EventCall) -> bool:
    event = call.event
    by_person = bool(event.user) and not event.bot_id and event.user not in (slack.identity().user, SLACKBOT)
    is_new = event.edited is None and event.subtype in TALK and not event.hidden
    return by_person and bool(event.channel and event.ts) and is_new


def _is_due(slack: SlackContext, call: EventCall) -> bool:
    event = call.event
    place = Place(event.channel, thread_of(call))
    receipt = slack.events.receive(call.team, call.event_id, event.channel, event.ts, slack.now(), place)
    return receipt in ("new", "again")


def _said(slack: SlackContext, event: InnerEvent) -> Typed:
    """Return what a message asks: its own words, or where it has none those that it forwards."""
    me = slack.identity().user
    own = typed(event.words(), me)
    return own if own.text else typed(event.all_words(), me)


async def _answer(slack: SlackContext, call: EventCall, user: str, *, overheard: bool = False) -> bool:
    """Answer what `user` asks; "" stands for a person of whom Slack does not say whose they are. Say whether anything was
    said: to what was `overheard`, only what is worth it.
    """
    event = call.event
    place, key = thread_of(call), _conversation(call)
    before = slack.conversations.recall(call.team, event.channel, key, slack.now()) if user else None
    subjects = before.subjects if before else ()
    said = _said(slack, event)
    asked, cut = slack.question(QUESTION, said, subjects)
    # Emoji alone are said to the bot, too; a mention alone asks for help.
    if asked is None or not (asked.text or said.written):
        asked, cut = slack.question(QUESTION, EMPTY, subjects)
    assert asked is not None
    request = slack.request_of(asked, Actor(call.team, user, event.channel, place), said)
    request = replace(request, earlier=before.earlier if before else None)
    route = slack.route(request)
    if overheard and not route.is_question:
        return False
    answer = slack.answer(asked, request, route, cut=cut)
    if overheard and not is_worth_saying(answer):
        return False
    if not route.is_question:
        # What changes something tells of what the channel may not know, and is not to be asked again by a button.
        ts = await _whisper(slack, call, slack.message(answer, None))
        if ts and user:
            slack.services.notifier.note_card(call.team, event.channel, ts, answer, user)
        if user and before and (after := remembering.after_no_question(route, before)) != before:
            slack.keep_conversation(call.team, event.channel, key, after)
        return True
    after = remembering.after(answer, asked.text, before or Conversation())
    told = remembering.with_how_to_go_on(slack, event.channel, answer, before, after)
    carried = remembering.carried(asked, route)

    async def speak(said: Answer, picture: Block | None) -> None:
        await _post(slack, call, slack.message(said, carried, picture=picture))

    await maps.say_with_picture(slack, told, speak, event.channel, place)
    slack.note_shown(call.team, event.channel, place, answer)
    if user and (after != (before or Conversation()) or place):
        slack.keep_conversation(call.team, event.channel, key, after)
    return True


async def _post(slack: SlackContext, call: EventCall, message: Message) -> str:
    """Post `message` where the person wrote, and return its ts."""
    event = call.event
    # Whoever finds the event unanswered looks for it by this key, if it may be there.
    key = slack.events.answer_key(call.team, event.channel, event.ts)
    ts = await slack.sender.post(event.channel, message, thread_of(call), key, partial(_posting, slack, call))
    slack.events.answered(call.team, call.event_id, event.channel, event.ts, slack.now())
    return ts


async def _apologise(slack: SlackContext, call: EventCall, message: Message) -> None:
    """Post `message` where the person wrote; where the bot may not, tell them so in their direct messages."""
    event = call.event
    try:
        await _post(slack, call, message)
    except SlackApiError as error:
        if event.channel.startswith("D") or not is_barred(error):
            raise
        await slack.sender.post(call.user, sentence(MAY_NOT_POST))
        slack.events.answered(call.team, call.event_id, event.channel, event.ts, slack.now())


@contextmanager
def _posting(slack: SlackContext, call: EventCall) -> Iterator[None]:
    """Have it recorded that the answer may be there, from when it is sent until Slack says that it is not."""
    event = call.event
    slack.events.posting(call.team, call.event_id, event.channel, event.ts, slack.now())
    try:
        yield
    except UnknownOutcomeError:
        raise
    except Exception:
        slack.events.not_posted(call.team, call.event_id)
        raise


async def _whisper(slack: SlackContext, call: EventCall, message: Message) -> str:
    """Show `message` to whoever wrote and to nobody else: in a channel to them alone, or by direct message. Return the ts
    of what can be changed later on, "" where nothing can.
    """
    event = call.event
    if event.channel.startswith("D"):
        return await _post(slack, call, message)
    which = (call.team, call.event_id, event.channel, event.ts)
    # What one person alone sees cannot be looked for: after this it is not told again.
    slack.events.answered(*which, slack.now(), "unknown")
    # Not in a thread that is none yet: there Slack shows nobody what is for one person.
    await slack.sender.tell(event.channel, call.user, message, event.thread_ts)
    slack.events.answered(*which, slack.now())
    return ""


def thread_of(call: EventCall) -> str:
    """Return the thread to reply in: in a channel always one, in a direct message only where there is one."""
    event = call.event
    return event.thread_ts if event.channel.startswith("D") else event.thread_ts or event.ts


def _conversation(call: EventCall) -> str:
    """What follow-ups share: the thread, or in a direct message without one the person."""
    return thread_of(call) or call.user

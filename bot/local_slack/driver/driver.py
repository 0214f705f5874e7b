"""Plays Slack towards the bot: what people do in the workspace becomes what the bot is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.local_slack.api.exchange_log import ExchangeLog
from bot.local_slack.api.response_urls import as_response, put_response
from bot.local_slack.api.views import view_json
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.ids import find_element
from bot.local_slack.blockkit.json import Json
from bot.local_slack.driver import payloads
from bot.local_slack.driver.modals import Modals
from bot.local_slack.driver.mrkdwn import to_mrkdwn
from bot.local_slack.driver.transport import Headers, HttpTransport, RecordingTransport, Transport
from bot.local_slack.state.delivery import Delivery, MessageDelivery, Retry
from bot.local_slack.state.identity import DEFAULT_EVENTS
from bot.local_slack.state.records import Channel, Message, User
from bot.local_slack.state.team import Team
from bot.local_slack.state.triggers import ResponseUrl, ResponseUrls, Triggers

Who = str | User
Where = str | Channel


class Driver:
    """What a person can do. People and channels go by name, id or record ("alice", "#general").

    `events` are what the bot is subscribed to: it is sent messages of channels only with "message.channels" and
    "message.groups" among them. A Delivery is what was sent and what the bot answered. Bots that fail get the notices Slack shows.
    """

    def __init__(
        self,
        team: Team,
        triggers: Triggers,
        urls: ResponseUrls,
        transport: Transport,
        exchange_log: ExchangeLog,
        events: Iterable[str] = DEFAULT_EVENTS,
    ) -> None:
        self.events = frozenset(events)
        self.team = team
        self.transport = transport
        self._triggers = triggers
        self._urls = urls
        self._post: Transport = RecordingTransport(lambda: self.transport, exchange_log)
        self._modals = Modals(team, triggers, lambda: self._post)

    # -- messages -----------------------------------------------------------------------------------------
    def command(self, user: Who, channel: Where, command: str, text: str = "") -> Delivery:
        """Send a slash command and return its delivery; what the ack says is shown as Slack shows it."""
        person, place = self.team.user(user), self.team.channel(channel)
        url = self._urls.issue(place.id, person.id)
        delivery = self._post.send(
            "slash_commands",
            payloads.slash_command(
                self.team,
                person,
                place,
                command,
                to_mrkdwn(self.team, text.strip(), labelled=True),
                self._urls.address(url),
                self._triggers.issue(person.id),
            ),
        )
        if not delivery.ok:
            why = "operation_timeout" if delivery.status == 0 else "dispatch_failed"
            self.team.notice(place, person, f"{command} failed with the error \u201c{why}\u201d")
            return delivery
        response = as_response(delivery.reply)
        if response.get("response_type") == "in_channel":
            typed = f"{command} {text}".strip()
            self.team.post(place, person, to_mrkdwn(self.team, typed), command=command)
        return delivery.with_message(self._put(url, response))

    def _put(self, url: ResponseUrl, response: Json) -> Message | None:
        if not response.get("text") and not response.get("blocks"):
            return None
        try:
            return put_response(self.team, url, response)
        except SlackError as error:
            self.team.notice(url.channel, url.user, f"The app's answer was refused: {error.code}")
            return None

    def say(
        self, user: Who, channel: Where, text: str, thread_ts: str = "", send: bool = False
    ) -> MessageDelivery:
        """Post a message that does not address the bot; return its delivery, which goes out only with `send`, or where the
        bot is subscribed to the messages of that channel.
        """
        message = self._say(user, channel, text, thread_ts)
        if not send and not self._is_heard(message):
            return MessageDelivery("events_api", {}, 0, error="not sent", message=message)
        return self._event(payloads.message_event(self.team, message, "message")).about(message)

    def mention(
        self, user: Who, channel: Where, text: str, thread_ts: str | None = None, duplicate: bool = False
    ) -> MessageDelivery:
        """Post a message that mentions the bot ("@YRD Desk" is put in front where missing); return its delivery.

        `duplicate`, or a subscription to the messages of that channel, sends the same message as message.channels too; that
        delivery stands in `also`. In a channel
        the bot is not in, nothing is sent and the person is told to invite it: status 0, error "not_in_channel".
        """
        me = self.team.identity
        typed = to_mrkdwn(self.team, text)
        if f"<@{me.bot_user}>" not in typed:
            typed = f"<@{me.bot_user}> {typed}"
        place = self.team.channel(channel)
        message = self._say(user, place, typed, thread_ts or "", raw=True)
        if me.bot_user not in place.members:
            tip = f"{me.bot_name} is not in this channel. Type /invite @{me.bot_handle} to add it."
            self.team.notice(place, user, tip)
            return MessageDelivery("events_api", {}, 0, error="not_in_channel", message=message)
        delivery = self._event(payloads.message_event(self.team, message, "app_mention")).about(message)
        if not duplicate and not self._is_heard(message):
            return delivery
        twin = self._event(payloads.message_event(self.team, message, "message"))
        return replace(delivery, also=(twin.about(message),))

    def direct_message(self, user: Who, text: str, thread_ts: str = "") -> MessageDelivery:
        """Post a message to the bot alone and return its delivery."""
        message = self._say(user, self.team.im(user), text, thread_ts)
        return self._event(payloads.message_event(self.team, message, "message")).about(message)

    def echo(self, message: Message) -> MessageDelivery:
        """Send the bot its own message back as an event, as Slack does where it is subscribed; return the delivery."""
        return self._event(payloads.message_event(self.team, message, "message")).about(message)

    def _say(self, user: Who, channel: Where, text: str, thread_ts: str, raw: bool = False) -> Message:
        # People's messages carry a rich_text block in Slack; a bot must live by `text`, so it is left out.
        typed = text if raw else to_mrkdwn(self.team, text)
        return self.team.post(channel, user, typed, thread_ts=thread_ts)

    def edit(self, user: Who, message: Message, text: str) -> MessageDelivery:
        """Change what one said and return the delivery; PermissionError for what somebody else said."""
        self._own(user, message)
        before = replace(message)
        self.team.edit(message, to_mrkdwn(self.team, text), None)
        return self._if_heard(message, payloads.message_changed(self.team, message, before))

    def delete(self, user: Who, message: Message) -> MessageDelivery:
        """Take away what one said and return the delivery; PermissionError for what somebody else said."""
        self._own(user, message)
        self.team.delete(message)
        return self._if_heard(message, payloads.message_deleted(self.team, message, self.team.next_ts()))

    def _own(self, user: Who, message: Message) -> None:
        if message.user != self.team.user(user).id:
            raise PermissionError("only who said it may change it")

    def _is_heard(self, message: Message) -> bool:
        """Say whether the bot is sent every message of that channel: as a member, where it is subscribed to them."""
        channel = self.team.channel(message.channel)
        kind = payloads.CHANNEL_TYPES[channel.kind]
        return self.team.identity.bot_user in channel.members and f"message.{kind}s" in self.events

    def _if_heard(self, message: Message, body: Json) -> MessageDelivery:
        # Of others a mention that changes is none of its events.
        if not self.team.channel(message.channel).im_with and not self._is_heard(message):
            return MessageDelivery("events_api", {}, 0, error="not sent", message=message)
        return self._event(body).about(message)

    # -- pressing -----------------------------------------------------------------------------------------
    def click(
        self,
        user: Who,
        message: Message,
        action_id: str,
        index: int = 0,
        chosen: Any = None,
        block_id: str = "",
    ) -> Delivery:
        """Press the index-th element with this action_id (in this block) of a message; return the delivery.

        `chosen` is the value of the option for menus. LookupError when there is no such element.
        """
        block, element = find_element(message.blocks, action_id, index, block_id)
        action = payloads.action_of(block, element, self.team.next_ts(), chosen)
        return self.press(user, message, action)

    def press(self, user: Who, message: Message, action: Json) -> Delivery:
        """Return the delivery of a block action as given: of an element that is no longer, or never was, there."""
        person = self.team.user(user)
        url = self._urls.issue(message.channel, person.id, message.ts, message.thread_ts)
        payload = payloads.block_action(
            self.team, person, message, action, self._urls.address(url), self._triggers.issue(person.id)
        )
        delivery = self._post.send("interactive", payload)
        if not delivery.ok:
            self.team.notice(
                message.channel, person, "This app did not respond. Try again.", message.thread_ts
            )
        return delivery

    def shortcut(self, user: Who, message: Message, callback_id: str) -> Delivery:
        """Use a message shortcut on a message everybody sees; return the delivery."""
        person = self.team.user(user)
        url = self._urls.issue(message.channel, person.id, "", message.thread_ts)
        trigger = self._triggers.issue(person.id)
        delivery = self._post.send(
            "interactive",
            payloads.message_action(
                self.team, person, message, callback_id, self._urls.address(url), trigger
            ),
        )
        if not delivery.ok:
            self.team.notice(
                message.channel, person, "This app did not respond. Try again.", message.thread_ts
            )
        return delivery

    # -- views --------------------------------------------------------------------------------------------
    def open_home(self, user: Who, tab: str = "home") -> Delivery:
        """Look at the bot's Home ("home") or Messages ("messages") tab; return the delivery."""
        person = self.team.user(user)
        body: Json = {"type": "app_home_opened", "user": person.id, "channel": self.team.im(person).id}
        body |= {"tab": tab, "event_ts": self.team.next_ts()}
        home = self.team.homes.get(person.id)
        if home is not None and tab == "home":
            body["view"] = view_json(self.team, home)
        return self._event(body)

    def click_home(
        self,
        user: Who,
        action_id: str,
        index: int = 0,
        chosen: Any = None,
        block_id: str = "",
        typed: Json | None = None,
    ) -> Delivery:
        """Press an element of the Home tab and return the delivery; LookupError when there is none."""
        home = self.team.homes[self.team.user(user).id]
        return self._modals.click(
            user, home, find_element(home.body["blocks"], action_id, index, block_id), chosen, typed
        )

    def click_modal(
        self,
        user: Who,
        action_id: str,
        index: int = 0,
        chosen: Any = None,
        block_id: str = "",
        typed: Json | None = None,
    ) -> Delivery:
        """Press an element of the modal on top and return the delivery; LookupError when there is none."""
        top = self._modals.top(user)
        return self._modals.click(
            user, top, find_element(top.body["blocks"], action_id, index, block_id), chosen, typed
        )

    def submit_view(self, user: Who, typed: dict[str, Any] | None = None) -> Delivery:
        """Submit the modal on top with values by action_id, whatever they are, do what the ack says, and return the delivery."""
        return self._modals.submit(user, typed or {})

    def fill_in(self, user: Who, typed: dict[str, Any] | None = None) -> Delivery | None:
        """Submit it as a person can: return the delivery, None where Slack's client holds it back and says why."""
        return self._modals.fill_in(user, typed or {})

    def close_view(self, user: Who) -> Delivery | None:
        """Close the modal on top; return the delivery of view_closed, None where the modal did not ask for it."""
        return self._modals.close(user)

    # -- the app ------------------------------------------------------------------------------------------
    def invite_bot(self, channel: Where) -> None:
        """Add the bot to a channel."""
        self.team.join(channel, self.team.identity.bot_user)

    def uninstall(self) -> tuple[Delivery, Delivery]:
        """Remove the app and its tokens; return the deliveries of tokens_revoked and app_uninstalled."""
        self.team.uninstalled = True
        return self.tell_of_removal()

    def tell_of_removal(self) -> tuple[Delivery, Delivery]:
        """Return the deliveries of tokens_revoked and app_uninstalled of an app that is removed already."""
        return self.revoke(), self._event({"type": "app_uninstalled"})

    def revoke(self) -> Delivery:
        """Tell the bot that its tokens are no longer good; return the delivery of tokens_revoked."""
        tokens = {"oauth": [], "bot": [self.team.identity.bot_user]}
        return self._event({"type": "tokens_revoked", "tokens": tokens})

    def event(self, body: Json) -> Delivery:
        """Send any inner event in a proper envelope and return the delivery."""
        return self._event(body)

    def resend(self, delivery: Delivery, attempt: int = 1, reason: str = "http_timeout") -> Delivery:
        """Send the same event again, marked as a retry, and return that delivery."""
        again = self._post.send(delivery.kind, delivery.payload, Retry(attempt, reason))
        return again.with_message(delivery.message)

    def raw(self, body: bytes, headers: Headers | None = None, sign: bool = True) -> Delivery:
        """Send a request as given, over HTTP only, and return its delivery.

        `sign` adds the two signature headers where they are missing.
        Headers as a list of pairs may repeat a name; the signature then stands before them in any case.
        """
        if not isinstance(self.transport, HttpTransport):
            raise TypeError("raw requests go over HTTP")
        signature = self.transport.signature(body) if sign else {}
        if headers is None or isinstance(headers, Mapping):
            return self.transport.post(body, {**signature, **(headers or {})})
        return self.transport.post(body, [*signature.items(), *headers])

    def _event(self, body: Json) -> Delivery:
        body.setdefault("event_ts", self.team.next_ts())
        return self._post.send("events_api", payloads.event_callback(self.team, body))

"""A person's dealings with views: pressing, submitting, closing, and what the bot's answer does to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.local_slack.api.views import show_modal
from bot.local_slack.blockkit.blocks import check_view
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.ids import with_ids
from bot.local_slack.blockkit.json import Json
from bot.local_slack.driver import payloads
from bot.local_slack.driver.required import held_back
from bot.local_slack.driver.transport import Transport
from bot.local_slack.state.delivery import Delivery
from bot.local_slack.state.records import User, View
from bot.local_slack.state.team import Team
from bot.local_slack.state.triggers import Triggers

Who = str | User


class Modals:
    """The views on people's screens, as the driver works them."""

    def __init__(self, team: Team, triggers: Triggers, transport: Callable[[], Transport]) -> None:
        self._team = team
        self._triggers = triggers
        self._transport = transport

    def top(self, user: Who) -> View:
        """Return the modal a person looks at; LookupError when there is none."""
        view = self._team.modal_of(user)
        if view is None:
            raise LookupError("no modal is open")
        return view

    def click(
        self, user: Who, view: View, found: tuple[Json, Json], chosen: Any, typed: Json | None = None
    ) -> Delivery:
        """Press an element of a view, given as (block, element); `typed` is what its inputs hold. Return the delivery."""
        person = self._team.user(user)
        block, element = found
        action = payloads.action_of(block, element, self._team.next_ts(), chosen)
        values = payloads.state_values(view.body["blocks"], typed or {})
        trigger = self._triggers.issue(person.id)
        payload = payloads.view_action(self._team, person, view, action, trigger, values)
        return self._transport().send("interactive", payload)

    def submit(self, user: Who, typed: dict[str, Any]) -> Delivery:
        """Submit the top modal whatever it holds, do what the ack says (close it, where it says nothing), and return the delivery."""
        person, view = self._team.user(user), self.top(user)
        values = payloads.state_values(view.body["blocks"], typed)
        trigger = self._triggers.issue(person.id)
        payload = payloads.view_submission(self._team, person, view, trigger, values)
        delivery = self._transport().send("interactive", payload)
        if delivery.ok:
            self._answer(view, delivery.reply if isinstance(delivery.reply, dict) else {})
        else:
            self._fail(view, "We had some trouble connecting. Try again?")
        return delivery

    def fill_in(self, user: Who, typed: dict[str, Any]) -> Delivery | None:
        """Submit as Slack's client lets one: return the delivery, None where it was held back and the fields say why."""
        view = self.top(user)
        why = held_back(view.body["blocks"], typed)
        if why:
            self._team.show_errors(view, why)
            return None
        return self.submit(user, typed)

    def close(self, user: Who) -> Delivery | None:
        """Close the top modal; return the delivery of view_closed, None where the modal did not ask for it."""
        view = self.top(user)
        self._team.close_views(user, "" if view.body.get("clear_on_close") else view.id)
        if not view.body.get("notify_on_close"):
            return None
        payload = payloads.view_closed(self._team, self._team.user(user), view)
        return self._transport().send("interactive", payload)

    def _answer(self, view: View, answer: Json) -> None:
        action = answer.get("response_action")
        try:
            if action in {"update", "push"}:
                check_view(answer.get("view"))
            if action == "errors":
                self._team.show_errors(view, answer.get("errors") or {})
            elif action == "update":
                body = answer["view"] | {"blocks": with_ids(answer["view"]["blocks"])}
                self._team.replace_view(view, body)
            elif action == "push":
                show_modal(self._team, view.user, answer["view"])
            else:
                self._team.close_views(view.user, "" if action == "clear" else view.id)
        except SlackError as error:
            self._fail(view, f"The app's answer was refused: {error.code}")

    def _fail(self, view: View, text: str) -> None:
        self._team.show_errors(view, {"": text})

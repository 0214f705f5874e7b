"""Forms: inputs for a modal, what comes back in them, what a form carries along, and how one is answered.

Block and action of an input share a name. What comes back is read as a stranger's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import to_json
from slack_bolt import BoltResponse

from bot.render import blockkit, limits
from bot.render.blockkit import Block, Element, plain_text
from bot.render.clean import clean
from bot.render.slack_text import typed
from bot.render.truncate import clip
from bot.slack.api.message import Message
from bot.slack.api.message_words import rich_text
from bot.slack.api.payloads import ShownView
from bot.slack.recent import Recent
from bot.slack.sending.answer_modal import answer_view
from handlers.say import say
from knowledge.model import Named

NOT_DONE: Final = say("Not done")
UNREADABLE: Final = say(
    "I could not read what this form carries, so I did nothing. What you typed still stands in it: copy it, close"
    " the form and open it anew."
)
_TYPED: Final = ("value", "selected_date", "selected_time", "selected_conversation")
_LONGEST: Final = 2000
_PERSON: Final = re.compile(r"[UW][A-Z0-9]{1,40}")

Option = tuple[str, str]
"""The value of an option and its label."""
Group = tuple[str, Sequence[Option]]
"""A heading and the options under it."""


# -- inputs ---------------------------------------------------------------------------------------------------
def field(name: str, label: str, element: Element, *, optional: bool = False, hint: str = "") -> Block:
    """Return the block that asks for `element`; an error under it goes by `name`."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain_text(label, limits.INPUT_LABEL),
        "element": element | {"action_id": name},
        "optional": optional,
    }
    return block | ({"hint": plain_text(hint, limits.INPUT_LABEL)} if hint else {})


def text_box(value: str, longest: int, *, many_lines: bool = False, example: str = "") -> Element:
    """Return a box for text, filled in with `value`; `example` stands in it while it is empty."""
    box: Element = {"type": "plain_text_input", "max_length": longest}
    box |= {"multiline": True} if many_lines else {}
    box |= {"placeholder": plain_text(example, limits.PLACEHOLDER)} if example else {}
    return box | ({"initial_value": value} if value else {})


def option(value: str, label: str) -> Element:
    """Return an option of a menu, its label cut at Slack's limit."""
    return {"text": plain_text(clip(label, limits.OPTION_TEXT), limits.OPTION_TEXT), "value": value}


def named(records: Iterable[Named]) -> list[Option]:
    """Return records as options by name, in English and Chinese."""
    by_name = sorted(records, key=lambda record: record.name)
    return [(record.slug, f"{record.name} {record.chinese}".strip()) for record in by_name]


def select(groups: Sequence[Group], chosen: str) -> Element:
    """Return a menu that takes one option, `chosen` to begin with if it is one of them."""
    offered, picked = _offered(groups, [chosen])
    return {"type": "static_select", **offered, **({"initial_option": picked[0]} if picked else {})}


def multi_select(groups: Sequence[Group], chosen: Sequence[str], hint: str, most: int) -> Element:
    """Return a menu that takes up to `most` options and searches as one types."""
    offered, picked = _offered(groups, chosen)
    menu: Element = {
        "type": "multi_static_select",
        "placeholder": plain_text(hint, limits.PLACEHOLDER),
        "max_selected_items": most,
        **offered,
    }
    return menu | ({"initial_options": picked} if picked else {})


def radio(options: Sequence[Option], chosen: str) -> Element:
    """Return options of which one is ticked, all in sight."""
    return select([("", options)], chosen) | {"type": "radio_buttons"}


def checkboxes(options: Sequence[Option], chosen: Sequence[str]) -> Element:
    """Return options of which any may be ticked, all in sight."""
    offered, ticked = _offered([("", options)], chosen)
    return {"type": "checkboxes", **offered, **({"initial_options": ticked} if ticked else {})}


def channel_menu(channel: str) -> Element:
    """Return a menu of the channels that the person is in."""
    menu: Element = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        "placeholder": plain_text(say("Choose a channel"), limits.PLACEHOLDER),
    }
    return menu | ({"initial_conversation": channel} if channel[:1] in ("C", "G") else {})


def people_menu(users: Sequence[str], most: int) -> Element:
    """Return a menu of the people that Slack knows, `users` chosen to begin with, which searches as one types."""
    menu: Element = {
        "type": "multi_users_select",
        "placeholder": plain_text(say("Search people"), limits.PLACEHOLDER),
        "max_selected_items": most,
    }
    return menu | ({"initial_users": list(users)} if users else {})


def _offered(groups: Sequence[Group], chosen: Sequence[str]) -> tuple[Element, list[Element]]:
    """Return options, under headings where there are several, and those chosen.

    A group of more than Slack's hundred is cut in parts.
    """
    shown: list[Element] = []
    for label, options in groups:
        every = [option(*one) for one in options]
        for at in range(0, len(every), limits.OPTIONS_IN_GROUP):
            name = say("{label} (continued)", label=label) if at else label
            part = every[at : at + limits.OPTIONS_IN_GROUP]
            shown.append({"label": plain_text(name, limits.OPTION_TEXT), "options": part})
    picked = [one for part in shown for one in part["options"] if one["value"] in chosen]
    return ({"options": shown[0]["options"]} if len(shown) == 1 else {"option_groups": shown}), picked


# -- what comes back ------------------------------------------------------------------------------------------
class FormState:
    """What the inputs of a submitted view hold, by name; what is missing or odd is "" or ()."""

    def __init__(self, view: ShownView) -> None:
        self._held = view.state.values

    def text(self, name: str, longest: int) -> str:
        """Return what was typed, or the day, time or channel chosen, as its writer sees it, cleaned and on one line."""
        return clean(typed(self._raw(name)).written, longest)[0]

    def words(self, name: str, longest: int) -> str:
        """Return what was typed without what is no word of it: people, channels, links, emoji."""
        return typed(self._raw(name)).cut(longest)[0]

    def lines(self, name: str, longest: int) -> list[str]:
        """Return what was typed, line by line, each cleaned."""
        lines = self._raw(name)[:_LONGEST].splitlines()
        return [line for raw in lines if (line := clean(typed(raw).written, longest)[0])]

    def one(self, name: str) -> str:
        """Return the value of the option chosen."""
        return _value(self._of(name).get("selected_option"))

    def many(self, name: str) -> tuple[str, ...]:
        """Return the values of the options chosen."""
        options = self._of(name).get("selected_options")
        return tuple(filter(None, map(_value, options))) if isinstance(options, list) else ()

    def people(self, name: str) -> tuple[str, ...]:
        """Return the ids of the people chosen."""
        users = self._of(name).get("selected_users")
        return tuple(filter(_is_person, users)) if isinstance(users, list) else ()

    def _raw(self, name: str) -> str:
        held = self._of(name)
        if rich := rich_text(held.get("rich_text_value")):
            return rich
        return next((value for kind in _TYPED if isinstance(value := held.get(kind), str)), "")

    def _of(self, name: str) -> Mapping[str, Any]:
        held = self._held.get(name, {}).get(name)
        return held if isinstance(held, dict) else {}


def _is_person(user: object) -> bool:
    return isinstance(user, str) and _PERSON.fullmatch(user) is not None


def _value(option: object) -> str:
    value = option.get("value") if isinstance(option, dict) else None
    return value if isinstance(value, str) else ""


# -- what a form carries along --------------------------------------------------------------------------------
class FormMetadata(BaseModel):
    """What a view carries as its private_metadata. It holds no rights: those are asked for each time.

    `home` is what stands as asked on the Home tab that it lies over, None where it lies over none.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    home: Recent | None = None

    def encode(self) -> str:
        """Return it as JSON, without what goes without saying; what was asked first on Home gives way to what it carries."""
        encoded = self.model_dump_json(exclude_defaults=True)
        if len(encoded) <= limits.VIEW_METADATA or self.home is None or not self.home.asked:
            return encoded
        return self.model_copy(update={"home": self.home.shortened()}).encode()

    @property
    def fits(self) -> bool:
        """Say whether Slack takes it."""
        return len(self.encode()) <= limits.VIEW_METADATA

    @classmethod
    def read(cls, view: ShownView) -> Self | None:
        """Return what `view` carries, None where that is not ours, or of another version of the bot."""
        try:
            return cls.model_validate_json(view.private_metadata)
        except ValidationError:
            return None


# -- answers to a submission ----------------------------------------------------------------------------------
def errors(by_field: Mapping[str, str]) -> BoltResponse:
    """Return the answer that keeps a form open, with a sentence under each field named."""
    return _respond({"response_action": "errors", "errors": dict(by_field)})


def push(view: Mapping[str, Any]) -> BoltResponse:
    """Return the answer that lays another page over the form."""
    return _respond({"response_action": "push", "view": view})


def update(view: Mapping[str, Any]) -> BoltResponse:
    """Return the answer that puts another page in place of the form."""
    return _respond({"response_action": "update", "view": view})


def clear() -> BoltResponse:
    """Return the answer that closes all pages."""
    return _respond({"response_action": "clear"})


def ended(said: Message, home: Recent) -> BoltResponse:
    """Return the answer that says in the place of a form over Home how it went; with that page all are closed, and what was
    asked on Home is still known there.
    """
    return update(answer_view(said.blocks, carries=home.encode()))


def kept_open(view: ShownView, why: str) -> BoltResponse:
    """Return an answer that says why under the first field of a form, so that nothing typed is lost.

    A form without a field gets a page over it, in its place where Slack lays no more.
    """
    if name := view.first_input:
        return errors({name: why})
    return update(_why(why)) if view.is_third else page_over(why)


def page_over(why: str) -> BoltResponse:
    """Return an answer that says why on a page over the form, which stands as it was under it."""
    return push(_why(why))


def _why(why: str) -> Mapping[str, Any]:
    return {
        "type": "modal",
        "title": plain_text(NOT_DONE, limits.MODAL_TITLE),
        "close": plain_text(say("Back"), limits.MODAL_TITLE),
        "blocks": [blockkit.rich_text(blockkit.text_element(why))],
    }


def _respond(body: Mapping[str, Any]) -> BoltResponse:
    return BoltResponse(
        status=200,
        body=to_json(body).decode(),
        headers={"content-type": "application/json;charset=utf-8"},
    )

"""What each Block Kit element must look like: one table of checks by type."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from bot.local_slack.blockkit import limits
from bot.local_slack.blockkit.json import Json
from bot.local_slack.blockkit.problems import Problems

PLAIN = ("plain_text",)
COMMON = {"type", "action_id", "focus_on_load", "accessibility_label"}
Check = Callable[[Problems, Json, str], None]


def check_element(problems: Problems, element: Json, path: str, allowed: frozenset[str]) -> None:
    """Note everything wrong with an element; `allowed` are the types its block takes."""
    kind = element.get("type")
    if kind not in allowed or kind not in ELEMENTS:
        problems.unsupported(path, kind)
        return
    problems.string(element.get("action_id"), path + "/action_id", limits.ACTION_ID)
    if "confirm" in element:
        problems.unsupported_field(path, "confirm")
        element = {name: value for name, value in element.items() if name != "confirm"}
    ELEMENTS[str(kind)](problems, element, path)


def _url(problems: Problems, value: object, path: str, limit: int) -> None:
    """An http(s) address of at most `limit` characters; absent is fine."""
    problems.string(value, path, limit)
    if isinstance(value, str) and urlsplit(value).scheme not in {"http", "https", "mailto", "slack"}:
        problems.add(path, "invalid url")


def _button(problems: Problems, button: Json, path: str) -> None:
    problems.keys(button, path, COMMON | {"text", "url", "value", "style", "agent_prompt"})
    problems.need(button, path, "text")
    problems.text(button.get("text"), path + "/text", limits.BUTTON_TEXT, PLAIN)
    problems.string(button.get("value"), path + "/value", limits.BUTTON_VALUE, least=0)
    problems.string(
        button.get("accessibility_label"), path + "/accessibility_label", limits.ACCESSIBILITY_LABEL
    )
    if button.get("url") is not None:
        _url(problems, button["url"], path + "/url", limits.BUTTON_URL)
    if button.get("style") not in {None, "primary", "danger"}:
        problems.add(path + "/style", "must be one of: primary, danger")


def _feedback(problems: Problems, element: Json, path: str) -> None:
    problems.keys(element, path, {"type", "action_id", "positive_button", "negative_button"})
    problems.need(element, path, "positive_button", "negative_button")
    for name in ("positive_button", "negative_button"):
        button = element.get(name)
        if isinstance(button, dict):
            problems.keys(button, f"{path}/{name}", {"text", "value", "accessibility_label"})
            problems.need(button, f"{path}/{name}", "text", "value")
            problems.text(button.get("text"), f"{path}/{name}/text", limits.BUTTON_TEXT, PLAIN)
            problems.string(button.get("value"), f"{path}/{name}/value", limits.BUTTON_VALUE)
            label = button.get("accessibility_label")
            problems.string(label, f"{path}/{name}/accessibility_label", limits.ACCESSIBILITY_LABEL)


def _options(problems: Problems, value: object, path: str, most: int, kinds: tuple[str, ...] = PLAIN) -> None:
    for index, option in enumerate(problems.items(value, path, most)):
        _option(problems, option, f"{path}/{index}", kinds)


def _option(problems: Problems, option: Json, path: str, kinds: tuple[str, ...] = PLAIN) -> None:
    problems.keys(option, path, {"text", "value", "description", "url"})
    problems.need(option, path, "text", "value")
    problems.text(option.get("text"), path + "/text", limits.OPTION_TEXT, kinds)
    problems.string(option.get("value"), path + "/value", limits.OPTION_VALUE)
    problems.text(option.get("description"), path + "/description", limits.OPTION_DESCRIPTION, kinds)


def _static_select(problems: Problems, select: Json, path: str) -> None:
    problems.keys(
        select,
        path,
        COMMON
        | {
            "placeholder",
            "options",
            "option_groups",
            "initial_option",
            "initial_options",
            "max_selected_items",
        },
    )
    problems.text(select.get("placeholder"), path + "/placeholder", limits.PLACEHOLDER, PLAIN)
    if select.get("option_groups") is not None:
        groups = problems.items(select["option_groups"], path + "/option_groups", limits.SELECT_OPTIONS)
        for index, group in enumerate(groups):
            here = f"{path}/option_groups/{index}"
            problems.text(group.get("label"), here + "/label", limits.OPTION_TEXT, PLAIN)
            _options(problems, group.get("options"), here + "/options", limits.SELECT_OPTIONS)
    else:
        _options(problems, select.get("options"), path + "/options", limits.SELECT_OPTIONS)
    initial = select.get("initial_option")
    if initial is not None:
        groups = select.get("option_groups") or [{"options": select.get("options") or []}]
        if not any(initial in (group.get("options") or []) for group in groups):
            problems.add(path + "/initial_option", "must match one of the options")


def _choices(problems: Problems, element: Json, path: str) -> None:
    problems.keys(element, path, COMMON | {"options", "initial_option", "initial_options"})
    kinds = ("plain_text", "mrkdwn")
    _options(problems, element.get("options"), path + "/options", limits.CHOICE_OPTIONS, kinds)


def _picker(problems: Problems, element: Json, path: str) -> None:
    problems.text(element.get("placeholder"), path + "/placeholder", limits.PLACEHOLDER, PLAIN)


def _people(problems: Problems, element: Json, path: str) -> None:
    _picker(problems, element, path)
    problems.keys(element, path, COMMON | {"placeholder", "initial_users", "max_selected_items"})
    users = element.get("initial_users", [])
    if not isinstance(users, list) or not all(isinstance(user, str) for user in users):
        problems.add(path + "/initial_users", "must be a list of ids")


def _text_input(problems: Problems, element: Json, path: str) -> None:
    _picker(problems, element, path)
    problems.string(element.get("initial_value"), path + "/initial_value", limits.INPUT_LENGTH, least=0)
    for field in ("min_length", "max_length"):
        length = element.get(field)
        if length is not None and not (isinstance(length, int) and 0 <= length <= limits.INPUT_LENGTH):
            problems.add(f"{path}/{field}", f"must be between 0 and {limits.INPUT_LENGTH}")


ELEMENTS: dict[str, Check] = {
    "button": _button,
    "feedback_buttons": _feedback,
    "static_select": _static_select,
    "multi_static_select": _static_select,
    "conversations_select": _picker,
    "multi_users_select": _people,
    "datepicker": _picker,
    "timepicker": _picker,
    "checkboxes": _choices,
    "radio_buttons": _choices,
    "plain_text_input": _text_input,
}

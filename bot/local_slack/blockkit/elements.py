"""What each Block Kit element must look like: one table of checks by type."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from bot.local_slack.blockkit import limits
from bot.local_slack.blockkit.json import Json
from bot.local_slack.blockkit.problems import Checks

PLAIN = ("plain_text",)
COMMON = {"type", "action_id", "focus_on_load", "accessibility_label"}
Check = Callable[[Checks, Json, str], None]


def check_element(checks: Checks, element: Json, path: str, allowed: frozenset[str]) -> None:
    """Note everything wrong with an element; `allowed` are the types its block takes."""
    kind = element.get("type")
    if kind not in allowed or kind not in ELEMENTS:
        checks.unsupported(path, kind)
        return
    checks.string(element.get("action_id"), path + "/action_id", limits.ACTION_ID)
    if "confirm" in element:
        checks.unsupported_field(path, "confirm")
        element = {name: value for name, value in element.items() if name != "confirm"}
    ELEMENTS[str(kind)](checks, element, path)


def _url(checks: Checks, value: object, path: str, limit: int) -> None:
    """An http(s) address of at most `limit` characters; absent is fine."""
    checks.string(value, path, limit)
    if isinstance(value, str) and urlsplit(value).scheme not in {"http", "https", "mailto", "slack"}:
        checks.say(path, "invalid url")


def _button(checks: Checks, button: Json, path: str) -> None:
    checks.keys(button, path, COMMON | {"text", "url", "value", "style", "agent_prompt"})
    checks.need(button, path, "text")
    checks.text(button.get("text"), path + "/text", limits.BUTTON_TEXT, PLAIN)
    checks.string(button.get("value"), path + "/value", limits.BUTTON_VALUE, least=0)
    checks.string(
        button.get("accessibility_label"), path + "/accessibility_label", limits.ACCESSIBILITY_LABEL
    )
    if button.get("url") is not None:
        _url(checks, button["url"], path + "/url", limits.BUTTON_URL)
    if button.get("style") not in {None, "primary", "danger"}:
        checks.say(path + "/style", "must be one of: primary, danger")


def _options(checks: Checks, value: object, path: str, most: int, kinds: tuple[str, ...] = PLAIN) -> None:
    for index, option in enumerate(checks.items(value, path, most)):
        _option(checks, option, f"{path}/{index}", kinds)


def _option(checks: Checks, option: Json, path: str, kinds: tuple[str, ...] = PLAIN) -> None:
    checks.keys(option, path, {"text", "value", "description", "url"})
    checks.need(option, path, "text", "value")
    checks.text(option.get("text"), path + "/text", limits.OPTION_TEXT, kinds)
    checks.string(option.get("value"), path + "/value", limits.OPTION_VALUE)
    checks.text(option.get("description"), path + "/description", limits.OPTION_DESCRIPTION, kinds)


def _static_select(checks: Checks, select: Json, path: str) -> None:
    checks.keys(
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
    checks.text(select.get("placeholder"), path + "/placeholder", limits.PLACEHOLDER, PLAIN)
    if select.get("option_groups") is not None:
        groups = checks.items(select["option_groups"], path + "/option_groups", limits.SELECT_OPTIONS)
        for index, group in enumerate(groups):
            here = f"{path}/option_groups/{index}"
            checks.text(group.get("label"), here + "/label", limits.OPTION_TEXT, PLAIN)
            _options(checks, group.get("options"), here + "/options", limits.SELECT_OPTIONS)
    else:
        _options(checks, select.get("options"), path + "/options", limits.SELECT_OPTIONS)
    initial = select.get("initial_option")
    if initial is not None:
        groups = select.get("option_groups") or [{"options": select.get("options") or []}]
        if not any(initial in (group.get("options") or []) for group in groups):
            checks.say(path + "/initial_option", "must match one of the options")


def _choices(checks: Checks, element: Json, path: str) -> None:
    checks.keys(element, path, COMMON | {"options", "initial_option", "initial_options"})
    kinds = ("plain_text", "mrkdwn")
    _options(checks, element.get("options"), path + "/options", limits.CHOICE_OPTIONS, kinds)


def _picker(checks: Checks, element: Json, path: str) -> None:
    checks.text(element.get("placeholder"), path + "/placeholder", limits.PLACEHOLDER, PLAIN)


def _text_input(checks: Checks, element: Json, path: str) -> None:
    _picker(checks, element, path)
    checks.string(element.get("initial_value"), path + "/initial_value", limits.INPUT_LENGTH, least=0)
    for field in ("min_length", "max_length"):
        length = element.get(field)
        if length is not None and not (isinstance(length, int) and 0 <= length <= limits.INPUT_LENGTH):
            checks.say(f"{path}/{field}", f"must be between 0 and {limits.INPUT_LENGTH}")


ELEMENTS: dict[str, Check] = {
    "button": _button,
    "static_select": _static_select,
    "multi_static_select": _static_select,
    "conversations_select": _picker,
    "datepicker": _picker,
    "timepicker": _picker,
    "checkboxes": _choices,
    "radio_buttons": _choices,
    "plain_text_input": _text_input,
}

"""What each Block Kit element must look like: one table of checks by type."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from bot.local_slack.blockkit import limits
from bot.local_slack.blockkit.json import Json
from bot.local_slack.blockkit.problems import Checks

PLAIN = ("plain_text",)
COMMON = {"type", "action_id", "confirm", "focus_on_load", "accessibility_label"}
Check = Callable[[Checks, Json, str], None]


def check_element(checks: Checks, element: Json, path: str, allowed: frozenset[str]) -> None:
    """Note everything wrong with an element; `allowed` are the types its block takes."""
    kind = element.get("type")
    if kind not in allowed or kind not in ELEMENTS:
        checks.say(path + "/type", f"unsupported type: {kind}")
        return
    checks.string(element.get("action_id"), path + "/action_id", limits.ACTION_ID)
    if element.get("confirm") is not None:
        _confirm(checks, element["confirm"], path + "/confirm")
    ELEMENTS[str(kind)](checks, element, path)


def check_url(checks: Checks, value: object, path: str, limit: int) -> None:
    """An http(s) address of at most `limit` characters; absent is fine."""
    checks.string(value, path, limit)
    if isinstance(value, str) and urlsplit(value).scheme not in {"http", "https", "mailto", "slack"}:
        checks.say(path, "invalid url")


def _confirm(checks: Checks, value: object, path: str) -> None:
    if not isinstance(value, dict):
        checks.say(path, "must provide an object")
        return
    checks.keys(value, path, {"title", "text", "confirm", "deny", "style"})
    checks.need(value, path, "title", "text", "confirm", "deny")
    checks.text(value.get("title"), path + "/title", limits.CONFIRM_TITLE, PLAIN)
    checks.text(value.get("text"), path + "/text", limits.CONFIRM_TEXT)
    checks.text(value.get("confirm"), path + "/confirm", limits.CONFIRM_BUTTON, PLAIN)
    checks.text(value.get("deny"), path + "/deny", limits.CONFIRM_BUTTON, PLAIN)


def _button(checks: Checks, button: Json, path: str) -> None:
    checks.keys(button, path, COMMON | {"text", "url", "value", "style", "agent_prompt"})
    checks.need(button, path, "text")
    checks.text(button.get("text"), path + "/text", limits.BUTTON_TEXT, PLAIN)
    checks.string(button.get("value"), path + "/value", limits.BUTTON_VALUE, least=0)
    checks.string(
        button.get("accessibility_label"), path + "/accessibility_label", limits.ACCESSIBILITY_LABEL
    )
    if button.get("url") is not None:
        check_url(checks, button["url"], path + "/url", limits.BUTTON_URL)
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


def _external_select(checks: Checks, select: Json, path: str) -> None:
    allowed = {"placeholder", "min_query_length", "initial_option", "initial_options", "max_selected_items"}
    checks.keys(select, path, COMMON | allowed)
    checks.text(select.get("placeholder"), path + "/placeholder", limits.PLACEHOLDER, PLAIN)
    least = select.get("min_query_length", 3)
    if not isinstance(least, int) or least < 0:
        checks.say(path + "/min_query_length", "must be a number of 0 or more")
    if select.get("initial_option") is not None:
        _option(checks, select["initial_option"], path + "/initial_option")


def suggestions(answer: object) -> tuple[list[Json], list[str]]:
    """The groups ({"label", "options"}; label None where there are none) of a block_suggestion's answer, and what is
    wrong with it: Slack shows no options then."""
    checks = Checks()
    if not isinstance(answer, dict):
        return [], ["no options were given"]
    if "option_groups" in answer:
        groups = checks.items(answer["option_groups"], "/option_groups", limits.SELECT_OPTIONS, least=0)
    else:
        groups = [{"label": None, "options": answer.get("options")}]
    for index, group in enumerate(groups):
        for at, option in enumerate(
            checks.items(group.get("options"), f"/{index}/options", limits.SELECT_OPTIONS, least=0)
        ):
            _option(checks, option, f"/{index}/options/{at}")
    return ([], checks.problems) if checks.problems else (groups, [])


def _choices(checks: Checks, element: Json, path: str) -> None:
    checks.keys(element, path, COMMON | {"options", "initial_option", "initial_options"})
    kinds = ("plain_text", "mrkdwn")
    _options(checks, element.get("options"), path + "/options", limits.CHOICE_OPTIONS, kinds)


def _overflow(checks: Checks, element: Json, path: str) -> None:
    checks.keys(element, path, COMMON | {"options"})
    _options(checks, element.get("options"), path + "/options", limits.OVERFLOW_OPTIONS)


def _picker(checks: Checks, element: Json, path: str) -> None:
    checks.text(element.get("placeholder"), path + "/placeholder", limits.PLACEHOLDER, PLAIN)


def _text_input(checks: Checks, element: Json, path: str, most: int) -> None:
    _picker(checks, element, path)
    checks.string(element.get("initial_value"), path + "/initial_value", most, least=0)
    for field in ("min_length", "max_length"):
        length = element.get(field)
        if length is not None and not (isinstance(length, int) and 0 <= length <= limits.INPUT_LENGTH):
            checks.say(f"{path}/{field}", f"must be between 0 and {limits.INPUT_LENGTH}")


def _image(checks: Checks, element: Json, path: str) -> None:
    checks.keys(element, path, {"type", "image_url", "alt_text", "slack_file"})
    checks.need(element, path, "alt_text")
    checks.string(element.get("alt_text"), path + "/alt_text", limits.IMAGE_ALT)
    check_url(checks, element.get("image_url"), path + "/image_url", limits.IMAGE_URL)


def _icon_button(checks: Checks, element: Json, path: str) -> None:
    checks.need(element, path, "icon", "text")
    checks.text(element.get("text"), path + "/text", limits.BUTTON_TEXT, PLAIN)


def _feedback(checks: Checks, element: Json, path: str) -> None:
    checks.need(element, path, "positive_button", "negative_button")
    for side in ("positive_button", "negative_button"):
        button = element.get(side)
        if isinstance(button, dict):
            checks.need(button, f"{path}/{side}", "text", "value")
            checks.text(button.get("text"), f"{path}/{side}/text", limits.BUTTON_TEXT, PLAIN)
            checks.string(button.get("value"), f"{path}/{side}/value", limits.BUTTON_VALUE)


ELEMENTS: dict[str, Check] = {
    "button": _button,
    "static_select": _static_select,
    "multi_static_select": _static_select,
    "external_select": _external_select,
    "multi_external_select": _external_select,
    "users_select": _picker,
    "multi_users_select": _picker,
    "channels_select": _picker,
    "multi_channels_select": _picker,
    "conversations_select": _picker,
    "multi_conversations_select": _picker,
    "overflow": _overflow,
    "datepicker": _picker,
    "timepicker": _picker,
    "datetimepicker": _picker,
    "checkboxes": _choices,
    "radio_buttons": _choices,
    "plain_text_input": partial(_text_input, most=limits.INPUT_LENGTH),
    "number_input": _picker,
    "url_text_input": _picker,
    "email_text_input": _picker,
    "image": _image,
    "icon_button": _icon_button,
    "feedback_buttons": _feedback,
}

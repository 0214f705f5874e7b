"""What Slack's client holds back: a form with required fields left empty, or filled with what they do not take."""

from __future__ import annotations

from typing import Final

from bot.local_slack.blockkit.json import Json
from bot.local_slack.driver.payloads import state_values

EMPTY: Final = "Please complete this required field."


def held_back(blocks: list[Json], typed: Json) -> dict[str, str]:
    """Return what stands under each field by block_id, for which nothing is sent; empty where the form goes out.

    A text of spaces alone is text: what it is worth is the app's to say.
    """
    values = state_values(blocks, typed)
    found = {}
    for block in blocks:
        if block.get("type") == "input":
            element = block["element"]
            why = _why(block, element, values[block["block_id"]][element["action_id"]])
            if why:
                found[block["block_id"]] = why
    return found


def _why(block: Json, element: Json, state: Json) -> str:
    value = next((held for name, held in state.items() if name != "type"), None)
    if value in (None, "", []):
        return "" if block.get("optional") else EMPTY
    return _length(element, str(value)) if element["type"] == "plain_text_input" else ""


def _length(element: Json, value: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length")
    if len(value) < least:
        return f"Use at least {least} characters."
    if most is not None and len(value) > most:
        return f"Use {most} characters or fewer."
    return ""

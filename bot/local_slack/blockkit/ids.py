"""Block Kit as data: ids that Slack adds, and walking over what a person can press."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Iterator, Sequence

from bot.local_slack.blockkit.json import Json

ACTIONLESS = frozenset({"mrkdwn", "plain_text"})


def short_id() -> str:
    """Return an id as Slack makes them up for blocks and elements that come without one."""
    return secrets.token_urlsafe(4).replace("-", "A").replace("_", "B")[:5]


def elements_of(block: Json) -> list[Json]:
    """Return the elements of a block that a person can act on, in the order shown."""
    found = [e for e in block.get("elements") or () if isinstance(e, dict)]
    if block.get("type") == "carousel":
        found = [button for card in found for button in card.get("actions") or () if isinstance(button, dict)]
    if isinstance(block.get("element"), dict):
        found.append(block["element"])
    return [
        e for e in found if e.get("type") not in ACTIONLESS and not str(e.get("type")).startswith("rich_")
    ]


def with_ids(blocks: list[Json], before: Sequence[Json] = ()) -> list[Json]:
    """Return a copy in which every block has a block_id and every element an action_id, as Slack sends them back.

    A block that stood there `before` keeps its id: who presses in it while all is drawn anew presses in it still.
    """
    filled = copy.deepcopy(blocks)
    stood = [dict(block) for block in before]
    for block in filled:
        for element in elements_of(block):
            element.setdefault("action_id", short_id())
        if not block.get("block_id"):
            same = next((old for old in stood if {**block, "block_id": old.get("block_id")} == old), None)
            block["block_id"] = same["block_id"] if same else short_id()
            stood = [old for old in stood if old is not same]
    return filled


def interactive_elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield every (block, element) that a person can act on."""
    for block in blocks:
        for element in elements_of(block):
            yield block, element


def find_element(blocks: list[Json], action_id: str, index: int = 0, block_id: str = "") -> tuple[Json, Json]:
    """Return the index-th (block, element) with this action_id, within a block if one is named; LookupError if none."""
    return [
        (block, element)
        for block, element in interactive_elements(blocks)
        if element.get("action_id") == action_id and block_id in ("", block.get("block_id"))
    ][index]

"""Ids of blocks and elements as the local Slack gives them."""

from __future__ import annotations

from bot.local_slack.blockkit.ids import with_ids
from bot.local_slack.blockkit.json import Json


def button(value: str) -> Json:
    said = {"type": "plain_text", "text": "Open"}
    return {
        "type": "actions",
        "elements": [{"type": "button", "text": said, "action_id": "open", "value": value}],
    }


def test_a_block_that_stood_there_before_keeps_its_id_wherever_it_stands_now() -> None:
    before = with_ids([button("1"), button("2"), {"type": "divider"}])
    after = with_ids([{"type": "divider"}, button("3"), button("2")], before)
    assert after[0]["block_id"] == before[2]["block_id"]
    assert after[2]["block_id"] == before[1]["block_id"]
    assert after[1]["block_id"] not in {block["block_id"] for block in before}


def test_two_blocks_that_are_the_same_have_ids_of_their_own() -> None:
    before = with_ids([button("1")])
    first, second = with_ids([button("1"), button("1")], before)
    assert first["block_id"] == before[0]["block_id"] != second["block_id"]

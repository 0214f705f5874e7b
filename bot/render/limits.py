"""Slack's limits, each with the place it is written down; nothing else repeats a number of Slack's.

Lengths are in characters (Unicode code points). Nothing here measures or cuts: `bot.render.truncate` does.
Sources: [blocks] docs.slack.dev/reference/block-kit/blocks, [sdk] the limits that slack_sdk 3.47 enforces in
slack_sdk/models, [post] docs.slack.dev/reference/methods/chat.postMessage, [ours] chosen
here, with the reason beside it.
"""

from __future__ import annotations

from typing import Final

BLOCKS_IN_MESSAGE: Final = 50  # [blocks]
BLOCKS_IN_VIEW: Final = 100  # [sdk] views
TEXT_OBJECT: Final = 3000  # [sdk] blocks: section text; [blocks] for the others
HEADER_TEXT: Final = 150  # [sdk] blocks: header
CONTEXT_ELEMENTS: Final = 10  # [sdk] blocks: context
ACTIONS_ELEMENTS: Final = 25  # [sdk] blocks: actions
BUTTON_TEXT: Final = 75  # [sdk] block_elements: button
CARD_TITLE: Final = 150  # [sdk] blocks: card, its title and subtitle
CARD_BODY: Final = 200  # [sdk] blocks: card
CARDS: Final = 10  # [sdk] blocks: carousel
IMAGE_TEXT: Final = 2000  # [sdk] blocks: image, its alt_text
BUTTON_VALUE: Final = 2000  # [sdk] block_elements: button
ACTION_ID: Final = 255  # [sdk] block_elements
INPUT_LABEL: Final = 2000  # [sdk] blocks: input; its hint has the same
PLACEHOLDER: Final = 150  # [sdk] block_elements
TABLE_ROWS: Final = 100  # [blocks] table
TABLE_COLUMNS: Final = 20  # [blocks] table
MODAL_TITLE: Final = 24  # [sdk] views
VIEW_METADATA: Final = 3000  # [sdk] views
OPTION_TEXT: Final = 75  # [sdk] basic_components: option
OPTION_VALUE: Final = (
    150  # [sdk] basic_components: option; docs.slack.dev/reference/block-kit/composition-objects
)
OPTIONS_IN_GROUP: Final = 100  # [sdk] basic_components: option_group
CALLBACK_ID: Final = 255  # [sdk] views

# [ours] Slack documents no limit for rich text; what holds for a text object is kept for each block of it.
RICH_TEXT: Final = 3000
# [ours] Slack answers msg_blocks_too_long near 13,200 characters over all blocks
# (github.com/slackapi/bolt-js/issues/2509); the margin is for what it counts besides the text.
ALL_BLOCKS_TEXT: Final = 12_000
# [post] "Truncating content" asks for at most 4,000; it is cut above 40,000.
FALLBACK_TEXT: Final = 4000

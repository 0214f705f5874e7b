"""Slack's limits, each with its source. The local Slack refuses what goes beyond them."""

from __future__ import annotations


class Limit(int):
    """A number with the page it stands on. Counts are characters or items."""

    source: str

    def __new__(cls, value: int, source: str) -> Limit:
        limit = super().__new__(cls, value)
        limit.source = source
        return limit


_DOCS = "https://docs.slack.dev/reference/"
_BLOCKS = _DOCS + "block-kit/blocks"
_ELEMENTS = _DOCS + "block-kit/block-elements"
_TEXT = _DOCS + "block-kit/composition-objects/text-object"
_OPTION = _DOCS + "block-kit/composition-objects/option-object"
_VIEWS = _DOCS + "views"
_POST = _DOCS + "methods/chat.postMessage"
_UPDATE = _DOCS + "methods/chat.update"
_RESPOND = "https://docs.slack.dev/interactivity/handling-user-interaction"
_SOCKET = "https://docs.slack.dev/apis/events-api/using-socket-mode"

FILE_ALT = Limit(1_000, _DOCS + "methods/files.getUploadURLExternal")
FILE_BYTES = Limit(1_000_000_000, "https://slack.com/help/articles/201330736-Add-files-to-Slack")
MESSAGE_BLOCKS = Limit(50, _BLOCKS)
VIEW_BLOCKS = Limit(100, _BLOCKS)
MESSAGE_BLOCK_CHARS = Limit(13_200, "reported: https://github.com/slackapi/bolt-js/issues/2509")
BLOCK_ID = Limit(255, _BLOCKS)
ACTION_ID = Limit(255, _ELEMENTS)
TEXT_OBJECT = Limit(3_000, _TEXT)
HEADER_TEXT = Limit(150, _BLOCKS + "/header-block")
CONTEXT_ELEMENTS = Limit(10, _BLOCKS + "/context-block")
ACTIONS_ELEMENTS = Limit(25, _BLOCKS + "/actions-block")
TABLE_ROWS = Limit(100, _BLOCKS + "/table-block")
TABLE_CELLS = Limit(20, _BLOCKS + "/table-block")
TABLE_CHARS = Limit(10_000, _BLOCKS + "/table-block")
CARD_TITLE = Limit(150, _BLOCKS + "/card-block")
CARD_BODY = Limit(200, _BLOCKS + "/card-block")
CARD_ACTIONS = Limit(3, "https://docs.rs/slackblocks/4.0.0/slackblocks/struct.CardBlock.html")
CARDS = Limit(10, _BLOCKS + "/carousel-block")
CONTEXT_ACTIONS = Limit(5, _BLOCKS + "/context-actions-block")
IMAGE_TEXT = Limit(2_000, _BLOCKS + "/image-block")
IMAGE_URL = Limit(3_000, _BLOCKS + "/image-block")
INPUT_LABEL = Limit(2_000, _BLOCKS + "/input-block")
INPUT_HINT = Limit(2_000, _BLOCKS + "/input-block")
BUTTON_TEXT = Limit(75, _ELEMENTS + "/button-element")
BUTTON_VALUE = Limit(2_000, _ELEMENTS + "/button-element")
BUTTON_URL = Limit(3_000, _ELEMENTS + "/button-element")
ACCESSIBILITY_LABEL = Limit(75, _ELEMENTS + "/button-element")
PLACEHOLDER = Limit(150, _ELEMENTS + "/select-menu-element")
SELECT_OPTIONS = Limit(100, _ELEMENTS + "/select-menu-element")
CHOICE_OPTIONS = Limit(10, _ELEMENTS + "/checkboxes-element")
INPUT_LENGTH = Limit(3_000, _ELEMENTS + "/plain-text-input-element")
OPTION_TEXT = Limit(75, _OPTION)
OPTION_VALUE = Limit(150, _OPTION)
OPTION_DESCRIPTION = Limit(75, _OPTION)
MODAL_TITLE = Limit(24, _VIEWS)
MODAL_SUBMIT = Limit(24, _VIEWS)
MODAL_CLOSE = Limit(24, _VIEWS)
VIEW_CALLBACK = Limit(255, _VIEWS)
VIEW_METADATA = Limit(3_000, _VIEWS)
VIEW_BYTES = Limit(250_000, _VIEWS)
MODAL_STACK = Limit(3, _DOCS + "methods/views.push")
POST_TEXT = Limit(40_000, _POST)
UPDATE_TEXT = Limit(4_000, _UPDATE)
TRIGGER_SECONDS = Limit(3, _RESPOND)
RESPONSE_USES = Limit(5, _RESPOND)
RESPONSE_SECONDS = Limit(30 * 60, _RESPOND)
ACK_SECONDS = Limit(3, _RESPOND)
SOCKETS = Limit(10, _SOCKET)
PAGE = Limit(999, _DOCS + "methods/conversations.history")
COMMAND_TEXT = Limit(12_000, "what the composer takes: the message limit of people")

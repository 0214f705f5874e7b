"""The box on Home that takes a question, and what was asked in it lately.

The questions stand in the view, which Slack sends along with every press; the bot keeps of them only what had no
answer.
"""

from __future__ import annotations

from typing import Annotated, Final
from zlib import crc32

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.render import blockkit, limits
from bot.render.blockkit import Block, Element
from bot.render.button_value import ButtonValue
from bot.render.clean import LONGEST_QUESTION
from handlers.say import say

ASK, AGAIN, PICKED = "home_ask", "home_again", "home_picked"
SHOWN: Final = 5
_PLACEHOLDER: Final = say("What is Hangzhou paired with?  ·  杭州和哪些城市结对？")
_HINT: Final = say("The answer comes to Messages.")

Question = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUESTION)]


class Picked(BaseModel):
    """What was picked from a menu, and how it is called; what it asks is a value, so that nothing of it is read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    label: Question
    value: ButtonValue


class Recent(BaseModel):
    """What was asked on Home, newest first, typed or picked, and whether the first was answered just now."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    asked: tuple[Question | Picked, ...] = ()
    answered: bool = False

    def having(self, question: str | Picked) -> Recent:
        """Return the same with one more question, just answered."""
        return Recent(asked=(question, *self.without(question).asked)[:SHOWN], answered=True)

    def without(self, question: str | Picked) -> Recent:
        """Return the same without that question."""
        return Recent(asked=tuple(old for old in self.asked if old != question))

    def encode(self) -> str:
        """Return what a view carries: within Slack's 3,000 characters, the oldest left out where they do not fit."""
        kept = self.asked
        while kept:
            encoded = Recent(asked=kept).model_dump_json(exclude_defaults=True)
            if len(encoded) <= limits.VIEW_METADATA:
                return encoded
            kept = kept[:-1]
        return ""


NOTHING_ASKED: Final = Recent()


def recent_in(metadata: str) -> Recent:
    """Return what a view carries; nothing where it is not ours."""
    try:
        return Recent.model_validate_json(metadata) if metadata else NOTHING_ASKED
    except ValidationError:
        return NOTHING_ASKED


def ask_box(recent: Recent) -> list[Block]:
    """Return the box and the questions asked in it before, each to be asked again."""
    # Slack keeps what is typed while the block keeps its id: after each answer the box is to be empty.
    box: Block = {
        "type": "input",
        "block_id": f"home_ask_{crc32(recent.encode().encode())}",
        "dispatch_action": True,
        "label": blockkit.plain_text(say("Ask the fact base"), limits.OPTION_TEXT),
        "hint": blockkit.plain_text(_HINT, limits.OPTION_TEXT),
        "element": {
            "type": "plain_text_input",
            "action_id": ASK,
            "max_length": LONGEST_QUESTION,
            "placeholder": blockkit.plain_text(_PLACEHOLDER, limits.OPTION_TEXT),
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        },
    }
    blocks = [box]
    if recent.answered and recent.asked:
        answered = say("Answered in Messages: {question}", question=_label(recent.asked[0]))
        blocks.append(blockkit.context(answered))
    if recent.asked:
        again = [_again(number, question) for number, question in enumerate(recent.asked[:SHOWN])]
        blocks += [
            blockkit.context(say("Your recent questions here, to ask again:")),
            blockkit.actions(again),
        ]
    return blocks


def _label(asked: str | Picked) -> str:
    return asked.label if isinstance(asked, Picked) else asked


def _again(number: int, asked: str | Picked) -> Element:
    """Return the button that asks it again."""
    if isinstance(asked, Picked):
        return blockkit.button(asked.label, f"{PICKED}:{number}", asked.value.encode())
    return blockkit.button(asked, f"{AGAIN}:{number}", asked)

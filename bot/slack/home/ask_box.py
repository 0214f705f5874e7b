"""The box on Home that takes a question, the questions to begin with, and what was asked in it lately.

The questions stand in the view, which Slack sends along with every press; the bot keeps of them only what had no
answer.
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.render import blockkit, limits
from bot.render.blockkit import Block, Element
from bot.render.button_value import ButtonValue
from bot.render.clean import LONGEST_QUESTION
from handlers.answer import Choice
from handlers.lookups.welcome import FIRST_QUESTIONS
from handlers.request import QUESTION
from handlers.say import say

ASK, AGAIN, PICKED, EXAMPLE = "home_ask", "home_again", "home_picked", "home_example"
SHOWN: Final = 5
_PLACEHOLDER: Final = say("What is Hangzhou paired with?  ·  杭州和哪些城市结对？")

Question = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUESTION)]


class Picked(BaseModel):
    """What was picked from a menu, and how it is called; what it asks is a value, so that nothing of it is read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    label: Question
    value: ButtonValue


class Recent(BaseModel):
    """What was asked on Home, newest first, typed or picked, and how often the box was sent."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    asked: tuple[Question | Picked, ...] = ()
    sent: Annotated[int, Field(ge=0)] = 0

    def having(self, question: str | Picked) -> Recent:
        """Return the same with one more question."""
        asked = (question, *self.without(question).asked)[:SHOWN]
        return Recent(asked=asked, sent=self.sent)

    def without(self, question: str | Picked) -> Recent:
        """Return the same without that question."""
        return Recent(asked=tuple(old for old in self.asked if old != question), sent=self.sent)

    def emptied(self) -> Recent:
        """Return the same with an empty box: what was typed in it is taken."""
        return Recent(asked=self.asked, sent=self.sent + 1)

    def encode(self) -> str:
        """Return what a view carries: within Slack's 3,000 characters, the oldest left out where they do not fit."""
        kept = self.asked
        while kept:
            encoded = Recent(asked=kept, sent=self.sent).model_dump_json(exclude_defaults=True)
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


def ask_box(recent: Recent) -> Block:
    """Return the box."""
    return {
        "type": "input",
        # Slack keeps what is typed while the block keeps its id: after each answer the box is to be empty.
        "block_id": f"home_ask_{recent.sent}",
        "dispatch_action": True,
        "label": blockkit.plain_text(say("Ask the fact base"), limits.OPTION_TEXT),
        "element": {
            "type": "plain_text_input",
            "action_id": ASK,
            "max_length": LONGEST_QUESTION,
            "placeholder": blockkit.plain_text(_PLACEHOLDER, limits.OPTION_TEXT),
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        },
    }


def to_press(recent: Recent) -> list[Block]:
    """Return the questions to begin with, and above them what was asked before, to be asked again."""
    examples = blockkit.actions(
        [
            blockkit.button(choice.label, f"{EXAMPLE}:{number}", _typed(choice))
            for number, choice in enumerate(FIRST_QUESTIONS)
        ]
    )
    if not recent.asked:
        return [examples]
    again = [_again(number, question) for number, question in enumerate(recent.asked[:SHOWN])]
    return [
        blockkit.context(say("Your recent questions here, to ask again:")),
        blockkit.actions(again),
        examples,
    ]


def _typed(choice: Choice) -> str:
    """Return what a choice asks as it is typed."""
    return choice.text if choice.command == QUESTION else f"{choice.command} {choice.text}"


def _again(number: int, asked: str | Picked) -> Element:
    """Return the button that asks it again."""
    if isinstance(asked, Picked):
        return blockkit.button(asked.label, f"{PICKED}:{number}", asked.value.encode())
    return blockkit.button(asked, f"{AGAIN}:{number}", asked)

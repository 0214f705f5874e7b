"""The box on Home that takes a question, the questions to begin with, and what was asked in it lately.

The questions stand in the view, which Slack sends along with every press; the bot keeps of them only what had no
answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final
from unicodedata import east_asian_width

from bot.render import blockkit, limits
from bot.render.blockkit import Block, Element
from bot.render.clean import LONGEST_QUESTION
from bot.render.truncate import ELLIPSIS, clip
from bot.slack.recent import SHOWN, Picked, Recent
from handlers.answer import Choice
from handlers.lookups.welcome import FIRST_QUESTIONS
from handlers.request import QUESTION
from handlers.say import say

ASK, AGAIN, PICKED, EXAMPLE = "home_ask", "home_again", "home_picked", "home_example"
# Three buttons of that many letters stand on a line of Home, half as many of Chinese.
_LETTERS: Final = 24
_ON_A_LINE: Final = 3
_LINES: Final = 2
_PLACEHOLDER: Final = say("What is Hangzhou paired with?  ·  杭州和哪些城市结对？")


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
    """Return questions to begin with, and below them what was asked before, to be asked again: beside more than a line of that
    stands one line of examples.
    """
    asked = recent.asked[:SHOWN]
    labels = _shortened([one.label if isinstance(one, Picked) else one for one in asked])
    again = [_again(*one) for one in zip(range(SHOWN), asked, labels, strict=False)]
    examples = blockkit.actions(
        [
            blockkit.button(choice.label, f"{EXAMPLE}:{FIRST_QUESTIONS.index(choice)}", _typed(choice))
            for choice in _examples(recent, is_short=len(again) > _LINES)
        ]
    )
    if not again:
        return [examples]
    said = blockkit.context(say("Your recent questions here, to ask again:"))
    return [examples, said, blockkit.actions(again)]


def _examples(recent: Recent, *, is_short: bool) -> list[Choice]:
    """Return the examples to show, but for those that stand among what was asked; on one line the shortest, and some of them all the
    same where too few are left.
    """
    unasked = [choice for choice in FIRST_QUESTIONS if choice.label not in recent.asked]
    if not is_short:
        return unasked
    by_length = sorted(FIRST_QUESTIONS, key=lambda choice: (choice not in unasked, len(choice.label)))
    return sorted(by_length[:_ON_A_LINE], key=FIRST_QUESTIONS.index)


def _typed(choice: Choice) -> str:
    """Return what a choice asks as it is typed."""
    return choice.text if choice.command == QUESTION else f"{choice.command} {choice.text}"


def _shortened(questions: Sequence[str]) -> list[str]:
    """Return what begins each of `questions`, or ends it where several begin alike, so that all stand on two lines."""
    if len(questions) <= _LINES:
        return list(questions)
    begun = [clip(question, _room(question)) for question in questions]
    count = Counter(begun)
    return [
        begin if begin == question or count[begin] == 1 else _end(question)
        for begin, question in zip(begun, questions, strict=True)
    ]


def _room(text: str) -> int:
    """Return how many of the first characters have room, of which a Chinese one takes that of two."""
    widths = [2 if east_asian_width(character) in "WF" else 1 for character in text]
    return next((n for n in range(len(text), 0, -1) if sum(widths[:n]) <= _LETTERS), 0)


def _end(question: str) -> str:
    kept = question[-_room(question[::-1]) + len(ELLIPSIS) :]
    return ELLIPSIS + kept.partition(" ")[2] if " " in kept else ELLIPSIS + kept


def _again(number: int, asked: str | Picked, label: str) -> Element:
    """Return the button that asks it again."""
    if isinstance(asked, Picked):
        return blockkit.button(label, f"{PICKED}:{number}", asked.value.encode())
    return blockkit.button(label, f"{AGAIN}:{number}", asked)

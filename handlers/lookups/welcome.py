"""What a person is greeted with who opens the bot's messages for the first time: what it is, and six questions to press."""

from __future__ import annotations

from typing import Final

from handlers.answer import Answer, Choice
from handlers.command import Example
from handlers.lookups import pair
from handlers.lookups.maps import command as map_word
from handlers.questions import command as questions_command
from handlers.records import counts
from handlers.request import QUESTION
from handlers.say import say
from handlers.services import Services

_IN_CHINESE: Final = "也可以用中文提问，例如按下面的中文问题。"


_ASKED: Final = (
    (QUESTION, questions_command.COMMAND.examples[0]),
    (pair.COMMAND.name, pair.COMMAND.examples[0]),
    (QUESTION, Example(f"{map_word.COMMAND.name} {map_word.COMMAND.examples[0].text}")),
    (QUESTION, Example("What is the GDP of Xuzhou?")),
    (QUESTION, Example("What is twinning cooperation?")),
    (QUESTION, next(one for one in questions_command.COMMAND.examples if not one.text.isascii())),
)
FIRST_QUESTIONS: Final = tuple(
    Choice(f"first-{number}", example.text, command, example.text)
    for number, (command, example) in enumerate(_ASKED, start=1)
)
"""One of each thing that is best asked first, as buttons that ask it."""


def welcome(services: Services) -> Answer:
    """Return the greeting, with the questions as its buttons."""
    base = services.base
    return Answer(
        headline=say(
            "Hello, I am YRD Desk. I answer questions about cooperation in the Yangtze River Delta. My answers are made of"
            " {facts} that people took from {documents}, each with its source. Press a question below, or type your own.",
            facts=counts.facts(len(base.facts)),
            documents=counts.documents(len(base.documents)),
        ),
        outcome="answer",
        choices=FIRST_QUESTIONS,
        notes=(_IN_CHINESE,),
    )

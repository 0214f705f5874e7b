"""What is said to whoever asks the bot in plain words to make them a curator, to save something or to approve it; and the
commands that people ask for in plain words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from handlers.answer import Answer
from handlers.command import Command, Verb
from handlers.curation import add, admin, review
from handlers.curation.questions import queue
from handlers.lookups import lists
from handlers.request import Request
from handlers.say import say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.vocabulary import WordUse

_CURATING: Final = say("Curators are appointed in Slack: an admin types /yrd admin curators add @name.")


def _elsewhere(services: Services, request: Request) -> Answer:
    return Answer(headline=_CURATING, outcome="answer")


VERBS: Final = (
    # Who may is asked of Slack.
    Verb(str(WordUse.CURATING), admin.become, is_private=True, needs="contributions", without=_elsewhere),
    Verb(str(WordUse.PROPOSING), add.how),
    Verb(
        str(WordUse.REVIEWING),
        review.which,
        is_private=True,
        needs="contributions",
        without=review.which_of,
    ),
)
USES: Final = (WordUse.CURATING, WordUse.PROPOSING, WordUse.REVIEWING)

_DONE_BY: Final[Mapping[WordUse, tuple[Command, str]]] = {
    WordUse.RECENT: (lists.COMMAND, str(WordUse.RECENT)),
    WordUse.FACT_OF_THE_DAY: (lists.COMMAND, str(WordUse.FACT_OF_THE_DAY)),
    WordUse.OWN_PROPOSALS: (review.COMMAND, queue.MINE),
    WordUse.DRAFTING: (add.COMMAND, ""),
    WordUse.QUEUE: (review.COMMAND, ""),
    WordUse.CURATORS: (admin.COMMAND, ""),
}
_AROUND: Final = frozenset(
    {WordUse.LISTING, WordUse.PLEASE, WordUse.POLITENESS, WordUse.HELLO, WordUse.THANKS, WordUse.LATELY}
)


def done_by(base: FactBase, message: Sequence[str]) -> tuple[Command, str] | None:
    """Return the command, and the verb of it, that does what a message (its units) asks for and nothing else: "my proposals"."""
    every = base.phrases.cover(message, _AROUND | _DONE_BY.keys()) or frozenset()
    said = every - _AROUND
    # 提议了什么 asks, and opens no form.
    if WordUse.DRAFTING in said and WordUse.LISTING in every:
        return None
    return _DONE_BY[next(iter(said))] if len(said) == 1 else None

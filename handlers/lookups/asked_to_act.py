"""What is said to whoever asks the bot in plain words to make them a curator, to save something or to approve it; and the
commands that people ask for in plain words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from handlers.answer import Answer, Choice
from handlers.command import Command, Verb
from handlers.curation import actions, add, admin, barred, review
from handlers.curation.questions import queue
from handlers.lookups import lists
from handlers.request import ADD, Request
from handlers.say import Said, say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import WordUse

_CURATING: Final = say("Curators are appointed in Slack: an admin types /yrd admin curators add @name.")
_PROPOSING: Final = say(
    "Nothing that is said here becomes a fact by itself. A fact is proposed by its statement and its source, and used after a"
    " second person approves it: press the button, type /yrd add, or choose “Propose a fact” among the shortcuts of a message."
)
_REVIEWING: Final = say(
    "I do not know which proposal is meant. The queue lists what waits: curators approve or reject each there."
)
_IN_CHINESE: Final[Mapping[str, str]] = {
    _PROPOSING: "对话内容不会自行成为事实。请按按钮或输入 /yrd add，填写事实和出处；也可在消息的快捷方式中选“Propose a fact”。经第二人审核后才会使用。",
    _REVIEWING: "我不知道您指的是哪一条。请打开待审列表，由审核人逐条批准或退回。",
}


def _curating(services: Services, request: Request) -> Answer:
    if why := actions.denial(services, request):
        return barred.becoming(services, request) if why == actions.NOT_A_CURATOR else actions.refused(why)
    said = say("You are a curator: proposals come to you for review, and the queue lists what waits.")
    return Answer(headline=said, outcome="answer", choices=(queue.opened(),))


def _elsewhere(services: Services, request: Request) -> Answer:
    return Answer(headline=_CURATING, outcome="answer")


def _proposing(services: Services, request: Request) -> Answer:
    form = Choice("propose", say("Propose a fact"), ADD, "", "", effect="opens a form", style="primary")
    return _told(request, _PROPOSING, form)


def _reviewing(services: Services, request: Request) -> Answer:
    if why := actions.denial(services, request):
        # The queue would refuse them.
        return actions.not_done(services, request, why)
    return _which_proposal(services, request)


def _which_proposal(services: Services, request: Request) -> Answer:
    return _told(request, _REVIEWING, queue.opened())


def _told(request: Request, said: Said, choice: Choice) -> Answer:
    in_chinese = CHINESE.search(request.text) is not None
    return Answer(
        headline=_IN_CHINESE[said] if in_chinese else said,
        outcome="answer",
        choices=(choice,),
        in_chinese=in_chinese,
    )


VERBS: Final = (
    # Who may is asked of Slack.
    Verb(str(WordUse.CURATING), _curating, is_private=True, needs="contributions", without=_elsewhere),
    Verb(str(WordUse.PROPOSING), _proposing),
    Verb(
        str(WordUse.REVIEWING),
        _reviewing,
        is_private=True,
        needs="contributions",
        without=_which_proposal,
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
    said = (base.phrases.cover(message, _AROUND | _DONE_BY.keys()) or frozenset()) - _AROUND
    return _DONE_BY[next(iter(said))] if len(said) == 1 else None

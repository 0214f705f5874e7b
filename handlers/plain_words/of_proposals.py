"""What is said of proposals in plain words: which are to be approved, rejected, withdrawn or shown, and what became of them.

A deed is done where a text asks for it and for nothing else, to the one proposal that it names or in the thread of whose card it
stands. Whatever else is said shows what it is about, and does nothing.
"""

from __future__ import annotations

import re
from typing import Final

from handlers.answer import CardOf
from handlers.command import Reading
from handlers.curation import actions, review
from handlers.curation.questions import queue
from handlers.plain_words import proposals_said
from handlers.plain_words.proposals_said import Said
from handlers.plain_words.words_of_review import SURE, Role
from handlers.request import Request
from handlers.services import Services
from handlers.target import Target

# What a text is that asks for a deed: the deed, then what it is done to, or that first, as Chinese has it.
_OBJECT: Final = "[FTZOLNKR12&]"
_ASKS_FOR: Final = re.compile(rf"[FWYI]*D{_OBJECT}*|[FWYI]*B?(?:{_OBJECT}*[Z1]{_OBJECT}*)D[FTZ]*")
_BEGINS_TO_ASK: Final = re.compile(rf"[FWYI]*D{_OBJECT}*")
# Put as a question, only what is asked of the bot so is a deed: "could you approve 4?", and not "approve 4?", nor "so you approve 4?".
_POLITELY: Final = re.compile(
    r"\b(?:please|pls|plz|kindly|(?:can|could|would|will)\s+you)\b|请(?!问)|(?:能不能|能|可以)帮我",
    re.IGNORECASE,
)
# "Bob's proposal", "the new proposal".
_PROPOSAL_NEAR: Final = re.compile(
    r"(?:\S+\s+){1,2}(?:proposals?|suggestions?|submissions?)\b|\S{0,6}的?(?:提案|提议)", re.IGNORECASE
)
_BEGINS: Final = re.compile(
    rf"\s*{review.COMMAND.name}\b(?!\s+(?:the|my|our|this|that|proposals?|suggestions?|it)\b)", re.IGNORECASE
)
_IS_WORD: Final = frozenset({"approve", "reject"})


def read(services: Services, request: Request) -> Reading | None:
    """Return what `review` is to do where a text is on proposals and nothing else; None where it is a question of the base."""
    said = None if _BEGINS.match(request.text) else proposals_said.read(request.text)
    if said is None:
        return None
    read = _deed(services, request, said) if _asks_for_a_deed(said) else None
    if read is None and said.is_read:
        read = _question(services, request, said)
    return read or _spoken_of(services, request, said)


def _spoken_of(services: Services, request: Request, said: Said) -> Reading | None:
    """Return that what a text speaks of is shown, where it names a proposal, or one's own, and nothing of the base, whatever else
    it says.
    """
    there = actions.curation_of(services, request).contributions
    numbers = [number for number in proposals_said.named(request.text) if number in there]
    is_own = said.has(Role.OWN) and said.has(Role.PROPOSAL)
    if not (numbers or is_own) or _is_of_field(services, request):
        return None
    if len(numbers) > 1:
        return Reading(review.SEVERAL, " ".join(map(str, numbers)))
    return Reading(review.LOOK, target=Target(id=str(numbers[0]))) if numbers else Reading(queue.MINE)


def _asks_for_a_deed(said: Said) -> bool:
    """Say whether a text begins by asking for a deed that can be meant of proposals alone: by its verb, or since what it is done to
    is called one.
    """
    is_deed = (
        _ASKS_FOR.fullmatch(said.roles)
        if said.is_read or said.gives_reason
        else _BEGINS_TO_ASK.match(said.roles)
    )
    return is_deed is not None and (said.deed in SURE or said.has(Role.PROPOSAL))


def _deed(services: Services, request: Request, said: Said) -> Reading | None:
    if not said.is_read and not said.gives_reason and not _is_ours(services, request, said):
        return None
    if len(said.numbers) > 1:
        return _several(said)
    if said.has(Role.OWN) and not said.numbers:
        return _own(services, request, said)
    named = Target(id=str(said.numbers[0])) if said.numbers else _in_thread(services, request, said)
    if named is None:
        return _which(services, request, said)
    is_asked = said.is_question and not _POLITELY.search(request.text)
    if said.deed == "show" or is_asked:
        return Reading("show" if said.is_read else review.LOOK, target=named)
    return _done(said, named)


def _done(said: Said, target: Target) -> Reading:
    """Return what is done to a proposal, or that it is shown where not all that was said can be done."""
    reason = said.rest if said.gives_reason else ""
    match said.deed:
        case "reject" if said.is_read or reason:
            return Reading("reject" if reason else "ask why", reason, target)
        case "withdraw" | "drop" if said.is_read or reason:
            return Reading(review.WITHDRAW if reason else review.ASK_TO_WITHDRAW, reason, target)
        case "approve" | "edit" if said.is_read:
            return Reading(said.deed, target=target)
        case _:
            return Reading(review.LOOK, target=target)


def _is_ours(services: Services, request: Request, said: Said) -> bool:
    """Say whether a deed with more behind it than is understood is one on a proposal: "approve 4 and tell Bob", no "2 new ports"."""
    if said.has(Role.PROPOSAL) or _PROPOSAL_NEAR.match(said.rest):
        return True
    there = actions.curation_of(services, request).contributions
    are_there = bool(said.numbers) and all(number in there for number in said.numbers)
    return are_there and not _is_of_field(services, request)


def _is_of_field(services: Services, request: Request) -> bool:
    """Say whether a text names something of the base, or is longer than anybody speaks of a proposal."""
    return len(request.text) > _LONGEST or bool(services.base.parse(request.text).mentions)


_LONGEST: Final = 200


def _several(said: Said) -> Reading:
    return Reading(review.SEVERAL, " ".join(map(str, said.numbers)))


def _own(services: Services, request: Request, said: Said) -> Reading:
    """Return what is done to one's own proposal, where just one waits; else they are all shown."""
    waiting = [
        kept.number
        for kept in actions.curation_of(services, request).waiting()
        if kept.proposer == request.user
    ]
    if (
        said.deed in ("withdraw", "drop", "edit")
        and len(waiting) == 1
        and not said.has(Role.ALL, Role.ORDINAL)
    ):
        return _done(said, Target(id=str(waiting[0])))
    return Reading(queue.MINE)


def _in_thread(services: Services, request: Request, said: Said) -> Target | None:
    """Return the proposal in the thread of whose card a text stands, as it was shown there."""
    if said.has(Role.ALL, Role.ORDINAL):
        return None
    card = _card(services, request)
    return Target(id=str(card.proposal), version=card.version) if card else None


def _card(services: Services, request: Request) -> CardOf | None:
    if not (request.thread and request.channel):
        return None
    return services.notifier.card_at(request.team, request.channel, request.thread)


def _which(services: Services, request: Request, said: Said) -> Reading:
    """Return that the one proposal that waits is shown, where a text names none; where there are more, or none, it is asked."""
    if said.deed == "show":
        return Reading()
    waiting = actions.curation_of(services, request).waiting()
    if len(waiting) == 1 and not said.has(Role.ORDINAL):
        return Reading(review.LOOK, target=Target(id=str(waiting[0].number)))
    return Reading(review.WHICH, request.text)


def _question(services: Services, request: Request, said: Said) -> Reading | None:
    is_sure = said.deed in SURE
    if said.numbers and (is_sure or said.has(Role.PROPOSAL)) and _may_be(services, request, said):
        return (
            Reading("show", target=Target(id=str(said.numbers[0])))
            if len(said.numbers) == 1
            else _several(said)
        )
    if said.has(Role.OWN) and said.has(Role.PROPOSAL, Role.FACT):
        return Reading(queue.MINE)
    if is_sure and (target := _in_thread(services, request, said)):
        return Reading("show", target=target)
    if _asks_how(said):
        return Reading(review.WHICH, request.text)
    is_queue = said.has(Role.WAITING) or said.deed == "show" or _lists(said)
    return Reading() if said.has(Role.PROPOSAL) and is_queue and not is_sure else None


def _lists(said: Said) -> bool:
    """Say whether a text asks which proposals there are: "any new proposals?"."""
    return (said.is_question or said.has(Role.ASKING)) and set(said.roles) <= set("FTAHNLUI")


_HOW: Final = re.compile(r"F*(?:H+[A]*|A)[FIU]*D[TZLNKF]*|[FI]*X[F]*D[TZLNKF]*|[FI]*HD[TZLNKF]*")


def _may_be(services: Services, request: Request, said: Said) -> bool:
    """Say whether the numbers of a text are of proposals, and no years: "the proposal of 2018"."""
    there = actions.curation_of(services, request).contributions
    return all(number in there or number < _FIRST_YEAR for number in said.numbers)


_FIRST_YEAR: Final = 1000


def _asks_how(said: Said) -> bool:
    """Say whether a text asks how or whether one approves or rejects, or says that it is not to be: it names no proposal."""
    return said.deed in _IS_WORD and _HOW.fullmatch(said.roles) is not None

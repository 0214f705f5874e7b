"""What is said of proposals in plain words: a plain order is carried out, whatever else speaks of one shows what it is about.

A deed is done where the whole of a text is a plain order (`orders`), to the one proposal that it names or in the thread of whose card it
stands. Every other text shows the proposals that it may be about, with their buttons, and does nothing.
"""

from __future__ import annotations

import re
from typing import Final

from handlers.answer import CardOf
from handlers.command import Reading
from handlers.curation import actions, review
from handlers.curation.questions import queue
from handlers.plain_words import orders, proposals_said
from handlers.plain_words.orders import Order
from handlers.plain_words.proposals_said import Said
from handlers.plain_words.words_of_review import SURE, Role
from handlers.request import Request
from handlers.services import Services
from handlers.target import Target
from knowledge.names.near import is_one_edit
from knowledge.text.normalize import simplified

# A text that begins with a deed, whoever is to do it, be it asked or denied.
_BEGINS_WITH_A_DEED: Final = re.compile(r"[FWYIXAUHL]*B?[TZOLNKR12&]*D")
_ORDERS: Final = re.compile(r"[FWYI]*B?[TZOLNKR12&]*D")
_NUMBER: Final = r"(?:(?:the )?(?:proposal|suggestion|submission) ?)?(?:(?:number|no\.?|#) ?)?"
_DEED_ON_A_NUMBER: Final = re.compile(
    rf"(?:approv|accept|reject|declin|withdr|retract)[a-z]*\s(?:of\s)?{_NUMBER}([0-9]{{1,6}})(?=\s*(?:$|[^\w\s]|(?:because|since|as|if|and|or|when|until|unless|now|yet|too)\b))"
    r"|(?:批准|通过|驳回|拒绝|否决|退回|撤回|撤销)(?:提案|提议)?第?([0-9]{1,6})[条号]?(?=\s*(?:$|[^\w\s]))"
    r"|第([0-9]{1,6})条[^0-9。？！]{0,4}(?:批准|通过|驳回|拒绝|否决|退回|撤回|撤销)",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"\b(?:proposal|submission)\s(?:(?:number|no\.?)\s|#\s?)?([0-9]{1,6})\b|(?:提案|提议)第?([0-9]{1,6})",
    re.IGNORECASE,
)
_DEED_ANYWHERE: Final = re.compile(
    r"\b(?:approve|accept|reject|decline|withdraw)\b|批准|通过|驳回|否决|退回|撤回", re.IGNORECASE
)
# It tells or asks of what was done, and asks for nothing.
_TOLD: Final = re.compile(r"[^D]*P|[^D]*D[^D]*Q|[^D]*Q[^D]*D")
_TYPED: Final = re.compile(
    rf"\s*{review.COMMAND.name}\b(?!\s+(?:the|my|our|this|that|proposals?|suggestions?|it|and)\b)",
    re.IGNORECASE,
)
_SLIP: Final = re.compile(r"\s*([a-z]{5,9})(?:\s+(?:proposal\s+)?#?([0-9]{1,6}))?[\s.!?]*", re.IGNORECASE)
# What is to be changed of the card in whose thread it is said.
_CHANGES_THIS: Final = re.compile(
    r"\s*(?:(?:please|can|could|would|will|you|i|we|want|need|to|let|me|let['’]?s)\s+)*(?:edit|change|fix|correct|amend|reword|rewrite|update|modify)"
    r"\s+(?:it|this|that|(?:the|its)\s+(?:source|statement|text|wording|date|title|topics?|link|page|address|caveat|kind|question|proposal|fact))\b"
    r"|\s*(?:请|帮我|我想|我要)*(?:(?:把|将)(?:它|这条|来源|日期|标题|内容|主题)|(?:编辑|修改|更改|更正|改)(?:一下)?(?:它|这条|这个|来源|日期|标题|内容|主题|提案))",
    re.IGNORECASE,
)


def read(services: Services, request: Request) -> Reading | None:
    """Return what `review` is to do where a text is on proposals and nothing else; None where it is a question of the base."""
    if _TYPED.match(request.text):
        return None
    # Whoever is mentioned beside an order is part of what was said.
    order, said = orders.read(request.written or request.text), proposals_said.read(request.text)
    is_spoken_of = said.is_read or proposals_said.speaks(request.text)
    may_be = order or is_spoken_of or _SLIP.fullmatch(request.text) or _CHANGES_THIS.match(request.text)
    if not may_be:
        # Most texts are none of these: which card a thread is of is not looked up for them.
        return None
    card = _card(services, request)
    if order and (target := _target(order.number, card)):
        return _done(order, target)
    if order:
        return _which(services, request, said)
    if is_spoken_of and (found := _shown(services, request, said, card)):
        return found
    return _slip(services, request, card) or (_of_card(request, said, card) if card else None)


def _card(services: Services, request: Request) -> CardOf | None:
    if not (request.thread and request.channel):
        return None
    return services.notifier.card_at(request.team, request.channel, request.thread)


def _target(number: int | None, card: CardOf | None) -> Target | None:
    """Return the proposal of a number, or that in the thread of whose card a text stands, as it was shown there."""
    if number is not None:
        return Target(id=str(number))
    return Target(id=str(card.proposal), version=card.version) if card else None


def _done(order: Order, target: Target) -> Reading:
    match order.deed:
        case "reject":
            return Reading("reject" if order.reason else "ask why", order.reason, target)
        case "withdraw":
            return Reading(review.WITHDRAW if order.reason else review.ASK_TO_WITHDRAW, order.reason, target)
        case _:
            return Reading(order.deed, target=target)


def _shown(services: Services, request: Request, said: Said, card: CardOf | None) -> Reading | None:
    """Return what is shown of the proposals of which a text speaks; None where it may speak of something else."""
    numbers = _numbers(services, request, said)
    if said.is_read:
        return _of_words(services, request, said, card, numbers)
    begins = _BEGINS_WITH_A_DEED.match(said.roles) is not None and said.is_sure
    if numbers and (begins or said.has(Role.PROPOSAL)):
        return _numbered(said, card, numbers)
    if begins and said.has(Role.OWN) and said.has(Role.PROPOSAL, Role.FACT):
        return _own(services, request, said)
    if begins and (card or said.has(Role.PROPOSAL)):
        return _unnumbered(services, request, said, card)
    return _anywhere(services, request, said, card)


def _anywhere(services: Services, request: Request, said: Said, card: CardOf | None) -> Reading | None:
    """Return what is shown where a text that is not understood has a deed beside a number, names a proposal, or, below a card, a deed."""
    there = actions.curation_of(services, request).contributions
    numbers = tuple(number for number in _spoken_of(request.text) if number in there)
    if numbers:
        return _several(numbers) if len(numbers) > 1 else _looked_at(numbers[0])
    if named := _NAMED.search(simplified(request.text)):
        number = int(named[1] or named[2])
        return Reading("show", target=Target(id=str(number))) if number in there else None
    is_of_card = card and not said.has(Role.ASKING) and _DEED_ANYWHERE.search(simplified(request.text))
    return Reading(review.LOOK, target=_target(None, card)) if is_of_card else None


def _spoken_of(text: str) -> tuple[int, ...]:
    """Return the numbers beside a deed, wherever it stands: "if you agree, approve 4"."""
    found = _DEED_ON_A_NUMBER.finditer(simplified(text))
    return tuple(dict.fromkeys(int(one[1] or one[2] or one[3]) for one in found))


def _numbers(services: Services, request: Request, said: Said) -> tuple[int, ...]:
    """Return the numbers that are those of proposals: called so, or since there are such."""
    if said.has(Role.PROPOSAL):
        return said.numbers
    there = actions.curation_of(services, request).contributions
    return tuple(number for number in said.numbers if number in there)


def _of_words(
    services: Services, request: Request, said: Said, card: CardOf | None, numbers: tuple[int, ...]
) -> Reading | None:
    """Return what is shown where a text is made of words on proposals alone."""
    is_on = said.is_sure or said.has(Role.PROPOSAL)
    if numbers and (is_on or (said.has(Role.BEFORE_NUMBER) and said.has(Role.ASKING, Role.DEED, Role.DONE))):
        is_count = said.has(Role.ALL, Role.ORDINAL)
        return _which(services, request, said) if is_count else _numbered(said, card, numbers)
    if said.has(Role.OWN) and (said.has(Role.PROPOSAL, Role.FACT) or said.is_sure):
        return _own(services, request, said)
    if said.is_sure and (card or _asks_for_a_deed(said) or _asks_how(said)):
        return _unnumbered(services, request, said, card)
    is_queue = said.has(Role.WAITING) or said.deed == "show" or _lists(said)
    return Reading() if said.has(Role.PROPOSAL) and is_queue and not said.is_sure else None


def _numbered(said: Said, card: CardOf | None, numbers: tuple[int, ...]) -> Reading:
    named = (card.proposal, *numbers) if card and said.has(Role.POINT) else numbers
    if len(set(named)) > 1:
        return _several(tuple(dict.fromkeys(named)))
    return _look(said, Target(id=str(named[0])))


def _several(numbers: tuple[int, ...]) -> Reading:
    return Reading(review.SEVERAL, " ".join(map(str, numbers)))


def _looked_at(number: int) -> Reading:
    return Reading(review.LOOK, target=Target(id=str(number)))


def _look(said: Said, target: Target) -> Reading:
    """Return that a proposal is shown: with how a deed is ordered, where one was spoken of that is not done yet."""
    if said.deed == "edit" and not said.is_sure and _ORDERS.match(said.roles):
        return Reading("edit", target=target)
    is_deed = said.is_sure and not _TOLD.match(said.roles)
    return Reading(review.LOOK if is_deed else "show", target=target)


def _unnumbered(services: Services, request: Request, said: Said, card: CardOf | None) -> Reading:
    target = _target(None, card)
    if target is None or said.has(Role.ALL, Role.ORDINAL):
        return _which(services, request, said)
    return _look(said, target)


def _own(services: Services, request: Request, said: Said) -> Reading:
    """Return that one's own proposal is shown where it is to be withdrawn or changed and just one waits; else they are all shown."""
    waiting = [
        kept for kept in actions.curation_of(services, request).waiting() if kept.proposer == request.user
    ]
    if len(waiting) != 1 or said.has(Role.ALL, Role.ORDINAL) or not _ORDERS.match(said.roles):
        return Reading(queue.MINE)
    target = Target(id=str(waiting[0].number))
    match said.deed:
        case "withdraw" | "drop":
            return Reading(review.ASK_TO_WITHDRAW, target=target)
        case "edit":
            return Reading("edit", target=target)
        case _:
            return Reading(queue.MINE)


def _which(services: Services, request: Request, said: Said) -> Reading:
    """Return that the one proposal that waits is shown, where a text names none; where there are more, or none, it is asked."""
    waiting = actions.curation_of(services, request).waiting()
    if len(waiting) == 1 and not said.has(Role.ORDINAL) and not _asks_how(said):
        return _looked_at(waiting[0].number)
    return Reading(review.WHICH, request.text)


def _slip(services: Services, request: Request, card: CardOf | None) -> Reading | None:
    """Return that a proposal is shown to whoever mistyped a deed: "aprove 4"."""
    found = _SLIP.fullmatch(request.text)
    if found is None or not any(is_one_edit(found[1].lower(), deed) for deed in (*SURE, "accept", "decline")):
        return None
    if found[2]:
        is_there = int(found[2]) in actions.curation_of(services, request).contributions
        return _looked_at(int(found[2])) if is_there else None
    return Reading(review.LOOK, target=_target(None, card)) if card else None


def _of_card(request: Request, said: Said, card: CardOf) -> Reading | None:
    """Return what is shown of a card in whose thread a text points to it: "who proposed this?", "change the source to …"."""
    target = _target(None, card)
    if _CHANGES_THIS.match(request.text):
        return Reading("edit", target=target)
    is_on_it = said.is_read and said.has(Role.ASKING, Role.DEED, Role.DONE, Role.HELPING)
    is_elsewhere = said.numbers or said.has(Role.OWN, Role.ALL, Role.WAITING)
    return Reading("show", target=target) if is_on_it and not is_elsewhere else None


_ASKS: Final = re.compile(r"[FWYI]*B?[TZOLNKR12&]*D[FTZOLNKR12&]*")


def _asks_for_a_deed(said: Said) -> bool:
    return _ASKS.fullmatch(said.roles) is not None


def _lists(said: Said) -> bool:
    """Say whether a text asks which proposals there are: "any new proposals?"."""
    return (said.is_question or said.has(Role.ASKING)) and set(said.roles) <= set("FTAHNLUI2")


_HOW: Final = re.compile(r"F*(?:H+[A]*|A)[FIU]*D[TZLNKF]*|[FI]*X[F]*D[TZLNKF]*|[FI]*HD[TZLNKF]*")


def _asks_how(said: Said) -> bool:
    """Say whether a text asks how or whether one approves or rejects, or says that it is not to be: it names no proposal."""
    return said.deed in ("approve", "reject") and _HOW.fullmatch(said.roles) is not None

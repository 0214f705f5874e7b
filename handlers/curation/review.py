"""review: what waits for curators, proposals and questions that nobody could answer; and what became of one's own proposals."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from handlers.answer import Answer, Choice, Section
from handlers.command import MISREAD, Command, Example, Handler, Reading, Verb, next_word
from handlers.contribution import Contribution
from handlers.curation import actions, describe
from handlers.curation.questions import queue, unanswered
from handlers.curation.support import SUPPORT, support
from handlers.request import ADD, REVIEW, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.target import Target
from handlers.without_state import CURATION_ELSEWHERE
from knowledge.text.normalize import CHINESE, is_number

LOOK, WHICH, SEVERAL = "look", "which", "several"
"""The verbs that show the proposal that a text speaks of and do nothing, ask which is meant, and show that several are."""
WITHDRAW, ASK_TO_WITHDRAW = "withdraw", "ask why withdrawn"
"""The verbs by which whoever proposed something takes it back, with a reason and without one yet."""
_REVIEWING: Final = say(
    "Nothing was done: I do not know which proposal is meant. The queue lists what waits: curators approve or reject each there."
)
_REVIEWING_IN_CHINESE: Final = (
    "没有做任何更改：我不知道您指的是哪一条。请打开待审列表，由审核人逐条批准或退回。"
)
_MOST_OF_MINE: Final = 20
_DEEDS: Final = ("approve", "edit", "reject", SUPPORT)
_SAID: Final = re.compile(r"^(?:v([0-9]{1,9})(?:\s+|$))?((?!v[0-9]).+)?$", re.IGNORECASE | re.DOTALL)


def read(services: Services, request: Request) -> Reading | None:
    """Return what is to be done with the queue, a proposal or a question; None where the text is none of them."""
    if not request.text:
        return Reading()
    if request.text.lower() == queue.MINE:
        return Reading(queue.MINE)
    if named := queue.wanted(request.text):
        return Reading("", named.text)
    number, after = next_word(request.text)
    if not (is_number(number) and len(number) < 7):
        return unanswered.read(services, request)
    word, rest = next_word(after)
    target, said = Target(id=str(int(number))), _SAID.match(rest)
    # To approve takes no words, so that none of them, nor a version that does not read, is passed over.
    if (word and word not in _DEEDS) or said is None or (word == "approve" and said[2]):
        waits = target.number in actions.curation_of(services, request).contributions
        wrong = next_word((said and said[2]) or rest)[0] if word in _DEEDS else word
        return Reading(MISREAD, wrong, target) if waits else None
    verb = word or "show"
    # A rejection that gives no reason asks for it.
    verb = "ask why" if verb == "reject" and not said[2] else verb
    version = int(said[1] or 0)
    return Reading(verb, said[2] or "", target.model_copy(update={"version": version}))


def _mine(services: Services, request: Request) -> Answer:
    """Return what became of what the person proposed, the newest first, with a button that opens each."""
    every = actions.curation_of(services, request).contributions.values()
    mine = [kept for kept in every if kept.proposer == request.user][::-1]
    if not mine:
        return Answer(
            headline=say("You have proposed nothing yet."),
            outcome="answer",
            choices=(Choice("propose", say("Propose a fact"), ADD, "", "", effect="opens a form"),),
        )
    shown = mine[:_MOST_OF_MINE]
    lines: list[str] = [describe.own(services, kept) for kept in shown]
    if more := len(mine) - len(shown):
        lines.append(say_many("… and {count} older one", "… and {count} older ones", more))
    return Answer(
        headline=say("What became of your proposals:"),
        outcome="answer",
        sections=(Section("", tuple(lines)),),
        choices=tuple(map(_opening, shown)),
    )


def _opening(kept: Contribution) -> Choice:
    label, number = say("Open {number}", number=kept.number), str(kept.number)
    return Choice(f"open-{number}", label, REVIEW, "", "show", target=Target(id=number))


def _proposal(deal: Callable[[Services, Request, Target], Answer]) -> Handler:
    """Return a handler of what is done with a proposal, as long as there is one of that number."""

    def handle(services: Services, request: Request) -> Answer:
        target = request.target
        if target is None or target.number == 0:
            return actions.refused(say("Which proposal? /yrd review lists those that wait."))
        if target.number not in actions.curation_of(services, request).contributions:
            return actions.refused(describe.no_proposal(target.number))
        return deal(services, request, target)

    return handle


def _show(services: Services, request: Request, target: Target) -> Answer:
    kept = actions.curation_of(services, request).contributions[target.number]
    if request.user != kept.proposer and (why := actions.denial(services, request)):
        return actions.not_done(services, request, why)
    return describe.card(services, kept, reader=request.user)


def _look(services: Services, request: Request, target: Target) -> Answer:
    """Show a proposal of which something was said that is no deed, or more than one; nothing is done to it."""
    said = say(
        "Nothing was done. “approve {number}” approves it and “reject {number}: REASON” turns it down, as the buttons do.",
        number=target.id,
    )
    return _while_it_waits(services, request, target, said)


def _ask_why(services: Services, request: Request, target: Target) -> Answer:
    """Show a proposal that is to be turned down, where no form can ask why: what asks for one stands on a button."""
    said = say(
        "Why? The proposer is told the reason: write “reject {number}: REASON”, or press the button.",
        number=target.id,
    )
    return _while_it_waits(services, request, target, said)


def _while_it_waits(services: Services, request: Request, target: Target, said: Said) -> Answer:
    """Show a proposal, with what is said below it while it waits."""
    shown = _show(services, request, target)
    waits = actions.curation_of(services, request).contributions[target.number].state == "waiting"
    return replace(shown, notes=(*shown.notes, said)) if waits and shown.outcome != "refused" else shown


def _reason(services: Services, request: Request) -> str:
    """Return the reason that was typed, with the names of those whom Slack mentions by their ids alone."""
    why = request.text
    nameless = [one.id for one in request.references if one.kind == "person" and one.id and not one.name]
    # The reason is the end of what was typed.
    for user in reversed(nameless):
        before, mark, after = why.rpartition("@someone")
        if mark:
            why = f"{before}@{services.people.name(request.team, user)}{after}"
    return why


def _withdraw(services: Services, request: Request, target: Target) -> Answer:
    kept = actions.curation_of(services, request).contributions[target.number]
    if request.user == kept.proposer:
        why = _reason(services, request)
        return actions.reject(services, request, target.number, target.version, why)
    return not_theirs(services, request, kept)


def not_theirs(services: Services, request: Request, kept: Contribution) -> Answer:
    """Return that only who proposed something withdraws it, with its card for a curator, who may reject it."""
    said = say("Only who proposed it withdraws it, and that was {name}.", name=kept.proposer_name)
    if actions.denial(services, request):
        return actions.refused(said)
    card = describe.card(services, kept, reader=request.user)
    return replace(card, notes=(said, *card.notes))


def _ask_to_withdraw(services: Services, request: Request, target: Target) -> Answer:
    kept = actions.curation_of(services, request).contributions[target.number]
    if request.user != kept.proposer:
        return not_theirs(services, request, kept)
    card = describe.card(services, kept, reader=request.user)
    said = say("Why? Write “withdraw {number}: REASON”, or press the button.", number=target.id)
    return replace(card, notes=(*card.notes, said)) if kept.state == "waiting" else card


def which(services: Services, request: Request) -> Answer:
    """Return that it is not known which proposal is meant, with the queue for those who may see it."""
    if why := actions.denial(services, request):
        # The queue would refuse them.
        return actions.not_done(services, request, why)
    return which_of(services, request)


def which_of(services: Services, request: Request) -> Answer:
    """Return the same to anybody."""
    in_chinese = CHINESE.search(request.text) is not None
    headline = _REVIEWING_IN_CHINESE if in_chinese else _REVIEWING
    return Answer(headline=headline, outcome="answer", choices=(queue.opened(),), in_chinese=in_chinese)


def _several(services: Services, request: Request) -> Answer:
    """Show a button for each of several proposals: what is said of more than one is done to none."""
    there = actions.curation_of(services, request).contributions
    named = [int(word) for word in request.text.split()]
    found = [there[number] for number in named if number in there]
    if not found:
        return actions.refused(describe.no_proposal(named[0]))
    said = say("Nothing was done: proposals are decided on one by one, each for what it says.")
    lines = tuple(
        describe.standing(describe.proposal(kept.number), kept.state) for kept in found[:_MOST_OF_MINE]
    )
    choices = tuple(map(_opening, found[:_MOST_OF_MINE]))
    return Answer(headline=said, outcome="answer", sections=(Section("", lines),), choices=choices)


def _approve(services: Services, request: Request, target: Target) -> Answer:
    answer = actions.approve(services, request, target.number, target.version)
    if answer.outcome == "done":
        _settle(services, request, target.number)
    return answer


def _reject(services: Services, request: Request, target: Target) -> Answer:
    return actions.reject(services, request, target.number, target.version, _reason(services, request))


def _support(services: Services, request: Request, target: Target) -> Answer:
    return support(services, request, target.number, request.text)


def _settle(services: Services, request: Request, number: int) -> None:
    """Tell those who asked, where the fact that was approved just now was proposed to answer them."""
    kept = actions.curation_of(services, request).contributions[number]
    fact = services.team_bases.of(request.team).fact(kept.id)
    if kept.draft.question and fact is not None:
        found = queue.cluster(services, request, kept.draft.question)
        if found is not None:
            unanswered.settle(services, request, found, fact, number)


def _misread(services: Services, request: Request, target: Target) -> Answer:
    return actions.misread(request.text, say("proposal {number}", number=target.id), ", ".join(_DEEDS))


def _elsewhere(services: Services, request: Request) -> Answer:
    return Answer(headline=CURATION_ELSEWHERE, outcome="answer")


COMMAND = Command(
    name=REVIEW,
    usage=say(
        "nothing, the number of a proposal, or newest, oldest or most asked, with page 2 and so on; or mine"
    ),
    summary=say("What waits for curators: proposals and unanswered questions"),
    examples=(Example(""),),
    handle=queue.listed,
    is_private=True,
    needs="contributions",
    without=_elsewhere,
    verbs=(
        Verb("show", _proposal(_show), is_private=True, needs="contributions"),
        Verb("approve", _proposal(_approve), "changes", needs="contributions"),
        Verb("edit", _proposal(_show), "opens a form", is_private=True, needs="contributions"),
        Verb("reject", _proposal(_reject), "changes", keeps_text=True, needs="contributions"),
        Verb(SUPPORT, _proposal(_support), "changes", keeps_text=True, needs="contributions"),
        Verb("ask why", _proposal(_ask_why), "opens a form", needs="contributions"),
        Verb(LOOK, _proposal(_look), is_private=True, needs="contributions"),
        Verb(SEVERAL, _several, is_private=True, needs="contributions"),
        Verb(WHICH, which, is_private=True, needs="contributions", without=which_of),
        Verb(WITHDRAW, _proposal(_withdraw), "changes", keeps_text=True, needs="contributions"),
        Verb(ASK_TO_WITHDRAW, _proposal(_ask_to_withdraw), "opens a form", needs="contributions"),
        Verb(queue.MINE, _mine, is_private=True, needs="contributions", without=_elsewhere),
        Verb(MISREAD, _proposal(_misread), is_private=True, needs="contributions"),
        *unanswered.VERBS,
    ),
    read=read,
)

"""What comes back from the forms beside that of a proposal: reasons, what answers a question, what is set aside, who curates."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from slack_bolt import BoltResponse

from bot.slack import forms
from bot.slack.api.payloads import Submission
from bot.slack.context import Actor, SlackContext
from bot.slack.curation import curators, fields
from bot.slack.curation.done import after
from bot.slack.curation.metadata import ProposalMetadata
from bot.slack.forms import FormState
from handlers.answer import Answer
from handlers.command import without_marks
from handlers.curation import actions as curation_actions
from handlers.curation import admin, approved
from handlers.curation.questions import unanswered
from handlers.request import QUESTION, Request
from handlers.say import say
from handlers.services import Services
from handlers.target import Target
from knowledge.vocabulary import FACT_ID

NO_REASON: Final = say("Say why, in a few words: the proposer is told the reason.")
NONE_TICKED: Final = say("Tick at least one question, or go back with Cancel.")


def reasoned(slack: SlackContext, call: Submission, kept: ProposalMetadata) -> BoltResponse:
    """Return the answer to the form that asks why something is turned down or taken back."""
    why = FormState(call.view).text(fields.WHY, 300).strip()
    if not any(map(str.isalnum, why)):
        return forms.errors({fields.WHY: NO_REASON})

    def act(services: Services, request: Request) -> Answer:
        if kept.reverts:
            return approved.revert(services, request, kept.reverts, why)
        return curation_actions.reject(services, request, kept.number, kept.version, why)

    return after(slack, call, kept.model_copy(update={"why": why}), {say("Why"): why}, act)


def settled(slack: SlackContext, call: Submission, kept: ProposalMetadata) -> BoltResponse:
    """Return the answer to the form that asks which fact answers a question."""
    typed = FormState(call.view).words(fields.FACT, 600)
    fact = _meant(slack, typed)
    if not fact:
        wrong = say("No fact that stands has that id or statement. /yrd and what was asked finds facts.")
        return forms.errors({fields.FACT: wrong})
    return after(
        slack,
        call,
        kept,
        {say("The fact that answers it"): typed},
        lambda services, request: unanswered.settle_with_fact(
            services, replace(request, text=kept.queue, target=Target(id=kept.question, other=fact))
        ),
    )


def _meant(slack: SlackContext, typed: str) -> str:
    """Return the id of the fact that was named by it, or by what it states; "" where none that stands is."""
    gone = slack.base.overlay.superseded
    name = without_marks(typed.lower())
    if FACT_ID.match(name):
        return name if slack.base.fact(name) is not None and name not in gone else ""
    wanted = " ".join(typed.lower().strip("“”\"' .").split())
    hits = (hit.fact for hit in slack.base.search(typed)[:10])
    said = ((fact.id, " ".join(fact.statement.lower().strip(" .").split())) for fact in hits)
    return next((i for i, statement in said if i not in gone and statement == wanted), "")


def set_aside(slack: SlackContext, call: Submission, kept: ProposalMetadata) -> BoltResponse:
    """Return the answer to the form in which questions are ticked that are out of scope."""
    state = FormState(call.view)
    boxes = sorted(name for name in fields.names_in(call.view) if name.startswith(fields.ASIDE))
    keys = tuple(key for box in boxes for key in state.many(box))
    if not keys:
        return forms.kept_open(call.view, NONE_TICKED)
    return after(
        slack,
        call,
        kept,
        {},
        lambda services, request: unanswered.set_aside(services, replace(request, text=kept.queue), keys),
    )


def chosen(slack: SlackContext, call: Submission, kept: ProposalMetadata) -> BoltResponse:
    """Return the answer to the form of who is a curator."""
    wanted = FormState(call.view).people(curators.CURATORS)
    request = slack.request(QUESTION, "", Actor(call.team, call.user, kept.channel))
    new = [user for user in wanted if user not in kept.curators]
    # Slack waits meanwhile, however many they are.
    asked = slack.services.people.at_once((call.user, *{*wanted} ^ {*kept.curators}))
    services = replace(slack.services, people=asked)
    if wrong := admin.strangers(services, request, new):
        return forms.errors({curators.CURATORS: wrong})
    return after(
        slack,
        call,
        kept,
        {},
        lambda _, request: admin.chosen(services, request, kept.curators, wanted),
    )

"""Curation in Slack: which form a route opens, what is changed without one, and what a message is proposed as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from bot.render.clean import clean
from bot.render.slack_text import typed
from bot.slack.api.message import Message, sentence
from bot.slack.api.payloads import Click, ShortcutCall, SlashCall
from bot.slack.context import SlackContext
from bot.slack.curation import modal
from bot.slack.curation.submission import ProposalMetadata
from bot.slack.home.publish import show_home
from bot.slack.sending.reply import deliver, open_view, tell
from handlers.answer import Answer
from handlers.curation import actions as curation_actions
from handlers.curation import unanswered
from handlers.curation.correction import draft_of, with_asks
from handlers.draft import STATEMENT_MAX, Draft
from handlers.request import Request
from handlers.route import Route
from handlers.say import say
from handlers.target import Target
from knowledge.model import Topic
from knowledge.names.resolver import Found

SAVE_CALLBACK: Final = "save_as_fact"
SAVE_NAME: Final = say("Save as fact")
NO_WORDS: Final = say("That message has no words to make a fact of.")
View = dict[str, object]
# A form, a sentence on why there is none, or None where the engine says why.
Opened = View | Message | None


async def carry_out(slack: SlackContext, call: SlashCall | Click, request: Request, route: Route) -> None:
    """Open the form that a route leads to, or have it done and tell the person how it went."""
    opens = FORMS.get((route.command.name, route.verb.name))
    view = opens(slack, request, route) if opens else None
    if isinstance(view, Message):
        await tell(slack.sender, call, view)
    elif view is not None:
        await open_view(slack.sender, call, view)
    else:
        await tell(slack.sender, call, slack.message(slack.answer_to(request, route), None))
    if isinstance(call, Click) and not call.channel:
        # Pressed on the Home tab, which shows what waits.
        await show_home(slack.renewed(), call.user)


def _new(slack: SlackContext, request: Request, route: Route) -> Opened:
    text, cut = clean(route.argument, STATEMENT_MAX)
    draft = Draft(statement=text, subjects=_named(slack, text))
    return modal.form(slack.base, draft, ProposalMetadata(channel=request.channel).encode(), cut=cut)


def _correction(slack: SlackContext, request: Request, route: Route) -> Opened:
    fact_id = route.target.id if route.target else ""
    fact = slack.base.fact(fact_id)
    if fact is None:
        return sentence(say("No fact has the id “{fact}”.", fact=fact_id))
    if later := slack.base.overlay.superseded.get(fact_id):
        return sentence(say("{fact} was superseded by {later}: correct that one.", fact=fact_id, later=later))
    if fact_id in slack.base.overlay.superseded:
        return sentence(say("{fact} no longer answers anybody.", fact=fact_id))
    draft = draft_of(slack.base, fact).model_copy(update={"withdraws": route.verb.name == "wrong"})
    kept = ProposalMetadata(channel=request.channel, supersedes=fact_id, region=fact.region)
    return modal.form(slack.base, draft, kept.encode())


def _question(slack: SlackContext, request: Request, route: Route) -> Opened:
    found = unanswered.open_cluster(slack.services, replace(request, target=route.target))
    if isinstance(found, Answer):
        return slack.message(found, None)
    kept = ProposalMetadata(channel=request.channel, question=route.target.id if route.target else "")
    if route.verb.name == "which fact":
        return modal.which(found.text, kept.encode())
    return modal.form(slack.base, Draft(subjects=_named(slack, found.text)), kept.encode())


def _proposal(slack: SlackContext, request: Request, route: Route) -> Opened:
    target = route.target or Target(id="0")
    kept = curation_actions.curation_of(slack.services, request).contributions.get(target.number)
    if kept is None:
        return None
    if request.user != kept.proposer and (barred := curation_actions.denial(slack.services, request)):
        return sentence(barred)
    if kept.state != "waiting" or (target.version and target.version != kept.version):
        return sentence(say("Proposal {number} is decided or edited by now.", number=target.number))
    carried = ProposalMetadata(
        channel=request.channel, number=kept.number, version=kept.version, supersedes=kept.draft.supersedes,
        question=kept.draft.question, region=kept.draft.region,
    )  # fmt: skip
    if route.verb.name == "ask why":
        return modal.reason(target.number, carried.encode())
    draft = with_asks(slack.base, kept.draft)
    return modal.form(slack.base, draft, carried.encode(), why=kept.reason, editing=True)


# The forms of what opens one, by the names of command and verb.
FORMS: Final[Mapping[tuple[str, str], Callable[[SlackContext, Request, Route], Opened]]] = {
    ("add", ""): _new,
    ("fact", "correct"): _correction,
    ("fact", "wrong"): _correction,
    ("review", "edit"): _proposal,
    ("review", "ask why"): _proposal,
    ("review", "new fact"): _question,
    ("review", "which fact"): _question,
}


async def saved(slack: SlackContext, call: ShortcutCall) -> None:
    """Open the form filled in with a message: its words, what it names, its link, its day."""
    said = typed(call.said.all_words(), slack.identity().user)
    text, cut = clean(said.written, STATEMENT_MAX)
    if not said.text:
        await deliver(slack.sender, call, sentence(NO_WORDS))
        return
    day = datetime.fromtimestamp(float(call.said.ts or 0), UTC)
    link = await slack.sender.permalink(call.channel, call.said.ts)
    draft = Draft(
        statement=text,
        subjects=_named(slack, said.text),
        url=link[:400],
        title=say("Slack message"),
        published=f"{day:%Y-%m-%d}",
        words=" ".join(text.split()[:8])[:150],
    )
    view = modal.form(
        slack.base, draft, ProposalMetadata(channel=call.channel).encode(), cut=cut or said.was_cut
    )
    await open_view(slack.sender, call, view)


def _named(slack: SlackContext, text: str) -> tuple[str, ...]:
    """Return what a text names without doubt, topics left out."""
    found = (
        mention.resolution.record
        for mention in slack.base.parse(text[:STATEMENT_MAX]).mentions
        if isinstance(mention.resolution, Found) and mention.resolution.match != "fuzzy"
    )
    return tuple(dict.fromkeys(record.slug for record in found if not isinstance(record, Topic)))[:10]

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
from bot.slack.curation import curators, fields, modal, pages
from bot.slack.curation.card import put
from bot.slack.curation.metadata import ProposalMetadata
from bot.slack.home.publish import asked_before, show_home_again
from bot.slack.sending.reply import deliver, open_view, tell
from handlers.answer import Answer
from handlers.curation import actions as curation_actions
from handlers.curation import describe
from handlers.curation.admin import CHOOSING
from handlers.curation.barred import ADMIN
from handlers.curation.correction import completed, draft_of
from handlers.curation.questions import queue, unanswered
from handlers.curation.review import ASK_TO_WITHDRAW, not_theirs
from handlers.curation.sources import telling
from handlers.curation.statements.named import subjects_of
from handlers.draft import ASK_MAX, STATEMENT_MAX, WORDS_MAX, WORDS_QUOTED, Draft
from handlers.request import FACT, REVIEW, Request
from handlers.routing.routed import Route
from handlers.say import say
from handlers.target import Target
from knowledge.text.quoting import first_words

SAVE_CALLBACK: Final = "save_as_fact"
SAVE_NAME: Final = say("Propose a fact")
NO_WORDS: Final = say("That message has no words to make a fact of.")
View = dict[str, object]
# A form, a sentence on why there is none, or None where the engine says why.
Opened = View | Message | None


async def carry_out(slack: SlackContext, call: SlashCall | Click, request: Request, route: Route) -> None:
    """Open the form that a route leads to, or have it done and tell the person how it went."""
    opens = FORMS.get((route.command.name, route.verb.name))
    view = opens(slack, request, route, _opened_from(call, request)) if opens else None
    if isinstance(view, Message):
        await tell(slack.sender, call, view)
    elif view is not None:
        await open_view(slack.sender, call, view)
    else:
        await _show(slack, call, route, slack.answer_to(request, route))
    if isinstance(call, Click) and call.is_in_view:
        # Home shows what waits.
        await show_home_again(slack.renewed(), call)


async def _show(slack: SlackContext, call: SlashCall | Click, route: Route, answer: Answer) -> None:
    """Tell the person how it went: in the message that they pressed, where that is of what was changed."""
    message, notifier = slack.message(answer, None), slack.services.notifier
    # What was refused leaves the message as it is, but where it tells that the proposal is decided.
    is_told = answer.outcome != "refused" or bool(answer.sections)
    if isinstance(call, Click) and is_told and _changes(call, route):
        number = route.target.number if route.command.name == REVIEW and route.target else 0
        reader = "" if call.channel.startswith(("C", "G")) and not call.container.is_ephemeral else call.user
        write = lambda said: deliver(slack.sender, call, said, replace=True)  # noqa: E731
        await put(slack, call.team, number, message, write, reader)
        if call.channel.startswith("D") and not call.container.is_ephemeral:
            notifier.note_card(call.team, call.channel, call.container.message_ts, answer, call.user)
    else:
        await tell(slack.sender, call, message)


def _changes(call: Click, route: Route) -> bool:
    """Say whether the message that was pressed in tells the person: where others see it, none but the card of a proposal does."""
    if call.container.is_ephemeral or call.channel.startswith("D"):
        return route.command.name in (REVIEW, ADMIN)
    return bool(call.channel) and (route.command.name, route.verb.name) == (REVIEW, "approve")


def _opened_from(call: SlashCall | Click, request: Request) -> ProposalMetadata:
    """Return where a form was opened: in which channel or over which Home, and how the message is reached that was pressed in."""
    card = call.response_url[:300] if isinstance(call, Click) and call.channel else ""
    return ProposalMetadata(channel=request.channel, card=card, home=asked_before(call))


def _new(slack: SlackContext, request: Request, route: Route, whence: ProposalMetadata) -> Opened:
    text, cut = clean(route.argument, STATEMENT_MAX)
    return modal.form(slack.services, {fields.STATEMENT: text}, whence, cut=cut)


def _correction(slack: SlackContext, request: Request, route: Route, whence: ProposalMetadata) -> Opened:
    fact_id = route.target.id if route.target else ""
    fact = slack.base.fact(fact_id)
    if fact is None:
        return sentence(say("No fact has the id “{fact}”.", fact=fact_id))
    if later := slack.base.overlay.superseded.get(fact_id):
        now = describe.called(slack.services, later)
        return sentence(say("That fact was replaced by another: correct that one. {fact}", fact=now))
    if fact_id in slack.base.overlay.superseded:
        return sentence(say("That fact no longer answers anybody."))
    # The answer that it was opened from is no card of the proposal.
    about = {
        "card": "",
        "supersedes": fact_id,
        "withdraws": route.verb.name == "wrong",
        "region": fact.region,
    }
    kept = whence.model_copy(update=about)
    draft = draft_of(slack.base, fact)
    # The field has room for the first citation: the others are told.
    all_cited = telling.understood(slack.base, draft) if len(fact.citations) > 1 else ""
    return modal.form(slack.services, fields.of_draft(slack.base, draft), kept, understood=all_cited)


def _question(slack: SlackContext, request: Request, route: Route, whence: ProposalMetadata) -> Opened:
    found = unanswered.open_cluster(slack.services, replace(request, target=route.target))
    if isinstance(found, Answer):
        return slack.message(found, None)
    kept = whence.model_copy(
        update={
            "question": route.target.id if route.target else "",
            "queue": queue.carried(route.argument),
        }
    )
    if route.verb.name == "which fact":
        return pages.which(found.text, kept.encode())
    # The question tells what the fact is about, and is asked to get it.
    given = Draft(subjects=subjects_of(slack.base, found.text), asks=(found.text[:ASK_MAX],))
    return modal.form(slack.services, {}, kept.model_copy(update={"given": given}))


def _aside(slack: SlackContext, request: Request, route: Route, whence: ProposalMetadata) -> Opened:
    if barred := curation_actions.denial(slack.services, request):
        return slack.message(curation_actions.not_done(slack.services, request, barred), None)
    found = queue.from_page(slack.services, replace(request, text=route.argument))
    if not found:
        return sentence(unanswered.SETTLED)
    kept = whence.model_copy(update={"queue": queue.carried(route.argument)})
    return pages.aside(found, kept.encode())


def _proposal(slack: SlackContext, request: Request, route: Route, whence: ProposalMetadata) -> Opened:
    target = route.target or Target(id="0")
    kept = curation_actions.curation_of(slack.services, request).contributions.get(target.number)
    if kept is None:
        return None
    if request.user != kept.proposer and (barred := curation_actions.denial(slack.services, request)):
        return slack.message(curation_actions.not_done(slack.services, request, barred), None)
    if route.verb.name == ASK_TO_WITHDRAW and request.user != kept.proposer:
        return slack.message(not_theirs(slack.services, request, kept), None)
    if kept.state != "waiting":
        why = describe.standing(describe.proposal(target.number), kept.state)
        stands = curation_actions.as_it_stands(slack.services, request, target.number, why)
        return slack.message(stands, None)
    if target.version and kept.was_edited_since(target.version):
        return sentence(
            say(
                "Proposal {number} was edited meanwhile: look again with /yrd review {number}.",
                number=target.number,
            )
        )
    about = {
        "number": kept.number, "version": kept.version, "supersedes": kept.draft.supersedes,
        "withdraws": kept.draft.withdraws, "question": kept.draft.question, "region": kept.draft.region,
    }  # fmt: skip
    carried = whence.model_copy(update=about)
    if route.verb.name in ("ask why", ASK_TO_WITHDRAW):
        is_own = request.user == kept.proposer
        verb = say("Withdraw") if is_own else say("Reject")
        title = say("{verb} proposal {number}", verb=verb, number=target.number)
        return pages.reason(title, verb, carried.encode())
    draft = completed(slack.base, kept.draft, kept.year)
    return modal.form(slack.services, fields.of_draft(slack.base, draft, kept.reason), carried)


def _revert(slack: SlackContext, request: Request, route: Route, whence: ProposalMetadata) -> Opened:
    fact_id = route.target.id if route.target else ""
    kept = curation_actions.curation_of(slack.services, request).of_fact(fact_id)
    if kept is None:
        return None
    if barred := curation_actions.denial(slack.services, request):
        return slack.message(curation_actions.not_done(slack.services, request, barred), None)
    if kept.state != "approved":
        why = describe.standing(describe.proposal(kept.number), kept.state)
        return slack.message(curation_actions.as_it_stands(slack.services, request, kept.number, why), None)
    carried = whence.model_copy(update={"reverts": fact_id})
    return pages.reason(say("Take the fact back"), say("Take back"), carried.encode())


def _curators(slack: SlackContext, request: Request, route: Route, whence: ProposalMetadata) -> Opened:
    now = curation_actions.curation_of(slack.services, request).curators
    shown = [*now][: curators.MOST]
    # The form has to be opened within seconds, however many they are.
    people = slack.services.people.at_once((request.user, *shown))
    if not people.is_admin(request.team, request.user):
        return None
    gone = [now[user] for user in shown if people.is_member(request.team, user) is False]
    # The message that it was opened from is a list of them, and no card.
    kept = whence.model_copy(update={"card": "", "curators": tuple(shown)})
    return curators.form([now[user] for user in shown], kept, gone=gone, more=len(now) - len(shown))


# The forms of what opens one, by the names of command and verb.
FORMS: Final[Mapping[tuple[str, str], Callable[[SlackContext, Request, Route, ProposalMetadata], Opened]]] = {
    ("add", ""): _new,
    (FACT, "correct"): _correction,
    (FACT, "wrong"): _correction,
    (FACT, "ask why"): _revert,
    (REVIEW, "edit"): _proposal,
    (REVIEW, "ask why"): _proposal,
    (REVIEW, ASK_TO_WITHDRAW): _proposal,
    (REVIEW, "new fact"): _question,
    (REVIEW, "which fact"): _question,
    (REVIEW, "which aside"): _aside,
    (ADMIN, CHOOSING): _curators,
}


async def saved(slack: SlackContext, call: ShortcutCall) -> None:
    """Open the form filled in with a message: its words, and its link as the source."""
    said = typed(call.said.all_words(), slack.identity().user)
    text, cut = clean(said.written, STATEMENT_MAX)
    if not said.text:
        await deliver(slack.sender, call, sentence(NO_WORDS))
        return
    day = datetime.fromtimestamp(float(call.said.ts or 0), UTC)
    link = await slack.sender.permalink(call.channel, call.said.ts)
    given = Draft(
        url=link[:400],
        title=say("Slack message"),
        published=f"{day:%Y-%m-%d}",
        words=first_words(text, *WORDS_QUOTED, WORDS_MAX),
    )
    kept = ProposalMetadata(channel=call.channel, given=given)
    values = {fields.STATEMENT: text, fields.SOURCE: given.url}
    await open_view(slack.sender, call, modal.form(slack.services, values, kept, cut=cut or said.was_cut))

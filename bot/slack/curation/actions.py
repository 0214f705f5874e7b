"""The buttons of the forms of curation: all fields of a form, another form in its place, and a form opened again."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.slack.api.message import sentence
from bot.slack.api.payloads import Action, Click
from bot.slack.context import SlackContext
from bot.slack.curation import fields, modal, pages, reading
from bot.slack.curation.done import AGAIN
from bot.slack.curation.metadata import ProposalMetadata
from bot.slack.curation.submission import understood
from bot.slack.forms import UNREADABLE
from bot.slack.home.publish import asked_before
from bot.slack.sending.reply import open_view, tell
from handlers.contribution import CurationState
from handlers.curation import describe
from handlers.route import DEAD
from handlers.say import say

PREFIX: Final = "curation_"


async def pressed(slack: SlackContext, click: Click, action: Action) -> None:
    """Do what a button of a form is for."""
    if action.action_id == AGAIN:
        await _open_again(slack, click, action)
        return
    kept = ProposalMetadata.read(click.view)
    if kept is None or not click.view.id:
        await slack.sender.post(click.user, sentence(UNREADABLE))
    elif action.action_id == modal.DETAILS:
        await slack.sender.views.update(click.view.id, _with_details(slack, click, kept))
    elif action.action_id == modal.INSTEAD:
        await slack.sender.views.update(click.view.id, _instead(slack, click, kept))


def _with_details(slack: SlackContext, click: Click, kept: ProposalMetadata) -> dict[str, object]:
    """Return the form with all its fields: what was typed as it is, and what was not as it is guessed."""
    values = fields.of_view(click.view)
    read = reading.read(slack.services, _curation(slack, click), kept, values, f"{slack.now():%Y-%m-%d}")
    held = {**fields.of_draft(slack.base, read.draft), **values}
    told = understood(slack, read)
    if not fields.text(values, fields.SOURCE):
        read = replace(read, wrong={})
    notices = reading.notices(read)
    opened = kept.opened(fields.text(values, fields.STATEMENT), fields.text(values, fields.SOURCE))
    return modal.form(slack.services, held, opened, notices=notices, renewed=read.renewed, understood=told)


def _instead(slack: SlackContext, click: Click, kept: ProposalMetadata) -> dict[str, object]:
    """Return the form of a correction in the place of that of a complaint, with the reason that was typed."""
    corrects = kept.model_copy(update={"withdraws": False})
    before = reading.known(slack.base, _curation(slack, click), corrects.model_copy(update={"number": 0}))
    why = fields.text(fields.of_view(click.view), fields.WHY)
    return modal.form(slack.services, fields.of_draft(slack.base, before, why), corrects)


async def _open_again(slack: SlackContext, click: Click, action: Action) -> None:
    """Open a form with what was written into it when it could not be done."""
    kept = ProposalMetadata.carried_by(action.value)
    if kept is None:
        await tell(slack.sender, click, sentence(DEAD))
    else:
        await open_view(slack.sender, click, _again(slack, click, kept))


def _again(slack: SlackContext, click: Click, kept: ProposalMetadata) -> dict[str, object]:
    now = _curation(slack, click).contributions.get(kept.number)
    # What was edited meanwhile is edited as it is now.
    kept = kept.model_copy(update={"version": now.version if now else 0, "home": asked_before(click)})
    if kept.draft is None:
        title = say("Take the fact back") if kept.reverts else describe.proposal(kept.number)
        return pages.reason(title, say("Send"), kept.encode(), kept.why)
    opened = kept.model_copy(update={"draft": None, "details": not kept.withdraws, "given": kept.draft})
    shown = opened if opened.fits else opened.model_copy(update={"given": None})
    return modal.form(slack.services, fields.of_draft(slack.base, kept.draft, kept.why), shown)


def _curation(slack: SlackContext, click: Click) -> CurationState:
    return slack.services.team_bases.curation(click.team)

"""What comes back from the forms of curation: read as a stranger's, checked, answered in the acknowledgement.

Rights are judged by the handlers, under the ledger's lock; what asks Slack runs after the acknowledgement.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from slack_bolt import BoltResponse

from bot.slack import forms
from bot.slack.api.payloads import Submission
from bot.slack.context import SlackContext
from bot.slack.curation import curators, decisions, fields, modal, pages, reading
from bot.slack.curation.done import after
from bot.slack.curation.metadata import ProposalMetadata
from handlers.answer import Answer
from handlers.contribution import Contribution
from handlers.curation import actions as curation_actions
from handlers.curation import describe, hindrance, support, validation
from handlers.curation.correction import completed, why_no_edit
from handlers.curation.questions import unanswered
from handlers.curation.sources import telling
from handlers.curation.statements import said_already
from handlers.curation.validation import Checked
from handlers.draft import Draft
from handlers.request import Request
from handlers.say import say
from handlers.services import Services

TOO_LONG: Final = say(
    "All in all this is too much for one form. Shorten the statement, the caveat or what people would ask."
)
NO_LONGER: Final = say("That proposal can no longer be sent as it is: go back and look at its fields again.")
WHAT_IS_WRONG: Final = say(
    "Say what is wrong with it, in a few words: the reviewer has nothing else to go by."
)


def submitted(slack: SlackContext, call: Submission) -> BoltResponse:
    """Return the answer to a form: errors under their fields, a second page, or an end."""
    kept = ProposalMetadata.read(call.view)
    if kept is not None:
        match call.view.callback_id:
            case modal.FORM:
                return _form(slack, call, kept)
            case pages.CONFIRM if kept.draft is not None:
                return _confirmed(slack, call, kept, kept.draft)
            case pages.SAME if kept.number:
                return _supported(slack, call, kept)
            case pages.REASON if kept.number or kept.reverts:
                return decisions.reasoned(slack, call, kept)
            case pages.WHICH if kept.question:
                return decisions.settled(slack, call, kept)
            case pages.SCOPE:
                return decisions.set_aside(slack, call, kept)
            case curators.FORM:
                return decisions.chosen(slack, call, kept)
    return forms.kept_open(call.view, forms.UNREADABLE)


def _form(slack: SlackContext, call: Submission, kept: ProposalMetadata) -> BoltResponse:
    values = fields.of_view(call.view)
    curation = slack.services.team_bases.curation(call.team)
    read = reading.read(slack.services, curation, kept, values, f"{slack.now():%Y-%m-%d}")
    why = fields.text(values, fields.WHY).strip()
    checked = validation.check(slack.services, read.draft)
    others = () if kept.number else support.doubts(slack.base, curation, read.draft)
    checked = replace(checked, doubts=(*others, *read.doubts, *checked.doubts))
    wrong = _faults(call, kept, read, checked, why)
    page = kept.model_copy(update={"draft": read.draft, "why": why, "given": None, "filled_from": None})
    if not kept.number and hindrance.sent_twice(curation, call.user, read.draft, why, slack.now()):
        # Nothing is refused to who pressed twice.
        return _send(slack, call, page, read.draft)
    if fact := said_already.fact_of(slack.base, read.draft):
        return forms.push(pages.said_already(fact, slack.render_fact(fact).blocks()))
    if against := _against(slack, call, kept, read.draft, why):
        wrong.setdefault(fields.WHY if kept.withdraws else fields.STATEMENT, against)
    if fields.STATEMENT in wrong and not kept.details:
        read = replace(read, renewed={})
    if wrong or read.renewed:
        return _refused(slack, call, kept, values, replace(read, wrong=wrong))
    if not kept.number and (same := support.same_of_another(curation, call.user, read.draft)):
        return _same(slack, kept, same, why)
    if not page.fits:
        return forms.errors({fields.STATEMENT: TOO_LONG})
    if checked.alike or checked.doubts or read.anew:
        shown = pages.confirmation(read.draft, checked, read.anew, slack.render_fact, page.encode())
        return forms.push(shown)
    return _send(slack, call, page, read.draft)


def _faults(
    call: Submission, kept: ProposalMetadata, read: reading.Read, checked: Checked, why: str
) -> dict[str, str]:
    """Return what is wrong with what was sent, by input."""
    wrong = reading.notices(read)
    if kept.supersedes and not any(map(str.isalnum, why)):
        wrong[fields.WHY] = WHAT_IS_WRONG
    for one in checked.refused:
        # Where names are wrong, that there are too few of them is said already.
        if not (one.field == "subjects" and {fields.NAMES, fields.NAMES_AGAIN} & wrong.keys()):
            wrong.setdefault(fields.FIELDS.get(one.field, fields.STATEMENT), one.sentence)
    if fields.STATEMENT in wrong and not kept.details and not kept.withdraws:
        # Without a statement nothing is guessed: that nothing was is none of its author's faults.
        wrong = {name: why for name, why in wrong.items() if name in fields.names_in(call.view)}
    return wrong


def _same(slack: SlackContext, kept: ProposalMetadata, same: Contribution, why: str) -> BoltResponse:
    """Return the page that shows what somebody else proposed already, and takes a voice for it."""
    card = describe.card(slack.services, same)
    shown = slack.message(replace(card, headline=support.waits_already(same), choices=()), None)
    page = ProposalMetadata(channel=kept.channel, card=kept.card, home=kept.home, number=same.number, why=why)
    return forms.push(pages.same(shown.blocks, page.encode()))


def _supported(slack: SlackContext, call: Submission, kept: ProposalMetadata) -> BoltResponse:
    return after(
        slack, call, kept.model_copy(update={"card": ""}), {},
        lambda services, request: support.support(services, request, kept.number, kept.why),
    )  # fmt: skip


def _against(slack: SlackContext, call: Submission, kept: ProposalMetadata, draft: Draft, why: str) -> str:
    """Return why a draft without faults is not proposed: it changes nothing, or waits already."""
    curation = slack.services.team_bases.curation(call.team)
    edited = curation.contributions.get(kept.number)
    if edited is None:
        return hindrance.of_proposing(curation, call.user, draft) if not kept.number else ""
    # Another reason is a change of a complaint, which says nothing else.
    return (
        ""
        if draft.withdraws and why != edited.reason
        else why_no_edit(completed(slack.base, edited.draft, edited.year), draft)
    )


def _refused(
    slack: SlackContext, call: Submission, kept: ProposalMetadata, values: fields.Values, read: reading.Read
) -> BoltResponse:
    """Return the form with all that is wrong: under the inputs, which are opened where one of them is out of sight."""
    shown = fields.names_in(call.view)
    if read.wrong.keys() | read.renewed.keys() <= shown and not read.meant:
        return forms.errors(read.wrong)
    if kept.withdraws:
        return forms.errors({fields.WHY: next(iter(read.wrong.values()))})
    held = {**fields.of_draft(slack.base, read.draft), **values}
    notices = dict(read.wrong)
    for box, meant in read.meant.items():
        # Under another name, since Slack keeps what was typed in an input that stays.
        other = fields.NAMES if box == fields.NAMES_AGAIN else fields.NAMES_AGAIN
        held.pop(box, None)
        held[other], notices[other] = meant, notices.pop(box)
    opened = kept.opened(fields.text(values, fields.STATEMENT), fields.text(values, fields.SOURCE))
    return forms.update(
        modal.form(
            slack.services,
            held,
            opened,
            notices=notices,
            renewed=read.renewed,
            understood=understood(slack, read),
        )
    )


def understood(slack: SlackContext, read: reading.Read) -> str:
    """Return what the source was understood to be, "" where it was not."""
    return "" if fields.SOURCE in read.wrong else telling.understood(slack.base, read.draft)


def _confirmed(slack: SlackContext, call: Submission, kept: ProposalMetadata, draft: Draft) -> BoltResponse:
    # Time passes between the pages.
    if validation.check(slack.services, draft).refused:
        return forms.kept_open(call.view, NO_LONGER)
    return _send(slack, call, kept, draft)


def _send(slack: SlackContext, call: Submission, kept: ProposalMetadata, draft: Draft) -> BoltResponse:
    def act(services: Services, request: Request) -> Answer:
        if kept.number:
            return curation_actions.edit(services, request, kept.number, kept.version, draft, kept.why)
        return unanswered.propose(services, request, draft, kept.why)

    return after(slack, call, kept, modal.written(slack.services, draft, kept.why), act)

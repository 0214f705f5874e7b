"""What comes back from the forms of curation: read as a stranger's, checked, answered in the acknowledgement.

Rights are judged by the handlers, under the ledger's lock; what asks Slack runs after the acknowledgement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, Literal

from slack_bolt import BoltResponse

from bot.render import blockkit, limits
from bot.slack import forms
from bot.slack.api.message import Message, with_words
from bot.slack.api.payloads import Submission
from bot.slack.context import Actor, SlackContext
from bot.slack.curation import fields, modal, reading
from bot.slack.curation.card import put
from bot.slack.curation.metadata import ProposalMetadata
from bot.slack.forms import FormState
from bot.slack.sending.reply import responded, tell
from handlers.answer import Answer
from handlers.command import without_marks
from handlers.curation import actions as curation_actions
from handlers.curation import hindrance, source, unanswered, validation
from handlers.curation.correction import why_no_edit
from handlers.draft import Draft
from handlers.request import QUESTION, Request
from handlers.say import say
from handlers.services import Services
from handlers.target import Target
from knowledge.vocabulary import FACT_ID

TOO_LONG: Final = say(
    "All in all this is too much for one form. Shorten the statement, the caveat or what people would ask."
)
NO_LONGER: Final = say("That proposal can no longer be sent as it is: go back and look at its fields again.")
NO_REASON: Final = say("Say why, in a few words: the proposer is told the reason.")
WHAT_IS_WRONG: Final = say(
    "Say what is wrong with it, in a few words: the reviewer has nothing else to go by."
)
NONE_TICKED: Final = say("Tick at least one question, or go back with Cancel.")
AGAIN: Final = "curation_again"
"""The button that opens a form again with what was written into it."""


def submitted(slack: SlackContext, call: Submission) -> BoltResponse:
    """Return the answer to a form: errors under their fields, a second page, or an end."""
    kept = ProposalMetadata.read(call.view)
    if kept is not None:
        match call.view.callback_id:
            case modal.FORM:
                return _form(slack, call, kept)
            case modal.CONFIRM if kept.draft is not None:
                return _confirmed(slack, call, kept, kept.draft)
            case modal.REASON if kept.number or kept.reverts:
                return _reasoned(slack, call, kept)
            case modal.WHICH if kept.question:
                return _settled(slack, call, kept)
            case modal.SCOPE:
                return _set_aside(slack, call, kept)
    return forms.kept_open(call.view, forms.UNREADABLE)


def _form(slack: SlackContext, call: Submission, kept: ProposalMetadata) -> BoltResponse:
    values = fields.of_view(call.view)
    curation = slack.services.team_bases.curation(call.team)
    read = reading.read(slack.services, curation, kept, values)
    why = fields.text(values, fields.WHY).strip()
    wrong = {**read.renewed, **read.wrong}
    if kept.supersedes and not any(map(str.isalnum, why)):
        wrong[fields.WHY] = WHAT_IS_WRONG
    checked = validation.check(slack.services, read.draft)
    checked = replace(checked, doubts=(*read.doubts, *checked.doubts))
    for one in checked.refused:
        # Where names are wrong, that there are too few of them is said already.
        if not (one.field == "subjects" and {fields.NAMES, fields.NAMES_AGAIN} & wrong.keys()):
            wrong.setdefault(fields.FIELDS.get(one.field, fields.STATEMENT), one.sentence)
    if fields.STATEMENT in wrong and not kept.details and not kept.withdraws:
        # Without a statement nothing is guessed: that nothing was is none of its author's faults.
        wrong = {name: why for name, why in wrong.items() if name in fields.names_in(call.view)}
    if against := _against(slack, call, kept, read.draft, why):
        wrong.setdefault(fields.WHY if kept.withdraws else fields.STATEMENT, against)
    if wrong:
        return _refused(slack, call, kept, values, replace(read, wrong=wrong))
    page = kept.model_copy(update={"draft": read.draft, "why": why, "given": None, "filled_from": None})
    if not page.fits:
        return forms.errors({fields.STATEMENT: TOO_LONG})
    if checked.alike or checked.doubts:
        return forms.push(modal.confirmation(read.draft, checked, slack.render_fact, page.encode()))
    return _send(slack, call, page, read.draft)


def _against(slack: SlackContext, call: Submission, kept: ProposalMetadata, draft: Draft, why: str) -> str:
    """Return why a draft without faults is not proposed: it changes nothing, or waits already."""
    curation = slack.services.team_bases.curation(call.team)
    edited = curation.contributions.get(kept.number)
    if edited is None:
        return hindrance.of_proposing(curation, call.user, draft) if not kept.number else ""
    # Another reason is a change of a complaint, which says nothing else.
    return "" if draft.withdraws and why != edited.reason else why_no_edit(edited.draft, draft)


def _refused(
    slack: SlackContext, call: Submission, kept: ProposalMetadata, values: fields.Values, read: reading.Read
) -> BoltResponse:
    """Return the form with all that is wrong: under the inputs, which are opened where one of them is out of sight."""
    shown = fields.names_in(call.view)
    if read.wrong.keys() <= shown and not read.meant:
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
        modal.form(slack.services, held, opened, notices=notices, understood=understood(slack, read))
    )


def understood(slack: SlackContext, read: reading.Read) -> str:
    """Return what the source was understood to be, "" where it was not."""
    return "" if fields.SOURCE in read.wrong else source.understood(slack.base, read.draft)


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

    return _after(slack, call, kept, modal.written(slack.services, draft, kept.why), act)


def _reasoned(slack: SlackContext, call: Submission, kept: ProposalMetadata) -> BoltResponse:
    why = FormState(call.view).text(fields.WHY, 300).strip()
    if not any(map(str.isalnum, why)):
        return forms.errors({fields.WHY: NO_REASON})

    def act(services: Services, request: Request) -> Answer:
        if kept.reverts:
            return curation_actions.revert(services, request, kept.reverts, why)
        return curation_actions.reject(services, request, kept.number, kept.version, why)

    return _after(slack, call, kept.model_copy(update={"why": why}), {say("Why"): why}, act)


def _settled(slack: SlackContext, call: Submission, kept: ProposalMetadata) -> BoltResponse:
    typed = FormState(call.view).words(fields.FACT, 600)
    fact = _meant(slack, typed)
    if not fact:
        wrong = say("No fact that stands has that id or statement. /yrd and what was asked finds facts.")
        return forms.errors({fields.FACT: wrong})
    return _after(
        slack,
        call,
        kept,
        {say("The fact that answers it"): typed},
        lambda services, request: unanswered.settle_with_fact(
            services, replace(request, target=Target(id=kept.question, other=fact))
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


def _set_aside(slack: SlackContext, call: Submission, kept: ProposalMetadata) -> BoltResponse:
    state = FormState(call.view)
    boxes = sorted(name for name in fields.names_in(call.view) if name.startswith(fields.ASIDE))
    keys = tuple(key for box in boxes for key in state.many(box))
    if not keys:
        return forms.kept_open(call.view, NONE_TICKED)
    return _after(
        slack, call, kept, {}, lambda services, request: unanswered.set_aside(services, request, keys)
    )


def _after(
    slack: SlackContext,
    call: Submission,
    kept: ProposalMetadata,
    words: Mapping[str, str],
    act: Callable[[Services, Request], Answer],
) -> BoltResponse:
    """Do it after the acknowledgement and tell the person how it went, where they opened the form.

    The form is closed by then: where it was not done, they get back the `words` that they wrote, and the form with them.
    """
    request = slack.request(QUESTION, "", Actor(call.team, call.user, kept.channel))

    async def work() -> None:
        answer = act(slack.services, request)
        said = slack.message(answer, None)
        if answer.outcome == "refused":
            said = _handed_back(said, words, kept)
        elif kept.card and await _on_card(slack, call, kept, said) == "yes":
            # The card that the form was opened from tells it: another message would say it twice.
            return
        await tell(slack.sender, call, said, channel=kept.channel)

    slack.later(
        "curation",
        call,
        work,
        lambda apology: slack.sender.post(call.user, _handed_back(apology, words, kept)),
    )
    return forms.clear()


async def _on_card(
    slack: SlackContext, call: Submission, kept: ProposalMetadata, said: Message
) -> Literal["yes", "no", "unknown"]:
    """Put what was done in place of the card that the form was opened from, and return whether it is there."""
    about = slack.services.team_bases.curation(call.team).of_fact(kept.reverts) if kept.reverts else None
    write = lambda message: responded(slack.sender, call, message, replace=True, url=kept.card)  # noqa: E731
    reader = "" if kept.channel.startswith(("C", "G")) else call.user
    return await put(slack, call.team, about.number if about else kept.number, said, write, reader)


def _handed_back(message: Message, words: Mapping[str, str], kept: ProposalMetadata) -> Message:
    """Return a message with what somebody wrote, and with the button that opens their form again with it, if that fits."""
    if not words:
        return message
    said = with_words(message, words)
    value = kept.model_copy(update={"card": ""}).encode()
    if len(value) > limits.BUTTON_VALUE or not (kept.draft or kept.why):
        return said
    again = blockkit.actions([blockkit.button(say("Open the form again"), AGAIN, value)])
    return Message(said.text, (*said.blocks, again))

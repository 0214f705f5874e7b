"""What comes back from the forms of curation: read as a stranger's, checked, answered in the acknowledgement.

Rights are judged by the handlers, under the ledger's lock; what asks Slack runs after the acknowledgement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import Field, StringConstraints, ValidationError
from slack_bolt import BoltResponse

from bot.slack import forms
from bot.slack.api.message import with_words
from bot.slack.api.payloads import Submission
from bot.slack.context import Actor, SlackContext
from bot.slack.curation import modal
from bot.slack.forms import FormMetadata, FormState
from bot.slack.sending.reply import tell
from handlers.answer import Answer
from handlers.command import without_marks
from handlers.curation import actions as curation_actions
from handlers.curation import unanswered, validation
from handlers.curation.correction import why_no_edit
from handlers.draft import (
    ASK_MAX,
    ASKS_MAX,
    CAVEAT_MAX,
    DATES,
    FIGURES_MAX,
    NAMES_MAX,
    STATEMENT_MAX,
    URL_MAX,
    WORDS_MAX,
    Draft,
)
from handlers.request import QUESTION, Request
from handlers.say import say
from handlers.services import Services
from handlers.target import Target
from knowledge.model import Figure
from knowledge.text.normalize import is_number
from knowledge.vocabulary import FACT_ID, Region

TOO_LONG: Final = say(
    "All in all this is too much for one form. Shorten the statement, the caveat or what people would ask."
)
NOT_OFFERED: Final = say("That is none of what the form offers: choose again.")
NO_LONGER: Final = say("That proposal can no longer be sent as it is: go back and look at its fields again.")
_SHORT: Final = StringConstraints(max_length=80)


class ProposalMetadata(FormMetadata):
    """What a form of curation carries: which proposal it edits, which fact it corrects, which question it answers,
    where it was opened, and on the second page the draft.
    """

    number: Annotated[int, Field(ge=0)] = 0
    version: Annotated[int, Field(ge=0)] = 0
    supersedes: Annotated[str, StringConstraints(pattern=rf"^$|{FACT_ID.pattern}", max_length=80)] = ""
    question: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,80}$")] = ""
    region: Region = Region.DELTA
    channel: Annotated[str, _SHORT] = ""
    why: Annotated[str, StringConstraints(max_length=300)] = ""
    draft: Draft | None = None


def submitted(slack: SlackContext, call: Submission) -> BoltResponse:
    """Return the answer to a form: errors under their fields, a second page, or an end."""
    kept = ProposalMetadata.read(call.view)
    if kept is not None:
        match call.view.callback_id:
            case modal.FORM:
                return _form(slack, call, kept)
            case modal.CONFIRM if kept.draft is not None:
                return _confirmed(slack, call, kept, kept.draft)
            case modal.REASON if kept.number:
                return _rejected(slack, call, kept)
            case modal.WHICH if kept.question:
                return _settled(slack, call, kept)
    return forms.kept_open(call.view, forms.UNREADABLE)


def _form(slack: SlackContext, call: Submission, kept: ProposalMetadata) -> BoltResponse:
    read = _read(slack, call, kept)
    if not isinstance(read, Draft):
        return forms.errors(read)
    checked = validation.check(slack.services, read)
    if checked.refused:
        return forms.errors(
            {modal.FIELDS.get(one.field, modal.STATEMENT): one.sentence for one in checked.refused}
        )
    edited = slack.services.team_bases.curation(call.team).contributions.get(kept.number)
    if edited is not None and (wrong := why_no_edit(edited.draft, read)):
        return forms.errors({modal.STATEMENT if not read.withdraws else modal.WHY: wrong})
    why = FormState(call.view).text(modal.WHY, 300)
    page = kept.model_copy(update={"draft": read, "why": why})
    if not page.fits:
        return forms.errors({modal.STATEMENT: TOO_LONG})
    if checked.alike or checked.doubts:
        return forms.push(modal.confirmation(read, checked, slack.render_fact, page.encode()))
    return _send(slack, call, page, read)


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

    return _after(slack, call, kept, modal.written(slack.base, draft, kept.why), act)


def _rejected(slack: SlackContext, call: Submission, kept: ProposalMetadata) -> BoltResponse:
    why = FormState(call.view).text(modal.WHY, 300)
    return _after(
        slack,
        call,
        kept,
        {say("Why"): why},
        lambda services, request: curation_actions.reject(services, request, kept.number, kept.version, why),
    )


def _settled(slack: SlackContext, call: Submission, kept: ProposalMetadata) -> BoltResponse:
    fact = without_marks(FormState(call.view).words(modal.FACT, 80).lower())
    known = FACT_ID.match(fact) and slack.base.fact(fact) is not None
    if not known or fact in slack.base.overlay.superseded:
        return forms.errors({modal.FACT: say("No fact that stands has that id.")})
    return _after(
        slack,
        call,
        kept,
        {say("Id of the fact"): fact},
        lambda services, request: unanswered.settle_with_fact(
            services, replace(request, target=Target(id=kept.question, other=fact))
        ),
    )


def _after(
    slack: SlackContext,
    call: Submission,
    kept: ProposalMetadata,
    words: Mapping[str, str],
    act: Callable[[Services, Request], Answer],
) -> BoltResponse:
    """Do it after the acknowledgement and tell the person how it went, where they opened the form.

    The form is closed by then: where it was not done, they get back the `words` that they wrote.
    """
    request = slack.request(QUESTION, "", Actor(call.team, call.user, kept.channel))

    async def work() -> None:
        answer = act(slack.services, request)
        said = slack.message(answer, None)
        if answer.outcome == "refused":
            said = with_words(said, words)
        await tell(slack.sender, call, said, channel=kept.channel)

    slack.later(
        "curation", call, work, lambda apology: slack.sender.post(call.user, with_words(apology, words))
    )
    return forms.clear()


# By the field of a draft that cannot be read.
_BLOCKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{str(name): block for name, block in modal.FIELDS.items()},
        "kind": modal.KIND,
        "stance": modal.STANCE,
        "document": modal.DOCUMENT,
    }
)


def _read(slack: SlackContext, call: Submission, kept: ProposalMetadata) -> Draft | dict[str, str]:
    """Return the draft that a form holds, or what cannot be read, by block."""
    state = FormState(call.view)
    base = {"supersedes": kept.supersedes, "question": kept.question, "region": kept.region}
    if kept.supersedes and "nothing" in state.many(modal.NOTHING):
        return Draft.model_validate({**base, "withdraws": True})
    errors: dict[str, str] = {}
    typed, wrong = validation.named(slack.services, state.words(modal.NAMES, 300))
    if wrong:
        errors[modal.NAMES] = wrong
    figures = _figures(state.lines(modal.FIGURES, 200))
    if isinstance(figures, str):
        errors[modal.FIGURES] = figures
    asks = tuple(dict.fromkeys(state.lines(modal.ASKS, ASK_MAX + 1)))
    if len(asks) > ASKS_MAX or any(len(ask) > ASK_MAX for ask in asks):
        errors[modal.ASKS] = say(
            "{lines} lines at most, each of {characters} characters at most.",
            lines=ASKS_MAX,
            characters=ASK_MAX,
        )
    paragraph = state.text(modal.PARAGRAPH, 6)
    if paragraph and not is_number(paragraph):
        errors[modal.PARAGRAPH] = say("The number of the paragraph, counted from 1.")
    subjects = tuple(dict.fromkeys((*state.many(modal.SUBJECTS), *typed)))
    if len(subjects) > NAMES_MAX:
        most = say("A fact is about {most} names at most.", most=NAMES_MAX)
        errors[modal.NAMES if typed else modal.SUBJECTS] = most
    if errors:
        return errors
    url = state.text(modal.URL, URL_MAX)
    fields = {
        **base,
        "statement": state.text(modal.STATEMENT, STATEMENT_MAX),
        "subjects": subjects,
        "topics": state.many(modal.TOPICS)[:NAMES_MAX],
        "kind": state.one(modal.KIND) or "event",
        "stance": state.one(modal.STANCE) or "reported",
        "speaker": state.text(modal.SPEAKER, 80),
        "date": state.text(modal.DATE, 10),
        "figures": figures,
        "asks": asks,
        "caveat": state.text(modal.CAVEAT, CAVEAT_MAX),
        # A menu cannot be emptied again: where a page is given, the document counts with a paragraph of it.
        "document": state.one(modal.DOCUMENT) if paragraph or not url else "",
        "paragraph": int(paragraph or 0),
        "url": url,
        "title": state.text(modal.TITLE, 120),
        "published": state.text(modal.PUBLISHED, 10),
        "words": state.text(modal.WORDS, WORDS_MAX),
        "review_by": state.text(modal.REVIEW_BY, 10),
    }
    try:
        return Draft.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = str(first["loc"][0])
        return {_BLOCKS.get(field, modal.STATEMENT): validation.NO_DATE if field in DATES else NOT_OFFERED}


def _figures(lines: list[str]) -> tuple[Figure, ...] | str:
    if len(lines) > FIGURES_MAX:
        return say(
            "A fact has {most} figures at most: put the others into a fact of their own.", most=FIGURES_MAX
        )
    found: list[Figure] = []
    for line in lines:
        parts = [part.strip() for part in line.split("|")]
        try:
            value, unit, year, of = parts
            if not (value + year).isascii():
                # Python takes the digits of all scripts.
                raise ValueError(line)
            found.append(
                Figure(
                    value=float(value.replace(",", "")), unit=unit, year=int(year) if year else None, of=of
                )
            )
        except ValueError:
            return say("“{line}” is not value | unit | year | what it measures.", line=line[:60])
    return tuple(found)

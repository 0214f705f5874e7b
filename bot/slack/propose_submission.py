"""What comes back from the forms of curation: read as a stranger's, checked, answered in the acknowledgement.

Rights are judged by the handlers, under the ledger's lock; what asks Slack runs after the acknowledgement.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import to_json
from slack_bolt import BoltResponse

from bot.slack import propose_modal as modal
from bot.slack.form_state import FormState
from bot.slack.front import Asker, Front
from bot.slack.message import Message, nothing
from bot.slack.payloads import Submission
from handlers import curate, draft_check
from handlers.answer import Answer
from handlers.desk import Desk
from handlers.draft import (
    CAVEAT_MAX,
    FIGURES_MAX,
    NAMES_MAX,
    STATEMENT_MAX,
    URL_MAX,
    WORDS_MAX,
    Draft,
)
from handlers.request import QUESTION, Request
from knowledge.model import FACT_ID, Figure

# Slack's limit: docs.slack.dev/reference/views
METADATA_MAX: Final = 3000
TOO_LONG: Final = "All in all this is too much for one form: shorten the statement or the caveat."
_SHORT: Final = StringConstraints(max_length=80)


class Carried(BaseModel):
    """What a form carries: which proposal it edits, which fact it corrects, which question it answers, where
    it was opened, and on the second page the draft.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    number: Annotated[int, Field(ge=0)] = 0
    version: Annotated[int, Field(ge=0)] = 0
    supersedes: Annotated[str, _SHORT] = ""
    question: Annotated[str, _SHORT] = ""
    region: Annotated[str, _SHORT] = "delta"
    channel: Annotated[str, _SHORT] = ""
    why: Annotated[str, StringConstraints(max_length=300)] = ""
    draft: str = ""

    def encode(self) -> str:
        """Return it as a view's private_metadata."""
        return to_json(self.model_dump(exclude_defaults=True)).decode()


def submitted(front: Front, call: Submission) -> BoltResponse:
    """Answer a form: errors under their fields, a second page, or an end."""
    try:
        kept = Carried.model_validate_json(call.view.private_metadata or "{}")
    except ValidationError:
        return nothing()
    match call.view.callback_id:
        case modal.FORM:
            return _form(front, call, kept)
        case modal.CONFIRM:
            return _send(front, call, kept, Draft.model_validate_json(kept.draft or "{}"))
        case modal.REASON:
            why = FormState(call).text(modal.WHY, 300)
            return _end(front, call, kept, f"review {kept.number} reject v{kept.version} {why}")
    fact = FormState(call).text(modal.FACT, 80).lower()
    known = FACT_ID.match(fact) and front.base.fact(fact) is not None
    if not known or fact in front.base.overlay.gone:
        return _respond(
            {"response_action": "errors", "errors": {modal.FACT: "No fact that stands has that id."}}
        )
    return _end(front, call, kept, f"review question {kept.question} fact {fact}")


def _form(front: Front, call: Submission, kept: Carried) -> BoltResponse:
    read = _read(front, call, kept)
    if not isinstance(read, Draft):
        return _respond({"response_action": "errors", "errors": read})
    desk = front.desk_of(call.team)
    checked = draft_check.check(desk, read)
    if checked.errors:
        errors = {_BLOCKS.get(field, modal.STATEMENT): said for field, said in checked.errors.items()}
        return _respond({"response_action": "errors", "errors": errors})
    why = FormState(call).text(modal.WHY, 300)
    page = kept.model_copy(update={"draft": read.encode(), "why": why})
    if len(page.encode()) > METADATA_MAX:
        return _respond({"response_action": "errors", "errors": {modal.STATEMENT: TOO_LONG}})
    if checked.alike or checked.doubts:
        view = modal.confirmation(read, checked, front.typeset, page.encode())
        return _respond({"response_action": "push", "view": view})
    return _send(front, call, page, read)


def _send(front: Front, call: Submission, kept: Carried, draft: Draft) -> BoltResponse:
    def deed(desk: Desk, request: Request) -> Answer:
        if draft_check.check(desk, draft).errors:
            return curate.refused("That proposal can no longer be sent as it is: open the form again.")
        if kept.number:
            return curate.edit(desk, request, kept.number, kept.version, draft)
        return curate.propose(desk, request, draft, kept.why)

    return _after(front, call, kept, deed)


def _end(front: Front, call: Submission, kept: Carried, text: str) -> BoltResponse:
    return _after(front, call, kept, lambda desk, request: front.reply(front.desk, request), text)


def _after(
    front: Front, call: Submission, kept: Carried, deed: Callable[[Desk, Request], Answer], text: str = ""
) -> BoltResponse:
    """Do a deed after the acknowledgement and tell the person how it went, where they opened the form."""
    request = front.request(QUESTION, text, Asker(call.team, call.user, kept.channel))

    def work() -> None:
        answer = deed(front.desk_of(call.team), request)
        _tell(front, call, kept, front.message(answer, None))

    front.later("curation", call, work, lambda apology: front.outbox.post(call.user, apology))
    return _respond({"response_action": "clear"})


def _tell(front: Front, call: Submission, kept: Carried, message: Message) -> None:
    if kept.channel[:1] in ("C", "G"):
        front.outbox.tell(kept.channel, call.user, message)
    else:
        front.outbox.post(call.user, message)


def _respond(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(
        status=200,
        body=to_json(body).decode(),
        headers={"content-type": "application/json;charset=utf-8"},
    )


_BLOCKS: Final = {
    "statement": modal.STATEMENT, "subjects": modal.SUBJECTS, "topics": modal.TOPICS, "figures": modal.FIGURES,
    "speaker": modal.SPEAKER, "words": modal.WORDS, "url": modal.URL, "paragraph": modal.PARAGRAPH,
    "date": modal.DATE, "published": modal.PUBLISHED,
}  # fmt: skip


def _read(front: Front, call: Submission, kept: Carried) -> Draft | dict[str, str]:
    """Return the draft that a form holds, or what cannot be read, by block."""
    state = FormState(call)
    base = {"supersedes": kept.supersedes, "question": kept.question, "region": kept.region}
    if kept.supersedes and "nothing" in state.many(modal.NOTHING):
        return Draft.model_validate({**base, "withdraws": True})
    errors: dict[str, str] = {}
    typed, wrong = draft_check.named(front.desk_of(call.team), state.text(modal.NAMES, 300))
    if wrong:
        errors[modal.NAMES] = wrong
    figures = _figures(state.lines(modal.FIGURES, 200))
    if isinstance(figures, str):
        errors[modal.FIGURES] = figures
    paragraph = state.text(modal.PARAGRAPH, 6)
    if (paragraph and not paragraph.isascii()) or (paragraph and not paragraph.isdigit()):
        errors[modal.PARAGRAPH] = "The number of the paragraph, counted from 1."
    if errors:
        return errors
    fields = {
        **base,
        "statement": state.text(modal.STATEMENT, STATEMENT_MAX),
        "subjects": tuple(dict.fromkeys((*state.many(modal.SUBJECTS), *typed)))[:NAMES_MAX],
        "topics": state.many(modal.TOPICS)[:NAMES_MAX],
        "kind": state.one(modal.KIND) or "event",
        "stance": state.one(modal.STANCE) or "reported",
        "speaker": state.text(modal.SPEAKER, 80),
        "date": state.text(modal.DATE, 10),
        "figures": figures,
        "caveat": state.text(modal.CAVEAT, CAVEAT_MAX),
        "document": state.one(modal.DOCUMENT) if paragraph else "",
        "paragraph": int(paragraph or 0),
        "url": state.text(modal.URL, URL_MAX),
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
        said = "Write 2026, 2026-05 or 2026-05-01." if field in ("date", "published") else str(first["msg"])
        return {_BLOCKS.get(field, modal.STATEMENT): said}


def _figures(lines: list[str]) -> tuple[Figure, ...] | str:
    found: list[Figure] = []
    for line in lines[:FIGURES_MAX]:
        parts = [part.strip() for part in line.split("|")]
        try:
            value, unit, year, of = parts
            found.append(
                Figure(
                    value=float(value.replace(",", "")), unit=unit, year=int(year) if year else None, of=of
                )
            )
        except ValueError:
            return f"“{line[:60]}” is not value | unit | year | what it measures."
    return tuple(found)

"""Curation in Slack: which form a route opens, what is changed without one, and what a message is proposed as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from bot.render.clean import clean, words
from bot.slack.api.message import Message, sentence
from bot.slack.api.payloads import Click, ShortcutCall, SlashCall
from bot.slack.context import Front
from bot.slack.curation import modal
from bot.slack.curation.submission import ProposalMetadata
from bot.slack.home.digests import show_home
from bot.slack.sending.reply import deliver, tell
from handlers.answer import Answer
from handlers.curation import actions as curation_actions
from handlers.curation import unanswered
from handlers.curation.review import Target
from handlers.draft import STATEMENT_MAX, Draft
from handlers.request import Request
from handlers.route import Route
from knowledge.model import Fact, Topic
from knowledge.names.resolver import Found

SAVE: Final = "save_as_fact"
SAVE_NAME: Final = "Save as fact"
NO_WORDS: Final = "That message has no words to make a fact of."
View = dict[str, object]
# A form, a sentence on why there is none, or None where the engine says why.
Opened = View | Message | None


def act(front: Front, call: SlashCall | Click, request: Request, route: Route) -> None:
    """Open the form that a route leads to, or have it done and tell the person how it went."""
    opens = (
        _FORMS.get((route.command.name, route.verb.name)) if front.desk.contributions is not None else None
    )
    view = opens(front, request, route) if opens else None
    if isinstance(view, Message):
        tell(front.outbox, call, view)
    elif view is not None:
        front.outbox.open_view(call.trigger_id, view)
    else:
        tell(front.outbox, call, front.message(front.answer_to(request), None))
    if isinstance(call, Click) and not call.channel:
        # Pressed on the Home tab, which shows what waits.
        show_home(front, call.user)


def _new(front: Front, request: Request, route: Route) -> Opened:
    draft = Draft(statement=route.argument[:STATEMENT_MAX], subjects=_named(front, route.argument))
    return modal.form(front.base, draft, ProposalMetadata(channel=request.channel).encode())


def _correction(front: Front, request: Request, route: Route) -> Opened:
    fact_id = route.argument.partition(" ")[0]
    fact = front.base.fact(fact_id)
    if fact is None:
        return sentence(f"No fact has the id “{fact_id}”.")
    if later := front.base.overlay.gone.get(fact_id):
        return sentence(f"{fact_id} was superseded by {later}: correct that one.")
    if fact_id in front.base.overlay.gone:
        return sentence(f"{fact_id} no longer answers anybody.")
    draft = _draft_of(front, fact).model_copy(update={"withdraws": route.verb.name == "wrong"})
    kept = ProposalMetadata(channel=request.channel, supersedes=fact_id, region=str(fact.region))
    return modal.form(front.base, draft, kept.encode())


def _draft_of(front: Front, fact: Fact) -> Draft:
    """Return a draft with everything that a fact says."""
    citation = fact.citations[0]
    document = front.base.document(citation.document)
    is_page = document.kind in ("web page", "message")
    source = (
        {"url": document.venue, "title": document.title, "published": document.published}
        if is_page
        else {"document": document.slug, "paragraph": citation.paragraph}
    )
    return Draft.model_validate(
        {
            "statement": fact.statement[:STATEMENT_MAX], "kind": fact.kind, "subjects": fact.subjects[:10],
            "topics": fact.topics[:10], "figures": fact.figures[:6], "date": fact.date, "stance": fact.stance,
            "speaker": fact.speaker[:80], "caveat": fact.caveat[:300], "region": fact.region,
            "words": citation.anchor[:150], "supersedes": fact.id, **source,
        }
    )  # fmt: skip


def _question(front: Front, request: Request, route: Route) -> Opened:
    found = unanswered.open_cluster(front.desk_of(request.team), request, route.argument)
    if isinstance(found, Answer):
        return front.message(found, None)
    kept = ProposalMetadata(channel=request.channel, question=route.argument)
    if route.verb.name == "which fact":
        return modal.which(found.text, kept.encode())
    return modal.form(front.base, Draft(subjects=_named(front, found.text)), kept.encode())


def _proposal(front: Front, request: Request, route: Route) -> Opened:
    target = Target.of(route.argument)
    kept = curation_actions.curation_of(front.desk, request).contributions.get(target.number)
    if kept is None:
        return None
    if request.user != kept.proposer and (barred := curation_actions.bar(front.desk, request)):
        return sentence(barred)
    if kept.state != "waiting" or (target.version and target.version != kept.version):
        return sentence(f"Proposal {target.number} is decided or edited by now.")
    carried = ProposalMetadata(
        channel=request.channel, number=kept.number, version=kept.version, supersedes=kept.draft.supersedes,
        question=kept.draft.question, region=str(kept.draft.region),
    )  # fmt: skip
    if route.verb.name == "ask why":
        return modal.reason(target.number, carried.encode())
    return modal.form(front.base, kept.draft, carried.encode(), editing=True)


# The forms of what opens one, by the names of command and verb.
_FORMS: Final[Mapping[tuple[str, str], Callable[[Front, Request, Route], Opened]]] = {
    ("add", ""): _new,
    ("fact", "correct"): _correction,
    ("fact", "wrong"): _correction,
    ("review", "edit"): _proposal,
    ("review", "ask why"): _proposal,
    ("review", "new fact"): _question,
    ("review", "which fact"): _question,
}


def saved(front: Front, call: ShortcutCall) -> None:
    """Open the form filled in with a message: its words, what it names, its link, its day."""
    text, _ = clean(words(call.said.text, front.who().user), STATEMENT_MAX)
    if not text:
        deliver(front.outbox, call, sentence(NO_WORDS))
        return
    said = datetime.fromtimestamp(float(call.said.ts or 0), UTC)
    draft = Draft(
        statement=text,
        subjects=_named(front, text),
        url=front.outbox.permalink(call.channel, call.said.ts)[:400],
        title="Slack message",
        published=f"{said:%Y-%m-%d}",
        words=" ".join(text.split()[:8])[:150],
    )
    view = modal.form(front.base, draft, ProposalMetadata(channel=call.channel).encode())
    front.outbox.open_view(call.trigger_id, view)


def _named(front: Front, text: str) -> tuple[str, ...]:
    """Return what a text names without doubt, topics left out."""
    found = (
        mention.resolution.record
        for mention in front.base.parse(text[:STATEMENT_MAX]).mentions
        if isinstance(mention.resolution, Found) and mention.resolution.match != "fuzzy"
    )
    return tuple(dict.fromkeys(record.slug for record in found if not isinstance(record, Topic)))[:10]

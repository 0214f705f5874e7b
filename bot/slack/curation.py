"""Curation in Slack: which words open a form, which change something, and what a message is proposed as.

A form needs a fresh click or command of the person; a change is made once, and no button of its answer asks
for it again.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from slack_bolt import BoltResponse

from bot.render.asked import Asked
from bot.slack import propose_modal as modal
from bot.slack.delivery import deliver, tell
from bot.slack.digest_home import show_home
from bot.slack.front import Asker, Front
from bot.slack.message import Message, nothing, sentence
from bot.slack.payloads import Click, ShortcutCall, SlashCall
from bot.slack.propose_submission import ProposalMetadata
from bot.slack.text import LONGEST_INPUT, clean, words
from handlers import curate, unanswered
from handlers.draft import STATEMENT_MAX, Draft
from handlers.fact_words import SPEC as FACT
from handlers.request import QUESTION
from handlers.review import PROPOSAL
from knowledge.model import Fact, Topic
from knowledge.names import Found

SAVE: Final = "save_as_fact"
SAVE_NAME: Final = "Save as fact"
LONGEST: Final = 900
NO_WORDS: Final = "That message has no words to make a fact of."
_ID: Final = re.compile(r"<@([UW][A-Z0-9]{1,40})(?:\|[^<>]{0,200})?>")
_WORD: Final = re.compile(r"^(add|review|fact|admin)\b:?\s*(.*)$", re.IGNORECASE | re.DOTALL)

Pressed = SlashCall | Click


def ids(raw: str, me: str = "") -> str:
    """Return the text of an admin's command with people as ids, which Slack writes as mentions; others as is."""
    bounded = raw[:LONGEST_INPUT]
    said = bounded.replace(f"<@{me}>", " ", 1) if me else bounded
    return _ID.sub(r"\1", said) if said.lstrip().lower().startswith("admin") else raw


def concerns(text: str) -> bool:
    """Say whether a text of /yrd opens a form or may change something, so that it is done after the ack."""
    found = _WORD.match(text.strip())
    if found is None:
        return False
    word, rest = found[1].lower(), found[2].strip()
    match word:
        case "fact":
            return bool(FACT.match(rest))
        case "review":
            return not rest or bool(PROPOSAL.match(rest) or unanswered.SPEC.match(rest))
        case "admin":
            return rest.lower().startswith("curators")
    return not rest.lower().startswith(("up ", "to ", "the ")) and not rest.endswith(("?", "？"))


def taken(front: Front, call: SlashCall) -> BoltResponse | None:
    """Take a command of curation, to be answered after the ack; None where it is none."""
    if call.command != QUESTION or front.desk.contributions is None:
        return None
    text, _ = clean(words(ids(call.text)), LONGEST)
    if not concerns(text):
        return None
    asker = Asker(call.team, call.user, call.channel)
    front.later(
        "curation",
        call,
        lambda: _do(front, call, asker, text),
        lambda said: deliver(front.outbox, call, said),
    )
    return nothing()


def is_for_us(front: Front, asked: Asked) -> bool:
    """Say whether a pressed choice is one of curation."""
    return asked.command == QUESTION and front.desk.contributions is not None and concerns(asked.text)


def chosen(front: Front, click: Click, asked: Asked) -> None:
    """Open what a choice opens, or do what it does and say how it went."""
    _do(front, click, Asker(click.team, click.user, click.channel, click.thread), asked.text)
    if not click.channel:
        # Pressed on the Home tab, which shows what waits.
        show_home(front, click.user)


def _do(front: Front, call: Pressed, asker: Asker, text: str) -> None:
    view = _opened(front, asker, text)
    if isinstance(view, Message):
        tell(front, call, view)
    elif view is not None:
        front.outbox.open_view(call.trigger_id, view)
    else:
        answer = front.answer_to(front.request(QUESTION, text, asker))
        tell(front, call, front.message(answer, None))


def _opened(front: Front, asker: Asker, text: str) -> dict[str, object] | Message | None:
    """Return the form that a text opens, a sentence where it may not, None where it opens none."""
    found = _WORD.match(text.strip())
    assert found is not None
    word, rest = found[1].lower(), found[2].strip()
    where = ProposalMetadata(channel=asker.channel)
    if word == "add":
        draft = Draft(statement=rest[:STATEMENT_MAX], subjects=_named(front, rest))
        return modal.form(front.base, draft, where.encode())
    if word == "fact" and (spec := FACT.match(rest)):
        return _correction(front, where, spec[1].lower(), spec[2].lower())
    if word == "review" and (settled := unanswered.SPEC.match(rest)):
        return _question(front, asker, where, settled)
    if word == "review" and (proposal := PROPOSAL.match(rest)):
        return _proposal(front, asker, where, proposal)
    return None


def _correction(
    front: Front, where: ProposalMetadata, fact_id: str, verb: str
) -> dict[str, object] | Message | None:
    if verb not in ("correct", "wrong"):
        return None
    fact = front.base.fact(fact_id)
    if fact is None:
        return sentence(f"No fact has the id “{fact_id}”.")
    if later := front.base.overlay.gone.get(fact_id):
        return sentence(f"{fact_id} was superseded by {later}: correct that one.")
    if fact_id in front.base.overlay.gone:
        return sentence(f"{fact_id} no longer answers anybody.")
    draft = _draft_of(front, fact).model_copy(update={"withdraws": verb == "wrong"})
    kept = where.model_copy(update={"supersedes": fact_id, "region": str(fact.region)})
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


def _question(
    front: Front, asker: Asker, where: ProposalMetadata, spec: re.Match[str]
) -> dict[str, object] | Message | None:
    verb = (spec[2] or "").lower()
    if verb == "new" or (verb == "fact" and not spec[3]):
        request = front.request(QUESTION, "", asker)
        desk = front.desk_of(asker.team)
        if why := curate.bar(desk, request):
            return sentence(why)
        found = unanswered.cluster(desk, request, spec[1].lower())
        if found is None:
            return sentence("That question is settled by now.")
        kept = where.model_copy(update={"question": spec[1].lower()})
        if verb == "fact":
            return modal.which(found.text, kept.encode())
        return modal.form(front.base, Draft(subjects=_named(front, found.text)), kept.encode())
    return None


def _proposal(
    front: Front, asker: Asker, where: ProposalMetadata, spec: re.Match[str]
) -> dict[str, object] | Message | None:
    number, verb, version, why = int(spec[1]), (spec[2] or "").lower(), int(spec[3] or 0), spec[4]
    if verb not in ("edit", "reject") or why:
        return None
    request = front.request(QUESTION, "", asker)
    kept = curate.curation_of(front.desk, request).contributions.get(number)
    if kept is None:
        return sentence(f"There is no proposal {number}.")
    if asker.user != kept.proposer and (barred := curate.bar(front.desk, request)):
        return sentence(barred)
    if kept.state != "waiting" or (version and version != kept.version):
        return None if verb == "reject" else sentence(f"Proposal {number} is decided or edited by now.")
    carried = where.model_copy(
        update={
            "number": number, "version": kept.version, "supersedes": kept.draft.supersedes,
            "question": kept.draft.question, "region": str(kept.draft.region),
        }
    )  # fmt: skip
    if verb == "reject":
        return modal.reason(number, carried.encode())
    return modal.form(front.base, kept.draft, carried.encode(), editing=True)


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

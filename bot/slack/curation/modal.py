"""The forms of curation: a proposal, what to look at before it is sent, a reason, a fact's id. Views only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from bot.render import blockkit
from bot.render.blockkit import Block, modal
from bot.render.fact_renderer import FactRenderer
from bot.slack import forms
from bot.slack.forms import field, text_box
from handlers.answer import Field
from handlers.curation.sorts import KINDS, STANCES
from handlers.curation.validation import Checked
from handlers.draft import (
    ASK_MAX,
    ASKS_MAX,
    CAVEAT_MAX,
    NAMES_MAX,
    STATEMENT_MAX,
    URL_MAX,
    WORDS_MAX,
    Draft,
)
from handlers.say import Said, say, say_many
from knowledge.base import FactBase
from knowledge.model import Figure, Named
from knowledge.vocabulary import Kind, Stance

FORM, CONFIRM, REASON, WHICH = "propose_form", "propose_confirm", "propose_reason", "propose_which"
FORMS: Final = re.compile(r"^propose_(?:form|confirm|reason|which)$")
STATEMENT, SUBJECTS, NAMES, TOPICS, KIND, STANCE = (
    "p_statement", "p_subjects", "p_names", "p_topics", "p_kind", "p_stance",
)  # fmt: skip
SPEAKER, DATE, FIGURES, CAVEAT, DOCUMENT, PARAGRAPH = (
    "p_speaker", "p_date", "p_figures", "p_caveat", "p_document", "p_paragraph",
)  # fmt: skip
URL, TITLE, PUBLISHED, WORDS, REVIEW_BY, WHY, NOTHING, FACT, ASKS = (
    "p_url", "p_title", "p_published", "p_words", "p_review", "p_why", "p_nothing", "p_fact", "p_asks",
)  # fmt: skip
FIELDS: Final[Mapping[Field, str]] = MappingProxyType(
    {
        "statement": STATEMENT, "subjects": SUBJECTS, "topics": TOPICS, "figures": FIGURES, "speaker": SPEAKER,
        "date": DATE, "words": WORDS, "url": URL, "paragraph": PARAGRAPH, "published": PUBLISHED,
        "review_by": REVIEW_BY, "asks": ASKS,
    }
)  # fmt: skip
"""Under which input a refusal stands."""
_WHY: Final = say("What is wrong with it?")
CUT: Final = say(
    "What was written is longer than {most} characters; the statement holds the first of it.",
    most=STATEMENT_MAX,
)
_NOTHING_INSTEAD: Final = say("Put nothing in its place: it is wrong or outdated")
_DATE_EXAMPLE: Final = say("2026, 2026-05 or 2026-05-01")


def form(
    base: FactBase, draft: Draft, metadata: str, *, why: str = "", editing: bool = False, cut: bool = False
) -> dict[str, Any]:
    """Return the form filled in with `draft`; a correction also asks `why`, and whether anything should stand.

    It says so where the statement is `cut`, less than somebody wrote.
    """
    corrects = say("Correct a fact") if draft.supersedes else say("Save as fact")
    title = say("Edit proposal") if editing else corrects
    blocks: list[Block] = [
        blockkit.context(say("It is used only after a second person approves it. A source is needed."))
    ]
    if cut:
        blocks.append(blockkit.context(CUT))
    if draft.supersedes:
        blocks += _correction(draft, why)
    blocks += [*_what(base, draft), *_source(base, draft), *_details(draft)]
    return modal(FORM, title, say("Send for review"), blocks, metadata)


def confirmation(draft: Draft, checked: Checked, render_fact: FactRenderer, metadata: str) -> dict[str, Any]:
    """Return the page with the facts that read alike and the names that look misspelt."""
    blocks: list[Block] = [blockkit.rich_text(blockkit.text_element(draft.statement, bold=True))]
    if checked.doubts:
        blocks += [blockkit.header(say("Please look at these names")), blockkit.bullets(checked.doubts[:6])]
    if checked.alike:
        blocks.append(blockkit.header(say("The base already says something like it")))
        for fact in checked.alike:
            blocks += [*render_fact(fact).blocks(), blockkit.context(fact.id)]
    blocks.append(blockkit.context(say("Send it if it says something else or more; go back to change it.")))
    title, submit = say("Before you send it"), say("Send all the same")
    return modal(CONFIRM, title, submit, blocks, metadata, close=say("Back"))


def reason(number: int, metadata: str) -> dict[str, Any]:
    """Return the form that asks a reviewer why."""
    asked = field(WHY, say("Why? The proposer is told."), text_box("", 300, many_lines=True))
    title = say("Reject proposal {number}", number=number)
    return modal(REASON, title, say("Reject"), [asked], metadata)


def which(question: str, metadata: str) -> dict[str, Any]:
    """Return the form that asks which fact answers a question."""
    blocks = [
        blockkit.rich_text(blockkit.text_element(f"“{question}”")),
        field(
            FACT,
            say("Id of the fact that answers it"),
            text_box("", 80),
            hint=say("It stands under every fact."),
        ),
    ]
    return modal(WHICH, say("Which fact answers?"), say("Tell who asked"), blocks, metadata)


def written(base: FactBase, draft: Draft, why: str) -> dict[str, str]:
    """Return what somebody wrote into the form, by the names of its fields; what is empty is left out."""

    def names(slugs: Sequence[str]) -> str:
        return ", ".join(record.name if (record := base.entity(slug)) else slug for slug in slugs)

    paragraph = say("{document}, paragraph {number}", document=draft.document, number=draft.paragraph)
    fields: dict[str, str] = {
        _WHY: why,
        say("Statement"): draft.statement,
        say("About"): names(draft.subjects),
        say("Topics"): names(draft.topics),
        say("Document"): paragraph if draft.paragraph else "",
        say("Web address"): draft.url,
        say("Title of the page"): draft.title,
        say("Date of the page"): draft.published,
        say("Quoted words"): draft.words,
        say("Kind"): KINDS[draft.kind],
        say("Stance"): STANCES[draft.stance],
        say("Who claims or recommends it"): draft.speaker,
        say("Date of what it states"): draft.date,
        say("Figures"): "\n".join(map(figure, draft.figures)),
        say("What would people ask?"): "\n".join(draft.asks or ()),
        say("Caveat for readers"): draft.caveat,
        say("Review by"): draft.review_by,
    }
    if draft.withdraws:
        fields = {_WHY: why, say("In its place"): _NOTHING_INSTEAD}
    return {name: said for name, said in fields.items() if said}


def _correction(draft: Draft, why: str) -> list[Block]:
    ticked = ["nothing"] if draft.withdraws else []
    return [
        blockkit.context(say("About {fact}, filled in as it stands.", fact=draft.supersedes)),
        field(WHY, _WHY, text_box(why, 300, many_lines=True)),
        field(
            NOTHING,
            say("In its place"),
            forms.checkboxes([("nothing", _NOTHING_INSTEAD)], ticked),
            optional=True,
        ),
    ]


def _what(base: FactBase, draft: Draft) -> list[Block]:
    seeds = base.seeds
    sorts: list[tuple[str, Sequence[Named]]] = [
        (say("Places"), seeds.places),
        (say("Pairings"), seeds.pairings),
        (say("Mechanisms"), seeds.mechanisms),
        (say("Organisations and people"), seeds.organisations),
        (say("Plans"), seeds.plans),
        (say("Projects"), seeds.projects),
    ]
    subjects = [(label, forms.named(records)) for label, records in sorts]
    about = forms.multi_select(subjects, draft.subjects, say("Search places, pairings …"), NAMES_MAX)
    topics = [(say("Topics"), forms.named(seeds.topics))]
    return [
        field(
            STATEMENT, say("Statement, in your own words"),
            text_box(draft.statement, STATEMENT_MAX, many_lines=True),
        ),
        field(SUBJECTS, say("About"), about, optional=True),
        field(
            NAMES, say("Places and other names"), text_box("", 300), optional=True,
            hint=say("Names by comma, if typing is quicker than searching. One of the two is needed."),
        ),
        field(TOPICS, say("Topics"), forms.multi_select(topics, draft.topics, say("Search topics"), NAMES_MAX)),
        field(
            ASKS, say("What would people ask?"),
            text_box("\n".join(draft.asks or ()), ASKS_MAX * (ASK_MAX + 1), many_lines=True), optional=True,
            hint=_asks_hint(base, draft),
        ),
    ]  # fmt: skip


def _asks_hint(base: FactBase, draft: Draft) -> Said:
    """Return what asks are for; of a corrected fact also how many of its own the form has no room for."""
    hint = say(
        "Up to {most} questions, one a line, in English or Chinese: the fact is found by them.", most=ASKS_MAX
    )
    old = base.fact(draft.supersedes)
    more = len(base.overlay.own_asks(old)) - ASKS_MAX if old else 0
    if more <= 0:
        return hint
    stay = say_many(
        "{count} more of {fact} stays with it.",
        "{count} more of {fact} stay with it.",
        more,
        fact=draft.supersedes,
    )
    return say("{hint} {stay}", hint=hint, stay=stay)


def _source(base: FactBase, draft: Draft) -> list[Block]:
    documents = [
        (document.slug, document.label) for document in base.documents if not document.slug.startswith("web-")
    ]
    paragraph = str(draft.paragraph) if draft.paragraph else ""
    blocks = [blockkit.header(say("Source: a document of the base, or a page or message"))]
    if documents:
        blocks += [
            field(DOCUMENT, say("Document"), forms.select([("", documents)], draft.document), optional=True),
            field(
                PARAGRAPH,
                say("Paragraph of the document"),
                text_box(paragraph, 6),
                optional=True,
                hint=say("Left empty where a page below is the source."),
            ),
        ]
    return [
        *blocks,
        field(URL, say("Web address or link to a message"), text_box(draft.url, URL_MAX), optional=True),
        field(TITLE, say("Title of the page"), text_box(draft.title, 120), optional=True),
        field(
            PUBLISHED, say("Date of the page"), text_box(draft.published, 10), optional=True,
            hint=_DATE_EXAMPLE,
        ),
        field(
            WORDS, say("Quote a few words"), text_box(draft.words, WORDS_MAX),
            hint=say("Three to eight, as they stand there: so that a reviewer finds the place."),
        ),
    ]  # fmt: skip


def _details(draft: Draft) -> list[Block]:
    picked = {"initial_date": draft.review_by} if len(draft.review_by) == 10 else {}
    return [
        blockkit.header(say("Details")),
        field(KIND, say("Kind"), forms.select([("", _offered(KINDS))], draft.kind)),
        field(STANCE, say("Stance"), forms.select([("", _offered(STANCES))], draft.stance)),
        field(
            SPEAKER, say("Who claims or recommends it"), text_box(draft.speaker, 80), optional=True,
            hint=say("Needed for what is claimed or recommended."),
        ),
        field(
            DATE, say("Date of what it states"), text_box(draft.date, 10), optional=True,
            hint=_DATE_EXAMPLE,
        ),
        field(
            FIGURES, say("Figures, one a line"), text_box("\n".join(map(figure, draft.figures)), 800, many_lines=True),
            optional=True,
            hint=say("value | unit | year | what it measures, such as: 12.5 | billion yuan | 2024 | trade"),
        ),
        field(CAVEAT, say("Caveat for readers"), text_box(draft.caveat, CAVEAT_MAX, many_lines=True), optional=True),
        field(
            REVIEW_BY, say("Review by"), {"type": "datepicker"} | picked, optional=True,
            hint=say("A year from its approval if you choose none."),
        ),
    ]  # fmt: skip


def _offered(called: Mapping[Kind, Said] | Mapping[Stance, Said]) -> list[forms.Option]:
    return [(str(one), name) for one, name in called.items()]


def figure(shown: Figure) -> str:
    """Return a figure as its line in the form."""
    return f"{shown.value:.10g} | {shown.unit} | {shown.year or ''} | {shown.of}"

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
_WHY: Final = "What is wrong with it?"
CUT: Final = (
    f"What was written is longer than {STATEMENT_MAX} characters; the statement holds the first of it."
)
_CORRECTED_BY_NOTHING: Final = ("nothing", "Put nothing in its place: it is wrong or outdated")


def form(
    base: FactBase, draft: Draft, metadata: str, *, why: str = "", editing: bool = False, cut: bool = False
) -> dict[str, Any]:
    """Return the form filled in with `draft`; a correction also asks `why`, and whether anything should stand.

    It says so where the statement is `cut`, less than somebody wrote.
    """
    title = "Edit proposal" if editing else "Correct a fact" if draft.supersedes else "Save as fact"
    blocks: list[Block] = [
        blockkit.context("Nothing answers before somebody else has approved it. A source is needed.")
    ]
    if cut:
        blocks.append(blockkit.context(CUT))
    if draft.supersedes:
        blocks += _correction(draft, why)
    blocks += [*_what(base, draft), *_source(base, draft), *_details(draft)]
    return modal(FORM, title, "Send for review", blocks, metadata)


def confirmation(draft: Draft, checked: Checked, render_fact: FactRenderer, metadata: str) -> dict[str, Any]:
    """Return the page with the facts that read alike and the names that look misspelt."""
    blocks: list[Block] = [blockkit.rich_text(blockkit.text_element(draft.statement, bold=True))]
    if checked.doubts:
        blocks += [blockkit.header("Please look at these names"), blockkit.bullets(checked.doubts[:6])]
    if checked.alike:
        blocks.append(blockkit.header("The base already says something like it"))
        for fact in checked.alike:
            blocks += [*render_fact(fact).blocks(), blockkit.context(fact.id)]
    blocks.append(blockkit.context("Send it if it says something else or more; go back to change it."))
    return modal(CONFIRM, "Before you send it", "Send all the same", blocks, metadata, close="Back")


def reason(number: int, metadata: str) -> dict[str, Any]:
    """Return the form that asks a reviewer why."""
    asked = field(WHY, "Why? The proposer is told.", text_box("", 300, many_lines=True))
    return modal(REASON, f"Reject proposal {number}", "Reject", [asked], metadata)


def which(question: str, metadata: str) -> dict[str, Any]:
    """Return the form that asks which fact answers a question."""
    blocks = [
        blockkit.rich_text(blockkit.text_element(f"“{question}”")),
        field(FACT, "Id of the fact that answers it", text_box("", 80), hint="It stands under every fact."),
    ]
    return modal(WHICH, "Which fact answers?", "Tell who asked", blocks, metadata)


def written(base: FactBase, draft: Draft, why: str) -> dict[str, str]:
    """Return what somebody wrote into the form, by the names of its fields; what is empty is left out."""

    def names(slugs: Sequence[str]) -> str:
        return ", ".join(record.name if (record := base.entity(slug)) else slug for slug in slugs)

    fields = {
        _WHY: why,
        "Statement": draft.statement,
        "About": names(draft.subjects),
        "Topics": names(draft.topics),
        "Document": f"{draft.document}, paragraph {draft.paragraph}" if draft.paragraph else "",
        "Web address": draft.url,
        "Title of the page": draft.title,
        "Date of the page": draft.published,
        "Words as they stand there": draft.words,
        "Kind": str(draft.kind),
        "Stance": str(draft.stance),
        "Who claims or recommends it": draft.speaker,
        "Date of what it states": draft.date,
        "Figures": "\n".join(map(figure, draft.figures)),
        "What would people ask?": "\n".join(draft.asks or ()),
        "Caveat for readers": draft.caveat,
        "Review by": draft.review_by,
    }
    if draft.withdraws:
        fields = {_WHY: why, "In its place": _CORRECTED_BY_NOTHING[1]}
    return {name: said for name, said in fields.items() if said}


def _correction(draft: Draft, why: str) -> list[Block]:
    ticked = ["nothing"] if draft.withdraws else []
    return [
        blockkit.context(f"About {draft.supersedes}, filled in as it stands."),
        field(WHY, _WHY, text_box(why, 300, many_lines=True)),
        field(NOTHING, "In its place", forms.checkboxes([_CORRECTED_BY_NOTHING], ticked), optional=True),
    ]


def _what(base: FactBase, draft: Draft) -> list[Block]:
    seeds = base.seeds
    sorts: list[tuple[str, Sequence[Named]]] = [
        ("Places", seeds.places),
        ("Pairings", seeds.pairings),
        ("Mechanisms", seeds.mechanisms),
        ("Organisations and people", seeds.organisations),
        ("Plans", seeds.plans),
        ("Projects", seeds.projects),
    ]
    subjects = [(label, forms.named(records)) for label, records in sorts]
    about = forms.multi_select(subjects, draft.subjects, "Search places, pairings …", NAMES_MAX)
    topics = [("Topics", forms.named(seeds.topics))]
    return [
        field(STATEMENT, "Statement, in your own words", text_box(draft.statement, STATEMENT_MAX, many_lines=True)),
        field(SUBJECTS, "About", about, optional=True),
        field(
            NAMES, "About, typed", text_box("", 300), optional=True,
            hint="Names by comma, if typing is quicker than searching. One of the two is needed.",
        ),
        field(TOPICS, "Topics", forms.multi_select(topics, draft.topics, "Search topics", NAMES_MAX)),
        field(
            ASKS, "What would people ask?",
            text_box("\n".join(draft.asks or ()), ASKS_MAX * (ASK_MAX + 1), many_lines=True), optional=True,
            hint=f"Up to {ASKS_MAX} questions, one a line, in English or Chinese: the fact is found by them.{_more(base, draft)}",
        ),
    ]  # fmt: skip


def _more(base: FactBase, draft: Draft) -> str:
    """Return a sentence on the asks of a corrected fact that the form has no room for, "" where it has."""
    old = base.fact(draft.supersedes)
    more = len(base.overlay.own_asks(old)) - ASKS_MAX if old else 0
    return (
        f" {more} more of {draft.supersedes} {'stay' if more > 1 else 'stays'} with it." if more > 0 else ""
    )


def _source(base: FactBase, draft: Draft) -> list[Block]:
    documents = [
        (document.slug, document.label) for document in base.documents if not document.slug.startswith("web-")
    ]
    paragraph = str(draft.paragraph) if draft.paragraph else ""
    blocks = [blockkit.header("Source: a document of the base, or a page or message")]
    if documents:
        blocks += [
            field(DOCUMENT, "Document", forms.select([("", documents)], draft.document), optional=True),
            field(
                PARAGRAPH,
                "Paragraph of the document",
                text_box(paragraph, 6),
                optional=True,
                hint="Left empty where a page below is the source.",
            ),
        ]
    return [
        *blocks,
        field(URL, "Web address or link to a message", text_box(draft.url, URL_MAX), optional=True),
        field(TITLE, "Title of the page", text_box(draft.title, 120), optional=True),
        field(
            PUBLISHED, "Date of the page", text_box(draft.published, 10), optional=True,
            hint="2026, 2026-05 or 2026-05-01",
        ),
        field(
            WORDS, "Three to eight words as they stand there", text_box(draft.words, WORDS_MAX),
            hint="So that a reviewer finds the place.",
        ),
    ]  # fmt: skip


def _details(draft: Draft) -> list[Block]:
    picked = {"initial_date": draft.review_by} if len(draft.review_by) == 10 else {}
    return [
        blockkit.header("Details"),
        field(KIND, "Kind", forms.select([("", _words(Kind))], str(draft.kind))),
        field(STANCE, "Stance", forms.select([("", _words(Stance))], str(draft.stance))),
        field(
            SPEAKER, "Who claims or recommends it", text_box(draft.speaker, 80), optional=True,
            hint="Needed for what is claimed or recommended.",
        ),
        field(
            DATE, "Date of what it states", text_box(draft.date, 10), optional=True,
            hint="2026, 2026-05 or 2026-05-01",
        ),
        field(
            FIGURES, "Figures, one a line", text_box("\n".join(map(figure, draft.figures)), 800, many_lines=True),
            optional=True, hint="value | unit | year | what it measures, such as: 12.5 | billion yuan | 2024 | trade",
        ),
        field(CAVEAT, "Caveat for readers", text_box(draft.caveat, CAVEAT_MAX, many_lines=True), optional=True),
        field(
            REVIEW_BY, "Review by", {"type": "datepicker"} | picked, optional=True,
            hint="A year from its approval if you choose none.",
        ),
    ]  # fmt: skip


def _words(choices: type[Kind] | type[Stance]) -> list[forms.Option]:
    return [(str(one), str(one)) for one in choices]


def figure(shown: Figure) -> str:
    """Return a figure as its line in the form."""
    return f"{shown.value:.10g} | {shown.unit} | {shown.year or ''} | {shown.of}"

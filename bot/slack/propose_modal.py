"""The forms of curation: a proposal, what to look at before it is sent, a reason, a fact's id. Views only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from bot.render import elements
from bot.render.cut import clip
from bot.render.elements import Block, Element, modal, plain_text
from bot.render.typeset import Typesetter
from handlers.draft import CAVEAT_MAX, NAMES_MAX, STATEMENT_MAX, URL_MAX, WORDS_MAX, Draft
from handlers.draft_check import Checked
from knowledge.base import FactBase
from knowledge.model import Figure, Kind, Named, Stance

FORM, CONFIRM, REASON, WHICH = "propose_form", "propose_confirm", "propose_reason", "propose_which"
FORMS: Final = re.compile(r"^propose_(?:form|confirm|reason|which)$")
STATEMENT, SUBJECTS, NAMES, TOPICS, KIND, STANCE = (
    "p_statement", "p_subjects", "p_names", "p_topics", "p_kind", "p_stance",
)  # fmt: skip
SPEAKER, DATE, FIGURES, CAVEAT, DOCUMENT, PARAGRAPH = (
    "p_speaker", "p_date", "p_figures", "p_caveat", "p_document", "p_paragraph",
)  # fmt: skip
URL, TITLE, PUBLISHED, WORDS, REVIEW_BY, WHY, NOTHING, FACT = (
    "p_url", "p_title", "p_published", "p_words", "p_review", "p_why", "p_nothing", "p_fact",
)  # fmt: skip
_GROUP: Final = 100
_OPTION: Final = 75


def form(base: FactBase, draft: Draft, metadata: str, *, editing: bool = False) -> dict[str, Any]:
    """Return the form filled in with `draft`; a correction also asks why, and whether anything should stand."""
    title = "Edit proposal" if editing else "Correct a fact" if draft.supersedes else "Save as fact"
    blocks: list[Block] = [
        elements.context("Nothing answers before somebody else has approved it. A source is needed.")
    ]
    if draft.supersedes:
        blocks += _correction(draft)
    blocks += [*_what(base, draft), *_source(base, draft), *_details(draft)]
    return modal(FORM, title, "Send for review", blocks, metadata)


def confirmation(draft: Draft, checked: Checked, typeset: Typesetter, metadata: str) -> dict[str, Any]:
    """Return the page with the facts that read alike and the names that look misspelt."""
    blocks: list[Block] = [elements.rich(elements.words(draft.statement, bold=True))]
    if checked.doubts:
        blocks += [elements.header("Please look at these names"), elements.bullets(checked.doubts[:6])]
    if checked.alike:
        blocks.append(elements.header("The base already says something like it"))
        for fact in checked.alike:
            shown = typeset(fact)
            blocks += [shown.first, *shown.below]
    blocks.append(elements.context("Send it if it says something else or more; go back to change it."))
    return modal(CONFIRM, "Before you send it", "Send all the same", blocks, metadata, close="Back")


def reason(number: int, metadata: str) -> dict[str, Any]:
    """Return the form that asks a reviewer why."""
    asked = _input(WHY, "Why? The proposer is told.", _typed("", 300, many=True))
    return modal(REASON, f"Reject proposal {number}", "Reject", [asked], metadata)


def which(question: str, metadata: str) -> dict[str, Any]:
    """Return the form that asks which fact answers a question."""
    blocks = [
        elements.rich(elements.words(f"“{question}”")),
        _input(FACT, "Id of the fact that answers it", _typed("", 80), hint="It stands under every fact."),
    ]
    return modal(WHICH, "Which fact answers?", "Tell who asked", blocks, metadata)


def _correction(draft: Draft) -> list[Block]:
    tick = {
        "text": plain_text("Put nothing in its place: it is wrong or outdated", _OPTION),
        "value": "nothing",
    }
    box: Element = {"type": "checkboxes", "options": [tick]}
    return [
        elements.context(f"About {draft.supersedes}, filled in as it stands."),
        _input(WHY, "What is wrong with it?", _typed("", 300, many=True)),
        _input(
            NOTHING, "In its place", box | ({"initial_options": [tick]} if draft.withdraws else {}), optional=True
        ),
    ]  # fmt: skip


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
    return [
        _input(STATEMENT, "Statement, in your own words", _typed(draft.statement, STATEMENT_MAX, many=True)),
        _input(SUBJECTS, "About", _many(sorts, draft.subjects, "Search places, pairings …"), optional=True),
        _input(
            NAMES, "About, typed", _typed("", 300), optional=True,
            hint="Names by comma, if typing is quicker than searching. One of the two is needed.",
        ),
        _input(TOPICS, "Topics", _many([("Topics", seeds.topics)], draft.topics, "Search topics")),
    ]  # fmt: skip


def _source(base: FactBase, draft: Draft) -> list[Block]:
    documents = [(document.slug, clip(document.label, _OPTION)) for document in base.seeds.documents]
    documents = [entry for entry in documents if not entry[0].startswith("web-")]
    paragraph = str(draft.paragraph) if draft.paragraph else ""
    blocks = [elements.header("Source: a document of the base, or a page or message")]
    if documents:
        blocks += [
            _input(DOCUMENT, "Document", _one(documents, draft.document), optional=True),
            _input(PARAGRAPH, "Paragraph of the document", _typed(paragraph, 6), optional=True),
        ]
    return [
        *blocks,
        _input(URL, "Web address or link to a message", _typed(draft.url, URL_MAX), optional=True),
        _input(TITLE, "Title of the page", _typed(draft.title, 120), optional=True),
        _input(
            PUBLISHED, "Date of the page", _typed(draft.published, 10), optional=True,
            hint="2026, 2026-05 or 2026-05-01",
        ),
        _input(
            WORDS, "Three to eight words as they stand there", _typed(draft.words, WORDS_MAX),
            hint="So that a reviewer finds the place.",
        ),
    ]  # fmt: skip


def _details(draft: Draft) -> list[Block]:
    picked = {"initial_date": draft.review_by} if len(draft.review_by) == 10 else {}
    return [
        elements.header("Details"),
        _input(KIND, "Kind", _one([(str(kind), str(kind)) for kind in Kind], str(draft.kind))),
        _input(STANCE, "Stance", _one([(str(s), str(s)) for s in Stance], str(draft.stance))),
        _input(
            SPEAKER, "Who claims or recommends it", _typed(draft.speaker, 80), optional=True,
            hint="Needed for what is claimed or recommended.",
        ),
        _input(
            DATE, "Date of what it states", _typed(draft.date, 10), optional=True,
            hint="2026, 2026-05 or 2026-05-01",
        ),
        _input(
            FIGURES, "Figures, one a line", _typed("\n".join(map(figure, draft.figures)), 800, many=True),
            optional=True, hint="value | unit | year | what it measures, such as: 12.5 | billion yuan | 2024 | trade",
        ),
        _input(CAVEAT, "Caveat for readers", _typed(draft.caveat, CAVEAT_MAX, many=True), optional=True),
        _input(
            REVIEW_BY, "Review by", {"type": "datepicker"} | picked, optional=True,
            hint="A year from its approval if you choose none.",
        ),
    ]  # fmt: skip


def figure(shown: Figure) -> str:
    """Return a figure as its line in the form."""
    return f"{shown.value:.10g} | {shown.unit} | {shown.year or ''} | {shown.of}"


def _input(name: str, label: str, element: Element, *, optional: bool = False, hint: str = "") -> Block:
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain_text(label, 2000),
        "element": element | {"action_id": name},
        "optional": optional,
    }
    return block | ({"hint": plain_text(hint, 2000)} if hint else {})


def _typed(value: str, longest: int, *, many: bool = False) -> Element:
    box: Element = {"type": "plain_text_input", "max_length": longest}
    return box | ({"multiline": True} if many else {}) | ({"initial_value": value} if value else {})


def _option(value: str, label: str) -> Element:
    return {"text": plain_text(clip(label, _OPTION), _OPTION), "value": value}


def _one(options: Sequence[tuple[str, str]], chosen: str) -> Element:
    shown = [_option(*option) for option in options]
    initial = next((option for option in shown if option["value"] == chosen), None)
    return {"type": "static_select", "options": shown} | ({"initial_option": initial} if initial else {})


def _many(groups: Sequence[tuple[str, Sequence[Named]]], chosen: Sequence[str], hint: str) -> Element:
    """A menu that searches as one types; a group of more than Slack's hundred is cut in parts."""
    shown: list[Element] = []
    picked: list[Element] = []
    for label, records in groups:
        named = sorted(records, key=lambda record: record.name)
        options = [_option(record.slug, f"{record.name} {record.chinese}".strip()) for record in named]
        picked += [option for option in options if option["value"] in chosen]
        for at in range(0, len(options), _GROUP):
            name = f"{label} (continued)" if at else label
            shown.append({"label": plain_text(name, _OPTION), "options": options[at : at + _GROUP]})
    menu: Element = {
        "type": "multi_static_select",
        "placeholder": plain_text(hint, 150),
        "max_selected_items": NAMES_MAX,
        "option_groups": shown,
    }
    return menu | ({"initial_options": picked} if picked else {})

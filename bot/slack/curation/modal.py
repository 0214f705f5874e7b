"""The forms of curation: a proposal in two fields and its details, what to look at before it is sent, a reason. Views only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from bot.render import blockkit
from bot.render.blockkit import Block, modal
from bot.render.fact_renderer import FactRenderer
from bot.slack import forms
from bot.slack.curation import fields
from bot.slack.curation.fields import Values, chosen, text
from bot.slack.curation.metadata import ProposalMetadata
from bot.slack.forms import field, text_box
from handlers.curation import describe
from handlers.curation.clusters import Cluster
from handlers.curation.sorts import KINDS, STANCES
from handlers.curation.validation import Checked
from handlers.draft import ASK_MAX, ASKS_MAX, NAMES_MAX, STATEMENT_MAX, Draft
from handlers.say import Said, say, say_many
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Named
from knowledge.vocabulary import Kind, Stance

FORM, CONFIRM, REASON, WHICH = "propose_form", "propose_confirm", "propose_reason", "propose_which"
SCOPE: Final = "propose_scope"
FORMS: Final = re.compile(r"^propose_(?:form|confirm|reason|which|scope)$")
DETAILS, INSTEAD = "curation_details", "curation_instead"
"""The buttons in the forms: one shows all fields, the other turns a complaint into a correction."""
WHY: Final = say("What is wrong with it?")
CUT: Final = say(
    "What was written is longer than {most} characters; the statement holds the first of it.",
    most=STATEMENT_MAX,
)
_REVIEWED: Final = say("It is used only after a second person approves it.")
_GUESSED: Final = say("Filled in as I understood it. Change what is wrong.")
_LOOK: Final = say("Nothing was sent yet. Please put this right:")
_DATE_EXAMPLE: Final = say("2026, May 2026 or 2026-05-01")
_GROUP: Final = 10
"""Boxes to tick of one input: docs.slack.dev/reference/block-kit/block-elements/checkboxes-element."""
MOST_ASIDE: Final = 5 * _GROUP
_Notices = Mapping[str, str]
NONE: Final[_Notices] = MappingProxyType({})


def form(
    services: Services, values: Values, kept: ProposalMetadata, *, notices: _Notices = NONE, understood: str = "",
    cut: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Return the form filled in with `values`: statement and source, and all else where the details are open.

    A correction also asks what is wrong. `notices` stand under the inputs that they are about, `understood` under the source.
    It says so where the statement is `cut`, less than somebody wrote.
    """
    if kept.withdraws:
        return _complaint(services, values, kept)
    corrects = say("Correct a fact") if kept.supersedes else say("Save as fact")
    title = say("Edit proposal") if kept.number else corrects
    blocks: list[Block] = [blockkit.context(_REVIEWED)]
    if notices:
        # Where they stand may be out of sight: all of them are told at once, first.
        blocks = [
            blockkit.rich_text(blockkit.text_element(_LOOK, bold=True)),
            blockkit.bullets(list(notices.values())),
        ]
    if cut:
        blocks.append(blockkit.context(CUT))
    inputs = [*_why(values, kept), *_two(values, understood)]
    if kept.details:
        inputs += _details(services.base, values, kept)
    for block in inputs:
        blocks.append(block)
        if notice := notices.get(block.get("block_id", "")):
            blocks.append(blockkit.context(say("⚠ {notice}", notice=notice)))
    if not kept.details:
        blocks.append(blockkit.actions([blockkit.button(say("Details"), DETAILS, "details")]))
        blocks.append(blockkit.context(say("Details are guessed from the two. Look at them if you like.")))
    return modal(FORM, title, say("Send for review"), blocks, kept.encode())


def _complaint(services: Services, values: Values, kept: ProposalMetadata) -> dict[str, Any]:
    fact = services.base.fact(kept.supersedes)
    said = fact.statement if fact else kept.supersedes
    blocks = [
        blockkit.quote(said),
        *_why(values, kept),
        blockkit.actions([blockkit.button(say("Write what should stand instead"), INSTEAD, "instead")]),
        blockkit.context(_REVIEWED),
    ]
    return modal(FORM, say("Wrong or outdated"), say("Send for review"), blocks, kept.encode())


def confirmation(draft: Draft, checked: Checked, render_fact: FactRenderer, metadata: str) -> dict[str, Any]:
    """Return the page with the facts that read alike and the names that look misspelt."""
    blocks: list[Block] = [blockkit.rich_text(blockkit.text_element(draft.statement, bold=True))]
    if checked.doubts:
        blocks += [blockkit.header(say("Please look at these names")), blockkit.bullets(checked.doubts[:6])]
    if checked.alike:
        blocks.append(blockkit.header(say("The base already says something like it")))
        for fact in checked.alike:
            blocks += render_fact(fact).blocks()
    blocks.append(blockkit.context(say("Send it if it says something else or more; go back to change it.")))
    title, submit = say("Before you send it"), say("Send all the same")
    return modal(CONFIRM, title, submit, blocks, metadata, close=say("Back"))


def reason(title: str, submit: str, metadata: str, why: str = "") -> dict[str, Any]:
    """Return the form that asks a reviewer why."""
    asked = field(fields.WHY, say("Why? The proposer is told."), text_box(why, 300, many_lines=True))
    return modal(REASON, title, submit, [asked], metadata)


def which(question: str, metadata: str) -> dict[str, Any]:
    """Return the form that asks which fact answers a question."""
    blocks = [
        blockkit.rich_text(blockkit.text_element(f"“{question}”")),
        field(
            fields.FACT,
            say("The fact that answers it"),
            text_box("", 600),
            hint=say("Its id, which Details under an answer shows, or its statement."),
        ),
    ]
    return modal(WHICH, say("Which fact answers?"), say("Tell who asked"), blocks, metadata)


def aside(clusters: Sequence[Cluster], metadata: str) -> dict[str, Any]:
    """Return the form in which several questions are ticked, to be called out of scope at once."""
    shown = clusters[:MOST_ASIDE]
    groups = [shown[at : at + _GROUP] for at in range(0, len(shown), _GROUP)]
    boxes = [
        field(
            f"{fields.ASIDE}_{number}",
            say("Questions {first} to {last}", first=number * _GROUP + 1, last=number * _GROUP + len(group)),
            forms.checkboxes([(cluster.key, cluster.line) for cluster in group], ()),
            optional=True,
        )
        for number, group in enumerate(groups)
    ]
    told = say("What you tick is out of scope: it is not listed again, with all that was asked like it.")
    return modal(
        SCOPE, say("Set questions aside"), say("Out of scope"), [blockkit.context(told), *boxes], metadata
    )


def written(services: Services, draft: Draft, why: str) -> dict[str, str]:
    """Return what somebody wrote into the form, by the names of its fields; what is empty is left out."""
    values = {} if draft.withdraws else fields.of_draft(services.base, draft)
    named: dict[str, str] = {
        WHY: why,
        say("Statement"): text(values, fields.STATEMENT),
        say("Source"): text(values, fields.SOURCE),
        say("About"): describe.names(services, draft.subjects),
        say("Topics"): describe.names(services, draft.topics),
        say("Title of the page"): text(values, fields.TITLE),
        say("Date of the source"): draft.published,
        say("Quoted words"): draft.words,
        say("Kind"): "" if draft.withdraws else KINDS[draft.kind],
        say("Stance"): "" if draft.withdraws else STANCES[draft.stance],
        say("Who claims or recommends it"): draft.speaker,
        say("Date of what it states"): draft.date,
        say("Figures"): text(values, fields.FIGURES),
        say("What would people ask?"): "\n".join(draft.asks or ()),
        say("Caveat for readers"): draft.caveat,
        say("Review by"): draft.review_by,
    }
    return {name: said for name, said in named.items() if said}


def _why(values: Values, kept: ProposalMetadata) -> list[Block]:
    if not kept.supersedes:
        return []
    return [field(fields.WHY, WHY, text_box(text(values, fields.WHY), 300, many_lines=True))]


def _two(values: Values, understood: str) -> list[Block]:
    """Return the two fields that a fact needs."""
    example = say("Xu et al. 2024 para 32, https://…, or a reference")
    statement = text_box(text(values, fields.STATEMENT), STATEMENT_MAX, many_lines=True)
    source = text_box(text(values, fields.SOURCE), fields.LONGEST[fields.SOURCE], example=example)
    return [
        field(fields.STATEMENT, say("Statement, in your own words"), statement),
        field(
            fields.SOURCE,
            say("Source"),
            source,
            hint=say(
                "A document of the base with its paragraph, a web address, a message’s link, or a reference in words."
            ),
        ),
        *([blockkit.context(understood)] if understood else []),
    ]


def _details(base: FactBase, values: Values, kept: ProposalMetadata) -> list[Block]:
    return [
        blockkit.header(say("Details")),
        *([blockkit.context(_GUESSED)] if kept.is_new else []),
        *_about(base, values),
        field(fields.KIND, say("Kind"), forms.select([("", _offered(KINDS))], text(values, fields.KIND))),
        field(fields.STANCE, say("Stance"), forms.select([("", _offered(STANCES))], text(values, fields.STANCE))),
        _box(
            fields.SPEAKER, say("Who claims or recommends it"), values,
            hint=say("Needed for what is claimed or recommended."),
        ),
        _box(fields.DATE, say("Date of what it states"), values, hint=_DATE_EXAMPLE),
        _box(
            fields.FIGURES, say("Figures, one a line"), values, most=800, many_lines=True,
            hint=say("value | unit | year | what it measures, such as: 12.5 | billion yuan | 2024 | trade"),
        ),
        _box(
            fields.WORDS, say("Quote a few words"), values,
            hint=say("Three to eight, as they stand in the source. A paragraph of a document needs them."),
        ),
        _box(fields.TITLE, say("Title of the page"), values),
        _box(fields.PUBLISHED, say("Date of the source"), values, hint=_DATE_EXAMPLE),
        _box(
            fields.ASKS, say("What would people ask?"), values, most=ASKS_MAX * (ASK_MAX + 1), many_lines=True,
            hint=_asks_hint(base, kept.supersedes),
        ),
        _box(fields.CAVEAT, say("Caveat for readers"), values, many_lines=True),
        _review_by(values),
    ]  # fmt: skip


def _about(base: FactBase, values: Values) -> list[Block]:
    seeds = base.seeds
    sorts: list[tuple[str, Sequence[Named]]] = [
        (say("Places"), seeds.places),
        (say("Pairings"), seeds.pairings),
        (say("Mechanisms"), seeds.mechanisms),
        (say("Organisations and people"), seeds.organisations),
        (say("Plans"), seeds.plans),
        (say("Projects"), seeds.projects),
    ]
    offered = [(label, forms.named(records)) for label, records in sorts]
    topics = [(say("Topics"), forms.named(seeds.topics))]
    about = forms.multi_select(
        offered, chosen(values, fields.SUBJECTS), say("Search places, pairings …"), NAMES_MAX
    )
    menu = forms.multi_select(topics, chosen(values, fields.TOPICS), say("Search topics"), NAMES_MAX)
    box = fields.NAMES_AGAIN if fields.NAMES_AGAIN in values else fields.NAMES
    return [
        field(fields.SUBJECTS, say("About"), about, optional=True),
        _box(
            box,
            say("Places"),
            values,
            hint=say("Or other names, by comma, where typing is quicker than searching."),
        ),
        field(fields.TOPICS, say("Topics"), menu, optional=True),
    ]


def _box(
    name: str, label: str, values: Values, *, most: int = 0, many_lines: bool = False, hint: str = ""
) -> Block:
    box = text_box(text(values, name), most or fields.LONGEST[name], many_lines=many_lines)
    return field(name, label, box, optional=True, hint=hint)


def _review_by(values: Values) -> Block:
    day = text(values, fields.REVIEW_BY)
    picked = {"initial_date": day} if len(day) == len("2026-05-01") else {}
    return field(
        fields.REVIEW_BY, say("Review by"), {"type": "datepicker"} | picked, optional=True,
        hint=say("A year from its approval if you choose none."),
    )  # fmt: skip


def _asks_hint(base: FactBase, corrects: str) -> Said:
    """Return what asks are for; of a corrected fact also how many of its own the form has no room for."""
    hint = say(
        "Up to {most} questions, one a line, in English or Chinese: the fact is found by them.", most=ASKS_MAX
    )
    old = base.fact(corrects)
    more = len(base.overlay.own_asks(old)) - ASKS_MAX if old else 0
    if more <= 0:
        return hint
    stay = say_many(
        "{count} more of this fact stays with it.", "{count} more of this fact stay with it.", more
    )
    return say("{hint} {stay}", hint=hint, stay=stay)


def _offered(called: Mapping[Kind, Said] | Mapping[Stance, Said]) -> list[forms.Option]:
    return [(str(one), name) for one, name in called.items()]

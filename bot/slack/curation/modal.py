"""The forms of curation: a proposal in two fields and its details, what to look at before it is sent, a reason. Views only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from bot.render import blockkit
from bot.render.blockkit import Block, modal
from bot.slack import forms
from bot.slack.curation import fields
from bot.slack.curation.fields import Values, chosen, text
from bot.slack.curation.metadata import ProposalMetadata
from bot.slack.forms import field, text_box
from handlers.curation import describe
from handlers.curation.sorts import KINDS, PAIRINGS, STANCES, TOLD_AS
from handlers.draft import ASK_MAX, ASKS_MAX, NAMES_MAX, STATEMENT_MAX, TIES_MAX, Draft
from handlers.say import Said, say, say_many
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Named
from knowledge.vocabulary import Arrangement, Kind, Stance

FORM: Final = "propose_form"
FORMS: Final = re.compile(r"^propose_(?:form|confirm|reason|which|scope|same|curators)$")
DETAILS, INSTEAD = "curation_details", "curation_instead"
"""The buttons in the forms: one shows all fields, the other turns a complaint into a correction."""
WHY: Final = say("What is wrong with it?")
CUT: Final = say(
    "What was written is longer than {most} characters; the statement holds the first of it.",
    most=STATEMENT_MAX,
)
_REVIEWED: Final = say("What you propose is used only after a second person approves it.")
_GUESSED: Final = say(
    "I filled this in from what you wrote. Change what is wrong. What you leave as it is follows the statement if you change that."
)
RENEWED: Final = say("Filled in again because the statement changed.")
_LOOK: Final = say("Nothing was sent yet. Please put this right:")
_DATE_EXAMPLE: Final = say("2026, May 2026 or 2026-05-01")
_Notices = Mapping[str, str]
NONE: Final[_Notices] = MappingProxyType({})


def form(
    services: Services, values: Values, kept: ProposalMetadata, *, notices: _Notices = NONE, renewed: _Notices = NONE,
    understood: str = "", cut: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Return the form filled in with `values`: statement and source, and all else where the details are open.

    A correction also asks what is wrong. `notices` stand under the inputs that they are about, and so does what was `renewed`
    after the statement; `understood` stands under the source.
    It says so where the statement is `cut`, less than somebody wrote.
    """
    if kept.withdraws:
        return _complaint(services, values, kept)
    title, submit = _called(kept)
    inputs = [*_why(values, kept), *_two(values, understood)]
    if kept.details:
        inputs += _details(services.base, values, kept)
    blocks: list[Block] = [blockkit.context(_REVIEWED)]
    if notices:
        # What is to be put right stands first, where the form opens: below, it may be out of sight.
        wrong = [block for block in inputs if _lacks(block, notices)]
        inputs = [block for block in inputs if block not in wrong]
        head = blockkit.rich_text(blockkit.text_element(_LOOK, bold=True))
        blocks = [head, *_with_notes(wrong, renewed, notices)]
    if renewed:
        blocks += _listed(RENEWED, renewed)
    if cut:
        blocks.append(blockkit.context(CUT))
    blocks += _with_notes(inputs, renewed)
    if not kept.details:
        blocks.append(blockkit.actions([blockkit.button(say("Details"), DETAILS, "details")]))
        blocks.append(
            blockkit.context(say("I guess the rest from these two. Under Details you can see and change it."))
        )
    return modal(FORM, title, submit, blocks, kept.encode())


def _called(kept: ProposalMetadata) -> tuple[Said, Said]:
    """Return the title of the form and what its button says: what the button or command that opens it is called."""
    if kept.number:
        return say("Edit proposal"), say("Save")
    if kept.supersedes:
        return say("Suggest a correction"), say("Suggest")
    return say("Propose a fact"), say("Propose")


def _name(block: Block) -> str:
    return str(block.get("block_id", ""))


def _lacks(block: Block, notices: _Notices) -> bool:
    """Say whether something is to be put right in an input: of names in the menu, or by typing them beside it."""
    is_names = _name(block) in (fields.NAMES, fields.NAMES_AGAIN)
    return _name(block) in notices or (is_names and fields.SUBJECTS in notices)


def _with_notes(inputs: Sequence[Block], *noted: _Notices) -> Iterator[Block]:
    """Yield inputs, each with what is `noted` of it below it."""
    for block in inputs:
        yield block
        under = [notes[_name(block)] for notes in noted if _name(block) in notes]
        yield from (blockkit.context(say("⚠ {notice}", notice=notice)) for notice in under)


def _listed(head: str, notices: _Notices) -> list[Block]:
    return [
        blockkit.rich_text(blockkit.text_element(head, bold=True)),
        blockkit.bullets(list(notices.values())),
    ]


def _complaint(services: Services, values: Values, kept: ProposalMetadata) -> dict[str, Any]:
    fact = services.base.fact(kept.supersedes)
    said = fact.statement if fact else kept.supersedes
    blocks = [
        blockkit.quote(said),
        *_why(values, kept),
        blockkit.actions([blockkit.button(say("Write what should stand instead"), INSTEAD, "instead")]),
        blockkit.context(say("A curator looks at it. Until then the fact stands as it is.")),
    ]
    return modal(FORM, say("Wrong or outdated"), say("Report"), blocks, kept.encode())


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
        TOLD_AS: "" if draft.withdraws else STANCES[draft.stance],
        describe.COUNTS: describe.ties(services, draft),
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
    is_begun = bool(text(values, fields.STATEMENT).strip() or text(values, fields.SOURCE).strip())
    return [
        blockkit.header(say("Details")),
        *([blockkit.context(_GUESSED)] if kept.is_new and is_begun else []),
        *_about(base, values),
        *_ties(values),
        field(fields.KIND, say("Kind"), forms.select([("", _offered(KINDS))], text(values, fields.KIND))),
        field(
            fields.STANCE, TOLD_AS, forms.select([("", _offered(STANCES))], text(values, fields.STANCE)),
            hint=say("How the source puts it, and not how you see it."),
        ),
        _box(
            fields.SPEAKER, say("Who claims or recommends it"), values,
            hint=say("Needed if the fact is a claim or a recommendation."),
        ),
        _box(fields.DATE, say("Date of what it states"), values, hint=_DATE_EXAMPLE),
        _box(
            fields.FIGURES, say("Figures, one on each line"), values, most=800, many_lines=True,
            hint=say("value | unit | year | what it measures, such as: 12.5 | billion yuan | 2024 | trade"),
        ),
        _box(
            fields.WORDS, say("Quote a few words"), values,
            hint=say("Three to eight words, exactly as in the source. They are needed for a paragraph of a document."),
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
        offered, chosen(values, fields.SUBJECTS), say("Search and choose names"), NAMES_MAX
    )
    menu = forms.multi_select(topics, chosen(values, fields.TOPICS), say("Search topics"), NAMES_MAX)
    box = fields.NAMES_AGAIN if fields.NAMES_AGAIN in values else fields.NAMES
    return [
        field(
            fields.SUBJECTS,
            say("About"),
            about,
            optional=True,
            hint=say("All that the fact is about: places, pairings, organisations, plans."),
        ),
        _box(
            box,
            say("Add names by typing"),
            values,
            hint=say("Separate them with commas: Hefei, Ningbo. They are added to those chosen under About."),
        ),
        field(fields.TOPICS, say("Topics"), menu, optional=True),
    ]


def _ties(values: Values) -> list[Block]:
    none = (fields.NO_TIE, say("No pairing"))
    menu = forms.select([("", [none, *_offered(PAIRINGS)])], text(values, fields.TIE) or fields.NO_TIE)
    return [
        field(
            fields.TIE, say("Counts as a pairing"), menu,
            hint=say("Lists and maps show it as one of your team’s. Plans, talks and endings are no pairings."),
        ),
        _box(
            fields.BETWEEN, say("Between"), values, most=TIES_MAX * 300, many_lines=True,
            hint=say("One pairing on each line, its places separated by commas. If you leave this empty, it is all places under About."),
        ),
    ]  # fmt: skip


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
        hint=say("If you choose none, it is a year after the approval."),
    )  # fmt: skip


def _asks_hint(base: FactBase, corrects: str) -> Said:
    """Return what asks are for; of a corrected fact also how many of its own the form has no room for."""
    hint = say(
        "Up to {most} questions, one on each line, in English or Chinese. People find the fact by them.",
        most=ASKS_MAX,
    )
    old = base.fact(corrects)
    more = len(base.overlay.own_asks(old)) - ASKS_MAX if old else 0
    if more <= 0:
        return hint
    stay = say_many(
        "{count} more of this fact stays with it.", "{count} more of this fact stay with it.", more
    )
    return say("{hint} {stay}", hint=hint, stay=stay)


def _offered(
    called: Mapping[Kind, Said] | Mapping[Stance, Said] | Mapping[Arrangement, Said],
) -> list[forms.Option]:
    return [(str(one), name) for one, name in called.items()]

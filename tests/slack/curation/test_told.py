"""All that curation, its forms and Home say stands in the catalogue, so that another language tells the whole of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import pytest

from bot.privacy import sentences
from bot.render.fact_renderer import fact_renderer
from bot.slack.curation import fields, modal, pages
from bot.slack.curation.metadata import ProposalMetadata
from bot.slack.home.pages import page_view
from bot.slack.home.view import FrontPage, home_view
from handlers.contribution import Contribution, ContributionState, CurationEvent
from handlers.curation import describe
from handlers.curation.correction import draft_of
from handlers.curation.sorts import KINDS, STANCES
from handlers.draft import Draft
from handlers.lookups.welcome import FIRST_QUESTIONS
from handlers.registry import SLASH
from handlers.say import Catalogue, say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.vocabulary import Kind, Stance

FACT: Final = "xu-twinning-039"
MARK: Final = "¤"


class Marked:
    """A language in which each sentence is the English one behind a mark."""

    def gettext(self, message: str) -> str:
        return f"{MARK}{message}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{MARK}{msgid1 if n == 1 else msgid2}"


OTHER: Final = Catalogue(Marked())


def texts(shown: object) -> Iterator[str]:
    """Yield the texts of a view; what it offers to choose from are values."""
    if isinstance(shown, dict):
        for key, part in shown.items():
            if key == "text" and isinstance(part, str):
                yield part
            elif key not in ("options", "option_groups", "initial_option", "initial_options", "close"):
                yield from texts(part)
    elif isinstance(shown, list | tuple):
        for part in shown:
            yield from texts(part)


def proposed(draft: Draft, why: str = "", state: ContributionState = "waiting") -> Contribution:
    at = datetime(2026, 11, 18, 9, tzinfo=UTC)
    event = CurationEvent("p:1", "proposed", "U1", "Bob Li", at, why, draft.encode(), 1)
    return Contribution(1, draft, "U1", "Bob Li", "U1", 1, state, events=(event,))


def test_every_form_is_told_in_another_language(base: FactBase) -> None:
    correction, services = fields.of_draft(base, draft_of(base, base.facts[3])), Services(base)
    corrects = ProposalMetadata(supersedes=base.facts[3].id)
    said = base.facts[3].statement
    views = (
        modal.form(services, {}, ProposalMetadata(), cut=True),
        modal.form(services, {}, ProposalMetadata(details=True)),
        modal.form(services, correction, corrects.model_copy(update={"details": True, "number": 1})),
        modal.form(services, correction, corrects.model_copy(update={"withdraws": True})),
        pages.reason(say("Take the fact back"), say("Take back"), ""),
        pages.which("", ""),
        pages.aside((), ""),
    )
    for view in map(OTHER.told, views):
        assert [text for text in texts(view) if not text.startswith(MARK) and text not in ("“”", said)] == []


def test_home_is_told_in_another_language_but_for_the_questions_to_begin_with(base: FactBase) -> None:
    told = list(texts(OTHER.told(home_view(FrontPage(base, fact_renderer(base))))))
    assert [text for text in told if not text.startswith(MARK)] == [one.label for one in FIRST_QUESTIONS]


def test_the_pages_of_home_are_told_in_another_language(base: FactBase) -> None:
    services = Services(base, privacy=sentences(90, 30))
    for name in ("coverage", "documents", "help", "privacy"):
        told = list(texts(OTHER.told(page_view(services, SLASH, name))))
        assert [text for text in told if text.strip() and not text.startswith(MARK)] == [], name


def test_a_card_is_told_in_another_language_and_its_statement_as_it_was_written(base: FactBase) -> None:
    draft = draft_of(base, base.facts[3]).model_copy(update={"statement": "A statement of theirs."})
    card = OTHER.told(describe.card(Services(base), proposed(draft, "It is June.")))
    said = [card.headline, *(choice.label for choice in card.choices), *(s.title for s in card.sections)]
    own = [entry for section in card.sections for entry in section.entries if entry not in (draft.asks or ())]
    assert [text for text in (*said, *own) if not text.startswith(MARK)] == [draft.statement]


@pytest.mark.parametrize("state", ["waiting", "approved", "rejected", "withdrawn", "reverted", "closed"])
def test_how_a_proposal_stands_is_one_sentence(state: ContributionState) -> None:
    assert OTHER.told(describe.standing(describe.proposal(7), state)).startswith(f"{MARK}{MARK}Proposal 7 ")


@pytest.mark.parametrize(
    ("draft", "why", "line"),
    [
        (Draft(statement="A bridge."), "", "Proposal 1, a new fact by Bob Li: A bridge."),
        (Draft(statement="A bridge.", supersedes=FACT), "", "Proposal 1, a correction by Bob Li: A bridge."),
        (
            Draft(supersedes=FACT, withdraws=True),
            "It closed",
            "Proposal 1, a fact that Bob Li says is wrong: “Minhang District of Shanghai",
        ),
        (
            Draft(supersedes=FACT, withdraws=True),
            "",
            "Proposal 1, a fact that Bob Li says is wrong: “Minhang District of Shanghai",
        ),
    ],
)
def test_the_queue_says_who_proposes_what(base: FactBase, draft: Draft, why: str, line: str) -> None:
    assert describe.waiting(Services(base), proposed(draft, why)).startswith(line)


@pytest.mark.parametrize(
    ("proposals", "questions", "said"),
    [
        (0, 2, "2 unanswered questions"),
        (2, 0, "2 proposals"),
        (2, 3, "2 proposals and 3 unanswered questions"),
        (1, 1, "1 proposal and 1 unanswered question"),
    ],
)
def test_what_waits_is_counted(proposals: int, questions: int, said: str) -> None:
    assert describe.counted(proposals, questions) == said


def test_every_kind_and_stance_has_a_name() -> None:
    assert (set(KINDS), set(STANCES)) == (set(Kind), set(Stance))


@pytest.mark.parametrize(
    ("draft", "line"),
    [
        (Draft(statement="Hefei opened a port."), "Kind: event"),
        (Draft(kind=Kind.CLAIM, stance=Stance.CLAIMED, speaker="Wuhu Daily"), "Kind: claim of Wuhu Daily"),
        (Draft(kind=Kind.FIGURE, stance=Stance.PLANNED), "Kind: figure, told as a plan"),
        (Draft(kind=Kind.PLAN), "Kind: plan, told as a fact"),
    ],
)
def test_the_kind_is_told_and_how_it_is_told_only_where_that_is_not_usual(
    base: FactBase, draft: Draft, line: str
) -> None:
    assert line in describe.particulars(Services(base), draft)


def test_names_in_another_order_are_no_change(base: FactBase) -> None:
    before = Draft(statement="They met.", subjects=("ningbo", "hefei"), topics=("ports",))
    after = before.model_copy(update={"subjects": ("hefei", "ningbo")})
    assert describe.changes(Services(base), before, after) == []

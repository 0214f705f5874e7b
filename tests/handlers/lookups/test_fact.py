"""One fact, asked for by its id, and the document it is from."""

from __future__ import annotations

import re

from handlers.answer import Answer
from handlers.curation.projection import overlay, replay
from handlers.lookups.copying import STYLES, copied
from handlers.services import Services
from knowledge.base import FactBase
from tests.cli.test_export_seeds import PAGE, approved
from tests.conftest import Asker


def told(answer: Answer) -> str:
    return "\n".join(f"{section.title}: {entry}" for section in answer.sections for entry in section.entries)


def test_a_fact_says_where_to_look_what_it_is_about_and_who_says_so(ask: Asker) -> None:
    said = told(ask("fact xu-twinning-039"))
    assert "Where to look: 4.1.1, para 31: look for “" in said
    assert "About: " in said
    assert "Huainan" in said
    assert "Reported by the source as a fact." in said
    assert "One document says so, a paper: worked out from what others wrote." in said


def test_a_claim_names_who_claims_it(ask: Asker) -> None:
    assert "Claimed by Jiayi Xu et al." in told(ask("fact xu-twinning-009"))


def test_it_is_said_which_words_are_the_curators(ask: Asker) -> None:
    assert "“three” is not printed there; the curator supplied it: counted" in told(
        ask("fact xu-twinning-038")
    )


def test_id_and_hash_are_explained(ask: Asker) -> None:
    said = told(ask("fact xu-twinning-009"))
    assert re.search(r"Paragraph hash [0-9a-f]{16} \(para 6\): to check that the paragraph has not", said)
    assert "Id xu-twinning-009: ask for the fact" in said
    assert not re.search(r"Slug|Sort|Kind|Stance|secondary", said)


def test_a_card_has_the_plain_footnote_and_what_copies_it_has_every_style(ask: Asker) -> None:
    card = ask("fact xu-twinning-001")
    assert [section.title for section in card.sections if section.is_copied] == [STYLES["plain"].title]
    copies = copied(ask.services, card).sections
    assert [section.title for section in copies] == [style.title for style in STYLES.values()]


def test_when_a_document_is_of_is_told_alike_everywhere(ask: Asker) -> None:
    for document in ask.services.base.documents:
        said = told(ask(f"source {document.slug}"))
        assert ("Undated" in said) == ("undated" in document.label)
        assert ("Dated" in said and "which is inferred" in said) == document.inferred


def test_a_document_can_be_pasted_in_every_style(ask: Asker) -> None:
    for asked in ("source Xu et al. 2024", "source xu-twinning"):
        pasted = [section for section in ask(asked).sections if section.is_copied]
        assert [section.title for section in pasted] == [style.title for style in STYLES.values()]
        assert all("Study on Twinning" in section.entries[0] for section in pasted)
        assert not any("xu-twinning-001" in section.entries[0] for section in pasted)


def test_a_fact_of_the_teams_own_names_its_owner(base: FactBase) -> None:
    view = base.with_overlay(overlay(base, replay(approved(PAGE))))
    said = told(Asker(Services(view))(f"fact {view.facts[-1].id}"))
    assert "On the page look for “opened a joint harbour office”." in said
    assert re.search(r"Owner: .+; verified 20\d\d-\d\d-\d\d", said)
    assert "hash" not in said


def test_an_id_that_no_fact_has_gets_the_nearest_ids(ask: Asker) -> None:
    answer = ask("fact xu-twinning-998")
    assert answer.outcome == "unknown"
    near = [choice.label for choice in answer.choices]
    assert near
    assert all(ask.services.base.fact(fact_id) for fact_id in near)
    assert all(fact_id in answer.headline for fact_id in near)

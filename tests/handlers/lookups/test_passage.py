"""What documents print, beside facts and where no fact answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.render.fact_renderer import fact_renderer
from bot.render.plain import plain
from handlers.answer import Answer
from handlers.lookups.passage import NOT_AT_HAND, beside, standardised
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from handlers.verdict.answerability import RULES
from handlers.without_state import NoPassages
from knowledge.base import FactBase
from knowledge.documents import build_passages
from knowledge.documents.passages import StoredPassages
from knowledge.tuning import TUNING
from tests.conftest import NOW
from tests.knowledge.papers import TEXT, put, seeds

SEEDS = seeds()
TEAM = """# Travel

The hydrogen buses of Ningbo cost 3 million yuan in 2024. They run to Zhoushan.

- Harbour pilots of Ningbo train at the maritime academy

# Hydrogen buses of Ningbo
"""


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return at(tmp_path)


def at(tmp_path: Path, **files: str) -> Services:
    (tmp_path / "documents").mkdir(exist_ok=True)
    folder = put(tmp_path / "documents", **{"team.md": TEAM, **files})
    build_passages.build(folder, SEEDS, "v1", tmp_path / "passages.db")
    return Services(FactBase(SEEDS, "v1"), passages=StoredPassages(tmp_path / "passages.db"))


def ask(services: Services, text: str) -> Answer:
    return reply(services, Request(text=text, now=NOW))


def test_passage_shows_the_paragraphs_a_fact_cites_each_neighbour_once(services: Services) -> None:
    answer = ask(services, "passage paper-001")
    assert answer.outcome == "answer"
    assert [line.fact.id for line in answer.lines] == ["paper-001"]
    first, second = answer.passages
    assert first.text.startswith("The ferry of Ningpo Town")
    assert (first.before, first.after) == ("1. Ferries", "")  # the next one is shown itself
    assert (second.before, second.after) == ("", "2. Outlook")


def test_passage_says_which_words_the_curator_standardised_and_what_is_doubtful(services: Services) -> None:
    answer = ask(services, "passage paper-001")
    notes = [note for passage in answer.passages for note in passage.notes]
    assert notes == [
        "Printed otherwise: “Ningpo Town” is Ningbo (宁波).",
        "“Ningbo” is the curator's: the printed Ningpo is its old name.",
    ]
    assert "The year of the count is not printed." in plain(answer, fact_renderer(services.base))


def test_of_several_facts_each_passage_says_who_cites_it_and_what_is_doubtful(services: Services) -> None:
    one = SEEDS.facts[0]
    other = one.model_copy(update={"id": "paper-002", "citations": one.citations[:1]})
    answer = beside(services, (one, other))
    assert answer.lines == ()
    assert answer.passages[0].notes[0] == "Cited by paper-001, paper-002."
    assert "paper-002: doubtful here: The year of the count is not printed." in answer.passages[0].notes
    assert answer.passages[1].notes[0] == "Cited by paper-001."


def test_passage_says_plainly_when_no_document_is_at_hand(services: Services) -> None:
    without = replace(services, passages=NoPassages())
    assert (answer := ask(without, "passage paper-001")).headline == NOT_AT_HAND
    assert answer.outcome == "unknown"
    assert not answer.lines
    assert "Li, undated, 1, para 3" in str(answer.sections)
    assert ask(without, "passage paper-099").outcome == "unknown"
    assert "no fact has the id" in ask(without, "passage paper-099").headline.lower()


def test_passage_without_an_id_is_a_question(services: Services) -> None:
    assert "What the documents print" not in ask(services, "passage of ships").headline


def test_a_paragraph_that_changed_is_not_shown_and_it_is_said(tmp_path: Path) -> None:
    answer = ask(at(tmp_path, **{"paper.txt": TEXT.replace("40 cars", "50 cars")}), "passage paper-001")
    assert len(answer.passages) == 1
    assert answer.notes == (
        "Li, undated, 1, para 3: the document at hand prints something else there than when the fact was curated.",
    )


def test_a_paragraph_that_moved_says_so(tmp_path: Path) -> None:
    answer = ask(at(tmp_path, **{"paper.txt": f"New first words.\n\n{TEXT}"}), "passage paper-001")
    assert answer.passages[0].notes[0] == "Stood at para 3 when the fact was curated."
    assert answer.passages[0].label.endswith("para 4")


def test_the_longest_odd_spelling_counts_once(services: Services) -> None:
    assert (
        standardised(services.base, "In Ningpo\n  Town.")
        == "Printed otherwise: “Ningpo Town” is Ningbo (宁波)."
    )
    assert "“Ningpo” is Ningbo (宁波)" in standardised(services.base, "In Ningpo Town and Ningpo.")
    assert standardised(services.base, "Ningpotown") == ""


@pytest.mark.parametrize(
    "question",
    [
        "What do the hydrogen buses of Ningbo cost?",
        "Who trains the harbour pilots of Ningbo, the maritime academy?",
    ],
)
def test_what_no_fact_answers_may_be_offered_from_a_document(services: Services, question: str) -> None:
    answer = ask(services, question)
    assert answer.outcome == "unknown"
    assert answer.lines == ()
    assert 1 <= len(answer.passages) <= 2
    assert answer.passages[0].document == "team"
    render_fact = fact_renderer(services.base)
    assert "From the document, not yet curated:" in plain(answer, render_fact)
    without = ask(replace(services, passages=NoPassages()), question)
    assert "From the document, not yet curated" not in plain(without, render_fact)


@pytest.mark.parametrize(
    "question",
    [
        "What do the hydrogen buses of Zhoushan carry?",  # another name
        "What do the hydrogen buses of Ningbo cost in 2030?",  # another year
        "What do the electric trams of Ningbo cost?",  # other words
        "How many yuan do the harbour pilots of Ningbo earn?",  # a sum that is not there
        "What is the weather like tomorrow?",
        "Give me a recipe for Ningbo dumplings",
        "What is the capital of France?",
        "",
    ],
)
def test_what_does_not_clearly_match_is_not_offered(services: Services, question: str) -> None:
    assert ask(services, question).passages == ()


@pytest.mark.parametrize(
    ("rule", "question"),
    [
        ("name", "Do the harbour pilots of Zhoushan train at the maritime academy?"),
        ("year", "What do the hydrogen buses of Ningbo cost in 2030?"),
        ("number", "How many harbour pilots of Ningbo train at the maritime academy?"),
        ("time", "When do harbour pilots of Ningbo train at the maritime academy?"),
    ],
)
def test_an_excerpt_is_judged_by_the_rules_of_the_desk(services: Services, rule: str, question: str) -> None:
    # So that a name that is missing does not fail by its weight.
    services = replace(services, base=services.base.tuned(replace(TUNING, excerpt=0.6)))
    lenient = replace(services, rules=tuple(one for one in RULES if one.name != rule))
    assert ask(services, question).passages == ()
    assert "team" in [passage.document for passage in ask(lenient, question).passages]


def test_an_excerpt_has_to_cover_more_than_a_fact(services: Services) -> None:
    question = "What do the hydrogen buses of Ningbo cost taxpayers?"
    lenient = replace(services, base=services.base.tuned(replace(TUNING, excerpt=0.5)))
    assert ask(services, question).passages == ()
    assert len(ask(lenient, question).passages) == 1


def test_off_topic_is_never_answered_from_the_documents_that_facts_stand_on(services: Services) -> None:
    answer = ask(services, "Which tunnel shall take its place?")
    assert all(passage.document != "paper" for passage in answer.passages)


def test_the_texts_of_documents_change_no_outcome_and_no_fact(services: Services) -> None:
    for question in ("Ningbo", "How many cars does the ferry of Ningbo carry?", "buses of Ningbo", "pi"):
        with_them, without = ask(services, question), ask(replace(services, passages=NoPassages()), question)
        assert replace(with_them, passages=()) == without

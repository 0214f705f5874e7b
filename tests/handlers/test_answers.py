"""What the engine answers, and what it says when the base does not hold it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.answer import FACTS_PER_PAGE
from handlers.registry import SLASH
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Weight
from knowledge.overlay import Overlay
from tests.conftest import Asker
from tests.handlers.shown import ids
from tests.knowledge.small import DOCUMENT, seeds


def test_a_choice_asks_a_question_that_is_answered_as_it_says(ask: Asker) -> None:
    for command, text in (
        ("/yrd-pair", "Hangzhou and Suzhou"),
        ("/yrd-city", "Taizhou"),
        ("/yrd-city", "Chzhou"),
    ):
        for choice in ask(text, command).choices:
            follow_up = ask(choice.text, choice.command)
            assert follow_up.outcome in ("answer", "unknown")
            assert not follow_up.choices or follow_up.outcome == "answer"


@pytest.mark.parametrize("command", [command.name for command in SLASH if command.name != "/yrd-digest"])
def test_a_command_without_text_shows_something_to_go_on_with(ask: Asker, command: str) -> None:
    answer = ask("", command)
    assert answer.outcome == "answer"
    assert answer.sections


def test_a_long_listing_has_pages_that_differ_and_end(ask: Asker) -> None:
    first, second = ask("", "/yrd-city"), ask("", "/yrd-city", page=2)
    assert first.pages > 1
    assert first.sections != second.sections
    assert ask("", "/yrd-city", page=999).page == first.pages


def test_pages_of_facts_hold_every_fact_once(ask: Asker) -> None:
    first = ask("Hangzhou", "/yrd-city")
    seen = [
        fact for page in range(1, first.pages + 1) for fact in ids(ask("Hangzhou", "/yrd-city", page=page))
    ]
    assert len(seen) == len(set(seen)) == first.total
    assert len(first.lines) == FACTS_PER_PAGE


def test_nothing_is_generated_a_headline_states_no_fact(ask: Asker) -> None:
    for text in ("Huainan", "Which district is twinned with Huainan?", "GDP of Xuzhou in 2018"):
        answer = ask(text)
        assert not any(line.fact.statement in answer.headline for line in answer.lines)
        assert all(line.fact.citations for line in answer.lines)


def test_a_word_of_yrd_counts_only_if_the_rest_parses_for_it(ask: Asker) -> None:
    assert ask("fact xu-twinning-001").sections
    assert not ask("fact checking in Hangzhou").sections
    assert ask("source xu-twinning").sections
    assert (
        ask("source of the Suzhou figure").outcome != "answer"
        or not ask("source of the Suzhou figure").sections
    )


def test_an_unknown_command_says_so(ask: Asker) -> None:
    assert "/yrd help" in ask("x", "/nosuch").headline


@pytest.mark.parametrize(("documents", "said"), [(1, "1 document"), (7, "7 documents")])
def test_the_documents_are_counted_as_the_base_has_them(documents: int, said: str) -> None:
    several = tuple(DOCUMENT.model_copy(update={"slug": f"ports-{number}"}) for number in range(documents))
    unlikely = (Weight(feature="constant", answers=-5),)
    ask = Asker(Services(FactBase(seeds(documents=several, weights=unlikely), "v1")))
    assert f" of {said}, each" in ask("help").headline
    assert ask("What is the best recipe for apple pie?").headline.endswith(f"topics, from {said}.")


@pytest.mark.parametrize("stands", [True, False])
def test_a_document_of_the_teams_own_is_counted_while_a_fact_rests_on_it(
    base: FactBase, stands: bool
) -> None:
    own = DOCUMENT.model_copy(update={"slug": "of-the-team"})
    cited = base.facts[0].citations[0].model_copy(update={"document": own.slug})
    fact = base.facts[0].model_copy(update={"id": "team-001", "citations": (cited,)})
    view = base.with_overlay(Overlay(revision=1, documents=(own,), facts=(fact,) * stands))
    count = len(base.seeds.documents) + stands
    assert f"facts of {count} documents, each" in Asker(Services(view))("help").headline
    assert len(Asker(Services(view))("source").sections[0].entries) == count


@given(
    st.text(max_size=60)
    | st.sampled_from(["foo", "Hangzhou", "Hangzhou, Ningbo, Hefei", "ports and Hangzhou"])
)
def test_a_button_that_compares_takes_any_text(ask: Asker, text: str) -> None:
    answer = ask(text, verb="compare")
    assert answer.headline
    assert answer.lines or answer.outcome in ("unknown", "refused")

"""What a document says on something is answered from that document alone."""

from __future__ import annotations

import pytest

from knowledge.base import FactBase
from tests.conftest import Asker


@pytest.mark.parametrize(
    ("text", "document", "word"),
    [
        ("What does Xu Qimin say about homogenization?", "xu-homogenization", "homogenization"),
        ("What does Han say about the Golden Triangle?", "han-huaihai", "Golden Triangle"),
        ("What does Cao think of enclaves?", "cao-layout", "enclave"),
        ("What did Xu et al. say about Chuzhou?", "xu-twinning", "Chuzhou"),
        ("According to Han, what is the GDP of Xuzhou?", "han-huaihai", "GDP"),
        ("What does the Zhejiang news item say about talent?", "zhejiang-integration", "talent"),
    ],
)
def test_the_facts_of_that_document_on_it_answer(ask: Asker, text: str, document: str, word: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.headline) == ("answer", "")
    assert all(document in line.fact.documents for line in answer.lines)
    assert word in answer.lines[0].fact.statement


def test_of_authors_of_one_name_all_are_meant(ask: Asker) -> None:
    shown = {
        document for line in ask("What does Xu say about Shanghai?").lines for document in line.fact.documents
    }
    assert shown <= {"xu-homogenization", "xu-twinning"}


def test_what_no_fact_of_that_document_speaks_of_is_said(ask: Asker, base: FactBase) -> None:
    answer = ask("What does Cao say about ports?")
    assert (answer.outcome, answer.headline) == ("unknown", "No fact from Cao, undated speaks of “ports”.")
    ports = base.entity("ports")
    assert ports is not None
    assert not [fact for fact in base.facts_of(ports) if "cao-layout" in fact.documents]


@pytest.mark.parametrize("text", ["Who says that cities compete?", "What do people say about Hangzhou?"])
def test_where_no_document_is_named_it_is_any_question(ask: Asker, text: str) -> None:
    assert not ask(text).headline.startswith("No fact from")

"""A document is known by what people call it, and what is asked of it is told from it."""

from __future__ import annotations

import pytest

from tests.conftest import Asker

CALLED = {
    "Cao, undated": ("Summarise the Cao paper", "the Cao paper", "总结一下曹的论文", "Cao's article"),
    "Xu Qimin 2018-06-23": ("summary of the Xu Qimin article", "the Wenhui article", "文汇报文章讲了什么"),
    "Xu et al. 2024": ("the Anhui paper", "Tell me about the twinning study", "总结安徽论文"),
    "Han, undated": ("the Huaihai paper", "Han's paper", "What does the Huaihai paper say?", "韩的论文"),
    "Zhejiang news item, undated": ("the news item", "What is the news item about?"),
}


@pytest.mark.parametrize(
    ("label", "text"), [(label, text) for label, texts in CALLED.items() for text in texts]
)
def test_what_people_call_a_document_opens_its_page(ask: Asker, label: str, text: str) -> None:
    assert ask(text).headline.startswith(f"{label}: ")


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("What fiscal policies does the Anhui paper recommend?", "xu-twinning"),
        ("What does the Wenhui article say about Sunday Engineers?", "xu-homogenization"),
        ("What does the news item say about ports?", "zhejiang-integration"),
    ],
)
def test_what_is_asked_of_a_document_is_told_from_it(ask: Asker, text: str, document: str) -> None:
    answer = ask(text)
    assert answer.outcome == "answer"
    assert {slug for line in answer.lines for slug in line.fact.documents} == {document}

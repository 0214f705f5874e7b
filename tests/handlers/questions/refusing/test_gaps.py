"""What a curator wrote down that no document states is told with its sources, whole."""

from __future__ import annotations

import pytest

from tests.conftest import Asker


@pytest.mark.parametrize(
    ("command", "text"), [("/yrd", "What is the weather in Shanghai?"), ("/yrd-topic", "weather")]
)
def test_of_many_citations_those_that_do_not_fit_are_counted(ask: Asker, command: str, text: str) -> None:
    assert ask(text, command).headline.endswith("Xu et al. 2024, para 1; and 1 more)")


def test_what_stands_beside_a_figure_is_not_denied(ask: Asker) -> None:
    assert (
        "Jining's and Linyi's beside it"
        in ask("Where does Xuzhou rank among Jiangsu's cities by GDP?").headline
    )


def test_a_name_that_is_not_held_is_told_with_what_the_base_covers(ask: Asker) -> None:
    assert ask("Nothing on 李强").headline.startswith("Nothing on 李强. The base covers cooperation")


@pytest.mark.parametrize(
    "text", ["每周", "summarize the paper weekly", "Tell me weekly about blockchain", "translate blockchain"]
)
def test_what_is_to_be_done_with_an_answer_is_never_told_as_lacking(ask: Asker, text: str) -> None:
    said = ask(text).headline
    assert [word for word in ("每周", "summarize", "weekly", "translate") if f"“{word}”" in said] == []

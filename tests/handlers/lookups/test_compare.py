"""Two records side by side: what is alike stands beside each other."""

from __future__ import annotations

from tests.conftest import Asker
from tests.handlers.shown import ids


def test_two_mechanisms_are_compared_by_what_they_are_first_and_never_by_references(ask: Asker) -> None:
    answer = ask("compare twinning and counterpart assistance")
    assert [line.group for line in answer.lines[:2]] == [
        "What it is: Twinning cooperation",
        "What it is: Counterpart assistance",
    ]
    assert "xu-twinning-021" in ids(answer)


def test_two_cities_are_compared_by_their_ties(ask: Asker) -> None:
    answer = ask("compare Nanjing, Hangzhou")
    assert ids(answer)[:2] == ["xu-twinning-045", "xu-twinning-050"]


def test_figures_of_two_cities_stand_beside_each_other(ask: Asker) -> None:
    assert ids(ask("compare Xuzhou and Jining"))[:2] == ["han-huaihai-078", "han-huaihai-079"]


def test_every_fact_on_either_stands_once(ask: Asker) -> None:
    first = ask("compare Nanjing, Hangzhou")
    pages = [ask("compare Nanjing, Hangzhou", page=number) for number in range(1, first.pages + 1)]
    # What a page is told to disagree with stands beside it.
    shown = {fact for page in pages for fact in ids(page)}
    assert len(shown) >= first.total


def test_what_is_part_of_the_other_is_said_to_be(ask: Asker) -> None:
    for text in ("compare twinning and counterpart assistance", "compare counterpart assistance, twinning"):
        assert ask(text).headline.startswith("Twinning cooperation is a form of Counterpart assistance. ")
    assert ask("compare Shanghai and Minhang").headline.startswith("Minhang lies in Shanghai. ")
    assert " lies in " not in ask("compare Xuzhou and Jining").headline


def test_what_nothing_is_held_of_is_said_in_a_sentence(ask: Asker) -> None:
    assert ask("compare Huzhou and Zhoushan").headline == "Huzhou: 2 facts. No fact is about Zhoushan."

"""Two records side by side: what is alike stands beside each other."""

from __future__ import annotations

from handlers.answer import Line
from knowledge.base import FactBase
from knowledge.model import Named
from tests.conftest import Asker
from tests.handlers.shown import ids


def test_two_mechanisms_are_compared_by_what_they_are_first_and_never_by_references(ask: Asker) -> None:
    answer = ask("compare twinning and counterpart assistance")
    assert [line.group for line in answer.lines[:2]] == ["What it is", "What it is"]
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


def test_facts_on_both_are_counted_once_and_said_to_be_on_both(ask: Asker, base: FactBase) -> None:
    answer = ask("Xuzhou vs Jining")
    one, other = (set(base.facts_of(record)) for record in _records(base, "xuzhou", "jining"))
    assert answer.headline == (
        f"Xuzhou beside Jining: {len(one)} and {len(other)} facts, {len(one & other)} of them on both."
    )
    assert answer.total == len(one | other)


def test_the_headings_are_those_of_other_pages(ask: Asker) -> None:
    pages = {line.group for name in ("Xuzhou", "Jining") for line in _every_line(ask, name)}
    assert {line.group for line in _every_line(ask, "compare Xuzhou and Jining")} <= pages


def _every_line(ask: Asker, text: str) -> list[Line]:
    pages = ask(text).pages
    return [line for number in range(1, pages + 1) for line in ask(text, page=number).lines]


def _records(base: FactBase, *slugs: str) -> list[Named]:
    return [record for slug in slugs if (record := base.entity(slug))]


def test_what_is_part_of_the_other_is_said_to_be(ask: Asker) -> None:
    for text in ("compare twinning and counterpart assistance", "compare counterpart assistance, twinning"):
        assert ask(text).headline.startswith("Twinning cooperation is a form of Counterpart assistance. ")
    assert ask("compare Shanghai and Minhang").headline.startswith("Minhang lies in Shanghai. ")
    assert " lies in " not in ask("compare Xuzhou and Jining").headline


def test_what_nothing_is_held_of_is_said_in_a_sentence(ask: Asker) -> None:
    assert ask("compare Huzhou and Zhoushan").headline == "Huzhou: 2 facts. No fact is about Zhoushan."

"""What a fact states stands in what it cites, or the curator says where it is from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge.checks import grounding, report
from knowledge.model import Fact
from tests.conftest import SEEDS
from tests.knowledge.small import CITED, TEXT, fact, gap, seeds, sources


def problems(folder: Path, *facts: Fact, text: str = TEXT) -> list[tuple[str, str]]:
    curated = seeds(*facts)
    return [(p.field, p.message) for p in grounding.check(curated, sources(curated, folder, text))]


def test_a_fact_that_stands_in_its_paragraph_holds(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


def test_a_gap_stands_where_it_says(tmp_path: Path) -> None:
    moved = gap(citations=[{"document": "ports", "paragraph": 4, "anchor": "Oldham of the Board"}])
    curated = seeds(gaps=(gap(), moved.model_copy(update={"id": "ports-gap-002"})))
    (found,) = grounding.check(curated, sources(curated, tmp_path))
    assert (found.file, found.record, found.field) == ("gaps.toml", "ports-gap-002", "anchor")


def test_names_hold_through_aliases_and_numbers_through_formats(tmp_path: Path) -> None:
    said = "In 2018-06 Aburg, with 20 harbours and 1/4 of the goods, agreed on 3000000000 crowns."
    assert problems(tmp_path, fact(statement=said)) == []


@pytest.mark.parametrize(
    ("said", "token"),
    [
        ("Aville and Bton agreed on 4 billion crowns.", "4 billion"),
        ("Aville and Bton agreed in May on a treaty.", "May"),
        ("Aville agreed with Ctown.", "Ctown"),
        ("Ctown agreed with Aville.", "Ctown"),
        ("Three cities signed a treaty with Aville.", "Three"),
        ("Aville agreed with Oldham.", "Oldham"),
    ],
)
def test_what_the_cited_paragraph_does_not_print_is_found(tmp_path: Path, said: str, token: str) -> None:
    [(field, message)] = problems(tmp_path, fact(statement=said))
    assert field == "statement"
    assert f"“{token}”" in message


def test_what_the_title_or_the_heading_prints_holds(tmp_path: Path) -> None:
    assert problems(tmp_path, fact(statement="Northland has a part 1 on Aville.")) == []


def test_what_is_supplied_with_its_source_holds(tmp_path: Path) -> None:
    supplied = [{"token": "Ctown", "source": "the treaty itself"}]
    many = [fact(number) for number in range(2, 10)]
    assert problems(tmp_path, fact(statement="Aville, not Ctown, signed.", supplied=supplied), *many) == []


def test_supplying_what_is_printed_or_not_stated_is_found(tmp_path: Path) -> None:
    supplied = [{"token": "Aville", "source": "guessed"}, {"token": "Dham", "source": "guessed"}]
    many = [fact(number) for number in range(2, 10)]
    found = [message for _, message in problems(tmp_path, fact(supplied=supplied), *many)]
    assert [message.split("”")[0] for message in found] == ["“Aville", "“Dham"]


def test_more_than_fifteen_percent_of_facts_with_supplied_is_too_much(tmp_path: Path) -> None:
    supplied = [{"token": "Ctown", "source": "the treaty itself"}]
    one = fact(statement="Aville, not Ctown, signed.", supplied=supplied)
    five, six = ([fact(number) for number in range(2, last)] for last in (7, 8))
    assert [field for field, _ in problems(tmp_path, one, *five)] == ["supplied"]
    assert problems(tmp_path, one, *six) == []


def test_a_date_or_a_year_of_a_figure_that_nothing_prints_is_found(tmp_path: Path) -> None:
    figures = [{"value": 3, "unit": "billion crowns", "year": 2017, "of": "treaty"}]
    found = problems(tmp_path, fact(date="2018-07", figures=figures))
    assert [field for field, _ in found] == ["date", "figures"]


def test_an_anchor_that_is_not_in_the_paragraph_is_found(tmp_path: Path) -> None:
    found = problems(tmp_path, fact(citations=[CITED | {"anchor": "governments of Aville and Ctown"}]))
    assert [field for field, _ in found] == ["anchor"]


def test_a_changed_paragraph_is_found(tmp_path: Path) -> None:
    changed = TEXT.replace("leave the country", "leave the land")
    [(field, message)] = problems(tmp_path, text=changed)
    assert field == "sha256"
    assert "not the paragraph" in message


def test_a_document_that_is_not_here_is_one_problem_and_no_trace(tmp_path: Path) -> None:
    curated = seeds()
    reading = sources(curated, tmp_path)
    (tmp_path / "ports.txt").unlink()
    reading = type(reading)(curated, tmp_path)
    assert [p.record for p in grounding.check(curated, reading)] == ["ports"]


@pytest.mark.skipif(
    "YRD_DOCUMENTS" not in os.environ, reason="YRD_DOCUMENTS does not name the documents' folder"
)
def test_the_projects_own_seeds_pass_every_check_against_the_documents() -> None:
    made = report.make(SEEDS, Path(os.environ["YRD_DOCUMENTS"]))
    assert made.with_documents
    assert {check: list(map(str, found)) for check, found in made.problems.items() if found} == {}

"""Every number, date and name of the documents is in a fact, or listed with a reason."""

from __future__ import annotations

from pathlib import Path

from knowledge.checks import coverage as checks_coverage
from knowledge.checks.coverage import BlockCoverage
from knowledge.model import Fact, Leftover
from knowledge.vocabulary import Reason
from tests.knowledge.small import OLDHAM, TEXT, board, fact, seeds, sources

HARBOURS = fact(2, statement="Twenty harbours ship 1/4 of the goods sent abroad.")
TITLED = fact(
    4,
    statement="The paper is about ports of Northland.",
    citations=[{"document": "ports", "paragraph": 1, "anchor": "On the Ports of"}],
)
EXPECTS = fact(
    3, statement="Oldham of the Harbour Board hopes.", citations=[OLDHAM], subjects=["harbour-board"]
)


def blocks(folder: Path, *facts: Fact, text: str = TEXT) -> tuple[BlockCoverage, ...]:
    curated = seeds(*facts, organisations=(board(),))
    return checks_coverage.blocks(curated, sources(curated, folder, text))


def left(token: str, paragraph: int = 1, reason: Reason = Reason.HEADING) -> Leftover:
    return Leftover(document="ports", paragraph=paragraph, token=token, reason=reason)


TITLE = (left("Ports"), left("Northland"))
HOWEVER = left("However", 4, Reason.GRAMMAR)


def found(covered: tuple[BlockCoverage, ...], *leftovers: Leftover) -> list[tuple[str, str]]:
    return [(p.record, p.message.split("”")[0].strip("“")) for p in checks_coverage.check(covered, leftovers)]


def test_facts_that_hold_everything_leave_nothing_over(tmp_path: Path) -> None:
    covered = blocks(tmp_path, fact(), HARBOURS, EXPECTS, TITLED)
    assert found(covered, HOWEVER) == []


def test_a_number_and_a_name_in_no_fact_are_found(tmp_path: Path) -> None:
    covered = blocks(tmp_path, fact(), EXPECTS, TITLED)
    assert found(covered, HOWEVER) == [("ports 3", "twenty"), ("ports 3", "one quarter")]


def test_a_fact_that_cites_another_paragraph_covers_nothing_here(tmp_path: Path) -> None:
    elsewhere = fact(2, statement="Twenty harbours ship 1/4 of the goods, Oldham says.", citations=[OLDHAM])
    covered = blocks(tmp_path, fact(), elsewhere, TITLED)
    assert ("ports 3", "twenty") in found(covered, HOWEVER)


def test_a_paragraph_that_no_fact_cites_is_found_unless_it_is_a_heading_or_too_short(tmp_path: Path) -> None:
    covered = blocks(tmp_path, fact(), HARBOURS, TITLED)
    uncited = [
        p.record for p in checks_coverage.check(covered, ()) if p.message == "no fact cites this paragraph"
    ]
    assert uncited == ["ports 4"]


def test_a_reason_for_what_is_covered_is_found(tmp_path: Path) -> None:
    covered = blocks(tmp_path, fact(), HARBOURS, EXPECTS, TITLED)
    assert found(covered, HOWEVER, left("Aville", 3)) == [("ports 3", "Aville")]


def test_a_line_that_stands_twice_is_found(tmp_path: Path) -> None:
    covered = blocks(tmp_path, fact(), HARBOURS, EXPECTS, TITLED)
    assert found(covered, HOWEVER, HOWEVER) == [("ports 4", "However")]


def test_the_table_counts_what_is_covered_and_what_is_left_over_by_reason(tmp_path: Path) -> None:
    covered = blocks(tmp_path, fact(), HARBOURS, EXPECTS)
    [row] = checks_coverage.table(covered, (*TITLE, HOWEVER))
    assert (row.blocks, row.cited, row.excused) == (5, 2, 2)
    assert row.tokens - row.covered == sum(row.left_over.values())
    assert (row.left_over[Reason.GRAMMAR], row.left_over[Reason.HEADING]) == (1, 2)

"""Facts are in the curator's words."""

from __future__ import annotations

from pathlib import Path

from knowledge.checks import copying
from tests.knowledge.small import TEXT, fact, gap, seeds, sources


def copied(folder: Path, statement: str, text: str = TEXT, caveat: str = "") -> list[str]:
    curated = seeds(fact(statement=statement, caveat=caveat))
    return [problem.message for problem in copying.check(curated, sources(curated, folder, text))]


def test_own_words_pass(tmp_path: Path) -> None:
    assert copied(tmp_path, "Aville and Bton agreed on 3 billion crowns in June 2018.") == []


def test_eight_words_in_a_row_pass_and_nine_do_not(tmp_path: Path) -> None:
    assert copied(tmp_path, "Harbours handle one quarter of all goods that leave by sea.") == []
    [message] = copied(tmp_path, "They handle 1 share of all goods that leave the country by sea.")
    assert message.startswith("9 words in a row")


def test_a_page_break_hides_no_run(tmp_path: Path) -> None:
    broken = TEXT.replace("goods that leave", "goods that\n\nleave")
    assert copied(tmp_path, "Theirs is a share of all goods that leave the country by sea.", broken)


def test_a_sentence_copied_whole_is_found_though_it_is_short(tmp_path: Path) -> None:
    [message] = copied(
        tmp_path, "The Harbour Board speaks. However, Oldham of the Harbour Board expects more."
    )
    assert "sentence" in message


def test_a_caveat_is_held_to_the_same(tmp_path: Path) -> None:
    assert copied(
        tmp_path, "Aville signed.", caveat="Printed is: quarter of all goods that leave the country by."
    )


def test_a_run_of_names_numbers_and_connectives_belongs_to_nobody(tmp_path: Path) -> None:
    text = TEXT + "\nThe pact of 2018 by Aville, Bton, Ctown, Dham, Eford, Fham and Gport holds.\n"
    assert copied(tmp_path, "Signed in 2018 by Aville, Bton, Ctown, Dham, Eford, Fham and Gport.", text) == []


def test_an_ask_and_a_gap_are_held_to_the_same(tmp_path: Path) -> None:
    asked = "Which share of all goods that leave the country by sea?"
    said = gap(asked, statement="No year is given for a quarter of all goods that leave the country by sea.")
    curated = seeds(fact(asks=[asked]), gaps=(said,))
    found = copying.check(curated, sources(curated, tmp_path))
    assert [(problem.record, problem.field) for problem in found] == [
        ("ports-001", "asks"),
        ("ports-gap-001", "statement"),
        ("ports-gap-001", "asks"),
    ]

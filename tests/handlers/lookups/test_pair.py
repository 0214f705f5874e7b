"""Two places, and what ties them."""

from __future__ import annotations

import pytest

from tests.conftest import Asker
from tests.handlers.shown import statements

SEPARATED = ("Minhang and Huainan", "minhang/huainan", "Huainan, Minhang", "Minhang - Huainan", "huainan minhang",
             "Minhang–Huainan", "Minhang & Huainan", "between Minhang and Huainan", "Minhang with Huainan",
             "闵行和淮南", "闵行区、淮南市", "Minhang District vs. Huainan City", "minhang → huainan", "minhagn huainan")  # fmt: skip


@pytest.mark.parametrize("text", SEPARATED)
def test_a_pair_is_found_in_either_order_with_any_separator(ask: Asker, text: str) -> None:
    answer = ask(text, "/yrd-pair")
    assert answer.outcome == "answer", answer.headline
    assert "Minhang" in statements(answer)


def test_two_known_places_without_a_tie_differ_from_an_unknown_name(ask: Asker) -> None:
    known = ask("Wenzhou and Lianyungang", "/yrd-pair")
    unknown = ask("Wenzhou and Qwrtpsdfg", "/yrd-pair")
    assert known.outcome == unknown.outcome == "unknown"
    assert known.headline == "No pairing of Wenzhou and Lianyungang is recorded."
    assert unknown.headline.startswith("Nothing on Qwrtpsdfg. On Wenzhou the base has")


def test_one_place_lists_its_pairings(ask: Asker) -> None:
    answer = ask("Hangzhou", "/yrd-pair")
    assert answer.outcome == "answer"
    assert answer.choices


def test_a_pair_with_a_shared_spelling_is_asked(ask: Asker) -> None:
    answer = ask("Hangzhou and Suzhou", "/yrd-pair")
    assert answer.outcome == "ambiguous"
    assert {choice.id for choice in answer.choices} == {"hangzhou+suzhou-jiangsu", "hangzhou+suzhou-anhui"}


TIES = {
    "Minhang and Huainan": "xu-twinning-039",
    "Huainan": "xu-twinning-039",
    "Nanjing - Chuzhou": "xu-twinning-045",
    "Hangzhou": "xu-twinning-050",
    "Hangzhou and 宿州": "xu-twinning-050",
}


@pytest.mark.parametrize("text", TIES)
def test_the_tie_itself_comes_first(ask: Asker, text: str) -> None:
    assert ask(text, "/yrd-pair").lines[0].fact.id == TIES[text]


def test_two_places_with_one_pairing_get_its_line(ask: Asker) -> None:
    assert ask("Minhang and Huainan", "/yrd-pair").headline == ask("Minhang-Huainan twinning").headline


def test_pairings_that_are_doubted_of_a_place_stand_last_and_are_counted(ask: Asker) -> None:
    first, last = ask("Hangzhou", "/yrd-pair"), ask("Hangzhou", "/yrd-pair", 99)
    assert "4 of them probably meant of another place" in first.headline
    assert {line.group for line in last.lines} == {"Printed of Hangzhou, probably meant of another place"}

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


ONLY_ONE_TIED = {
    "Hangzhou Suzhou": ("hangzhou-suzhou-anhui", "“Suzhou” read as Suzhou (Anhui): nothing is recorded between Hangzhou and Suzhou (Jiangsu)."),
    "Suzhou and Jiashan": ("sino-singapore-jiashan-park", "“Suzhou” read as Suzhou (Jiangsu): nothing is recorded between Suzhou (Anhui) and Jiashan."),
    "Yulin, Baotou": ("baotou-yulin-metals-cluster", "“Yulin” read as Yulin (Shaanxi): nothing is recorded between Yulin (Guangxi) and Baotou."),
}  # fmt: skip


@pytest.mark.parametrize("text", ONLY_ONE_TIED)
def test_a_shared_spelling_is_read_as_the_only_place_that_is_tied_and_the_other_has_a_button(
    ask: Asker, text: str
) -> None:
    answer, (pairing, read) = ask(text, "/yrd-pair"), ONLY_ONE_TIED[text]
    assert answer.outcome == "answer"
    assert pairing in answer.lines[0].fact.subjects
    assert answer.read == (read,)
    (other,) = answer.choices
    assert ask(other.text, other.command, verb=other.verb, target=other.target).outcome == "unknown"


@pytest.mark.parametrize("text", ["Suzhou and Hefei", "Suzhou / Taizhou"])
def test_a_shared_spelling_of_which_no_reading_is_tied_is_asked(ask: Asker, text: str) -> None:
    answer = ask(text, "/yrd-pair")
    assert answer.outcome == "ambiguous"
    assert all("(no pairing recorded)" in choice.label for choice in answer.choices)


def test_a_question_that_names_two_places_says_as_what_a_shared_name_was_read(ask: Asker) -> None:
    assert ask("Hangzhou and Suzhou").read == ("“Suzhou” read as Suzhou (Anhui).",)
    assert ask("Hangzhou and Suzhou in Anhui").read == ()


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
    assert "4 more pairings, with 9 facts, print Hangzhou where Shanghai is probably meant." in first.headline
    assert {line.group for line in last.lines} == {"Hangzhou is printed where Shanghai is probably meant"}


def test_of_a_province_pairings_that_are_doubted_of_its_cities_say_of_which(ask: Asker) -> None:
    first, last = ask("Zhejiang", "/yrd-pair"), ask("Zhejiang", "/yrd-pair", 99)
    assert "print a place where another is probably meant." in first.headline
    assert last.lines[-1].group == "Ningbo is printed where Shenzhen is probably meant"


def test_what_a_fact_warns_of_is_not_noted_of_its_pairing_again(ask: Asker) -> None:
    assert ask("Hangzhou-Suzhou (Anhui) twinning").notes == ()
    assert ask("Nanjing and Chuzhou", "/yrd-pair").notes == ()
    assert ask("Hangzhou metropolitan area").notes

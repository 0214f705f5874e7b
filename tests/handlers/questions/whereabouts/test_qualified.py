"""A province beside a name decides which place is meant, and where it is wrong that is said first."""

from __future__ import annotations

import pytest

from handlers.questions.whereabouts.qualified import qualified
from knowledge.base import FactBase
from tests.conftest import Asker


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Suzhou in Anhui", "Suzhou (Anhui) 宿州"),
        ("Suzhou, Anhui Province", "Suzhou (Anhui) 宿州"),
        ("Suzhou in Jiangsu", "Suzhou (Jiangsu) 苏州"),
        ("Taizhou, Jiangsu", "Taizhou (Jiangsu) 泰州"),
        ("Taizhou in Jiangsu", "Taizhou (Jiangsu) 泰州"),
        ("安徽苏州", "Suzhou (Anhui) 宿州"),
        ("安徽省蘇州市", "Suzhou (Anhui) 宿州"),
        ("苏州（安徽）", "Suzhou (Anhui) 宿州"),
        ("江苏的台州", "Taizhou (Jiangsu) 泰州"),
        ("江苏宿州", "Suzhou (Jiangsu) 苏州"),
    ],
)
@pytest.mark.parametrize("command", ["/yrd", "/yrd-city"])
def test_a_province_decides_between_places_of_one_name_or_sound(
    ask: Asker, command: str, text: str, place: str
) -> None:
    assert ask(text, command).headline.startswith(f"{place}, prefecture-level city")


@pytest.mark.parametrize(
    "text", ["安徽苏州和谁结对", "Who is Suzhou in Anhui twinned with?", "安徽的苏州跟谁结对？"]
)
def test_it_does_so_in_a_question(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.headline, answer.lines[0].value) == ("", "Hangzhou, Zhejiang")


def test_what_is_written_otherwise_than_the_place_that_is_read_is_told(ask: Asker) -> None:
    assert ask("安徽苏州和谁结对").read == ("“安徽苏州” read as Suzhou (Anhui), 宿州.",)
    assert ask("Who is Suzhou in Anhui twinned with?").read == ()


HUAINAN = "Huainan lies in Anhui, not in Zhejiang."
HANGZHOU = "Hangzhou lies in Zhejiang, not in Anhui."


@pytest.mark.parametrize(
    ("text", "said", "goes_on"),
    [
        ("浙江淮南", HUAINAN, "Huainan 淮南"),
        ("浙江省淮南市", HUAINAN, "Huainan 淮南"),
        ("Huainan in Zhejiang", HUAINAN, "Huainan 淮南"),
        ("Hangzhou (Anhui)", HANGZHOU, "Hangzhou 杭州"),
        ("Hangzhou, Anhui", HANGZHOU, "Hangzhou 杭州"),
        ("Anhui's Hangzhou", HANGZHOU, "Hangzhou 杭州"),
        ("Suzhou in Shandong", "Suzhou lies in Jiangsu or Anhui, not in Shandong.", "“Suzhou” is the name of 2"),
    ],
)  # fmt: skip
def test_where_no_place_of_that_name_lies_there_that_is_said_first(
    ask: Asker, text: str, said: str, goes_on: str
) -> None:
    assert ask(text).headline.startswith(f"{said} {goes_on}")


@pytest.mark.parametrize(
    "text", ["浙江淮南和谁结对", "Who is Huainan, Zhejiang paired with?", "Who is Huainan in Zhejiang twinned with?"]
)  # fmt: skip
def test_a_question_is_answered_behind_that(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.headline, answer.lines[0].value) == (HUAINAN, "Minhang District, Shanghai")


@pytest.mark.parametrize(
    "text",
    [
        "Which city is twinned with Hangzhou in Anhui?",
        "Compare Hangzhou, Anhui and Shanghai",
        "Shanghai, Ningbo, Jiangsu",
        "Hangzhou Anhui",
        "Hangzhou and Anhui",
        "安徽淮南和上海闵行",
        "江苏南京都市圈",
        "Jiangsu, Zhejiang and Anhui",
        "Nanjing in Jiangsu",
        "What do Shanghai, Jiangsu and Zhejiang do for northern Anhui?",
    ],
)
def test_what_only_stands_beside_a_province_is_left_as_it_is(base: FactBase, text: str) -> None:
    assert qualified(base, text) is None


def test_whether_a_place_lies_somewhere_is_still_answered(ask: Asker) -> None:
    assert ask("Is Huainan in Zhejiang?").headline.startswith("No, Huainan does not lie in Zhejiang.")


def test_a_pair_is_named_with_a_province(ask: Asker) -> None:
    for text in ("Suzhou in Anhui and Hangzhou", "安徽苏州 杭州"):
        assert ask(text, "/yrd-pair").headline.startswith("Hangzhou-Suzhou (Anhui) twinning")

"""One field names a source in any way that people write one, and says what was understood of it."""

from __future__ import annotations

import pytest

from handlers.answer import Refused
from handlers.curation import source
from handlers.curation.source import Source
from handlers.draft import Draft
from knowledge.base import FactBase


@pytest.mark.parametrize(
    "typed",
    [
        "Xu 2024 4.1.1 para 32", "xu-twinning para 32", "Xu et al. 2024, 4.1.1, para 32", "Xu et al 2024 ¶32",
        "xu et al. 2024 paragraph 32", "Xu 2024 §4.1.1 ¶ 32",
        "para 32 of Xu et al. 2024", "[Xu et al. 2024, para 32]", "see Xu et al. 2024 para 32",
        "Source: Xu et al. 2024, para 32", "Xu et al. 2024 para32", "See also para 32 in Xu 2024.",
    ],
)  # fmt: skip
def test_a_paragraph_of_a_document_is_named_as_people_name_it(base: FactBase, typed: str) -> None:
    assert source.read(base, typed) == Source(document="xu-twinning", paragraph=32)


def test_every_document_is_read_by_its_slug_its_title_and_as_readers_are_told_it(base: FactBase) -> None:
    for document in base.documents:
        wanted = Source(document=document.slug, paragraph=3)
        told = source.shown(base, Draft(document=document.slug, paragraph=3))
        for name in (
            f"{document.slug} para 3",
            f"{document.title}, para 3",
            f"{document.label}, para 3",
            told,
        ):
            assert source.read(base, name) == wanted, name


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Where does it stand?"),
        ("???", "Where does it stand?"),
        ("news", "Where does it stand?"),
        ("Xu 2024", "Which paragraph of Xu et al. 2024?"),
        ("Xu 2024 4.1.1", "Section 4.1.1 has 31-34: add one, such as “para 31”."),
        ("Xu 2024 para 9999", "Xu et al. 2024 has no paragraph 9999"),
        ("para 32", "Of which document? I know "),
        ("javascript:alert(1)", "That is no web address that I keep"),
        ("https://a:b@example.org/x", "holds no name, password or spaces"),
        ("ftp://example.org/x", "That is no web address that I keep"),
    ],
)
def test_what_lacks_is_asked_for(base: FactBase, typed: str, said: str) -> None:
    found = source.read(base, typed)
    assert isinstance(found, Refused)
    assert said in found.why


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("https://example.org/a", Source(url="https://example.org/a")),
        ("www.example.org/a.", Source(url="https://www.example.org/a")),
        (
            "https://example.org/a Harbour news, 4 May 2026",
            Source(url="https://example.org/a", title="Harbour news", published="2026-05-04"),
        ),
        (
            'Harbour news, https://example.org/a "opened a joint office"',
            Source(url="https://example.org/a", title="Harbour news", words="opened a joint office"),
        ),
        ("Zhang 2023, Journal of Ports, p. 12", Source(title="Zhang 2023, Journal of Ports, p. 12", published="2023")),
    ],
)  # fmt: skip
def test_a_page_or_a_reference_is_taken_with_what_stands_beside_it(
    base: FactBase, typed: str, found: Source
) -> None:
    assert source.read(base, typed) == found


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2026", "2026"), ("2026-5", "2026-05"), ("2026-05-04", "2026-05-04"), ("May 2025", "2025-05"),
        ("4 May 2026", "2026-05-04"), ("May 4, 2026", "2026-05-04"), ("2026年5月4日", "2026-05-04"),
        ("last year", ""), ("2018 to 2020", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_date_is_read_as_it_is_written(typed: str, date: str) -> None:
    assert source.date_of(typed) == date


def test_what_was_understood_is_told_in_a_sentence(base: FactBase) -> None:
    told = [
        source.understood(base, Draft(document="xu-twinning", paragraph=32)),
        source.understood(base, Draft(url="https://example.org/a")),
        source.understood(base, Draft(title="Zhang 2023, p. 12")),
    ]
    assert [said.partition(": ")[2] for said in told] == [
        "Xu et al. 2024, 4.1.1, para 32, a document of the base.",
        "https://example.org/a, a page on example.org.",
        "Zhang 2023, p. 12, a reference that is none of the base’s documents.",
    ]


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("Xu et al. 2024, 4.1.1, paras 31-32", (32,)),
        ("Xu et al. 2024 paras 31 and 32", (32,)),
        ("paras 31, 33-35 of Xu et al. 2024", (33, 34, 35)),
        ("Xu et al. 2024 para 31, 4.1.1", ()),
    ],
)
def test_every_paragraph_that_is_named_is_kept_and_told_back(
    base: FactBase, typed: str, also: tuple[int, ...]
) -> None:
    found = source.read(base, typed)
    assert found == Source(document="xu-twinning", paragraph=31, also=also)
    told = source.shown(base, Draft(document="xu-twinning", paragraph=31, also=also))
    assert source.read(base, told) == found


def test_a_date_behind_a_paragraph_names_no_other(base: FactBase) -> None:
    assert source.read(base, "Xu Qimin para 5, 23 June 2018") == Source(
        document="xu-homogenization", paragraph=5
    )

"""One field names a source in any way that people write one, and says what was understood of it."""

from __future__ import annotations

import pytest

from handlers.answer import Refused
from handlers.curation.sources import dating, source, telling
from handlers.curation.sources.source import Source
from handlers.draft import Draft
from knowledge.base import FactBase


@pytest.mark.parametrize(
    "typed",
    [
        "Xu 2024 4.1.1 para 32", "xu-twinning para 32", "Xu et al. 2024, 4.1.1, para 32", "Xu et al 2024 ¶32",
        "xu et al. 2024 paragraph 32", "Xu 2024 §4.1.1 ¶ 32",
        "para 32 of Xu et al. 2024", "[Xu et al. 2024, para 32]", "see Xu et al. 2024 para 32",
        "Source: Xu et al. 2024, para 32", "Xu et al. 2024 para32", "See also para 32 in Xu 2024.",
        "Xu and Han 2024 para 32", "Jiayi Xu 2024, para 32", "Xu 2024 p. 9, para 32", "Xu 2024 32段",
        "结对论文第三十二段", "结对论文 第32段",
    ],
)  # fmt: skip
def test_a_paragraph_of_a_document_is_named_as_people_name_it(base: FactBase, typed: str) -> None:
    assert source.read(base, typed) == Source(document="xu-twinning", paragraph=32)


def test_every_document_is_read_by_its_slug_its_title_and_as_readers_are_told_it(base: FactBase) -> None:
    for document in base.documents:
        wanted = Source(document=document.slug, paragraph=3)
        told = telling.shown(base, Draft(document=document.slug, paragraph=3))
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
        ("news", "nothing that somebody else could look up"),
        ("I heard it", "nothing that somebody else could look up"),
        ("trust me", "such as “Xu et al. 2024 para 32”"),
        ("my own knowledge", "nothing that somebody else could look up"),
        ("Bob told me", "nothing that somebody else could look up"),
        ("大家都知道", "nothing that somebody else could look up"),
        ("Xu and Han 2024", "Which paragraph of Xu et al. 2024?"),
        ("Xu para 3", "Which one do you mean? Xu Qimin 2018-06-23; Xu et al. 2024."),
        ("Xu 2024", "Which paragraph of Xu et al. 2024?"),
        ("Xu 2024 4.1.1", "Section 4.1.1 has 31-34: add one, such as “para 31”."),
        ("Xu 2024 para 9999", "Xu et al. 2024 has no paragraph 9999"),
        ("para 32", "Of which document? I know "),
        ("javascript:alert(1)", "That is no web address that I keep"),
        ("https://a:b@example.org/x", "holds no name, password or spaces"),
        ("ftp://example.org/x", "That is no web address that I keep"),
        ("Xu et al. (2024), p. 5", "Xu et al. 2024 is cited by its paragraphs, and a page is none."),
        ("Xu & Han p.32", "Which paragraph? Add its number"),
        ("Xu 2024, pp. 5-6", "a page is none"),
        ("Xu 2024 32", "What is 32 in Xu et al. 2024? Write “Xu et al. 2024 para 32”"),
        (
            "xu-twinning-039",
            "xu-twinning-039 is a fact of the base, and no source. Cite what it cites: Xu et al. 2024",
        ),
        ("fact xu-twinning-039", "Cite what it cites"),
        ("team-999", "No fact has the id “team-999”"),
        ("the newspaper", "nothing that somebody else could look up"),
        ("Chapter 3", "nothing that somebody else could look up"),
        ("internal memo", "nothing that somebody else could look up"),
        ("internal memo of 2024", "nothing that somebody else could look up"),
        ("email from Bob", "nothing that somebody else could look up"),
        ("email from Bob, 3 May 2024", "nothing that somebody else could look up"),
        ("Newspaper 2024", "nothing that somebody else could look up"),
        ("Anhui Daily", "When did it appear?"),
        ("《合肥年鉴》", "When did it appear?"),
        ("https://a.org and https://b.org", "These are two addresses"),
        ("https://a.org/x, b.org/y", "These are two addresses"),
        ("https://example.org/a b", "“b” stands behind the address"),
        ("https://example.org/my report.pdf", "“report.pdf” stands behind the address"),
        ("Lab news 4/5/2026 https://example.org/a", "“4/5/2026” may be two dates"),
        ("Anhui Daily, 4/5/2026", "“4/5/2026” may be two dates"),
        (f"{'Lab news ' * 20}https://example.org/a", "is longer than 120 characters"),
        (f"{'Anhui Daily ' * 20}2024", "is longer than 120 characters"),
        ("http://10.0.0.1/x", "others do not reach"),
        ("http://127.0.0.1:8000/x", "others do not reach"),
        ("http://8.8.8.8/x", "others do not reach"),
        ("https://wiki.corp/x", "others do not reach"),
        ("http://printer.local/x", "others do not reach"),
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
        ("example.org/a", Source(url="https://example.org/a")),
        ("(https://example.org/a).", Source(url="https://example.org/a")),
        ("<https://example.org/a>", Source(url="https://example.org/a")),
        ("见https://example.org/a。", Source(url="https://example.org/a")),
        ("https://example.org/delta_(river)!", Source(url="https://example.org/delta_(river)")),
        (
            "[Harbour news](https://example.org/a), 4 May 2026",
            Source(url="https://example.org/a", title="Harbour news", published="2026-05-04"),
        ),
        ("doi:10.1016/j.cities.2020.102", Source(url="https://doi.org/10.1016/j.cities.2020.102")),
        ("DOI 10.1016/j.cities.2020.102.", Source(url="https://doi.org/10.1016/j.cities.2020.102")),
        ("www.example.org/a.", Source(url="https://www.example.org/a")),
        (
            "https://example.org/a Harbour news, 4 May 2026",
            Source(url="https://example.org/a", title="Harbour news", published="2026-05-04"),
        ),
        (
            'Harbour news, https://example.org/a "opened a joint office"',
            Source(url="https://example.org/a", title="Harbour news", words="opened a joint office"),
        ),
        ("[https://example.org/a](https://example.org/a)", Source(url="https://example.org/a")),
        (
            "https://example.org/a G60 office 2019-06",
            Source(url="https://example.org/a", title="G60 office", published="2019-06"),
        ),
        (
            "Lab news (May 2026): https://example.org/a",
            Source(url="https://example.org/a", title="Lab news", published="2026-05"),
        ),
        (
            "港口报 2025年1月3日 https://example.org/a",
            Source(url="https://example.org/a", title="港口报", published="2025-01-03"),
        ),
        ("2019-06 https://example.org/a", Source(url="https://example.org/a", published="2019-06")),
        (
            "Lab news, 4.5.2026, https://example.org/a, p. 4",
            Source(url="https://example.org/a", title="Lab news, p. 4", published="2026-05-04"),
        ),
        (
            "Lab news 24/5/2026 https://example.org/a",
            Source(url="https://example.org/a", title="Lab news", published="2026-05-24"),
        ),
        (
            "Report of the May 2024 summit, 3 June 2024 (https://example.org/a)",
            Source(url="https://example.org/a", title="Report of the May 2024 summit", published="2024-06-03"),
        ),
        ("Plan 2021-2035 https://example.org/a", Source(url="https://example.org/a", title="Plan 2021-2035")),
        ("3–5 May 2026 fair https://example.org/a", Source(url="https://example.org/a", title="3–5 May 2026 fair")),
        (
            "https://example.org/a (retrieved 3 May 2026)",
            Source(url="https://example.org/a", seen="3 May 2026"),
        ),
        (
            "Lab news, 2 May 2026, https://example.org/a, accessed on 2026-05-03",
            Source(url="https://example.org/a", title="Lab news", published="2026-05-02", seen="2026-05-03"),
        ),
        (
            "港口报 https://example.org/a （访问日期：2026年5月3日）",
            Source(url="https://example.org/a", title="港口报", seen="2026年5月3日"),
        ),
        ("Anhui Daily, 4.5.2024", Source(title="Anhui Daily, 4.5.2024", published="2024-05-04")),
        ("https://example.org/a, May 2026", Source(url="https://example.org/a", published="2026-05")),
        ("Anhui Daily, 3 May 2024", Source(title="Anhui Daily, 3 May 2024", published="2024-05-03")),
        ("hefei statistical yearbook 2023", Source(title="hefei statistical yearbook 2023", published="2023")),
        ("《合肥年鉴》2023", Source(title="《合肥年鉴》2023", published="2023")),
        ("安徽日报2024年5月3日", Source(title="安徽日报2024年5月3日", published="2024-05-03")),
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
        ("4 May 2026", "2026-05-04"), ("May 4, 2026", "2026-05-04"), ("4.5.2026", "2026-05-04"),
        ("24/5/2026", "2026-05-24"), ("5/24/2026", "2026-05-24"), ("4/5/2026", ""), ("31.2.2026", ""), ("2026年5月4日", "2026-05-04"),
        ("last year", ""), ("2018 to 2020", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_date_is_read_as_it_is_written(typed: str, date: str) -> None:
    assert dating.date_of(typed) == date


def test_a_page_is_told_with_its_date_and_read_back_from_that(base: FactBase) -> None:
    for title in ("", "Lab news", "Report of the May 2024 summit"):
        page = Source(url="https://example.org/a", title=title, published="2026-05")
        told = telling.shown(base, Draft(url=page.url, title=title, published=page.published))
        assert "2026-05" in told
        assert source.read(base, told) == page


def test_when_it_was_looked_up_is_said_not_to_be_kept() -> None:
    assert "3 May 2026, is not kept" in source.not_kept(
        "Lab news, https://example.org/a (retrieved 3 May 2026)"
    )
    assert source.not_kept("Lab news, 3 May 2026, https://example.org/a") == ""


def test_what_was_understood_is_told_in_a_sentence(base: FactBase) -> None:
    told = [
        telling.understood(base, Draft(document="xu-twinning", paragraph=32)),
        telling.understood(base, Draft(url="https://example.org/a")),
        telling.understood(base, Draft(title="Zhang 2023, p. 12")),
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
        ("结对论文第三十一至三十三段", (32, 33)),
        ("paras 31, 33-35 of Xu et al. 2024", (33, 34, 35)),
        ("Xu et al. 2024 para 31, 4.1.1", ()),
    ],
)
def test_every_paragraph_that_is_named_is_kept_and_told_back(
    base: FactBase, typed: str, also: tuple[int, ...]
) -> None:
    found = source.read(base, typed)
    assert found == Source(document="xu-twinning", paragraph=31, also=also)
    told = telling.shown(base, Draft(document="xu-twinning", paragraph=31, also=also))
    assert source.read(base, told) == found


def test_a_date_behind_a_paragraph_names_no_other(base: FactBase) -> None:
    assert source.read(base, "Xu Qimin para 5, 23 June 2018") == Source(
        document="xu-homogenization", paragraph=5
    )


@pytest.mark.parametrize(
    "typed",
    [
        "Wenhui Daily, 3 May",
        "Wenhui Daily, 3 May 2024",
        "Wenhui Daily, May 3, 2018",
        "文汇报文章2019年5月3日",
    ],
)
def test_another_issue_of_the_paper_that_a_document_stood_in_is_no_document(
    base: FactBase, typed: str
) -> None:
    found = source.read(base, typed)
    assert isinstance(found, Source)
    assert (found.document, found.title) == ("", typed)


@pytest.mark.parametrize("typed", ["Wenhui Daily, 23 June 2018, para 5", "Wenhui Daily, June 2018 para 5"])
def test_the_issue_that_it_stood_in_is_the_document(base: FactBase, typed: str) -> None:
    assert source.read(base, typed) == Source(document="xu-homogenization", paragraph=5)


@pytest.mark.parametrize(
    ("typed", "title", "published"),
    [
        ("Decision 2025 https://example.org/a", "Decision 2025", "2025"),
        ("mayor 2025 https://example.org/a", "mayor 2025", "2025"),
        ("Lab news Sept. 2025 https://example.org/a", "Lab news", "2025-09"),
        (
            "Wang, A. (2024, May 3). Ports of 2020. https://example.org/a",
            "Wang, A. Ports of 2020",
            "2024-05-03",
        ),
        ("Wang, A. (2024). Ports. https://example.org/a", "Wang, A. Ports", "2024"),
        ("https://example.org/a港口报2025年", "港口报", "2025"),
        ("https：//example.org/a 港口报，2025年", "港口报", "2025"),
        ("Retrieved 3 May 2026 from https://example.org/a", "", ""),
        ("Places seen 2025 https://example.org/a", "Places seen 2025", "2025"),
        ("Version 1.2.2020 https://example.org/a", "Version 1.2.2020", ""),
        ("title: Lab news; date: 3 May 2026; url: https://example.org/a", "Lab news", "2026-05-03"),
        ("标题：港口报；日期：2025年1月3日；网址：https://example.org/a", "港口报", "2025-01-03"),
        ("The link: a history, 2025 https://example.org/a", "The link: a history", "2025"),
    ],
)
def test_a_title_is_kept_whole_beside_its_date(
    base: FactBase, typed: str, title: str, published: str
) -> None:
    found = source.read(base, typed)
    assert isinstance(found, source.Source)
    assert (found.url, found.title, found.published) == ("https://example.org/a", title, published)


def test_chinese_behind_a_mark_of_an_address_is_part_of_it(base: FactBase) -> None:
    found = source.read(base, "https://example.org/wiki/芜湖市 维基 2025")
    assert isinstance(found, source.Source)
    assert (found.url, found.title) == ("https://example.org/wiki/芜湖市", "维基 2025")

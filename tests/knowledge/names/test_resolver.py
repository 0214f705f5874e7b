"""Names resolve by alias first and by slip only where one name is clearly nearest."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.base import FactBase
from knowledge.names.resolver import Ambiguous, Found, Outside, Suggestions, Unknown

SPELLINGS = (
    ("Hangzhou", "hangzhou"), ("HANGZHOU CITY", "hangzhou"), ("city of hangzhou", "hangzhou"),
    ("杭州", "hangzhou"), ("杭州市", "hangzhou"), ("Ｈａｎｇｚｈｏｕ", "hangzhou"), ("Háng zhōu", "hangzhou"),
    ("寧波", "ningbo"), ("宁波", "ningbo"), ("Hang Zhou", "hangzhou"), ("Minhang District", "minhang"),
    ("Suzhou, Anhui", "suzhou-anhui"), ("江苏苏州", "suzhou-jiangsu"), ("Zhejiang Province", "zhejiang"),
    ("长三角", "yangtze-river-delta"), ("YRD", "yangtze-river-delta"), ("Cebu City", "suzhou-anhui"),
)  # fmt: skip


@pytest.mark.parametrize(("typed", "slug"), SPELLINGS)
def test_a_known_spelling_is_found_without_guessing(base: FactBase, typed: str, slug: str) -> None:
    found = base.names.resolve(typed)
    assert isinstance(found, Found)
    assert found.record.slug == slug
    assert found.match in ("exact", "alias")


@pytest.mark.parametrize(("typed", "slug"), [
    ("hangzou", "hangzhou"), ("Hanghzou", "hangzhou"), ("Shnaghai", "shanghai"), ("Lianyungan", "lianyungang"),
    ("Minhagn", "minhang"), ("Lianyungagn", "lianyungang"),
])  # fmt: skip
def test_a_clear_slip_is_read_as_the_only_near_name(base: FactBase, typed: str, slug: str) -> None:
    found = base.names.resolve(typed)
    assert isinstance(found, Found), found
    assert (found.record.slug, found.match) == (slug, "fuzzy")


@pytest.mark.parametrize("typed", ["Suzhou", "suzhou", "Taizhou", "TAIZHOU city", "Yulin"])
def test_a_spelling_that_places_share_is_never_decided(base: FactBase, typed: str) -> None:
    found = base.names.resolve(typed)
    assert isinstance(found, Ambiguous)
    assert len(found.records) == 2


@pytest.mark.parametrize("typed", ["Zhangzhou", "Cangzhou", "漳州", "Paris"])
def test_a_look_alike_outside_is_called_outside(base: FactBase, typed: str) -> None:
    assert isinstance(base.names.resolve(typed), Outside)


def test_a_slip_between_two_names_is_asked(base: FactBase) -> None:
    found = base.names.resolve("Chzhou")
    assert isinstance(found, Suggestions)
    assert {"chizhou", "chuzhou"} <= {record.slug for record in found.records}


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "🙂", "qwertyuiopas", "x"])
def test_what_is_no_name_is_unknown(base: FactBase, typed: str) -> None:
    assert isinstance(base.names.resolve(typed), Unknown)


def test_every_standard_name_finds_its_own_record(base: FactBase) -> None:
    for record in base.seeds.named():
        found = base.names.resolve(record.name)
        records = [found.record] if isinstance(found, Found) else getattr(found, "records", [])
        assert record in records, record.name


@given(st.text(max_size=300))
def test_no_text_breaks_the_names(base: FactBase, text: str) -> None:
    base.names.resolve(text)
    base.search(text)


@given(st.data())
def test_case_width_and_accents_change_nothing(base: FactBase, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(base.seeds.places))
    typed = "".join(
        data.draw(st.sampled_from((c, c.upper(), chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c)))
        for c in unicodedata.normalize("NFC", place.name)
    )
    plain, odd = base.names.resolve(place.name), base.names.resolve(typed)
    assert type(plain) is type(odd)
    if isinstance(plain, Found) and isinstance(odd, Found):
        assert plain.record == odd.record

"""Whatever the base calls by a Chinese name is found by that name in pinyin, and takes nothing from other names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge.base import FactBase
from knowledge.model import Mechanism, Named
from knowledge.names.keys import squash
from knowledge.names.resolver import Ambiguous, Found, NameResolver, Resolution, Suggestions


def spelt(base: FactBase) -> Iterator[tuple[str, Named]]:
    """Yield every Chinese spelling of two characters or more in pinyin, with the record."""
    for record in base.seeds.named():
        for spelling in record.spellings():
            if len((base.pinyin.get(spelling, "")).split()) > 1:
                yield base.pinyin[spelling], record


def meant(resolution: Resolution) -> tuple[Named, ...]:
    match resolution:
        case Found(record=record):
            return (record,)
        case Ambiguous(records=records) | Suggestions(records=records):
            return records
    return ()


def test_every_chinese_spelling_is_found_or_asked_in_pinyin_joined_and_apart(base: FactBase) -> None:
    known = list(spelt(base))
    assert len(known) > 1000
    missed = [
        (typed, record.slug)
        for syllables, record in known
        for typed in (syllables, syllables.replace(" ", ""))
        if record not in meant(base.names.resolve(typed))
        # What is curated, or outside, or English, is that: Shanxi is no Shaanxi.
        and not base.names.exact(squash(typed), typed)
        and squash(typed) not in base.english
    ]
    assert not missed


def test_a_name_that_is_written_so_is_that_name(base: FactBase) -> None:
    plain = NameResolver(base.seeds.named(), base.seeds.outside, base.lexicon.stop)
    for syllables, _ in spelt(base):
        key = syllables.replace(" ", "")
        if known := plain.exact(key, key):
            assert base.names.resolve(key) == known


def test_what_may_be_a_slip_of_a_place_is_asked_about(base: FactBase) -> None:
    found = base.names.resolve("guandong")
    assert isinstance(found, Suggestions)
    assert {"kanto", "guangdong"} <= {record.slug for record in found.records}


@pytest.mark.parametrize("typed", ["feidijingjj", "yitihuo", "jieduj"])
def test_pinyin_is_never_guessed_at(base: FactBase, typed: str) -> None:
    assert not isinstance(base.names.resolve(typed), Found)


def test_words_are_cut_where_syllables_end() -> None:
    mechanism = Mechanism(slug="enclave", name="Enclave", chinese="飞地")
    names = NameResolver((mechanism,), (), pinyin={"飞地": "fei di"})
    assert isinstance(names.in_pinyin(("fei", "di"), "fei di"), Found)
    assert names.in_pinyin(("fe", "idi"), "fe idi") is None


def test_english_that_sounds_so_is_none() -> None:
    mechanism = Mechanism(slug="long", name="Long", chinese="龙山")
    names = NameResolver((mechanism,), (), pinyin={"龙山": "long shan"}, english=frozenset({"long", "shan"}))
    assert names.in_pinyin(("long", "shan"), "long shan") is None

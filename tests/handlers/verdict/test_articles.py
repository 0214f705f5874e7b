"""A name has its article in a sentence where statements write it with one."""

from __future__ import annotations

import pytest

from handlers.verdict.articles import name_in_a_sentence
from knowledge.base import FactBase


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("huaihai-economic-zone", "the Huaihai Economic Zone"),
        ("yangtze-river-delta", "the Yangtze River Delta"),
        ("g60-corridor", "the G60 Science and Technology Corridor"),
        # Never printed by itself: as others of the sort.
        ("hefei-metropolitan-area", "the Hefei metropolitan area"),
        ("suzhou-industrial-park", "Suzhou Industrial Park"),
        ("hefei", "Hefei"),
        ("anhui", "Anhui"),
        ("hong-kong", "Hong Kong"),
    ],
)
def test_a_name_has_the_article_that_statements_give_it(base: FactBase, slug: str, said: str) -> None:
    record = base.entity(slug)
    assert record is not None
    assert name_in_a_sentence(base, record) == said

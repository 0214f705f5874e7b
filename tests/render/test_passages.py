"""Passages in a message: set apart, cut with a count, never for sharing."""

from __future__ import annotations

import json

from bot.render.button_value import ButtonValue
from bot.render.content import Block
from bot.render.plain import PLAIN_TEXT
from bot.render.truncate import keep_end, keep_start
from knowledge.documents.passage import Passage
from tests.render.answers import answer, blocks, plain

PASSAGE = Passage(
    "paper", "Li, undated, 1, para 3", "1", 3, "The ferry carries <b>40</b> & more.", "Before.", "After."
)


def labels(shown: list[Block]) -> list[str]:
    rows = [block["elements"] for block in shown if block["type"] == "actions"]
    return [button["text"]["text"] for row in rows for button in row]


def test_a_passage_is_a_quotation_between_its_neighbours() -> None:
    shown = blocks(answer(passages=(PASSAGE,)), None)
    kinds = [part["type"] for b in shown if b["type"] == "rich_text" for part in b["elements"]]
    assert kinds[-3:] == ["rich_text_section", "rich_text_quote", "rich_text_section"]
    assert "<b>40</b>" in json.dumps(shown)  # rich text: nothing is parsed there


def test_beside_facts_it_stands_in_print_and_in_place_of_an_answer_not_yet_curated() -> None:
    assert "In print:" in plain(answer(passages=(PASSAGE,)))
    offered = plain(answer(0, outcome="unknown", match="none", passages=(PASSAGE,)))
    assert "From the document, not yet curated:" in offered
    assert "“The ferry carries <b>40</b> & more.”" in offered


def test_a_long_passage_is_cut_with_a_count_of_what_is_left() -> None:
    long = Passage("paper", "label", "", 3, "x" * 5000, "b" * 3000, "a" * 3000)
    text = json.dumps(blocks(answer(passages=(long,)), None), ensure_ascii=False)
    assert "… (2,200 more characters)" in text
    assert "(1,800 characters before) …" in text
    assert "… (1,800 more characters)" in text
    assert "… (4,100 more characters)" in plain(answer(passages=(long,)))


def test_passages_that_do_not_fit_are_counted() -> None:
    many = tuple(Passage("paper", f"label {n}", "", n, "x" * 3000, "b" * 300, "a" * 300) for n in range(20))
    shown = answer(passages=many)
    assert "more passages" in json.dumps(blocks(shown, None))
    assert "more passages" in plain(shown)
    assert len(plain(shown)) <= PLAIN_TEXT


def test_the_button_is_there_only_where_the_documents_are_at_hand() -> None:
    asked = ButtonValue(text="Ningbo")
    assert "Show passage" in labels(blocks(answer(), asked, printed=True))
    assert "Show passage" not in labels(blocks(answer(), asked))
    assert "Show passage" not in labels(blocks(answer(0), asked, printed=True))


def test_what_documents_print_is_not_for_sharing() -> None:
    asked = ButtonValue(text="passage paper-001")
    row = labels(blocks(answer(passages=(PASSAGE,)), asked, sharable=True, printed=True))
    assert row == ["Sources", "Details", "Copy with citation"]


def test_a_cut_falls_between_words_and_counts_what_is_left() -> None:
    text = " ".join(f"word{n:03}" for n in range(100))
    assert keep_start(text, 20) == "word000 word001… (784 more characters)"
    assert keep_end(text, 20) == "(784 characters before) …word098 word099"
    assert keep_start("x" * 30, 20) == "x" * 30  # the count would be longer than what is left

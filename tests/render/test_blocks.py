"""The Block Kit of an answer."""

from __future__ import annotations

import json
from typing import Any

from bot.render.button_value import ButtonValue, decode
from handlers.answer import Answer, Choice, Line, Section
from knowledge.vocabulary import Region
from tests.render.answers import answer, blocks, fact, plain

ASKED = ButtonValue(command="/yrd-pair", text="Minhang Huainan", version="v1")


def _text(shown: list[dict[str, Any]]) -> str:
    """Every text in `shown`, one a line."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("text"), str):
                found.append(value["text"])
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(shown)
    return "\n".join(found)


def _buttons(shown: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    rows = [block["elements"] for block in shown if block["type"] == "actions"]
    return {button["action_id"]: button for row in rows for button in row}


def test_the_blocks_say_what_the_plain_text_says() -> None:
    full = answer(
        lines=(Line(fact(caveat="The paper prints Cebu City.", region=Region.ELSEWHERE), group="Twinning"),),
        notes=("Read Hwainan as Huainan.",),
        sections=(Section("Kinds", ("One", "Two")),),
        choices=(Choice("x", "Huainan", "/yrd-city", "Huainan"),),
        pages=2,
        total=6,
    )
    shown = _text(blocks(full, ASKED)).replace("\n", "")
    for line in plain(full).splitlines():
        assert line.strip("• ").rstrip(":") in shown


def _bold(shown: list[dict[str, Any]]) -> list[str]:
    """The runs of rich text in bold, in order."""
    runs = [
        run
        for block in shown
        if block["type"] == "rich_text"
        for part in block["elements"]
        for run in _runs(part)
    ]
    return [run["text"] for run in runs if run.get("style", {}).get("bold")]


def _runs(part: dict[str, Any]) -> list[dict[str, Any]]:
    inner = part["elements"]
    return [run for entry in inner for run in _runs(entry)] if inner and "elements" in inner[0] else inner


def test_what_was_asked_for_is_bold_and_first_and_nothing_else_is() -> None:
    lines = (Line(fact(1), value="Minhang District, Shanghai"), Line(fact(2)), Line(fact(3)))
    assert _bold(blocks(answer(headline="", lines=lines), ASKED)) == ["Minhang District, Shanghai"]


def test_of_an_answer_that_is_a_whole_statement_that_is_bold() -> None:
    assert _bold(blocks(answer(3, headline=""), ASKED)) == [fact().statement]


def test_buttons_carry_their_question_with_page_and_version() -> None:
    buttons = _buttons(blocks(answer(5, page=2, pages=3, total=15), ASKED, sharable=True))
    carried = {name: decode(button["value"]) for name, button in buttons.items()}
    pages = {name: asked.page for name, asked in carried.items() if asked}
    assert pages == {"share": 2, "back": 1, "more": 3, "sources": 2, "details": 2, "cite": 2}
    assert all(
        asked and (asked.text, asked.version) == ("Minhang Huainan", "v1") for asked in carried.values()
    )


def test_a_public_answer_has_no_share_button() -> None:
    assert set(_buttons(blocks(answer(), ASKED))) == {"sources", "details", "cite"}


def test_a_choice_asks_its_own_question() -> None:
    choices = (Choice("suzhou-anhui", "Suzhou, Anhui", "/yrd-city", "宿州"),)
    button = _buttons(blocks(answer(0, choices=choices), ASKED))["choice:0"]
    asked = decode(button["value"])
    assert asked is not None
    assert (asked.command, asked.text) == ("/yrd-city", "宿州")


def test_the_choice_that_an_answer_leads_to_is_the_primary_one_whatever_its_id() -> None:
    choices = (
        Choice("save", "Leave it", "/yrd-digest", "cancel", effect="changes"),
        Choice("x", "Keep it", "/yrd-digest", "save ports", effect="changes", style="primary"),
    )
    buttons = _buttons(blocks(answer(0, choices=choices), ASKED))
    assert [buttons[f"choice:{at}"].get("style") for at in (0, 1)] == [None, "primary"]


def test_without_a_question_there_are_no_buttons_about_it() -> None:
    assert _buttons(blocks(answer(5, pages=3), None, sharable=True)) == {}


def test_text_of_people_never_stands_in_markup() -> None:
    hostile = Answer(headline="<!channel> *x* <http://evil|bank>", outcome="unknown", notes=("<@U1>",))
    shown = json.dumps(blocks(hostile, ASKED))
    assert "mrkdwn" not in shown
    assert "<!channel" not in shown


def test_what_does_not_fit_is_counted() -> None:
    many = answer(0, sections=tuple(Section(f"Part {n}", ("entry " * 40,) * 9) for n in range(40)))
    assert "more lines" in _text(blocks(many, ASKED))

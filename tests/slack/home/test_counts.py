"""What is counted on Home is what is counted everywhere: one number for one thing, wherever it is told."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from bot.render.fact_renderer import fact_renderer
from bot.slack.home.pages import page_view
from bot.slack.home.view import FrontPage, home_view
from handlers.registry import SLASH
from handlers.reply import reply
from handlers.request import QUESTION, Request
from handlers.services import Services
from knowledge.base import FactBase


def answered(base: FactBase, text: str, command: str = QUESTION) -> str:
    request = Request(text=text, now=datetime(2026, 11, 27, tzinfo=UTC), command=command)
    answer = reply(Services(base), request)
    return str(answer.headline)


def what_i_hold(base: FactBase) -> str:
    return json.dumps(page_view(Services(base), SLASH, "coverage"), ensure_ascii=False)


def number(pattern: str, text: str) -> int:
    found = re.search(rf"(\d+) {pattern}", text)
    assert found, (pattern, text)
    return int(found[1])


@pytest.mark.parametrize(
    ("sort", "asked", "command"),
    [
        ("places", "", "/yrd-city"),
        ("places", "list places", QUESTION),
        ("mechanisms", "list mechanisms", QUESTION),
        ("mechanisms", "", "/yrd-mechanism"),
        ("topics", "list topics", QUESTION),
        ("topics", "", "/yrd-topic"),
        ("pairings", "list pairings", QUESTION),
    ],
)
def test_what_i_hold_counts_what_the_list_counts(base: FactBase, sort: str, asked: str, command: str) -> None:
    listed = number(sort, answered(base, asked, command))
    assert number(sort, what_i_hold(base)) == listed


def test_pairings_elsewhere_are_counted_apart_in_both(base: FactBase) -> None:
    told = number("elsewhere in China", answered(base, "list pairings"))
    assert number("elsewhere in China", what_i_hold(base)) == told


def test_places_known_by_name_alone_are_told_as_such(base: FactBase) -> None:
    held, named = number("places", what_i_hold(base)), number("more places", what_i_hold(base))
    assert held + named == len(base.seeds.places)


@pytest.mark.parametrize(("asked", "command"), [("help", "/yrd"), ("help", QUESTION)])
def test_home_counts_the_facts_and_documents_that_help_counts(
    base: FactBase, asked: str, command: str
) -> None:
    home = json.dumps(home_view(FrontPage(base, fact_renderer(base))), ensure_ascii=False)
    help_ = answered(base, asked, command)
    for sort in ("facts", "documents"):
        assert number(sort, help_) == number(sort, home)


@pytest.mark.parametrize(("sort", "asked"), [("home_topic", "list topics"), ("home_place", "list places")])
def test_the_menus_count_the_facts_that_the_lists_count(base: FactBase, sort: str, asked: str) -> None:
    view = home_view(FrontPage(base, fact_renderer(base)))
    elements = [element for block in view["blocks"] for element in block.get("elements", ())]
    (menu,) = [element for element in elements if element.get("action_id") == sort]
    listed: set[str] = set()
    for page in range(1, 9):
        request = Request(text=asked, now=datetime(2026, 11, 27, tzinfo=UTC), page=page)
        answer = reply(Services(base), request)
        listed |= {str(entry) for section in answer.sections for entry in section.entries}
    named = {(entry.partition(" · ")[0], entry.rpartition(" (")[2]) for entry in listed}
    for one in menu["options"]:
        name, _, count = one["text"]["text"].rpartition(" (")
        assert (name.partition(" · ")[0], count) in named, name

"""What the documents differ on is listed, all of it or what is on a name, in both scripts."""

from __future__ import annotations

import pytest

from handlers.request import Request
from handlers.route import route
from handlers.services import Services
from tests.conftest import NOW, Asker

ALL = (
    "Are there contradictions between the documents?",
    "Where do the sources disagree?",
    "On what do the papers differ?",
    "Do the documents agree?",
    "Which documents disagree?",
    "disagreements",
    "list disagreements",
    "文献之间有矛盾吗",
    "资料有什么不一致的地方？",
)
ON_ANHUI = (
    "Do sources disagree about Anhui?",
    "Do the documents contradict each other on Anhui?",
    "disagreements about Anhui",
    "关于安徽的文献有分歧吗",
)
NO_SUCH = (
    "安徽和江苏有矛盾吗",
    "agree",
    "I disagree",
    "Do Shanghai and Jiangsu differ?",
    "What conflicts are there?",
)


def _entries(ask: Asker, text: str) -> list[str]:
    first = ask(text)
    pages = [first, *(ask(text, page=page) for page in range(2, first.pages + 1))]
    return [entry for answer in pages for section in answer.sections for entry in section.entries]


@pytest.mark.parametrize("text", ALL)
def test_all_that_is_recorded_is_listed_in_pages(ask: Asker, services: Services, text: str) -> None:
    recorded = services.base.seeds.disagreements
    assert ask(text).pages > 1
    assert ask(text).in_chinese is not text.isascii()
    entries = _entries(ask, text)
    assert len(entries) == len(recorded)
    assert all(any(f" on {about.on}: " in entry for entry in entries) for about in recorded)


@pytest.mark.parametrize("text", ON_ANHUI)
def test_of_a_name_what_is_on_it_is_listed_with_a_button_for_the_others(ask: Asker, text: str) -> None:
    (entry,) = _entries(ask, text)
    assert entry.startswith("Sources differ on whether Anhui belongs to the delta: ")
    (button,) = ask(text).choices
    assert ask(button.text, button.command, verb=button.verb).pages > 1


def test_of_a_name_on_which_nothing_is_recorded_that_is_said(ask: Asker) -> None:
    said = ask("Do the documents disagree about Jingning?").headline
    assert said == "No disagreement of the documents is recorded on Jingning."


@pytest.mark.parametrize("text", NO_SUCH)
def test_what_is_not_said_of_the_documents_is_no_such_question(services: Services, text: str) -> None:
    assert route(services, Request(text, NOW)).verb.name != "disagreements"

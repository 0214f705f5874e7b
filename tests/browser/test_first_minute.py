"""The first minute in a workspace: a greeting with questions to press, and a tour that one may leave at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from handlers.lookups.welcome import FIRST_QUESTIONS
from tests.browser.axe import axe, findings
from tests.browser.conftest import picture
from tests.browser.running_bot import running_bot

pytestmark = pytest.mark.browser
__all__ = ["axe"]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where a bot answers whose workspace nobody has visited."""
    with running_bot(tmp_path) as there:
        yield there


def test_the_first_look_greets_and_offers_the_tour_once(window: Page, address: str, axe: str) -> None:
    window.goto(address)
    messages = window.locator("#messages .message")
    expect(messages).to_have_count(1)
    expect(messages.first).to_contain_text("Hello, I am YRD Desk.")
    tour = window.get_by_role("region", name="Tour")
    expect(tour).to_contain_text("Tour, 1 of")
    assert findings(window, axe) == []
    picture(window, "first-look")

    tour.get_by_role("button", name="Skip the tour").click()
    expect(tour).to_be_hidden()
    # Not by itself again: neither here, nor in another browser, nor after coming back.
    window.goto("about:blank")
    window.goto(address)
    expect(messages).to_have_count(1)
    expect(tour).to_be_hidden()
    window.get_by_role("button", name="Take the tour").click()
    expect(tour).to_contain_text("Tour, 1 of")


def test_each_question_of_the_greeting_is_answered_below_it(window: Page, address: str) -> None:
    window.goto(address)
    window.get_by_role("button", name="Skip the tour").click()
    greeting = window.locator("#messages .message").first

    for number, question in enumerate(FIRST_QUESTIONS, start=1):
        greeting.get_by_role("button", name=question.label, exact=True).click()
        expect(window.locator("#messages .message", has_text="para ")).to_have_count(number)
        # Wherever one was: what was asked for is in sight.
        expect(window.locator("#messages .message").last).to_be_in_viewport()
    expect(window.locator("#messages img")).to_be_attached()
    expect(window.get_by_role("button", name="New messages below")).to_be_hidden()
    picture(window, "first-questions")


def test_who_follows_a_link_is_not_led_away_by_the_tour(window: Page, address: str) -> None:
    window.goto(f"{address}/#in=C04GENERAL1")
    expect(window.get_by_role("heading", level=1)).to_contain_text("general")
    expect(window.get_by_role("region", name="Tour")).to_be_hidden()

    expect(window.locator("#composer textarea")).to_be_focused()

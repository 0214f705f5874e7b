"""The first minute in a workspace: a greeting with questions to press, and a tour that one may leave at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from handlers.lookups.welcome import FIRST_QUESTIONS
from tests.browser.axe import axe, findings
from tests.browser.conftest import picture
from tests.browser.running_bot import running_bot

pytestmark = pytest.mark.browser
__all__ = ["axe"]


@pytest.fixture
def unvisited(data_folder: Path) -> Iterator[str]:
    """Where a bot answers whose workspace nobody has visited."""
    with running_bot(data_folder) as there:
        yield there


@pytest.fixture(scope="module")
def address(browser: Browser, shared_data_folder: Path) -> Iterator[str]:
    """Where a bot answers whose workspace was visited once."""
    with running_bot(shared_data_folder) as there:
        page = browser.new_page()
        page.goto(there)
        page.get_by_role("button", name="Skip the tour").click()
        page.close()
        yield there


@pytest.fixture
def touring(window: Page, address: str) -> Iterator[Page]:
    """The page with the tour on it, as on the first visit; what the test leaves open on somebody's screen is closed."""
    window.goto(address)
    window.get_by_role("button", name="Take the tour").press("Enter")
    expect(window.get_by_role("region", name="Tour")).to_contain_text("Tour, 1 of")
    yield window
    leave = window.get_by_role("button", name="End the tour")
    if leave.is_visible():
        leave.click()
    if window.get_by_role("dialog").is_visible():
        window.keyboard.press("Escape")
        expect(window.get_by_role("dialog")).to_be_hidden()


def test_the_first_look_greets_and_offers_the_tour_once(window: Page, unvisited: str, axe: str) -> None:
    # Who follows a link is not led away.
    window.goto(f"{unvisited}/#in=C04GENERAL1")
    expect(window.get_by_role("heading", level=1)).to_contain_text("general")
    expect(window.get_by_role("region", name="Tour")).to_be_hidden()
    expect(window.locator("#composer textarea")).to_be_focused()

    window.goto("about:blank")
    window.goto(unvisited)
    messages = window.locator("#messages .message")
    expect(messages).to_have_count(1)
    expect(messages.first).to_contain_text("Hello, I am YRD Desk.")
    tour = window.get_by_role("region", name="Tour")
    expect(tour).to_contain_text("Tour, 1 of")
    assert findings(window, axe) == []
    picture(window, "first-look")

    tour.get_by_role("button", name="Skip the tour").press("Enter")
    expect(tour).to_be_hidden()
    expect(window.locator("#composer textarea")).to_be_focused()
    # Not by itself again: neither here, nor in another browser, nor after coming back.
    window.goto("about:blank")
    window.goto(unvisited)
    expect(messages).to_have_count(1)
    expect(tour).to_be_hidden()
    window.get_by_role("button", name="Take the tour").click()
    expect(tour).to_contain_text("Tour, 1 of")


def test_each_question_of_the_greeting_is_answered_below_it(window: Page, address: str) -> None:
    window.goto(address)
    greeting = window.locator("#messages .message").first
    cited = window.locator("#messages .message", has_text="para ")
    before = cited.count()

    for number, question in enumerate(FIRST_QUESTIONS, start=1):
        greeting.get_by_role("button", name=question.label, exact=True).click()
        expect(cited).to_have_count(before + number)
        # Wherever one was: what was asked for is in sight.
        expect(window.locator("#messages .message").last).to_be_in_viewport()
    expect(window.locator("#messages img").first).to_be_attached()
    expect(window.get_by_role("button", name="New messages below")).to_be_hidden()
    picture(window, "first-questions")


def test_the_first_look_of_a_phone_shows_all_questions_and_the_box(window: Page, unvisited: str) -> None:
    window.set_viewport_size({"width": 390, "height": 844})
    window.goto(unvisited)
    expect(window.get_by_role("button", name="Skip the tour")).to_be_in_viewport(ratio=1)
    greeting = window.locator("#messages .message").first
    for question in FIRST_QUESTIONS:
        chip = greeting.get_by_role("button", name=question.label, exact=True)
        expect(chip).to_be_in_viewport(ratio=1)
    expect(window.locator("#composer textarea")).to_be_in_viewport(ratio=1)


def test_the_end_of_the_tour_gives_the_focus_back(touring: Page) -> None:
    window = touring
    tour = window.get_by_role("region", name="Tour")
    expect(tour.get_by_role("button", name="Start")).to_be_focused()
    tour.get_by_role("button", name="Start").press("Enter")
    for step in range(2, 10):
        expect(tour).to_contain_text(f"Tour, {step} of 10")
        # Also where a thread was opened, or a form over which the caption stands.
        if step == 5:
            expect(window.locator("#replies .message").first).to_be_visible()
        expect(tour.get_by_role("button", name="Next")).to_be_focused()
        tour.get_by_role("button", name="Next").press("Enter")
    tour.get_by_role("button", name="Done").press("Enter")
    expect(tour).to_be_hidden()
    expect(window.get_by_role("button", name="Take the tour")).to_be_focused()


def test_who_ends_the_tour_under_an_open_form_goes_on_in_the_form(touring: Page) -> None:
    window = touring
    tour = window.get_by_role("region", name="Tour")
    tour.get_by_role("button", name="Start").press("Enter")
    for step in range(2, 9):
        expect(tour).to_contain_text(f"Tour, {step} of 10")
        tour.get_by_role("button", name="Next").press("Enter")
    form = window.get_by_role("dialog")
    expect(form).to_be_visible()

    tour.get_by_role("button", name="End the tour").press("Enter")

    expect(tour).to_be_hidden()
    expect(form).to_be_visible()
    expect(form.locator(":focus")).to_have_count(1)


def test_the_whole_tour_is_walked_on_a_phone(touring: Page) -> None:
    window = touring
    window.set_viewport_size({"width": 390, "height": 844})
    tour = window.get_by_role("region", name="Tour")
    tour.get_by_role("button", name="Start").click()
    for step in range(2, 10):
        expect(tour).to_contain_text(f"Tour, {step} of 10")
        # Whatever opens over the conversation, one goes on or leaves from there.
        expect(tour.get_by_role("button", name="End the tour")).to_be_in_viewport(ratio=1)
        picture(window, f"tour-{step}-phone")
        tour.get_by_role("button", name="Next").click()
    expect(tour.get_by_role("button", name="Done")).to_be_in_viewport(ratio=1)
    tour.get_by_role("button", name="Done").click()
    expect(tour).to_be_hidden()


def test_on_a_phone_the_tour_stands_in_a_pane_that_covers_the_page_as_long_as_it_does(
    touring: Page,
) -> None:
    window = touring
    window.set_viewport_size({"width": 390, "height": 844})
    begin = window.get_by_role("button", name="Start")
    window.get_by_role("button", name="What Slack saw", exact=True).click()
    expect(begin).to_be_in_viewport(ratio=1)
    window.get_by_role("button", name="Close what Slack saw").click()
    expect(begin).to_be_in_viewport(ratio=1)

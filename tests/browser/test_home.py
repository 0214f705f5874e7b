"""Home in a browser: what is typed there opens over it, and what leads on is in sight or said to be below."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import axe, findings
from tests.browser.conftest import WAS_HERE, picture
from tests.browser.running_bot import running_bot
from tests.browser.test_whole_bot import say

pytestmark = pytest.mark.browser
__all__ = ["axe"]
SIZES = ((1440, 900), (390, 844))


@pytest.fixture(scope="module")
def address(browser: Browser, shared_data_folder: Path) -> Iterator[str]:
    """Where a bot answers that has answered before: beside others' tests its first answer may come too late to open over Home."""
    with running_bot(shared_data_folder) as there:
        with closing(browser.new_page()) as page:
            page.add_init_script(WAS_HERE)
            page.goto(there)
            say(page, "Huainan")
            expect(page.locator("#messages .message", has_text="para ").first).to_be_visible()
        yield there


def ask(window: Page, text: str) -> None:
    box = window.locator("#home").get_by_label("Ask the fact base")
    box.fill(text)
    box.press("Enter")


@pytest.fixture(params=SIZES, ids=str)
def home(window: Page, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    window.set_viewport_size({"width": width, "height": height})
    window.goto(address)
    window.get_by_role("tab", name="Home").click()
    expect(window.get_by_label("Ask the fact base")).to_be_visible()
    yield window
    # A modal lies on the person's screen, in whatever window.
    window.keyboard.press("Escape")
    expect(window.get_by_role("dialog")).to_be_hidden()


def test_what_is_typed_opens_the_form_or_the_list_that_it_asks_for(home: Page, axe: str) -> None:
    modal = home.get_by_role("dialog")
    for text, shown in (
        ("subscribe ports weekly", "New digest"),
        ("add Hefei has a new port", "Statement, in your own words"),
        ("review", "Make me a curator"),
        ("digest list", "digests"),
    ):
        ask(home, text)
        expect(modal).to_contain_text(shown)
        assert findings(home, axe) == [], text
        home.keyboard.press("Escape")
        expect(modal).to_be_hidden()
        # Who closes it goes on where they were.
        expect(home.get_by_label("Ask the fact base")).to_be_focused()
        expect(home.get_by_label("Ask the fact base")).to_have_value("")


def test_that_more_stands_below_is_said_until_one_has_seen_it(home: Page) -> None:
    modal = home.get_by_role("dialog")
    ask(home, "Hangzhou")
    below = modal.get_by_role("button", name="More below")
    last = modal.get_by_role("button", name="First fact not helpful")
    expect(below).to_be_visible()
    expect(last).not_to_be_in_viewport()
    # It may go while it is pressed.
    for _ in range(30):
        if not below.is_visible():
            break
        home.locator("dialog[open] .rest").dispatch_event("click")
    expect(last).to_be_in_viewport()


def test_the_buttons_of_a_usual_answer_are_in_sight(home: Page) -> None:
    modal = home.get_by_role("dialog")
    ask(home, "What is the GDP of Xuzhou?")
    for name in ("Sources", "First fact not helpful", "Close"):
        expect(modal.get_by_role("button", name=name).last).to_be_in_viewport(ratio=1)
    expect(modal.get_by_role("button", name="More below")).to_be_hidden()
    picture(home, f"home-answer-{home.viewport_size and home.viewport_size['width']}")


def test_a_picture_that_comes_pushes_the_rest_below(home: Page) -> None:
    modal = home.get_by_role("dialog")
    ask(home, "map Hangzhou")
    expect(modal.locator("img")).to_be_visible(timeout=20_000)
    expect(modal.get_by_role("button", name="More below")).to_be_visible()


def test_what_the_base_holds_is_read_without_scrolling_sideways(home: Page) -> None:
    home.get_by_role("button", name="What I hold").click()
    body = home.locator(".modal-body")
    expect(body).to_contain_text("Places and topics")
    assert body.evaluate("node => node.scrollWidth <= node.clientWidth")
    assert body.locator("pre").count() == 0

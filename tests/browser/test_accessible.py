"""axe finds nothing on any surface of the page, with the real bot in it: light and dark, on a desk and on phones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import axe, findings
from tests.browser.conftest import WAS_HERE, picture
from tests.browser.running_bot import running_bot
from tests.browser.test_whole_bot import say

pytestmark = pytest.mark.browser
__all__ = ["axe"]
SIZES = {"desk": (1440, 900), "phone": (390, 844), "small": (320, 640)}
# Colours do not go by the width: each width and each scheme, and both where most is beside each other.
SCREENS = (("desk", "light"), ("desk", "dark"), ("phone", "dark"), ("small", "light"))


@pytest.fixture(scope="module")
def address(browser: Browser, shared_data_folder: Path) -> Iterator[str]:
    """Where a bot answers that was asked one of each thing it shows."""
    with running_bot(shared_data_folder) as there:
        page = browser.new_page()
        page.add_init_script(WAS_HERE)
        page.goto(there)
        for asked in ("淮南和哪个区结对？", "What is the GDP of Xuzhou?", "map Huainan", "enclave economy"):
            answers = page.locator("#messages .message", has=page.locator(".badge"))
            before = answers.count()
            say(page, asked)
            expect(answers.nth(before)).to_be_visible()
        page.get_by_role("button", name="delta-news").click()
        say(page, "@YRD Desk Minhang and Huainan")
        expect(page.get_by_role("button", name="1 reply")).to_be_visible()
        page.close()
        yield there


def conversation(window: Page) -> None:
    window.locator("#messages").evaluate("node => { node.scrollTop = 0; }")


def menu(window: Page) -> None:
    window.locator("#messages .message").last.get_by_role("button", name="More actions").press("Enter")
    expect(window.get_by_role("menu")).to_be_visible()


def no_menu(window: Page) -> None:
    window.keyboard.press("Escape")
    expect(window.get_by_role("menu")).to_be_hidden()


def completions(window: Page) -> None:
    window.locator("#composer textarea").press_sequentially("/")
    expect(window.locator("#composer").get_by_role("option").first).to_be_visible()


def no_completions(window: Page) -> None:
    window.locator("#composer textarea").fill("")
    expect(window.locator("#composer").get_by_role("option")).to_have_count(0)


def home(window: Page) -> None:
    window.get_by_role("tab", name="Home").click()
    expect(window.locator("#home .block").first).to_be_visible()


def thread(window: Page) -> None:
    window.get_by_role("button", name="delta-news").click()
    window.get_by_role("button", name="1 reply").click()
    expect(window.locator("#replies .message").nth(1)).to_be_visible()


def no_thread(window: Page) -> None:
    window.get_by_role("button", name="Close the thread").click()
    expect(window.get_by_role("button", name="Close the thread")).to_be_hidden()


def for_one(window: Page) -> None:
    window.get_by_role("button", name="general").click()
    say(window, "/yrd-city Hangzhou")
    expect(window.locator(".message.ephemeral")).to_be_visible()


def drawer(window: Page) -> None:
    window.get_by_role("button", name="What Slack saw").click()
    window.locator(".exchange summary").first.click()


def no_drawer(window: Page) -> None:
    window.get_by_role("button", name="Close what Slack saw").click()
    expect(window.get_by_role("button", name="Close what Slack saw")).to_be_hidden()


def form(window: Page) -> None:
    window.get_by_role("button", name="general").click()
    say(window, "/yrd-digest")
    dialog = window.get_by_role("dialog")
    dialog.get_by_label("Time", exact=True).fill("")
    dialog.get_by_role("button", name="Next").click()
    expect(dialog.get_by_role("alert")).to_have_text(["Please complete this required field."] * 2)
    expect(dialog.get_by_label("Time", exact=True)).to_have_value("")


def no_form(window: Page) -> None:
    window.keyboard.press("Escape")
    expect(window.get_by_role("dialog")).to_be_hidden()


def tour(window: Page) -> None:
    window.get_by_role("button", name="Take the tour").click()
    expect(window.get_by_role("region", name="Tour")).to_be_visible()


def no_tour(window: Page) -> None:
    window.get_by_role("button", name="Skip the tour").click()
    expect(window.get_by_role("region", name="Tour")).to_be_hidden()


def as_it_is(window: Page) -> None:
    """What the next surface stands in the place of."""


Walk = Callable[[Page], None]
# Each as it is shown, and as it is left for the next: one page is walked through as somebody does.
SURFACES: tuple[tuple[Walk, Walk], ...] = (
    (conversation, as_it_is), (menu, no_menu), (completions, no_completions), (home, as_it_is), (thread, no_thread),
    (for_one, as_it_is), (drawer, no_drawer), (form, no_form), (tour, no_tour),
)  # fmt: skip


@pytest.mark.parametrize(("size", "scheme"), SCREENS)
def test_axe_finds_nothing(
    browser: Browser, address: str, axe: str, size: str, scheme: Literal["light", "dark"]
) -> None:
    width, height = SIZES[size]
    found = {}
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    window = context.new_page()
    window.add_init_script(WAS_HERE)
    window.goto(f"{address}/#tab=messages")
    expect(window.locator("#messages .message").first).to_be_visible()
    for show, leave in SURFACES:
        show(window)
        if broken := findings(window, axe):
            found[show.__name__] = broken
        if window.evaluate("document.documentElement.scrollWidth") > width:
            found[f"{show.__name__} scrolls sideways"] = []
        picture(window, f"accessible-{show.__name__}-{size}-{scheme}")
        leave(window)
    context.close()
    assert found == {}

"""`yrd run` without tokens: a person opens the page, types a misspelt city, reads, shares, asks on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe, findings
from tests.browser.conftest import picture
from tests.browser.running_bot import running_bot

pytestmark = pytest.mark.browser
__all__ = ["axe"]


@pytest.fixture(scope="module")
def address(shared_data_folder: Path) -> Iterator[str]:
    """Where a bot answers."""
    with running_bot(shared_data_folder) as there:
        yield there


def say(window: Page, text: str) -> None:
    box = window.locator("#composer textarea")
    box.fill(text)
    box.press("Enter")


def test_a_misspelt_city_is_answered_with_citations_and_shared(window: Page, address: str) -> None:
    window.goto(address)
    window.get_by_role("button", name="general").click()

    say(window, "/yrd-city hangzou")
    answer = window.locator(".message.ephemeral")
    expect(answer).to_contain_text("Hangzhou")
    expect(answer).to_contain_text("hangzou")
    expect(answer).to_contain_text("para ")
    picture(window, "bot-city")
    answer.get_by_role("button", name="Share").click()

    shared = window.locator("#messages .message:not(.ephemeral)")
    expect(shared).to_contain_text("Shared by @Alice Chen")
    expect(shared).to_contain_text("para ")
    window.get_by_label("You are").select_option(label="Bob Li")
    expect(window.locator("#messages .message:not(.ephemeral)")).to_contain_text("Shared by @Alice Chen")
    expect(window.locator(".message.ephemeral")).to_have_count(0)


def test_a_mention_is_answered_in_its_thread(window: Page, address: str) -> None:
    window.goto(address)
    window.get_by_role("button", name="delta-news").click()

    say(window, "@YRD Desk what is 杭州 twinned with?")
    window.get_by_role("button", name="1 reply").click()

    thread = window.get_by_role("complementary", name="Thread")
    expect(thread.locator(".message").last).to_contain_text("Hangzhou")
    picture(window, "bot-thread")


def test_a_direct_message_is_answered_and_home_says_what_there_is(window: Page, address: str) -> None:
    window.goto(address)

    say(window, "help")
    expect(window.locator("#messages .message").last).to_contain_text("/yrd")
    window.get_by_role("tab", name="Home").click()

    expect(window.get_by_label("Home tab")).to_contain_text("Ask the fact base")
    picture(window, "bot-home")


def test_a_message_is_looked_up_by_its_shortcut(window: Page, address: str) -> None:
    window.goto(address)
    window.get_by_role("button", name="general").click()
    say(window, "Nanjing met Chuzhou today")
    message = window.locator("#messages .message", has_text="Nanjing met Chuzhou today").first

    message.hover()
    message.get_by_role("button", name="More actions").click()
    message.get_by_role("menuitem", name="Look up in YRD Desk").click()

    expect(window.get_by_text("Only visible to you").last).to_be_visible()
    expect(window.locator(".message.ephemeral").last).to_contain_text("Chuzhou")


def test_the_composer_lists_the_six_commands(window: Page, address: str) -> None:
    window.goto(address)
    window.locator("#composer textarea").press_sequentially("/yrd")

    expect(window.locator("#composer").get_by_role("option")).to_have_count(6)
    picture(window, "bot-commands")


def test_home_is_answered_in_a_modal_over_it_and_fits_a_screen_and_a_half(
    window: Page, address: str, axe: str
) -> None:
    window.goto(address)
    window.set_viewport_size({"width": 1440, "height": 900})
    window.get_by_role("tab", name="Home").click()
    home = window.get_by_label("Home tab")
    expect(home.locator(".picture-file img")).to_be_visible(timeout=20_000)
    assert home.evaluate("box => box.scrollHeight / box.clientHeight") < 1.5
    box = home.get_by_label("Ask the fact base")
    box.fill("杭州")
    box.press("Enter")
    modal = window.get_by_role("dialog")
    expect(modal).to_contain_text("Hangzhou 杭州")
    modal.get_by_role("button", name="出处").click()
    expect(modal).to_contain_text("收起出处")
    modal.get_by_role("button", name="Close").last.click()
    expect(home.get_by_label("Ask the fact base")).to_have_value("")
    home.get_by_role("button", name="What I hold").click()
    expect(modal).to_contain_text("Places and topics")
    modal.get_by_role("button", name="Close").last.click()
    expect(home.locator("[aria-busy=true]")).to_have_count(0)
    assert findings(window, axe) == []
    window.set_viewport_size({"width": 1180, "height": 1700})
    picture(window, "bot-home-covered")
    window.set_viewport_size({"width": 390, "height": 1700})
    picture(window, "bot-home-phone")
    assert window.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_tour_leads_through_the_real_bot(window: Page, address: str) -> None:
    window.goto(address)
    window.get_by_role("button", name="Take the tour").click()
    tour = window.get_by_role("region", name="Tour")
    tour.get_by_role("button", name="Start").click()
    seen = (
        ("#messages .message", "Minhang District"),
        (".message.ephemeral", "read as Minhang"),
        ("#messages .message", "Shared by"),
        ("#replies .message", "Minhang District"),
        ("#messages .message", "No city is recorded as paired with Hefei"),
        ("#messages .message", "Map of Huainan"),
        ("#messages .message", "BibTeX"),
        ("#modal", "New digest"),
        ("#home", "Ask the fact base"),
    )
    for number, (place, words) in enumerate(seen, start=2):
        expect(tour).to_contain_text(f"Tour, {number} of {len(seen) + 1}")
        expect(window.locator(place).last).to_contain_text(words)
        picture(window, f"tour-{number}")
        if number <= len(seen):
            tour.get_by_role("button", name="Next").click()
    # What is asked there is no part of the tour: its caption does not lie over the answer, and is there again after it.
    box = window.get_by_label("Ask the fact base")
    box.fill("Which district is twinned with Huainan?")
    box.press("Enter")
    answer = window.get_by_role("dialog")
    expect(answer).to_contain_text("Minhang District")
    expect(answer.locator("#tour")).to_have_count(0)
    window.keyboard.press("Escape")
    expect(answer).to_be_hidden()
    tour.get_by_role("button", name="Done").click()
    expect(tour).to_be_hidden()

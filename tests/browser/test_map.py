"""A map in the workspace: seen in the direct message, read by pointing, asked by clicking."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import picture
from tests.browser.test_whole_bot import address, say

__all__ = ["address"]
pytestmark = pytest.mark.browser


def test_a_map_is_pointed_at_and_clicked(window: Page, address: str) -> None:
    window.goto(address)
    window.locator(".channel").first.click()

    say(window, "/yrd map Huainan")
    figure = window.locator(".picture-file")
    expect(figure.locator("img")).to_have_attribute("alt", "Map of Huainan 淮南: coast, rivers, lakes and 2 places, no"
                                                    " boundaries. Twinning: Minhang – Huainan.", timeout=20_000)  # fmt: skip
    line = figure.locator(".part.line")
    expect(line).to_have_count(1)
    line.focus()
    expect(figure.locator(".told")).to_contain_text("para ")
    expect(figure.locator(".told")).to_contain_text("/yrd-pair")
    figure.scroll_into_view_if_needed()
    picture(window, "bot-map")
    line.press("Enter")
    expect(window.locator(".message.ephemeral").last).to_contain_text("Huainan")


def test_a_place_on_the_map_is_clicked_with_the_mouse(window: Page, address: str) -> None:
    window.goto(address)
    window.locator(".channel").first.click()
    say(window, "/yrd map ports")
    spot = window.locator(".picture-file").last.locator(".part:not(.line)").first
    expect(spot).to_be_visible(timeout=20_000)
    spot.hover()
    expect(window.locator(".picture-file .told").last).to_contain_text("/yrd-city")
    spot.click()
    expect(window.locator(".message.ephemeral").last).to_contain_text("fact")


def test_a_part_of_the_map_on_home_is_asked_in_a_modal_and_so_is_one_of_the_map_in_it(
    window: Page, address: str
) -> None:
    window.goto(address)
    window.get_by_role("tab", name="Home").click()
    home = window.get_by_label("Home tab")
    line = home.locator(".picture-file .part.line").first
    expect(line).to_be_attached(timeout=20_000)
    line.press("Enter")
    modal = window.get_by_role("dialog")
    expect(modal).to_contain_text("twinning")
    modal.get_by_role("button", name="Map").click()
    expect(modal.locator(".picture-file .part.line").first).to_be_attached(timeout=20_000)
    modal.locator(".picture-file .part:not(.line)").first.press("Enter")
    expect(modal).to_contain_text("/yrd-city")

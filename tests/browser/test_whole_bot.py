"""`yrd run` without tokens: a person opens the page, types a misspelt city, reads, shares, asks on."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe, findings
from tests.browser.conftest import picture

pytestmark = pytest.mark.browser
__all__ = ["axe"]
ROOT = Path(__file__).parents[2]
READY = "open "


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address that `yrd run` prints, from a fresh data folder and without any token."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "YRD_"))}
    env |= {"YRD_PORT": str(_free_port()), "YRD_DATA_DIR": str(tmp_path_factory.mktemp("data"))}
    command = [sys.executable, "-m", "bot.cli", "run"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        try:
            assert READY in said, said
            yield said.partition(READY)[2].split()[0]
        finally:
            process.terminate()
            process.wait(timeout=30)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


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

    expect(window.get_by_label("Home tab")).to_contain_text("YRD Desk")
    picture(window, "bot-home")


def test_a_message_is_looked_up_by_its_shortcut(window: Page, address: str) -> None:
    window.goto(address)
    window.get_by_role("button", name="general").click()
    say(window, "Nanjing met Chuzhou today")
    message = window.locator("#messages .message", has_text="Nanjing met Chuzhou today").first

    message.hover()
    message.get_by_role("button", name="Look up in YRD Desk").click()

    expect(window.get_by_text("Only visible to you").last).to_be_visible()
    expect(window.locator(".message.ephemeral").last).to_contain_text("Chuzhou")


def test_the_composer_lists_the_six_commands(window: Page, address: str) -> None:
    window.goto(address)
    window.locator("#composer textarea").press_sequentially("/yrd")

    expect(window.locator("#composer").get_by_role("option")).to_have_count(6)
    picture(window, "bot-commands")


def test_home_says_what_is_covered_and_takes_a_question(window: Page, address: str, axe: str) -> None:
    window.goto(address)
    window.get_by_role("tab", name="Home").click()
    home = window.get_by_label("Home tab")
    expect(home).to_contain_text("Places and topics")
    box = home.get_by_label("Ask the fact base")
    box.fill("杭州")
    box.press("Enter")
    expect(home).to_contain_text("Answered in Messages: 杭州")
    expect(home.get_by_label("Ask the fact base")).to_have_value("")
    assert findings(window, axe) == []
    window.set_viewport_size({"width": 1180, "height": 1700})
    picture(window, "bot-home-covered")
    window.set_viewport_size({"width": 390, "height": 1700})
    picture(window, "bot-home-phone")
    assert window.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_tour_leads_through_the_real_bot(window: Page, address: str) -> None:
    window.goto(address + "#tour")
    tour = window.get_by_role("region", name="Tour")
    seen = (
        (".message.ephemeral", "read as Hangzhou"),
        ("#messages", "Shared by"),
        ("#replies", "Suzhou"),
        ("#messages", "outside this fact base"),
        ("#modal", "New digest"),
        ("#home", "What I hold"),
        ("#saw", "views.publish"),
    )
    for number, (place, words) in enumerate(seen, start=2):
        tour.get_by_role("button", name="Next").click()
        expect(tour).to_contain_text(f"Tour, {number} of 8")
        expect(window.locator(place).last).to_contain_text(words)
        picture(window, f"tour-{number}")
    tour.get_by_role("button", name="Done").click()
    expect(tour).to_be_hidden()

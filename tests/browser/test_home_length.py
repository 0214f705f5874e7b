"""Home in a browser is a front page for everybody: under one and a half screens, whatever is one's own, with its map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.map.lettering import SMALL
from bot.map.view import WIDTH
from tests.browser.axe import axe, findings
from tests.browser.conftest import picture
from tests.browser.kept import keep, keep_one
from tests.browser.running_bot import running_bot

pytestmark = pytest.mark.browser
__all__ = ["axe"]
LONGEST = 1.5
LEGIBLE = 9.0
SENTENCES = (
    "What is Hangzhou paired with, and since when has that been agreed upon?",
    "Which twinning arrangements are there between Shanghai and the north of Anhui?",
    "How does the cooperation on ports between Ningbo and Shanghai work in practice?",
    "Which documents say how talent moves between the cities of the delta?",
    "What do Hefei and Nanjing do together in science and technology?",
)


@pytest.fixture(scope="module")
def address(shared_data_folder: Path) -> Iterator[str]:
    """Where a bot answers that some weeks of work lie with: Alice curates and owns digests, Bob proposes.
    Whoever only reads, or owns digests and curates nothing, has part of what they have.
    """
    keep(shared_data_folder)
    with running_bot(shared_data_folder) as there:
        yield there


def home_of(window: Page, address: str, who: str) -> None:
    window.set_viewport_size({"width": 1440, "height": 900})
    window.goto(address)
    window.get_by_label("You are").first.select_option(label=who)
    window.get_by_role("tab", name="Home").click()
    expect(window.locator("#home img")).to_be_visible(timeout=20_000)


def screens(window: Page) -> float:
    return float(window.locator("#home").evaluate("node => node.scrollHeight / node.clientHeight"))


def test_a_curator_with_digests_and_proposals_has_less_than_one_and_a_half_screens(
    window: Page, address: str, axe: str
) -> None:
    home_of(window, address, "Alice Chen")
    home = window.locator("#home")
    for told in ("4 proposals and ", "Your proposals:", "Your digests: 5"):
        expect(home).to_contain_text(told)
    assert screens(window) < LONGEST
    assert findings(window, axe) == []
    picture(window, "home-curator")


def test_also_after_five_questions_were_asked_there(window: Page, address: str) -> None:
    home_of(window, address, "Alice Chen")
    for text in ("Hangzhou", "Ningbo", "Hefei", "Huainan", "ports"):
        box = window.locator("#home").get_by_label("Ask the fact base")
        box.fill(text)
        box.press("Enter")
        expect(window.get_by_role("dialog")).to_be_visible()
        window.keyboard.press("Escape")
        expect(window.get_by_role("dialog")).to_be_hidden()
        # Home has it by now, and an empty box.
        expect(window.locator("#home").get_by_role("button", name=text, exact=True)).to_be_visible()
    expect(window.locator("#home")).to_contain_text("to ask again")
    assert screens(window) < LONGEST


def test_who_proposes_and_curates_nothing_has_less_than_that(window: Page, address: str) -> None:
    home_of(window, address, "Bob Li")
    expect(window.locator("#home")).to_contain_text("Your proposals:")
    assert screens(window) < LONGEST


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_what_is_written_on_the_map_is_nine_points_high_on_every_screen(
    window: Page, address: str, width: int
) -> None:
    home_of(window, address, "Bob Li")
    window.set_viewport_size({"width": width, "height": 844})
    # The tab may be published anew meanwhile: what is looked at is what stands there in the end.
    wide = "least => document.querySelector('#home .picture-file img')?.clientWidth >= least"
    window.wait_for_function(wide, arg=LEGIBLE * WIDTH / SMALL.note)


def test_also_with_one_digest_on_much_after_questions_in_whole_sentences(
    window: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("one")
    keep_one(folder)
    with running_bot(folder) as there:
        home_of(window, there, "Alice Chen")
        home = window.locator("#home")
        for text in SENTENCES:
            box = home.get_by_label("Ask the fact base")
            box.fill(text)
            box.press("Enter")
            expect(window.get_by_role("dialog")).to_be_visible()
            window.keyboard.press("Escape")
            expect(window.get_by_role("dialog")).to_be_hidden()
            expect(home.get_by_role("button").filter(has_text=text[:12])).to_be_visible()
        for told in ("New:", "Your digest:", "Skipped:", "Reliability:", "proposal", "to ask again"):
            expect(home).to_contain_text(told)
        home.evaluate("node => node.scrollTo(0, 9999)")
        picture(window, "home-one-digest")
        assert screens(window) < LONGEST


def test_an_admin_chooses_curators_from_a_menu_of_people(window: Page, address: str, axe: str) -> None:
    home_of(window, address, "Alice Chen")
    modal = window.get_by_role("dialog")
    window.locator("#home").get_by_role("button", name="Choose curators").click()
    expect(modal).to_contain_text("Curators now: Alice Chen.")
    expect(modal.get_by_role("checkbox")).to_have_count(2)
    assert findings(window, axe) == []
    modal.get_by_label("Bob Li").check()
    modal.get_by_role("button", name="Save").click()
    expect(modal).to_contain_text("Bob Li is now a curator.")
    window.keyboard.press("Escape")


def test_what_is_long_stands_behind_its_buttons(window: Page, address: str) -> None:
    home_of(window, address, "Alice Chen")
    modal = window.get_by_role("dialog")
    for name, told in (
        ("Your proposals", "number 9"),
        ("Your digests", "5: Talent"),
        ("Open the queue", "4 unanswered questions"),
    ):
        window.locator("#home").get_by_role("button", name=name).click()
        expect(modal).to_contain_text(told)
        window.keyboard.press("Escape")
        expect(modal).to_be_hidden()

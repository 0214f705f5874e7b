"""The first minute in a workspace: a greeting with questions to press, and a tour that one may leave at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Browser, Page, Route, expect

from handlers.lookups.welcome import FIRST_QUESTIONS
from tests.browser.axe import axe, findings
from tests.browser.conftest import picture, watched
from tests.browser.running_bot import running_bot

pytestmark = pytest.mark.browser
__all__ = ["axe"]


@pytest.fixture(scope="module")
def address(shared_data_folder: Path) -> Iterator[str]:
    """Where a bot answers."""
    with running_bot(shared_data_folder) as there:
        yield there


@pytest.fixture
def touring(window: Page, address: str) -> Iterator[Page]:
    """The page with the tour on it, which was asked for; what the test leaves open on somebody's screen is closed."""
    window.goto(address)
    window.get_by_role("button", name="Take the tour").press("Enter")
    expect(window.get_by_role("region", name="Tour")).to_contain_text("Tour, 1 of")
    yield window
    end = window.get_by_role("button", name="End the tour")
    if end.is_visible():
        end.click()
    if window.get_by_role("dialog").is_visible():
        window.keyboard.press("Escape")
        expect(window.get_by_role("dialog")).to_be_hidden()


def leave(window: Page) -> None:
    window.goto("about:blank")


def test_the_first_look_greets_and_offers_the_tour_once(newcomer: Page, address: str, axe: str) -> None:
    # Who follows a link is not led away.
    newcomer.goto(f"{address}/#in=C04GENERAL1")
    expect(newcomer.get_by_role("heading", level=1)).to_contain_text("general")
    expect(newcomer.get_by_role("region", name="Tour")).to_be_hidden()
    expect(newcomer.locator("#composer textarea")).to_be_focused()

    leave(newcomer)
    newcomer.goto(address)
    messages = newcomer.locator("#messages .message")
    expect(messages.first).to_contain_text("Hello, I am YRD Desk.")
    tour = newcomer.get_by_role("region", name="Tour")
    expect(tour).to_contain_text("Tour, 1 of")
    assert findings(newcomer, axe) == []
    picture(newcomer, "first-look")

    tour.get_by_role("button", name="Skip the tour").press("Enter")
    expect(tour).to_be_hidden()
    expect(newcomer.locator("#composer textarea")).to_be_focused()
    # Not by itself again: neither after coming back, nor in another tab.
    leave(newcomer)
    newcomer.goto(address)
    expect(messages.first).to_be_visible()
    expect(tour).to_be_hidden()
    other = newcomer.context.new_page()
    other.goto(address)
    expect(other.locator("#messages .message").first).to_be_visible()
    expect(other.get_by_role("region", name="Tour")).to_be_hidden()
    newcomer.get_by_role("button", name="Take the tour").click()
    expect(tour).to_contain_text("Tour, 1 of")


def test_each_browser_has_its_first_visit_and_each_tab_its_own_way_through(
    newcomer: Page, browser: Browser, address: str
) -> None:
    newcomer.goto(address)
    tour = newcomer.get_by_role("region", name="Tour")
    tour.get_by_role("button", name="Start").click()
    expect(tour).to_contain_text("Tour, 2 of")
    second = newcomer.context.new_page()
    second.goto(address)
    with watched(browser) as elsewhere:
        elsewhere.goto(address)
        theirs = elsewhere.get_by_role("region", name="Tour")
        expect(theirs).to_contain_text("Tour, 1 of")

        tour.get_by_role("button", name="Next").click()
        expect(tour).to_contain_text("Tour, 3 of")
        # What the step did is seen by whoever is there; the caption is not.
        expect(second.locator("#messages .message", has_text="Minhang District").last).to_be_visible()
        expect(second.get_by_role("region", name="Tour")).to_be_hidden()
        expect(theirs).to_contain_text("Tour, 1 of")
        theirs.get_by_role("button", name="Skip the tour").click()
        expect(theirs).to_be_hidden()
    expect(tour).to_contain_text("Tour, 3 of")


def test_who_comes_back_in_the_middle_of_the_tour_goes_on_there(touring: Page, address: str) -> None:
    window = touring
    tour = window.get_by_role("region", name="Tour")
    tour.get_by_role("button", name="Start").click()
    tour.get_by_role("button", name="Next").click()
    expect(tour).to_contain_text("Tour, 3 of")

    window.reload()
    expect(tour).to_contain_text("Tour, 3 of")
    leave(window)
    window.goto(address)
    expect(tour).to_contain_text("Tour, 3 of")
    tour.get_by_role("button", name="Next").click()
    expect(tour).to_contain_text("Tour, 4 of")

    # A tab that is copied takes along what the storage of the first holds now.
    copied = window.evaluate("() => JSON.stringify(sessionStorage)")
    copy = window.context.new_page()
    copy.add_init_script(
        f"try {{ Object.assign(sessionStorage, {copied}); localStorage.setItem('yrd-desk/toured', 'yes'); }} catch {{ /* about:blank */ }}"
    )
    copy.goto(address)
    expect(copy.locator("#messages .message").first).to_be_visible()
    expect(copy.get_by_role("region", name="Tour")).to_be_hidden()


def test_each_question_of_the_greeting_is_answered_below_it(window: Page, address: str) -> None:
    window.goto(address)
    greeting = window.locator("#messages .message").first
    expect(greeting).to_contain_text("Hello")
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


def test_the_first_look_of_a_phone_shows_all_questions_and_the_box(newcomer: Page, data_folder: Path) -> None:
    window = newcomer
    window.set_viewport_size({"width": 390, "height": 844})
    with running_bot(data_folder) as unvisited:
        window.goto(unvisited)
        shows_all_questions_and_the_box(window)


def shows_all_questions_and_the_box(window: Page) -> None:
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


def test_an_answer_that_was_on_its_way_when_the_tour_began_does_not_end_it(
    window: Page, address: str
) -> None:
    window.goto(address)
    expect(window.locator("#messages .message").first).to_be_visible()
    late: list[tuple[Route, APIResponse]] = []

    def keep_the_first_with_news(route: Route) -> None:
        # A connection that was kept may just be closed.
        answer = route.fetch(max_retries=3)
        if late or "messages" not in answer.json():
            route.fulfill(response=answer)
        else:
            late.append((route, answer))

    window.route("**/workspace/updates?*", keep_the_first_with_news)
    window.locator("#composer textarea").fill("Huainan")
    window.locator("#composer textarea").press("Enter")
    tour = window.get_by_role("region", name="Tour")
    while not late:
        window.wait_for_timeout(50)
    window.get_by_role("button", name="Take the tour").press("Enter")
    expect(tour.get_by_role("button", name="Start")).to_be_focused()
    window.evaluate("""() => {
        window.losses = 0;
        document.addEventListener("focusout", () => { window.losses += 1; });
    }""")

    route, answer = late[0]
    route.fulfill(response=answer)
    window.wait_for_timeout(1_000)

    expect(tour.get_by_role("button", name="Start")).to_be_focused()
    assert window.evaluate("() => window.losses") == 0
    tour.get_by_role("button", name="Skip the tour").press("Enter")
    expect(tour).to_be_hidden()
    # What is on its way ends with the page.
    window.unroute_all(behavior="ignoreErrors")


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
        # What a form is left or sent by, too.
        if step == 9:
            expect(window.get_by_role("dialog").get_by_role("button", name="Cancel")).to_be_in_viewport(
                ratio=1
            )
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

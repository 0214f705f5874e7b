"""Days, what is new, and the focus: the page behaves under a reader's hands as Slack does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.local_slack import LocalSlackServer
from bot.local_slack.state.records import Message
from tests.browser.conftest import picture
from tests.browser.test_page import go_to

pytestmark = pytest.mark.browser
DAY = 86_400
PAGES = 6


def at(slack: LocalSlackServer, when: datetime, text: str, who: str = "bob", **fields: Any) -> Message:
    """Somebody's message of another time."""
    message = slack.team.post("general", who, text, **fields)
    message.ts = f"{when.timestamp():.6f}"
    return message


def buttons(*words: str) -> list[dict[str, Any]]:
    """Buttons, each with an action of its own name."""
    pressed = [
        {"type": "button", "action_id": word, "text": {"type": "plain_text", "text": word}, "value": word}
        for word in words
    ]
    return [{"type": "actions", "block_id": "turn", "elements": pressed}]


def focused(window: Page) -> str:
    return str(window.evaluate("document.activeElement.textContent"))


def test_a_line_stands_above_each_day(window: Page, echo_slack: LocalSlackServer) -> None:
    window.clock.install(time=datetime(2026, 11, 27, 12, tzinfo=UTC))
    for when, text in (
        (datetime(2025, 11, 2, 8, tzinfo=UTC), "last year"),
        (datetime(2026, 11, 23, 8, tzinfo=UTC), "monday"),
        (datetime(2026, 11, 26, 8, tzinfo=UTC), "yesterday, at four in Shanghai"),
        # Half past midnight in Shanghai, and the day before in Greenwich.
        (datetime(2026, 11, 26, 16, 30, tzinfo=UTC), "today"),
        (datetime(2026, 11, 27, 8, tzinfo=UTC), "today as well"),
    ):
        at(echo_slack, when, text)
    go_to(window, echo_slack, "general")

    lines = window.locator("#messages").get_by_role("separator")
    expect(lines).to_have_text(["Sunday, November 2nd, 2025", "Monday, November 23rd", "Yesterday", "Today"])
    picture(window, "reading-days")
    go_to(window, echo_slack, "general", "bob")
    expect(lines.last).to_have_text("今天")


def test_at_midnight_today_becomes_yesterday(window: Page, echo_slack: LocalSlackServer) -> None:
    # Two minutes before midnight in Shanghai.
    window.clock.install(time=datetime(2026, 11, 27, 15, 58, tzinfo=UTC))
    at(echo_slack, datetime(2026, 11, 27, 15, 0, tzinfo=UTC), "late")
    go_to(window, echo_slack, "general")
    line = window.locator("#messages").get_by_role("separator")
    expect(line).to_have_text("Today")

    window.clock.fast_forward("03:00")

    expect(line).to_have_text("Yesterday")


def test_what_comes_elsewhere_is_counted_there_and_in_the_title_until_it_is_read(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    echo_slack.driver.say("bob", "delta-news", "old")
    go_to(window, echo_slack, "general")
    elsewhere = window.get_by_role("button", name="delta-news")
    expect(window).to_have_title("#general · local workspace")

    echo_slack.driver.say("bob", "delta-news", "one")
    echo_slack.driver.say("bob", "delta-news", "two")

    expect(elsewhere).to_have_accessible_name("delta-news 2 new messages")
    expect(window).to_have_title("(2) #general · local workspace")
    picture(window, "reading-unread")

    elsewhere.click()
    expect(window).to_have_title("#delta-news · local workspace")
    news = window.get_by_role("separator", name="New messages")
    expect(news).to_be_visible()
    after = news.locator("xpath=following-sibling::*[1]")
    expect(after).to_contain_text("one")

    window.get_by_role("button", name="general").click()
    elsewhere.click()
    expect(news).to_have_count(0)


def test_what_was_read_stays_read_after_reloading_and_what_came_since_is_new(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    echo_slack.driver.say("bob", "delta-news", "old")
    go_to(window, echo_slack, "general")
    window.goto("about:blank")
    echo_slack.driver.say("bob", "delta-news", "came meanwhile")

    go_to(window, echo_slack, "general")

    expect(window.get_by_role("button", name="delta-news")).to_have_accessible_name(
        "delta-news 1 new message"
    )


def test_what_comes_to_messages_while_one_looks_at_home_is_counted_on_the_tab(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    window.goto(echo_slack.origin)
    window.get_by_role("tab", name="Home").click()
    expect(window.get_by_label("Home tab")).to_contain_text("Welcome home")

    echo_slack.team.post(echo_slack.team.im("alice"), echo_slack.workspace.identity.bot_user, "An answer")

    tab = window.get_by_role("tab", name="Messages")
    expect(tab).to_have_accessible_name("Messages 1 new message")
    tab.click()
    expect(tab).to_have_accessible_name("Messages")


def test_a_reply_in_a_thread_that_one_began_is_counted_on_it(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    root = echo_slack.driver.say("alice", "general", "Who knows?").message
    other = echo_slack.driver.say("bob", "general", "Lunch?").message
    assert root is not None
    assert other is not None
    go_to(window, echo_slack, "general")

    echo_slack.driver.say("bob", "general", "I do", thread_ts=root.ts)
    echo_slack.driver.say("bob", "general", "Yes", thread_ts=other.ts)

    replies = window.locator(".message", has_text="Who knows?").locator(".replies")
    expect(replies).to_have_text("1 reply1 new")
    expect(window).to_have_title("(1) #general · local workspace")
    replies.click()
    expect(window).to_have_title("#general · local workspace")
    expect(replies).to_have_text("1 reply")


def test_who_reads_further_up_is_told_of_what_comes_below(window: Page, echo_slack: LocalSlackServer) -> None:
    for number in range(60):
        echo_slack.team.post("general", ("alice", "bob")[number % 2], f"message {number}")
    go_to(window, echo_slack, "general")
    window.locator("#messages").evaluate("node => { node.scrollTop = 0; }")

    echo_slack.driver.say("bob", "general", "below")

    below = window.get_by_role("button", name="New messages below")
    expect(below).to_be_visible()
    expect(window).to_have_title("(1) #general · local workspace")
    assert window.locator("#messages").evaluate("node => node.scrollTop") == 0
    below.click()
    expect(window.get_by_text("below", exact=True)).to_be_in_viewport()
    expect(below).to_be_hidden()
    expect(window).to_have_title("#general · local workspace")


def turn(slack: LocalSlackServer, message: Message, page: int) -> None:
    words = [word for word, is_there in (("Back", page > 1), ("More", page < PAGES)) if is_there]
    slack.team.edit(message, f"Page {page}", buttons(*words, "Sources"))


def test_six_pages_are_turned_by_keyboard_alone(window: Page, echo_slack: LocalSlackServer) -> None:
    bot = echo_slack.workspace.identity.bot_user
    before = echo_slack.team.post("general", "bob", "above")
    message = echo_slack.team.post("general", bot, "Page 1", blocks=buttons("More", "Sources"))
    echo_slack.team.post("general", "bob", "below")
    go_to(window, echo_slack, "general")
    more = window.get_by_role("button", name="More", exact=True)
    more.focus()

    for page in range(2, PAGES):
        turn(echo_slack, message, page)
        expect(window.get_by_role("button", name="Back")).to_be_visible()
        expect(more).to_be_focused()
    turn(echo_slack, message, PAGES)
    # The last page has no More: what can be pressed next in the same message has the focus.
    expect(more).to_have_count(0)
    assert focused(window) in ("Back", "Sources")

    echo_slack.team.delete(message)
    expect(window.locator(f"[data-ts='{message.ts}']")).to_have_count(0)
    assert focused(window) != window.locator("body").evaluate("node => node.textContent")
    assert before.ts


def test_sharing_leaves_the_focus_among_the_messages(window: Page, echo_slack: LocalSlackServer) -> None:
    go_to(window, echo_slack, "general")
    window.locator("#composer textarea").fill("/echo Hangzhou")
    window.locator("#composer textarea").press("Enter")
    share = window.locator(".message.ephemeral").get_by_role("button", name="Share")
    share.focus()
    window.keyboard.press("Enter")

    expect(window.locator("#messages .message", has_text="Shared by @Alice Chen")).to_be_visible()
    assert window.evaluate("document.activeElement.closest('#messages') !== null")


def test_a_change_in_place_leaves_the_reader_where_they_are(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    bot = echo_slack.workspace.identity.bot_user
    message = echo_slack.team.post("general", bot, "x", blocks=buttons("More"))
    for number in range(60):
        echo_slack.team.post("general", ("alice", "bob")[number % 2], f"message {number}")
    go_to(window, echo_slack, "general")
    messages = window.locator("#messages")
    messages.evaluate("node => { node.scrollTop = 200; }")

    echo_slack.team.edit(message, "y", buttons("More", "Back"))

    expect(window.get_by_role("button", name="Back")).to_be_attached()
    assert messages.evaluate("node => node.scrollTop") == 200


def test_one_toolbar_stands_at_a_time(window: Page, echo_slack: LocalSlackServer) -> None:
    for number in range(3):
        echo_slack.team.post("general", ("alice", "bob")[number % 2], f"message {number}")
    go_to(window, echo_slack, "general")
    rows = window.locator("#messages .message")
    bars = window.locator(".tools")

    def standing() -> list[int]:
        return [n for n in range(3) if bars.nth(n).evaluate("node => getComputedStyle(node).opacity") == "1"]

    rows.nth(0).hover()
    assert standing() == [0]
    window.locator("#messages").focus()
    window.keyboard.press("ArrowUp")
    assert standing() == [2]
    rows.nth(2).get_by_role("button", name="More actions").press("Enter")
    expect(window.get_by_role("menu")).to_be_visible()
    assert standing() == [2]
    window.keyboard.press("Escape")
    rows.nth(1).hover()
    assert standing() == [1]


def test_a_required_field_left_empty_is_not_sent_and_says_so(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    echo_slack.driver.say("bob", "general", "Nanjing and Chuzhou")
    go_to(window, echo_slack, "general")
    window.locator(".message").hover()
    window.get_by_role("button", name="More actions").click()
    window.get_by_role("menuitem", name="Look up in YRD Desk").click()
    dialog = window.get_by_role("dialog", name="Look up")
    dialog.get_by_role("button", name="Send").click()

    expect(dialog.get_by_role("alert")).to_have_text("Please complete this required field.")
    expect(dialog.get_by_label("Name")).to_be_focused()
    picture(window, "reading-required")


def test_chinese_is_drawn_where_the_system_has_no_chinese_font(
    browser: Browser, echo_slack: LocalSlackServer
) -> None:
    # The rare ones are of another file than the common ones; what surrounds them is not fetched for.
    common, rare = "淮南和哪个区结对？", "鬯鼐龜"
    echo_slack.team.post("general", "bob", f"Huainan {common}")
    echo_slack.team.post("general", "alice", rare)
    page = browser.new_page()
    go_to(page, echo_slack, "general")
    page.evaluate("async () => { await document.fonts.ready; }")

    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    for node in session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "[lang=zh]"})["nodeIds"]:
        used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        # The font of last resort, which draws boxes, has no Chinese.
        assert [font["familyName"] for font in used if font["familyName"].startswith("DejaVu")] == []
    assert page.locator("[lang=zh]").all_inner_texts() == [common, rare]
    page.close()

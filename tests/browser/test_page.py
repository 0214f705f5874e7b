"""The page does what a person expects of Slack, with a real bot behind it."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, Route, expect

from bot.local_slack import LocalSlackServer
from tests.browser.conftest import picture

pytestmark = pytest.mark.browser


def go_to(window: Page, slack: LocalSlackServer, channel: str, user: str = "alice") -> None:
    place = f"#as={slack.team.user(user).id}&in={slack.team.channel(channel).id}"
    window.goto(slack.origin + "/" + place)
    expect(window.get_by_role("heading", level=1)).to_contain_text(channel)


def test_typing_a_slash_offers_the_commands_with_their_hints(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    go_to(window, echo_slack, "general")
    box = window.locator("#composer textarea")

    box.press_sequentially("/")
    expect(window.locator("#composer").get_by_role("option")).to_have_count(2)
    box.press("ArrowDown")
    expect(window.locator("#composer").get_by_role("option", selected=True)).to_contain_text("/shout")
    box.press("Enter")

    expect(box).to_have_value("/shout ")
    expect(window.locator("#composer .usage")).to_contain_text("anything")


def test_what_was_typed_before_the_commands_were_known_is_completed_once_they_are(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    held: list[Route] = []
    window.route("**/workspace/updates*", lambda route: held.append(route))
    window.goto(echo_slack.origin)
    window.locator("#composer textarea").press_sequentially("/")
    expect(window.locator("#composer").get_by_role("option")).to_have_count(0)

    held.pop().continue_()

    expect(window.locator("#composer").get_by_role("option")).to_have_count(2)


def test_what_was_pressed_before_the_page_knew_who_looks_is_done_once_it_does(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    held: list[Route] = []
    window.route("**/workspace/updates*", lambda route: held.append(route), times=1)
    window.goto(f"{echo_slack.origin}/#in={echo_slack.team.channel('general').id}")
    window.get_by_role("button", name="Take the tour").click()

    held.pop().continue_()

    expect(window.get_by_role("region", name="Tour")).to_contain_text("Tour, 1 of")


def test_who_went_to_something_before_the_page_knew_who_looks_stays_there(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    held: list[Route] = []
    window.route("**/workspace/updates*", lambda route: held.append(route), times=1)
    window.goto(echo_slack.origin)
    button = window.get_by_role("button", name="Take the tour")
    button.focus()

    held.pop().continue_()

    expect(window.get_by_role("tab", name="Home")).to_be_visible()
    expect(button).to_be_focused()
    window.keyboard.press("Enter")
    expect(window.get_by_role("region", name="Tour")).to_contain_text("Tour, 1 of")


def say_in_vain(window: Page, *messages: str) -> list[Route]:
    """What was said, on its way to a workspace that does not answer yet."""
    away: list[Route] = []
    window.route("**/workspace/act", lambda route: away.append(route), times=len(messages))
    for number, text in enumerate(messages, start=1):
        window.locator("#composer textarea").fill(text)
        window.locator("#composer textarea").press("Enter")
        deadline = time.monotonic() + 20
        while len(away) < number and time.monotonic() < deadline:
            window.wait_for_timeout(20)
    assert len(away) == len(messages)
    return away


def test_what_did_not_arrive_is_there_to_be_sent_again(window: Page, echo_slack: LocalSlackServer) -> None:
    go_to(window, echo_slack, "general")
    box = window.locator("#composer textarea")
    away = say_in_vain(window, "/echo one", "/echo two")
    box.press_sequentially("and three")

    for route in away:
        route.abort()

    expect(box).to_have_value("/echo one\n/echo two\nand three")
    box.press_sequentially("!")
    expect(box).to_have_value("/echo one\n/echo two\nand three!")
    box.fill("/echo one")
    box.press("Enter")
    expect(window.locator("#messages .message")).to_have_count(1)
    expect(box).to_have_value("")


def test_what_did_not_arrive_is_given_back_where_it_was_said(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    go_to(window, echo_slack, "general")
    [away] = say_in_vain(window, "for general alone")
    window.get_by_role("button", name="random").click()

    with window.expect_event("requestfailed"):
        away.abort()

    box = window.locator("#composer textarea")
    expect(box).to_have_value("")
    window.get_by_role("button", name="general").click()
    expect(box).to_have_value("for general alone")
    window.get_by_role("button", name="random").click()
    expect(window.get_by_role("heading", level=1)).to_contain_text("random")


def test_what_is_too_long_is_given_back_with_the_reason(window: Page, echo_slack: LocalSlackServer) -> None:
    go_to(window, echo_slack, "general")
    box = window.locator("#composer textarea")
    box.fill("x" * 12_001)
    box.press("Enter")

    expect(window.locator("#said")).to_contain_text("too long")
    expect(box).to_have_value("x" * 12_001)


def test_what_is_pressed_and_not_taken_says_so(window: Page, echo_slack: LocalSlackServer) -> None:
    window.goto(echo_slack.origin)
    expect(window.get_by_role("tab", name="Home")).to_be_visible()
    window.route("**/workspace/act", lambda route: route.fulfill(status=400), times=1)

    window.get_by_role("tab", name="Home").click()

    expect(window.locator("#said")).to_contain_text("That was not taken")
    expect(window.locator("#offline")).to_be_hidden()


def test_what_is_pressed_while_another_person_is_chosen_is_shown_to_that_person(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    window.goto(echo_slack.origin)
    expect(window.get_by_role("tab", name="Home")).to_be_visible()
    held: list[Route] = []
    window.route("**/workspace/updates*", lambda route: held.append(route), times=1)
    window.get_by_label("You are").select_option(label="Bob Li")
    window.get_by_role("tab", name="Home").click()

    held.pop().continue_()

    expect(window.get_by_role("tab", name="Home")).to_have_attribute("aria-selected", "true")
    expect(window.locator("#home")).to_be_visible()


def test_escape_closes_the_offers_and_keeps_the_text(window: Page, echo_slack: LocalSlackServer) -> None:
    go_to(window, echo_slack, "general")
    box = window.locator("#composer textarea")

    box.press_sequentially("/ec")
    box.press("Escape")

    expect(window.locator("#composer").get_by_role("option")).to_have_count(0)
    expect(box).to_have_value("/ec")


def test_an_ephemeral_answer_is_seen_by_one_person_and_shared_by_its_button(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    go_to(window, echo_slack, "general")
    window.locator("#composer textarea").fill("/echo Hangzhou <b>&")
    window.locator("#composer textarea").press("Enter")

    answer = window.locator(".message.ephemeral")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer.locator("strong", has_text="Hangzhou <b>&")).to_be_visible()
    answer.get_by_role("button", name="Share").click()
    expect(window.locator(".message:not(.ephemeral)")).to_contain_text("Shared by @Alice Chen")
    picture(window, "page-ephemeral")

    window.get_by_label("You are").select_option(label="Bob Li")
    expect(window.locator(".message")).to_have_count(1)
    expect(window.locator(".message")).to_contain_text("Shared by")


def test_a_mention_is_answered_in_a_thread_that_can_be_continued(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    go_to(window, echo_slack, "general")
    box = window.locator("#composer textarea")
    box.press_sequentially("@yrd")
    box.press("Enter")
    box.press_sequentially("where is 芜湖?")
    box.press("Enter")

    window.get_by_role("button", name="1 reply").click()
    thread = window.get_by_role("complementary", name="Thread")
    expect(thread.locator(".message")).to_have_count(2)
    expect(thread).to_contain_text("Heard: @YRD Desk where is 芜湖?")
    reply = thread.locator("textarea")
    reply.fill("@YRD Desk and Hefei?")
    reply.press("Enter")
    expect(thread.locator(".message")).to_have_count(4)
    picture(window, "page-thread")
    window.keyboard.press("Escape")
    expect(thread).to_be_hidden()


def test_a_shortcut_on_a_message_opens_a_modal_that_shows_errors_and_sends(
    window: Page, echo_slack: LocalSlackServer
) -> None:
    echo_slack.driver.say("bob", "general", "Nanjing and Chuzhou")
    go_to(window, echo_slack, "general")

    window.locator(".message").hover()
    window.get_by_role("button", name="More actions").click()
    window.get_by_role("menuitem", name="Look up in YRD Desk").click()
    dialog = window.get_by_role("dialog", name="Look up")
    dialog.get_by_label("Name").fill("nobody")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_role("alert")).to_have_text("Give a real name")
    picture(window, "page-modal")
    dialog.get_by_label("Name").fill("Nanjing")
    dialog.get_by_role("button", name="Send").click()

    expect(dialog).to_be_hidden()
    window.get_by_role("button", name="YRD Desk").first.click()
    expect(window.locator("#messages")).to_contain_text("Looked up Nanjing")


def test_the_home_tab_shows_what_the_app_published(window: Page, echo_slack: LocalSlackServer) -> None:
    window.goto(echo_slack.origin)
    window.get_by_role("tab", name="Home").click()

    expect(window.get_by_label("Home tab")).to_contain_text("Welcome home")
    expect(window.locator("#home").get_by_role("button", name="Share")).to_be_visible()


def test_a_direct_message_is_answered_below_it(window: Page, echo_slack: LocalSlackServer) -> None:
    window.goto(echo_slack.origin)
    box = window.locator("#composer textarea")
    box.fill("hangzou")
    box.press("Enter")

    expect(window.locator(".message").last).to_contain_text("Privately: hangzou")


def test_a_long_channel_shows_its_end_and_stays_there(window: Page, echo_slack: LocalSlackServer) -> None:
    for number in range(300):
        echo_slack.team.post("general", ("alice", "bob")[number % 2], f"message {number}")
    go_to(window, echo_slack, "general")
    expect(window.get_by_text("message 299")).to_be_in_viewport()

    echo_slack.driver.say("bob", "general", "one more")

    expect(window.get_by_text("one more")).to_be_in_viewport()


def test_what_happens_elsewhere_marks_the_channel(window: Page, echo_slack: LocalSlackServer) -> None:
    go_to(window, echo_slack, "general")
    elsewhere = window.get_by_role("button", name="delta-news")
    expect(elsewhere).not_to_contain_class("unread")

    echo_slack.driver.say("bob", "delta-news", "news")

    expect(elsewhere).to_contain_class("unread")


def test_everything_can_be_reached_by_keyboard(window: Page, echo_slack: LocalSlackServer) -> None:
    go_to(window, echo_slack, "general")
    box = window.locator("#composer textarea")
    expect(box).to_be_focused()
    box.press_sequentially("/echo x")
    box.press("Enter")
    share = window.locator(".message.ephemeral").get_by_role("button", name="Share")
    expect(share).to_be_visible()

    for _ in range(3):
        window.keyboard.press("Shift+Tab")
        if share.evaluate("node => node === document.activeElement"):
            break
    window.keyboard.press("Enter")

    expect(window.locator("#messages")).to_contain_text("Shared by @Alice Chen")


def test_markup_in_texts_stays_text(window: Page, echo_slack: LocalSlackServer) -> None:
    hostile = "<img src=x onerror=alert(1)> &lt;script&gt;alert(1)&lt;/script&gt; <javascript:alert(1)|click>"
    bot = echo_slack.workspace.identity.bot_user
    echo_slack.team.post("general", bot, hostile)
    link = {"type": "link", "url": "javascript:alert(1)", "text": "there"}
    section = {"type": "rich_text_section", "elements": [link, {"type": "text", "text": "<b>x</b>"}]}
    echo_slack.team.post("general", bot, "x", blocks=[{"type": "rich_text", "elements": [section]}])
    go_to(window, echo_slack, "general")

    expect(window.locator(".message")).to_have_count(2)
    expect(window.locator(".message").first).to_contain_text("<script>alert(1)</script>")
    assert window.locator("#messages img, #messages script, #messages a, #messages b").count() == 0


def test_every_block_the_page_knows_is_drawn(window: Page, echo_slack: LocalSlackServer) -> None:
    bot = echo_slack.workspace.identity.bot_user
    echo_slack.team.post("delta-news", bot, "All blocks", blocks=ALL_BLOCKS)
    go_to(window, echo_slack, "delta-news")

    message = window.locator(".message").last
    expect(message.get_by_role("heading", name="Hangzhou 杭州")).to_be_visible()
    expect(message.locator("blockquote")).to_have_text("A quoted line")
    expect(message.get_by_role("link", name="Xu et al. 2024")).to_have_attribute(
        "href", "https://example.org/x"
    )
    expect(message).to_contain_text("November 15, 2023 by @Alice Chen")
    assert message.locator(".unknown").count() == 0
    picture(window, "page-blocks")
    window.emulate_media(color_scheme="dark")
    picture(window, "page-blocks-dark")
    window.set_viewport_size({"width": 420, "height": 760})
    picture(window, "page-blocks-narrow")


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def _button(text: str, style: str = "") -> dict[str, object]:
    button: dict[str, object] = {"type": "button", "text": _plain(text), "action_id": text, "value": "v"}
    return button | ({"style": style} if style else {})


ALL_BLOCKS: list[dict[str, object]] = [
    {"type": "header", "text": _plain("Hangzhou 杭州")},
    {
        "type": "context",
        "elements": [
            {
                "type": "mrkdwn",
                "text": "*Bold*, _italic_, ~struck~, `code` and <https://example.org/x|Xu et al. 2024>; a&amp;b\n"
                "&gt; A quoted line\nseen <!date^1700000000^{date_long}|then> by <@U04ALICE7K2>",
            }
        ],
    },
    {"type": "divider"},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {
                                "type": "text",
                                "text": "Hangzhou and Xuancheng share a pilot zone ",
                                "style": {"bold": True},
                            },
                            {"type": "text", "text": "(Xu et al. 2024, 4.1.1, para 38)"},
                        ],
                    }
                ],
            },
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "@article{xu2024}"}]},
        ],
    },
    {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": "2024-03 · reported"}, _plain("Answered in 1 ms")],
    },
    {
        "type": "actions",
        "elements": [
            _button("Share to channel", "primary"),
            _button("More"),
            _button("Remove", "danger"),
            {
                "type": "static_select",
                "action_id": "pick",
                "placeholder": _plain("Topic"),
                "options": [{"text": _plain("Ports"), "value": "ports"}],
            },
        ],
    },
]

"""Every surface and element works as in Slack; each leaves a picture, and axe finds nothing grave in any."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.local_slack import CommandHint, LocalSlackServer
from tests.browser import gallery
from tests.browser.axe import axe, findings
from tests.browser.conftest import SHORTCUTS, picture

pytestmark = pytest.mark.browser
__all__ = ["axe"]
HINTS = tuple(
    CommandHint(command=f"/{name}", description=f"Sends {name}", usage_hint="") for name in ("all", "form")
)
TRANSFERRED = 300_000
FONTS = 2_000_000


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer(commands=HINTS, shortcuts=SHORTCUTS) as server:
        gallery.attach(server)
        yield server


def go_to(window: Page, slack: LocalSlackServer, channel: str = "general", user: str = "alice") -> None:
    window.goto(f"{slack.origin}/#as={slack.team.user(user).id}&in={slack.team.channel(channel).id}")
    expect(window.get_by_role("heading", level=1)).to_contain_text(channel)


def say(window: Page, text: str) -> None:
    window.locator("#composer textarea").fill(text)
    window.locator("#composer textarea").press("Enter")


def last(window: Page) -> Locator:
    return window.locator("#messages .message").last


def choose(field: Locator, typed: str, name: str) -> None:
    """Type into a menu that is searched, wait for the option, and take it by keyboard."""
    field.click()
    field.fill(typed)
    expect(field.page.locator(".combo-list").get_by_role("option", name=name)).to_be_visible()
    field.press("Enter")


def test_every_element_of_a_message_tells_the_bot_what_was_done(
    window: Page, slack: LocalSlackServer, axe: str
) -> None:
    go_to(window, slack)
    say(window, "/all")
    message = window.locator("#messages .message", has_text="Your digest")
    expect(message.get_by_role("columnheader", name="Place 地点")).to_be_visible()
    expect(message).to_contain_text("每周一 in #delta-news")
    assert findings(window, axe) == []

    choose(message.get_by_role("combobox", name="A city"), "合肥", "Hefei 合肥")
    expect(last(window)).to_contain_text("static_select: hefei")
    picture(window, "surface-message")
    message.locator("input[type=date]").fill("2026-11-23")
    expect(last(window)).to_contain_text("datepicker: 2026-11-23")

    message.get_by_role("button", name="Remove").click()
    expect(last(window)).to_contain_text("remove: pressed")


def test_every_input_of_a_form_is_filled_refused_and_sent(
    window: Page, slack: LocalSlackServer, axe: str
) -> None:
    go_to(window, slack)
    say(window, "/form")
    form = window.get_by_role("dialog", name="Every input")
    form.get_by_label("Name").fill("nobody")
    choose(form.get_by_label("City", exact=False).first, "wux", "Wuxi 无锡")
    cities = form.locator("[data-action=multi_static_select]")
    for name in ("Hangzhou 杭州", "Ningbo 宁波"):
        cities.get_by_label(name).check()
    expect(cities.get_by_label("Hefei 合肥")).to_be_disabled()
    choose(form.get_by_role("combobox", name="Channel"), "delta", "#delta-news")
    form.get_by_label("Friday").check()
    form.get_by_label("Monthly").check()
    form.locator("[data-action=datepicker]").fill("2026-12-01")
    form.locator("[data-action=timepicker]").fill("09:30")
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_role("alert")).to_have_text("Give a real name")
    expect(form.get_by_label("Name")).to_be_focused()
    assert findings(window, axe) == []
    picture(window, "surface-form")

    form.get_by_label("Name").fill("Li 李")
    form.get_by_role("button", name="Send").click()
    expect(form).to_be_hidden()
    team = slack.team
    [told] = team.wait_for(lambda: team.posts(team.im("alice")))
    values = json.loads(told.text)
    assert values["plain_text_input"] == {"value": "Li 李"}
    assert values["static_select"]["selected_option"]["value"] == "wuxi"
    assert [o["value"] for o in values["multi_static_select"]["selected_options"]] == ["hangzhou", "ningbo"]
    assert values["conversations_select"] == {"selected_conversation": team.channel("delta-news").id}
    assert [o["value"] for o in values["checkboxes"]["selected_options"]] == ["friday"]
    assert values["radio_buttons"]["selected_option"]["value"] == "monthly"
    assert values["datepicker"] == {"selected_date": "2026-12-01"}
    assert values["timepicker"] == {"selected_time": "09:30"}


def test_forms_lie_on_one_another_and_are_changed(window: Page, slack: LocalSlackServer) -> None:
    go_to(window, slack)
    say(window, "/form")
    form = window.get_by_role("dialog")
    form.get_by_label("Name").fill("Li")
    form.get_by_role("button", name="More settings").click()
    expect(form.get_by_role("heading", name="More settings")).to_be_visible()
    form.get_by_role("button", name="Keep").click()
    expect(form).to_contain_text("Kept")
    picture(window, "surface-stack")
    form.get_by_role("button", name="Back").first.click()
    expect(form.get_by_role("heading", name="Every input")).to_be_visible()
    # What was filled in before another lay over it is there still, and goes once the form is closed.
    expect(form.get_by_label("Name")).to_have_value("Li")
    window.keyboard.press("Escape")
    expect(form).to_be_hidden()
    say(window, "/form")
    expect(form.get_by_label("Name")).to_have_value("")


def test_home_takes_a_question_by_enter(window: Page, slack: LocalSlackServer, axe: str) -> None:
    window.goto(slack.origin)
    window.get_by_role("tab", name="Home").click()
    window.get_by_label("Home tab").get_by_label("Ask").fill("芜湖")
    window.keyboard.press("Enter")
    expect(window.get_by_label("Home tab")).to_contain_text("Asked: 芜湖")
    assert findings(window, axe) == []
    picture(window, "surface-home")


def test_what_one_person_alone_saw_is_gone_after_reloading(window: Page, slack: LocalSlackServer) -> None:
    slack.team.post("general", slack.workspace.identity.bot_user, "For all")
    go_to(window, slack)
    expect(last(window)).to_contain_text("For all")
    bot = slack.workspace.identity.bot_user
    slack.team.post("general", bot, "Psst", only_for=slack.team.user("alice").id)
    expect(last(window)).to_contain_text("Psst")
    window.reload()
    expect(window.locator("#messages .message")).to_have_count(1)
    expect(last(window)).to_contain_text("For all")


def test_ones_own_message_is_changed_and_taken_away(window: Page, slack: LocalSlackServer) -> None:
    slack.team.post("general", "bob", "Not yours")
    go_to(window, slack)
    say(window, "Hangzou and #delta-news")
    mine = window.locator("#messages .message", has_text="Hangzou")
    mine.hover()
    mine.get_by_role("button", name="More actions").click()
    mine.get_by_role("menuitem", name="Edit message").click()
    box = window.get_by_role("textbox", name="Edit message")
    expect(box).to_have_value("Hangzou and #delta-news")
    box.fill("Hangzhou and #delta-news")
    box.press("Enter")
    expect(last(window)).to_contain_text("Hangzhou and #delta-news(edited)")
    picture(window, "surface-edited")
    theirs = window.locator("#messages .message", has_text="Not yours")
    theirs.hover()
    theirs.get_by_role("button", name="More actions").click()
    expect(theirs.get_by_role("menuitem", name="Reply in thread")).to_be_focused()
    window.keyboard.press("End")
    expect(theirs.get_by_role("menuitem", name="Copy link")).to_be_focused()
    expect(theirs.get_by_role("menuitem", name="Edit message")).to_have_count(0)
    window.keyboard.press("Escape")
    expect(theirs.get_by_role("button", name="More actions")).to_be_focused()
    last(window).hover()
    last(window).get_by_role("button", name="More actions").click()
    last(window).get_by_role("menuitem", name="Delete message").click()
    expect(window.locator("#messages .message")).to_have_count(1)


def test_a_permalink_leads_to_its_message_in_the_thread(window: Page, slack: LocalSlackServer) -> None:
    team = slack.team
    root = team.post("delta-news", "bob", "Root")
    reply = team.post("delta-news", "bob", "The reply meant", thread_ts=root.ts)
    link = f"https://delta-lab.slack.com/archives/{root.channel}/p{reply.ts.replace('.', '')}"
    team.post("general", slack.workspace.identity.bot_user, f"See <{link}|there>")
    go_to(window, slack)
    window.get_by_role("link", name="there").click()
    expect(window.locator("#replies .message", has_text="The reply meant")).to_be_focused()
    picture(window, "surface-permalink")


def test_dates_are_those_of_the_person_who_looks(window: Page, slack: LocalSlackServer) -> None:
    team = slack.team
    now = int(team.clock())
    team.post(
        "general", slack.workspace.identity.bot_user, f"<!date^{now}^{{date_short_pretty}} {{time}}|then>"
    )
    go_to(window, slack, user="alice")
    expect(last(window)).to_contain_text("Today")
    go_to(window, slack, user="bob")
    expect(last(window)).to_contain_text("今天")


def test_the_drawer_shows_what_slack_saw_and_how_near_a_limit_was(
    window: Page, slack: LocalSlackServer, axe: str
) -> None:
    go_to(window, slack)
    window.get_by_role("button", name="What Slack saw").click()
    say(window, "/form")
    window.get_by_role("dialog").get_by_label("Name").fill("Li")
    window.get_by_role("dialog").get_by_role("button", name="Send").click()
    drawer = window.get_by_role("complementary", name="What Slack saw")
    entry = drawer.locator(".exchange", has_text="/form")
    entry.locator("summary").click()
    expect(entry).to_contain_text("X-Slack-Signature")
    expect(entry).to_contain_text("nearest limit")
    opened = drawer.locator(".exchange", has_text="views.open")
    opened.locator("summary").click()
    expect(opened).to_contain_text('"ok": true')
    expect(drawer).not_to_contain_text(slack.bot_token)
    assert findings(window, axe) == []
    picture(window, "surface-drawer")


def test_the_page_is_used_by_keyboard_alone(window: Page, slack: LocalSlackServer) -> None:
    for number in range(3):
        slack.team.post("general", "bob", f"message {number}")
    go_to(window, slack)
    window.locator("#messages").focus()
    window.keyboard.press("ArrowUp")
    window.keyboard.press("ArrowUp")
    expect(window.locator(".message", has_text="message 1")).to_be_focused()
    window.keyboard.press("/")
    expect(window.locator("#composer textarea")).to_have_value("/")
    expect(window.locator("#composer").get_by_role("option")).to_have_count(2)
    window.keyboard.press("Escape")
    window.keyboard.press("Alt+ArrowDown")
    expect(window.get_by_role("heading", level=1)).to_contain_text("delta-news")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_it_all_in_both_schemes(
    window: Page, slack: LocalSlackServer, axe: str, scheme: Literal["light", "dark"]
) -> None:
    slack.driver.command("alice", "general", "/all")
    window.emulate_media(color_scheme=scheme)
    window.set_viewport_size({"width": 390, "height": 780})
    go_to(window, slack)
    expect(last(window)).to_contain_text("Hefei 合肥")
    assert window.evaluate("document.documentElement.scrollWidth") <= 390
    assert findings(window, axe) == []
    picture(window, f"surface-phone-{scheme}")
    say(window, "/form")
    expect(window.get_by_role("dialog")).to_be_visible()
    assert findings(window, axe) == []
    picture(window, f"surface-phone-form-{scheme}")


def test_the_tour_plays_and_ends(window: Page, slack: LocalSlackServer, axe: str) -> None:
    window.goto(slack.origin + "/#tour")
    tour = window.get_by_role("region", name="Tour")
    expect(tour).to_contain_text("Tour, 1 of")
    assert findings(window, axe) == []
    picture(window, "surface-tour")
    tour.get_by_role("button", name="Start").press("Enter")
    expect(tour).to_contain_text("Tour, 2 of")
    expect(tour.get_by_role("button", name="Next")).to_be_focused()
    assert findings(window, axe) == []
    tour.get_by_role("button", name="End the tour").click()
    expect(tour).to_be_hidden()


def test_everything_is_small_and_comes_from_here(window: Page, slack: LocalSlackServer) -> None:
    sizes: list[int] = []
    window.on("response", lambda response: sizes.append(len(response.body())))
    go_to(window, slack)
    assert sum(sizes) < TRANSFERRED
    static = Path(__file__).parents[2] / "bot" / "local_slack" / "web" / "static"
    pages: list[int] = []
    fonts: list[int] = []
    for path in static.iterdir():
        (fonts if path.suffix == ".woff2" else pages).append(path.stat().st_size)
    assert sum(pages) < TRANSFERRED
    assert sum(fonts) < FONTS

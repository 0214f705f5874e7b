"""Digests as people see them: the form, its second page, and a daily, a weekly and a monthly digest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.local_slack import CommandHint, LocalSlackServer
from bot.render.compose import Composer
from bot.render.fact_renderer import fact_renderer
from bot.slack.api.web import client
from bot.slack.listeners.manifest import scopes_in_use
from handlers.registry import SLASH
from handlers.subscription import Subscription
from knowledge.base import FactBase
from tests.browser.conftest import picture
from tests.slack.digest_stage import DigestStage
from tests.slack.stage import HandClock

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HINTS = tuple(CommandHint(command=c.name, description=c.summary, usage_hint=c.usage) for c in SLASH)


@pytest.fixture
def digests(tmp_path: Path, base: FactBase) -> Iterator[DigestStage]:
    clock = HandClock(NOW.timestamp())
    with LocalSlackServer(clock=clock, commands=HINTS, scopes=scopes_in_use()) as slack:
        staged = DigestStage(slack, tmp_path, clock, base)
        yield staged
        staged.close()
        staged.store.close()


def say(window: Page, text: str) -> None:
    box = window.locator("#composer textarea")
    box.fill(text)
    box.press("Enter")


def opened(window: Page, digests: DigestStage, channel: str = "delta-news") -> None:
    window.goto(digests.slack.origin)
    window.get_by_role("button", name=channel).click()


def test_the_form_leads_to_a_summary_and_to_a_digest(window: Page, digests: DigestStage) -> None:
    opened(window, digests)
    say(window, "/yrd-digest")
    form = window.get_by_role("dialog")
    expect(form).to_contain_text("New digest")
    for width in (390, 1440, 1180):
        window.set_viewport_size({"width": width, "height": 1000})
        picture(window, f"digest-form-top-{width}")

    form.get_by_role("button", name="Next").click()
    expect(form.get_by_role("alert")).to_contain_text("Please complete this required field")
    names = form.get_by_role("searchbox").first
    names.fill("port")
    form.get_by_label("Ports 港口").check()
    names.fill("hangz")
    form.get_by_label("Hangzhou 杭州").check()
    picture(window, "digest-form-filled")
    form.locator("[data-action=digest_quiet]").fill("nonsense")
    form.get_by_role("button", name="Next").click()
    expect(form.get_by_role("alert")).to_contain_text("22:00-07:00")
    picture(window, "digest-form-error")
    form.locator("[data-action=digest_quiet]").fill("22:00-07:00")
    form.get_by_role("button", name="Next").click()

    expect(form).to_contain_text("Next three runs")
    expect(form).to_contain_text("Mon 30 Nov 2026, 09:00 Asia/Shanghai")
    picture(window, "digest-form-summary")
    form.get_by_role("button", name="Save").click()
    expect(form).not_to_be_visible()
    expect(window.locator(".message.ephemeral").last).to_contain_text("Digest 1 is saved")
    (kept,) = digests.kept()
    assert (kept.topics, kept.places) == (("ports",), ("hangzhou",))


def test_a_wish_can_be_typed_and_a_slip_is_named(window: Page, digests: DigestStage) -> None:
    opened(window, digests)
    say(window, "/yrd-digest subscribe portss, G60 weekly mon 09:00 Asia/Shanghai")
    asked = window.locator(".message.ephemeral").last
    expect(asked).to_contain_text("“portss” is no name")
    asked.get_by_role("button", name="Ports (topic)").click()
    shown = window.locator(".message.ephemeral").last
    expect(shown).to_contain_text("Next three runs")
    picture(window, "digest-typed")
    shown.get_by_role("button", name="Save").click()
    expect(window.locator(".message.ephemeral").last).to_contain_text("Digest 1 is saved")


WISHES = {
    "daily": Subscription(
        "", "C04DELTANEW", "U04ALICE7K2", time(9), "Asia/Shanghai", weekdays=(0, 1, 2, 3, 4), topics=("tourism",), facts=3
    ),
    "weekly": Subscription(
        "", "C04DELTANEW", "U04ALICE7K2", time(9), "Asia/Shanghai", weekdays=(0,),
        topics=("ports", "integrated-circuits"), places=("g60-corridor",), facts=5,
    ),
    "monthly": Subscription(
        "", "C04DELTANEW", "U04ALICE7K2", time(9), "Asia/Shanghai", monthday=1,
        topics=("talent", "finance"), places=("anhui",), mechanisms=("enclave-economy",), facts=8,
    ),
}  # fmt: skip


@pytest.mark.parametrize("rhythm", WISHES)
def test_a_digest_fills_one_screen(window: Page, digests: DigestStage, rhythm: str) -> None:
    kept = digests.services.subscriptions.add(replace(WISHES[rhythm], team=digests.team), NOW)
    digest = Composer(digests.base, fact_renderer(digests.base))(kept, (), NOW)
    web = client(digests.slack.bot_token, digests.slack.api_url)
    quiet: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}
    sent = web.chat_postMessage(channel=kept.channel, text=digest.text, blocks=list(digest.blocks), **quiet)
    if digest.thread_blocks:
        web.chat_postMessage(
            channel=kept.channel,
            text="The rest",
            blocks=list(digest.thread_blocks),
            thread_ts=sent["ts"],
            **quiet,
        )
    window.set_viewport_size({"width": 1180, "height": 1000})
    opened(window, digests)
    shown = window.locator("#messages .message").last
    expect(shown.get_by_role("button", name="More on this")).to_be_visible()
    picture(window, f"digest-{rhythm}")
    assert shown.evaluate("node => node.scrollHeight") < 1000
    if digest.thread_blocks:
        window.get_by_role("button", name="1 reply").click()
        picture(window, f"digest-{rhythm}-thread")
    shown.get_by_role("button", name="More on this").click()
    expect(window.locator(".message.ephemeral").last).to_contain_text("More on")


def test_home_shows_a_persons_digests(window: Page, digests: DigestStage) -> None:
    for wish in WISHES.values():
        digests.services.subscriptions.add(replace(wish, team=digests.team), NOW)
    window.goto(digests.slack.origin)
    window.get_by_role("tab", name="Home").click()
    expect(window.get_by_label("Home tab")).to_contain_text("Your digests")
    picture(window, "digest-home")

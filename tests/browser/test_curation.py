"""A team curates in the browser: one proposes, another approves, the channel is answered, a correction follows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import picture
from tests.slack.curation_stage import STATEMENT, CurationStage, team

__all__ = ["team"]
pytestmark = pytest.mark.browser


def say(window: Page, text: str) -> None:
    box = window.locator("#composer textarea")
    box.fill(text)
    box.press("Enter")


def test_a_fact_is_proposed_reviewed_and_answered(window: Page, team: CurationStage) -> None:
    team.appointed("bob")
    window.set_viewport_size({"width": 1180, "height": 1000})
    window.goto(team.slack.origin)
    window.get_by_role("button", name="general").click()
    say(window, "/yrd add " + STATEMENT)
    form = window.get_by_role("dialog")
    expect(form).to_contain_text("Save as fact")
    picture(window, "curation-form-top")
    form.get_by_role("button", name="Send for review").click()
    expect(form.get_by_role("alert").first).to_be_visible()
    picture(window, "curation-form-error")
    form.get_by_role("searchbox").nth(1).fill("port")
    form.get_by_label("Ports 港口").check()
    form.locator("[data-action=p_url]").fill("https://example.org/news/harbour")
    form.locator("[data-action=p_words]").fill("opened a joint harbour office")
    picture(window, "curation-form-filled")
    form.get_by_role("button", name="Send for review").click()
    expect(form).not_to_be_visible()
    team.settle()

    card = team.card("bob")
    assert STATEMENT in str(card.blocks)
    team.pressed(card, "Approve", "bob")
    say(window, "@YRD Desk fact team-001")
    window.get_by_role("button", name="1 reply").click()
    thread = window.get_by_role("complementary", name="Thread")
    expect(thread.locator(".message").last).to_contain_text("proposed by Alice Chen, approved by Bob Li")
    picture(window, "curation-answer")
    window.get_by_role("tab", name="Home").or_(window.get_by_role("button", name="YRD Desk")).first.click()
    picture(window, "curation-home")

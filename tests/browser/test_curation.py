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
    expect(form).to_contain_text("Propose a fact")
    picture(window, "curation-form-top")
    form.get_by_role("button", name="Propose", exact=True).click()
    expect(form.get_by_role("alert").first).to_contain_text("Please complete this required field.")
    picture(window, "curation-form-error")
    form.locator("[data-action=p_source]").fill("https://example.org/news/harbour Harbour news, 4 May 2026")
    picture(window, "curation-form-filled")
    form.get_by_role("button", name="Propose", exact=True).click()
    expect(form).not_to_be_visible()
    team.settle()

    window.get_by_label("You are").select_option(label="Bob Li")
    window.get_by_role("button", name="YRD Desk").first.click()
    window.get_by_role("tab", name="Home").click()
    expect(window.get_by_label("Home tab")).to_contain_text("Waiting for review: 1 proposal.")
    picture(window, "curation-home-curator")
    window.get_by_role("tab", name="Messages").click()
    window.get_by_role("button", name="Approve").last.scroll_into_view_if_needed()
    picture(window, "curation-card")
    window.get_by_role("button", name="Approve").last.click()
    expect(window.locator("#messages .message").last).to_contain_text("Approved by Bob Li.")
    picture(window, "curation-approved")

    window.get_by_label("You are").select_option(label="Alice Chen")
    window.get_by_role("button", name="general").click()
    say(window, "@YRD Desk fact team-001")
    window.get_by_role("button", name="1 reply").click()
    thread = window.get_by_role("complementary", name="Thread")
    expect(thread.locator(".message").last).to_contain_text("proposed by Alice Chen, approved by Bob Li")
    picture(window, "curation-answer")
    thread.get_by_role("button", name="Suggest a correction").click()
    expect(form).to_contain_text("Suggest a correction")
    form.locator("[data-action=p_why]").fill("It opened in June.")
    form.locator("[data-action=p_statement]").fill(STATEMENT.replace("May", "June"))
    picture(window, "curation-correction")
    form.get_by_role("button", name="Suggest", exact=True).click()
    # The date follows the statement, and is looked at before it is sent.
    expect(form).to_contain_text("Filled in again because the statement changed.")
    picture(window, "curation-correction-renewed")
    form.get_by_role("button", name="Suggest", exact=True).click()
    expect(form).not_to_be_visible()
    team.settle()
    team.pressed(team.card("bob"), "Approve", "bob")
    expect(thread.locator(".message").last).to_contain_text("Correction. This was shown here")
    picture(window, "curation-corrected")

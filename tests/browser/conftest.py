"""A Chromium, where there is one, and a page of the local workspace with the echo app behind it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import Error as BrowserError

from bot.local_slack import CommandHint, LocalSlackServer, ShortcutHint
from tests.local_slack.echo import attach_over_http

NO_CHROMIUM = "no Chromium: set YRD_CHROMIUM, install chromium, or run as root with apt"
# Quiet: nothing but the page under test is asked for, and no sandbox, since CI runs as root.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# What the page notes of a browser that had the tour; there is no storage before the page is there.
WAS_HERE = "try { localStorage.setItem('yrd-desk/toured', 'yes'); } catch { /* about:blank */ }"
PICTURES = Path(__file__).parents[2] / "artefacts"
COMMANDS = (
    CommandHint(command="/echo", description="Says it back to you", usage_hint="anything"),
    CommandHint(command="/shout", description="Says it to everybody", usage_hint="anything"),
)
SHORTCUTS = (ShortcutHint(callback_id="look_up", name="Look up in YRD Desk"),)


def installed_chromium() -> str | None:
    """YRD_CHROMIUM, else the first of the usual names on PATH; None leaves it to Playwright's own."""
    named = os.environ.get("YRD_CHROMIUM")
    if named:
        return named
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # A bot that starts beside others' tests may take seconds over its first answers.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        path = installed_chromium() or playwright.chromium.executable_path
        if not Path(path).exists():
            pytest.skip(NO_CHROMIUM)
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """A page of a browser that was here before: no tour begins by itself."""
    with watched(browser) as page:
        page.add_init_script(WAS_HERE)
        yield page


@pytest.fixture
def newcomer(browser: Browser) -> Iterator[Page]:
    """A page of a browser that was never here."""
    with watched(browser) as page:
        yield page


@contextmanager
def watched(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when its script does, and that reaches nothing but this machine."""
    context = browser.new_context(viewport={"width": 1180, "height": 780})
    page = context.new_page()
    page.set_default_timeout(20_000)
    broken: list[BrowserError] = []
    strangers: list[str] = []
    page.on("pageerror", lambda error: broken.append(error))
    page.on("request", lambda r: None if r.url.startswith("http://127.0.0.1:") else strangers.append(r.url))
    yield page
    context.close()
    assert broken == []
    assert strangers == []


@pytest.fixture
def echo_slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer(commands=COMMANDS, shortcuts=SHORTCUTS) as slack:
        attach_over_http(slack)
        yield slack


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page for people to look at."""
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=str(PICTURES / f"{name}.png"))

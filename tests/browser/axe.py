"""axe-core, from the npm registry at test time: what it finds against WCAG 2.2 AA and good practice on a page."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

VERSION = "4.14.1"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def axe(pytestconfig: pytest.Config) -> str:
    """The script, fetched once into pytest's cache; the test is skipped where npm is not at hand."""
    folder = pytestconfig.cache.mkdir(f"axe-{VERSION}")
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("npm is not installed, so axe-core cannot be fetched")
        command = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", f"axe-core@{VERSION}"]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=120)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            pytest.skip(f"axe-core cannot be fetched: {error}")
    return Path(script).read_text(encoding="utf-8")


def findings(window: Page, axe: str) -> list[str]:
    """Whatever breaks a rule now: the rule, what it says, and the first places with what is said of each."""
    # Past the page's own policy, which rightly runs no script but its own.
    if not window.evaluate("() => 'axe' in window"):
        window.evaluate(axe)
    found: dict[str, Any] = window.evaluate(
        # Nothing is loaded for it, and no text is made of what it finds but where something is broken.
        "(rules) => axe.run(document, {resultTypes: ['violations'], runOnly: rules, preload: false})",
        RULES,
    )
    return [
        f"{rule['id']}: {rule['help']} {[(node['target'], node['failureSummary']) for node in rule['nodes'][:3]]}"
        for rule in found["violations"]
    ]

"""The reviewers' page: every paragraph of the documents beside the facts that cite it.

It holds the documents' text, so it belongs to who has the documents and is never committed or served.
"""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from knowledge.checks.coverage import BlockCoverage
from knowledge.checks.report import Report


def render_page(report: Report) -> str:
    """Return the page for `report` as one HTML file that loads nothing, everything in it escaped."""
    documents: dict[str, list[BlockCoverage]] = {}
    for block in report.blocks:
        documents.setdefault(block.document, []).append(block)
    reasons = {(entry.document, entry.paragraph, entry.token): entry.reason for entry in report.leftovers}
    shelf = Environment(
        loader=PackageLoader("bot.cli"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    template = shelf.get_template("review_page.html")
    return template.render(
        documents=documents, reasons=reasons, alike=report.alike, supplied=report.supplied_facts
    )

"""The reviewers' page: every paragraph of the documents beside the facts that cite it.

It holds the documents' text, so it belongs to who has the documents and is never committed or served.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from knowledge.coverage import BlockCoverage
from knowledge.model import Fact, Leftover
from knowledge.report import Report

_STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 90rem; padding: 1rem; }
nav a { margin-right: 1rem; }
article { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.5rem; padding: .75rem 0;
  border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
@media (max-width: 50rem) { article { grid-template-columns: minmax(0, 1fr); } }
article p { margin: 0 0 .5rem; overflow-wrap: anywhere; }
.where, .caveat, .left { font-size: .85rem; opacity: .8; }
.none { font-weight: 600; }
ol { margin: 0; padding-left: 1.2rem; } li { margin-bottom: .5rem; }
"""


def page(report: Report) -> str:
    """Return the page for `report` as one HTML file that loads nothing."""
    documents = tuple(dict.fromkeys(block.document for block in report.blocks))
    links = "".join(f'<a href="#{escape(slug)}">{escape(slug)}</a>' for slug in documents)
    reasons = {(entry.document, entry.paragraph, entry.token): entry for entry in report.leftovers}
    sections = "".join(
        f'<h2 id="{escape(slug)}">{escape(slug)}</h2>'
        + "".join(_block(block, reasons) for block in report.blocks if block.document == slug)
        for slug in documents
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Paragraphs and their facts</title><style>{_STYLE}</style>"
        f"<h1>Paragraphs and their facts</h1><nav>{links}</nav>{sections}{_alike(report)}</html>\n"
    )


def _alike(report: Report) -> str:
    items = "".join(
        f'<article><p><span class="where">{share:.0%} alike, {escape(a.id)}</span><br>{escape(a.statement)}</p>'
        f'<p><span class="where">{escape(b.id)}</span><br>{escape(b.statement)}</p></article>'
        for share, a, b in report.alike
    )
    return f"<h2>Statements that read alike</h2>{items}" if items else ""


def _block(block: BlockCoverage, reasons: dict[tuple[str, int, str], Leftover]) -> str:
    where = f"para {block.number}" + (f", {block.section}" if block.section else "")
    left = ", ".join(_left(block, token, reasons) for token in block.left_over)
    return (
        f'<article id="{escape(block.document)}-{block.number}"><div><p class="where">{escape(where)}</p>'
        f"<p>{escape(block.text)}</p>"
        + (f'<p class="left">Left over: {left}</p>' if left else "")
        + f"</div><div>{_facts(block, block.facts)}</div></article>"
    )


def _left(block: BlockCoverage, token: str, reasons: dict[tuple[str, int, str], Leftover]) -> str:
    entry = reasons.get((block.document, block.number, token))
    return f"{escape(token)} ({escape(entry.reason) if entry else '<strong>no reason</strong>'})"


def _facts(block: BlockCoverage, facts: Iterable[Fact]) -> str:
    items = "".join(
        f"<li>{escape(fact.statement)}"
        f'<br><span class="where">{escape(fact.id)}: {fact.kind}, {fact.stance}, {fact.region}</span>'
        + (f'<br><span class="caveat">{escape(fact.caveat)}</span>' if fact.caveat else "")
        + "</li>"
        for fact in facts
    )
    if items:
        return f"<ol>{items}</ol>"
    why = "heading" if block.is_heading else "too short to cite" if block.is_short else "no fact cites it"
    return f'<p class="none">{why}</p>'

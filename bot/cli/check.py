"""`yrd check`: runs the checks and prints what they found, for people, for machines, and as a page."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import click

from bot.cli.command import DONE, PROBLEMS, Command, usable, with_settings
from bot.cli.review_page import render_page
from bot.plural import plural
from bot.settings import ConfigurationError, Settings
from knowledge import citing
from knowledge.checks import report as reports
from knowledge.checks.coverage import DocumentCoverage
from knowledge.checks.report import Report
from knowledge.documents import write_paragraphs as documents_write_paragraphs
from knowledge.vocabulary import Reason

PAGE = "coverage.html"


@click.command("check", cls=Command)
@click.option(
    "--write-paragraphs", "write", is_flag=True, help="take new hashes and sections from the documents"
)
@click.option("--json", "as_json", is_flag=True, help="print what was found as JSON")
@click.option(
    "--html",
    type=click.Path(path_type=Path),
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help=f"write a page with each paragraph beside its facts ({PAGE} in YRD_DATA_DIR if no FILE)",
)
@with_settings
def command(settings: Settings, write: bool, as_json: bool, html: Path | None) -> int:
    """Check the seeds as they are, or with paragraphs written anew."""
    if write:
        write_paragraphs(settings)
    return check(settings, as_json=as_json, html=settings.data_dir / PAGE if html == Path() else html)


def check(settings: Settings, *, as_json: bool, html: Path | None) -> int:
    """Print what is wrong with the seeds, and write the reviewers' page to `html`; return 1 if anything is."""
    if html:
        _may_be_written(settings, html)
    progress = _Progress(sys.stderr)
    with usable(settings.seeds, "read"):
        report = reports.make(settings.seeds, settings.documents, progress)
    progress("")
    if as_json:
        print(json.dumps(_fields(report), ensure_ascii=False, indent=2))
    else:
        print_report(report)
    if html and report.blocks:
        write_page(report, html)
    return DONE if report.is_clean else PROBLEMS


def write_page(report: Report, html: Path) -> None:
    """Write the reviewers' page to `html` and say so on standard error; ConfigurationError where it cannot be."""
    with usable(html):
        html.parent.mkdir(parents=True, exist_ok=True)
        html.write_text(render_page(report), encoding="utf-8")
    print(
        f"{html}: each paragraph beside its facts. It holds the documents' text: keep it here.",
        file=sys.stderr,
    )


def write_paragraphs(settings: Settings) -> None:
    """Take hashes and sections of all paragraphs anew from the documents; ConfigurationError if they are not here."""
    if settings.documents is None:
        raise ConfigurationError(
            "--write-paragraphs needs YRD_DOCUMENTS, the folder of the source documents."
        )
    with usable(settings.documents, "read"):
        count = documents_write_paragraphs.write(settings.seeds, settings.documents)
    print(f"{settings.seeds / 'paragraphs.toml'}: {count} {plural(count, 'paragraph')}.", file=sys.stderr)


class _Progress:
    """Says on a terminal what is being checked, on one line that is wiped at the end; elsewhere nothing."""

    def __init__(self, target: TextIO | None) -> None:
        # A stream that was closed before the start is None.
        self._target = target if target is not None and target.isatty() else None

    def __call__(self, step: str) -> None:
        if self._target:
            self._target.write(f"\r\033[K{step} ..." if step else "\r\033[K")
            self._target.flush()


def _may_be_written(settings: Settings, html: Path) -> None:
    """Refuse a page where git would commit it: it holds the documents' text. ConfigurationError says so."""
    if settings.documents is None:
        raise ConfigurationError("--html needs YRD_DOCUMENTS, the folder of the source documents.")
    if html.is_dir():
        raise ConfigurationError(f"{html} is a folder: name a file.")
    folder = next(parent for parent in html.resolve().parents if parent.is_dir())
    try:
        inside = _git(folder, "rev-parse", "--is-inside-work-tree") == 0
        ignored = inside and _git(folder, "check-ignore", "--quiet", str(html.resolve())) == 0
    except FileNotFoundError:
        return  # Without git nothing is committed.
    if inside and not ignored:
        raise ConfigurationError(
            f"{html} would be committed, and the page holds the documents' text; write it to {settings.data_dir}."
        )


def _git(folder: Path, *arguments: str) -> int:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False).returncode


def print_report(report: Report) -> None:
    """Print problems on standard error, and what else was found for people."""
    for problems in report.problems.values():
        for problem in problems:
            print(problem, file=sys.stderr)
    if report.rows:
        print(_table(report.rows), end="\n\n")
    for title, lines in _lists(report).items():
        if lines:
            print(title, *lines, sep="\n", end="\n\n")
    print(_summary(report))


def _lists(report: Report) -> dict[str, list[str]]:
    """What the summary counts, one a line under what it is."""
    return {
        "Facts and asks, by document:": _by_document(report),
        "Stated, and not printed in the paragraphs cited:": list(_supplied(report)),
        "Alike, and to be looked at:": [
            f"  {one.id}, {other.id} ({share:.0%}): {one.statement} / {other.statement}"
            for share, one, other in report.alike
        ],
    }


def _by_document(report: Report) -> list[str]:
    """How many facts the seeds hold of each document (a fact counts with that it is told by), how many asks, and the gaps'."""
    facts: Counter[str] = Counter()
    asks: Counter[str] = Counter()
    for fact in report.facts:
        facts[fact.documents[0]] += 1
        asks[fact.documents[0]] += len(fact.asks)
    lines = [
        f"  {document}: {facts[document]} {plural(facts[document], 'fact')}, {asks[document]} {plural(asks[document], 'ask')}"
        for document in sorted(facts)
    ]
    of_gaps = report.asks - asks.total()
    if report.gaps:
        count = len(report.gaps)
        lines.append(f"  held by none: {count} {plural(count, 'gap')}, {of_gaps} {plural(of_gaps, 'ask')}")
    return lines


def _supplied(report: Report) -> Iterator[str]:
    """Yield a line for every token that a curator supplied: of which fact, where it should be looked for, and its source."""
    for fact in report.supplied_facts:
        where = citing.cited(fact.citations)
        for supplied in fact.supplied:
            yield f"  {fact.id} ({where}): “{supplied.token}”, {supplied.source}"


def _summary(report: Report) -> str:
    found = sum(map(len, report.problems.values()))
    if found:
        kinds = ", ".join(f"{check} {len(found)}" for check, found in report.problems.items() if found)
        return f"{found} {plural(found, 'problem')} ({kinds})."
    alike = len(report.alike)
    entries = f"{len(report.facts)} facts and {len(report.gaps)} {plural(len(report.gaps), 'gap')} with {report.asks} asks"
    held = f"{entries} hold together"
    held += " and stand where they say in the documents." if report.with_documents else "."
    marked = (
        f"{len(report.supplied_facts)} of the facts ({report.supplied:.1%}) state something the paragraphs they cite do not print, "
        f"and {alike} {plural(alike, 'pair')} of facts read alike: both are listed above."
    )
    unread = "" if report.with_documents else " Set YRD_DOCUMENTS to check them against the documents."
    return f"{held} {marked}{unread}"


def _table(rows: tuple[DocumentCoverage, ...]) -> str:
    reasons = [reason for reason in Reason if any(row.left_over[reason] for row in rows)]
    head = ["document", "blocks", "cited", "not citable", "tokens", "covered", "left over", *reasons]
    lines = [head, *([row.document, *map(str, _counts(row, reasons))] for row in rows)]
    totals = [sum(column) for column in zip(*(_counts(row, reasons) for row in rows), strict=True)]
    lines.append(["all", *map(str, totals)])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            [
                line[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
            ]
        )
        for line in lines
    )


def _counts(row: DocumentCoverage, reasons: list[Reason]) -> list[int]:
    first = [row.blocks, row.cited, row.excused, row.tokens, row.covered, row.tokens - row.covered]
    return [*first, *(row.left_over[reason] for reason in reasons)]


def _fields(report: Report) -> dict[str, Any]:
    return {
        "clean": report.is_clean,
        "facts": len(report.facts),
        "gaps": len(report.gaps),
        "asks": report.asks,
        "documents": report.with_documents,
        "problems": [
            {"check": check, "file": p.file, "record": p.record, "field": p.field, "message": p.message}
            for check, problems in report.problems.items()
            for p in problems
        ],
        "supplied": {
            "facts": len(report.supplied_facts),
            "share": round(report.supplied, 4),
            "list": [
                {
                    "fact": fact.id,
                    "statement": fact.statement,
                    "citations": citing.cited(fact.citations),
                    "tokens": [{"token": s.token, "source": s.source} for s in fact.supplied],
                }
                for fact in report.supplied_facts
            ],
        },
        "alike": [{"share": round(share, 3), "facts": [a.id, b.id]} for share, a, b in report.alike],
        "coverage": [
            {
                "document": row.document,
                "blocks": row.blocks,
                "cited": row.cited,
                "not_citable": row.excused,
                "tokens": row.tokens,
                "covered": row.covered,
                "left_over": {reason: count for reason, count in row.left_over.items() if count},
            }
            for row in report.rows
        ],
    }

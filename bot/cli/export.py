"""`yrd export`: everything of one sort, one a line: JSON lines, or CSV with lists as JSON in the cell.

Only what the seeds hold: the texts of the documents are no part of the base and never leave by here.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TextIO

import click

from bot.cli.command import DONE, PROBLEMS, WRONG, Command, complain, opened, with_services, with_settings
from bot.cli.csv_cells import cell
from bot.settings import Settings
from handlers.curation.projection import replay
from handlers.records.styles import bibtex
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Fact, Outside, Record, Synonyms, Weight, WordList
from knowledge.text.normalize import normalize

Row = dict[str, Any]

EXPORTED: Final = (
    "facts", "places", "pairings", "mechanisms", "topics", "documents", "organisations", "plans", "projects",
    "outside", "synonyms", "words", "gaps", "disagreements", "weights",
)  # fmt: skip
CONTRIBUTIONS: Final = "contributions"

_BOM: Final = "\ufeff"
_NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")
# Serves the curator, and is no part of what the fact states.
_NOT_STATED = frozenset({"supplied", "contributed"})


@click.command("export", cls=Command)
@click.argument(
    "what",
    type=click.Choice((*EXPORTED, CONTRIBUTIONS)),
    metavar="WHAT",
    help=", ".join((*EXPORTED, CONTRIBUTIONS)),
)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="contributions only: an empty folder for the seeds",
)
@click.option("--team", default="", help="contributions only: the id of the team, if there are several")
@click.option(
    "--format",
    "form",
    type=click.Choice(("jsonl", "csv", "bibtex")),
    help="jsonl if none is named; bibtex is for documents only",
)
@click.option(
    "--bom", is_flag=True, help="csv only: begin with a byte order mark, by which Excel knows UTF-8"
)
@with_settings
def command(settings: Settings, what: str, to: Path | None, team: str, form: str | None, bom: bool) -> int:
    """Print what the seeds hold, or write what a team approved as seeds."""
    if bom and form != "csv":
        return complain("--bom is for CSV alone: yrd export facts --format csv --bom.", WRONG)
    if what == CONTRIBUTIONS:
        return _contributions(settings, to, team, form)
    if to is not None or team:
        return complain("--to and --team are for contributions: yrd export contributions --to FOLDER.", WRONG)
    target = opened(sys.stdout, "output")
    if form != "bibtex":
        return with_services(settings, lambda services: write(services.base, what, form, target, bom=bom))
    if what != "documents":
        return complain("--format bibtex is for documents: yrd export documents --format bibtex.", WRONG)

    def bibliography(services: Services) -> int:
        target.write(bibtex.entries(services.base.seeds.documents))
        return DONE

    return with_services(settings, bibliography)


def _contributions(settings: Settings, to: Path | None, team: str, form: str | None) -> int:
    # What edits TOML takes time to load, and only this writes any.
    from bot.cli import export_seeds
    from bot.state.contributions import StoredContributions
    from bot.state.errors import StateError
    from bot.state.opening import open_state

    if to is None:
        return complain("Name an empty folder: yrd export contributions --to FOLDER.", WRONG)
    if form is not None:
        return complain("Contributions are written as seeds: leave out --format.", WRONG)
    try:
        store = open_state(settings)
    except StateError as error:
        return complain(str(error), PROBLEMS)
    try:
        contributions = StoredContributions(store)
        teams = contributions.teams()
        known = f"teams with contributions: {', '.join(teams) or 'none'}."
        if team and team not in teams:
            return complain(f"There is no team {team}; {known}", WRONG)
        if not team and len(teams) != 1:
            return complain(f"Say of which team with --team; {known}", WRONG)
        curation = replay(contributions.events(team or teams[0]))
    finally:
        store.close()
    return with_services(
        settings, lambda services: export_seeds.write(services.base, curation, settings.seeds, to)
    )


def write(base: FactBase, what: str, form: str | None, target: TextIO, *, bom: bool = False) -> int:
    """Write all `what` of `base` to `target` and return 0; two exports of one base are byte-identical.

    CSV begins with a byte order mark where `bom` is asked for.
    """
    records: tuple[Record, ...] = getattr(base.seeds, what)
    rows = sorted((_row(base, i, record) for i, record in _identified(records)), key=_identity)
    if form == "csv":
        target.write(_BOM if bom else "")
        write_csv(rows, target)
    else:
        for row in rows:
            target.write(json.dumps(row, ensure_ascii=False, sort_keys=False) + "\n")
    return DONE


def _identity(row: Row) -> str:
    return str(row.get("id") or row["slug"])


def _identified(records: tuple[Record, ...]) -> Iterator[tuple[str, Record]]:
    """Yield each record with an id of its own, "" where it holds one: made of its words, counted if used twice."""
    seen: dict[str, int] = {}
    for record in records:
        given = _given_id(record)
        if given:
            seen[given] = seen.get(given, 0) + 1
            given = given if seen[given] == 1 else f"{given}-{seen[given]}"
        yield given, record


def _given_id(record: Record) -> str:
    match record:
        case Outside():
            words = f"{record.within} {record.name}"
        case Synonyms():
            words = record.words[0]
        case WordList():
            words = record.use
        case Weight():
            words = record.feature
        case _:
            return ""
    return (
        _NOT_IN_AN_ID.sub("-", normalize(words)).strip("-") or hashlib.sha256(words.encode()).hexdigest()[:8]
    )


def _row(base: FactBase, given: str, record: Record) -> Row:
    row: Row = ({"id": given} if given else {}) | record.model_dump(mode="json")
    if isinstance(record, Fact):
        row = {key: value for key, value in row.items() if key not in _NOT_STATED} | _provenance(base, record)
    content = json.dumps(row, ensure_ascii=False, sort_keys=True)
    return row | {"content_sha256": hashlib.sha256(content.encode()).hexdigest()}


def _provenance(base: FactBase, fact: Fact) -> Row:
    """Where a fact comes from, in columns named after PROV-O (www.w3.org/TR/prov-o); docs/facts.md explains them."""
    authors = (name for slug in fact.documents for name in base.document(slug).authors)
    return {
        "documents": list(fact.documents),
        "was_quoted_from": [f"{c.document}#para-{c.paragraph}" for c in fact.citations],
        "was_attributed_to": [fact.speaker] if fact.speaker else list(dict.fromkeys(authors)),
    }


def write_csv(rows: list[Row], target: TextIO) -> None:
    """Write rows of the same columns to `target`, their names first; nothing where there are no rows."""
    if not rows:
        return
    # Lines end as RFC 4180 has them. Text is quoted throughout: a spreadsheet that parts cells at semicolons or tabs, as
    # many locales do, would begin one in the middle of a text, and "a;=1" would be a formula.
    writer = csv.DictWriter(
        target, fieldnames=list(rows[0]), lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC
    )
    writer.writeheader()
    for row in rows:
        writer.writerow({key: cell(value) for key, value in row.items()})

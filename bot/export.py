"""Everything of one sort, one a line: JSON lines, or CSV with lists as JSON in the cell."""

from __future__ import annotations

import csv
import hashlib
import json
from typing import Any, TextIO

from knowledge.base import FactBase
from knowledge.model import Fact, Record


def write(base: FactBase, what: str, form: str, target: TextIO) -> int:
    """Write all `what` of `base` to `target` and return 0; two exports of one base are byte-identical."""
    rows = [_row(record) for record in _records(base, what)]
    if form == "csv":
        _write_csv(rows, target)
    else:
        for row in rows:
            target.write(json.dumps(row, ensure_ascii=False, sort_keys=False) + "\n")
    return 0


def _records(base: FactBase, what: str) -> tuple[Record, ...]:
    records: tuple[Record, ...] = getattr(base.seeds, what)
    return tuple(sorted(records, key=lambda record: str(getattr(record, "id", getattr(record, "slug", "")))))


def _row(record: Record) -> dict[str, Any]:
    row = record.model_dump(mode="json")
    if isinstance(record, Fact):
        row["documents"] = list(record.documents)
        # Expansion terms serve the index and are no part of what the fact states.
        del row["terms"], row["supplied"]
    content = json.dumps(row, ensure_ascii=False, sort_keys=True)
    return row | {"content_sha256": hashlib.sha256(content.encode()).hexdigest()}


def _write_csv(rows: list[dict[str, Any]], target: TextIO) -> None:
    if not rows:
        return
    writer = csv.DictWriter(target, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _cell(value) for key, value in row.items()})


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value

"""Records as TOML, the way the seeds are written by hand; what stands in a file already keeps its layout and comments.

Writes alone: what the base is built from, tomllib reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import tomlkit
from tomlkit.items import Array, InlineTable, Item, Table

from knowledge.model import Fact, Record

# Filled in by the build from the documents.
_BUILT = frozenset({"section", "sha256", "label"})
# Of a fact they stand behind all that is short, each question on a line of its own.
_QUESTIONS = ("asks", "near_misses")
_ID = re.compile(r'^\s*id\s*=\s*"(.*?)"', re.MULTILINE)


def added(text: str, name: str, records: Iterable[Record]) -> str:
    """Return the file `text` with a table `[[name]]` for each of `records` at its end: fields that are not defaults."""
    tables = [_table(name, record) for record in records]
    before = text.rstrip("\n")
    return "\n\n".join([before, *tables] if before else tables) + "\n" if tables else text


def changed(text: str, name: str, changes: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the file `text` with the fields in `changes`, by the `id` of their table `[[name]]`; others are skipped.

    A list that is empty now is left out.
    """
    # What keeps layout takes a hundred times as long to read: it reads the tables that change.
    header = rf"\s*\[\[\s*{re.escape(name)}\s*\]\]"
    tables = re.split(rf"(?m)^(?={header})", text)
    return "".join(
        _changed(table, name, changes[found[1]])
        if re.match(header, table) and (found := _ID.search(table)) and found[1] in changes
        else table
        for table in tables
    )


def _changed(text: str, name: str, values: Mapping[str, Any]) -> str:
    document = tomlkit.parse(text)
    (table,) = document[name]
    for key, value in values.items():
        _set(table, key, value)
    return document.as_string()


def _table(name: str, record: Record) -> str:
    fields = record.model_dump(mode="json", exclude_defaults=True)
    if isinstance(record, Fact):
        fields.pop("contributed", None)
        fields["citations"] = [
            {key: value for key, value in citation.items() if key not in _BUILT}
            for citation in fields["citations"]
        ]
        for last in filter(fields.__contains__, (*_QUESTIONS, "citations")):
            fields[last] = fields.pop(last)
    table = tomlkit.table()
    for key, value in fields.items():
        table.append(key, _field(key, value))
    return f"[[{name}]]\n{table.as_string()}".rstrip("\n")


def _set(table: Table, key: str, value: Any) -> None:
    old = table.get(key)
    if isinstance(value, list | tuple) and not value:
        if old is not None:
            table.remove(key)
    elif isinstance(old, Array) and list(value[: len(old)]) == old.unwrap():
        old.extend(value[len(old) :])
    elif old is not None:
        table[key] = _field(key, value)
    else:
        _add(table, key, value)


def _add(table: Table, key: str, value: Any) -> None:
    """Add a field below the last one: comments and empty lines after it belong to the table that follows."""
    body = table.value.body
    below: list[Item] = []
    while body and body[-1][0] is None:
        below.insert(0, body.pop()[1])
    table.append(key, _field(key, value))
    for item in below:
        table.append(None, item)


def _field(key: str, value: Any) -> Item:
    return _on_lines(map(tomlkit.item, value)) if key in _QUESTIONS else _item(value)


def _item(value: Any) -> Item:
    if isinstance(value, dict):
        return _inline(value)
    if not isinstance(value, list | tuple):
        plain: Item = tomlkit.item(value)
        return plain
    if len(value) > 1 and all(isinstance(held, dict) for held in value):
        return _on_lines(map(_inline, value))
    items = tomlkit.array()
    items.extend(map(_item, value))
    return items


def _on_lines(held: Iterable[Item]) -> Array:
    items = tomlkit.array()
    for item in held:
        items.add_line(item, indent="  ")
    items.add_line(indent="")
    return items


def _inline(fields: Mapping[str, Any]) -> InlineTable:
    table = tomlkit.inline_table()
    table.add(tomlkit.ws(" "))
    for key, value in fields.items():
        if value is not None:
            table.append(key, _item(value))
    table.add(tomlkit.ws(" "))
    return table

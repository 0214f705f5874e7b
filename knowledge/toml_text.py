"""Records as TOML, the way the seeds are written by hand. Writes only; tomllib reads."""

from __future__ import annotations

import json
from typing import Any

from knowledge.model import Fact, Record

# Filled in by the build from the documents.
_BUILT = frozenset({"section", "sha256", "label"})


def table(name: str, record: Record) -> str:
    """Return `[[name]]` with the fields of `record` that are not their defaults, one a line."""
    fields = record.model_dump(mode="json", exclude_defaults=True)
    if isinstance(record, Fact):
        fields.pop("contributed", None)
        fields["citations"] = [
            {key: value for key, value in citation.items() if key not in _BUILT}
            for citation in fields["citations"]
        ]
    lines = [f"{key} = {_value(value)}" for key, value in fields.items()]
    return "\n".join([f"[[{name}]]", *lines, ""])


def _value(value: Any) -> str:
    """JSON's strings, numbers and booleans are TOML's, but for the character DEL."""
    if isinstance(value, dict):
        inner = ", ".join(f"{key} = {_value(held)}" for key, held in value.items() if held is not None)
        return f"{{ {inner} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

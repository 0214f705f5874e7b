"""Documents as BibTeX, in UTF-8, for a reference manager or LaTeX."""

from __future__ import annotations

from typing import Final, TextIO

from bot.cli.command import DONE
from knowledge.dates import MONTHS
from knowledge.model import Document

# Characters that TeX reads as commands; everything else stands for itself in UTF-8.
_ESCAPES: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)


def write(documents: tuple[Document, ...], target: TextIO) -> int:
    """Write `documents` in order of their slugs, which are the keys, and return 0."""
    entries = (entry(document) for document in sorted(documents, key=lambda document: document.slug))
    target.write("\n".join(entries))
    return DONE


def entry(document: Document) -> str:
    """Return one entry; of an undated document its note says so, and why."""
    fields = [("title", f"{{{{{_escaped(document.title)}}}}}")]
    if document.authors:
        fields.append(("author", f"{{{' and '.join(_author(document, name) for name in document.authors)}}}"))
    in_journal = document.kind == "newspaper article" and document.venue
    if document.venue:
        fields.append(("journal" if in_journal else "howpublished", f"{{{_escaped(document.venue)}}}"))
    fields += _date(document)
    fields += [("note", f"{{{_escaped(_note(document))}}}")]
    lines = "".join(f"  {name} = {value},\n" for name, value in fields)
    return f"@{'article' if in_journal else 'misc'}{{{document.slug},\n{lines}}}\n"


def _author(document: Document, name: str) -> str:
    # BibTeX takes the last word for the family name; a label that begins with the whole name puts it first.
    given_last = " " in name and document.label.startswith(name)
    return f"{{{_escaped(name)}}}" if given_last else _escaped(name)


def _date(document: Document) -> list[tuple[str, str]]:
    year, _, rest = document.published.partition("-")
    fields = [("year", f"{{{year}}}")] if year else []
    if rest:
        fields.append(("month", MONTHS[int(rest[:2]) - 1].lower()))
    return fields


def _note(document: Document) -> str:
    when = f"Dated {document.published}." if document.published else "Undated."
    return " ".join(part for part in (f"{document.kind.capitalize()}.", when, document.dating) if part)


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_ESCAPES)

r"""Documents as BibTeX, in UTF-8, for a reference manager or LaTeX, and statements that cite them.

The rules are those of O. Patashnik, BibTeXing (1988), section 3: `article` needs author, title, journal and year, whatever fits
nothing else is `misc`, with `howpublished` for how it came out; in `author` names are joined by "and", of which the
last word is the family name unless a comma follows it; a month is one of twelve bare abbreviations; two braces keep
the capitals of a title. Where in a document something stands is the optional argument of \cite.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from handlers.records.styles.cited_statement import CitedStatement, Reference, address, caveats, venue
from handlers.records.styles.names import in_parts
from knowledge.citing import Pointer
from knowledge.dates import MONTHS
from knowledge.model import Document
from knowledge.text.normalize import normalize

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
_KEY_WORD: Final = re.compile(r"[a-z0-9]+")
# In an address these would end the field or begin a command.
_IN_ADDRESS: Final = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


def written(said: Sequence[CitedStatement]) -> str:
    r"""Return the statements, each with its \cite, and an entry for every document."""
    cited = [reference for statement in said for reference in statement.references]
    keys = _keys(cited)
    body = [f"{_escaped(statement.text)}{_cite(statement.references, keys)}" for statement in said]
    notes = [f"% {note}" for note in caveats(said)]
    return "\n\n".join(filter(None, ("\n".join(body), _of_each(cited, keys), "\n".join(notes))))


def referring(cited: Sequence[Reference]) -> str:
    r"""Return the \cite of what is cited, where that is less than the whole, and the entries."""
    keys = _keys(cited)
    cites = _cite(cited, keys).lstrip("~") if any(reference.pointers for reference in cited) else ""
    return "\n\n".join(filter(None, (cites, _of_each(cited, keys))))


def entries(documents: Sequence[Document]) -> str:
    """Return the entries of `documents` in order of their slugs, which are the keys."""
    return "\n".join(entry(document) for document in sorted(documents, key=lambda document: document.slug))


def entry(document: Document) -> str:
    """Return one entry; of an undated document its note says so, and why."""
    return _entry(document, document.slug, "")


def _of_each(cited: Sequence[Reference], keys: dict[str, str]) -> str:
    """The entry of every document, once."""
    first = {reference.document.slug: reference for reference in reversed(cited)}
    return "\n\n".join(
        _entry(first[slug].document, key, first[slug].accessed).rstrip("\n") for slug, key in keys.items()
    )


def _entry(document: Document, key: str, accessed: str) -> str:
    fields = [("title", f"{{{{{_escaped(document.title)}}}}}")]
    if document.authors:
        fields.append(("author", f"{{{' and '.join(_author(document, name) for name in document.authors)}}}"))
    journal = venue(document) if (document.kind == "paper" or document.is_news) else ""
    if journal:
        fields.append(("journal", f"{{{_escaped(journal)}}}"))
    elif address(document):
        fields.append(("howpublished", f"{{\\url{{{address(document).translate(_IN_ADDRESS)}}}}}"))
    elif document.venue:
        fields.append(("howpublished", f"{{{_escaped(document.venue)}}}"))
    fields += _date(document)
    if note := _note(document, accessed):
        fields.append(("note", f"{{{_escaped(note)}}}"))
    lines = "".join(f"  {name} = {value},\n" for name, value in fields)
    return f"@{'article' if journal else 'misc'}{{{key},\n{lines}}}\n"


def _keys(cited: Sequence[Reference]) -> dict[str, str]:
    """Keys by slug: the slug of a document of the seeds; a page's is no name, so its title and year are."""
    keys: dict[str, str] = {}
    for document in {reference.document.slug: reference.document for reference in cited}.values():
        titled = "-".join(_KEY_WORD.findall(normalize(document.title))[:4]) or document.kind.replace(" ", "-")
        year = f"-{document.published[:4]}" if document.published else ""
        wanted = f"{titled}{year}" if address(document) else document.slug
        count = sum(key == wanted or key.startswith(f"{wanted}--") for key in keys.values())
        keys[document.slug] = f"{wanted}--{count + 1}" if count else wanted
    return keys


def _author(document: Document, name: str) -> str:
    family, given = in_parts(document, name)
    return f"{_escaped(family)}, {_escaped(given)}" if given else f"{{{_escaped(name)}}}"


def _date(document: Document) -> list[tuple[str, str]]:
    year, _, rest = document.published.partition("-")
    fields = [("year", f"{{{year or 'n.d.'}}}")]
    if rest:
        fields.append(("month", MONTHS[int(rest[:2]) - 1].lower()))
    return fields


def _note(document: Document, accessed: str) -> str:
    day = document.published if document.published.count("-") > 1 else ""
    when = f"Dated {day}." if day else "" if document.published else "Undated."
    why = document.dating if document.inferred or not document.published else ""
    return " ".join(filter(None, (when, why, f"Accessed {accessed}." if accessed else "")))


def _cite(references: Sequence[Reference], keys: dict[str, str]) -> str:
    return "".join(f"~\\cite{_postnote(r.pointers)}{{{keys[r.document.slug]}}}" for r in references)


def _postnote(pointers: Sequence[Pointer]) -> str:
    # A bracket within the argument ends it, unless braces hold it.
    shown = "; ".join(map(_pointer, pointers))
    return f"[{{{shown}}}]" if "]" in shown else f"[{shown}]" if shown else ""


def _pointer(pointer: Pointer) -> str:
    noun = "para." if len(pointer.paragraphs) == 1 else "paras."
    paragraphs = f"{noun}~{pointer.ranges.replace('-', '--')}"
    if not pointer.section:
        return paragraphs
    section = f"sec.~{pointer.section}" if pointer.is_numbered else f"``{_escaped(pointer.section)}''"
    return f"{section}, {paragraphs}"


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_ESCAPES)

"""Gathers the bot's own words into one catalogue (`make catalogue`): bot/locale/yrd.pot, and compiles the languages beside it.

A language is bot/locale/LANGUAGE/LC_MESSAGES/yrd.po: what translators edit (gettext; Babel reads and writes it).
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDERS: Final = ("handlers", "bot")
LOCALE: Final = ROOT / "bot" / "locale"
TEMPLATE: Final = LOCALE / "yrd.pot"
_KEYWORDS: Final = {"say": None, "say_many": (1, 2)}


def gathered() -> Catalog:
    """Return every sentence of the bot's with the files it stands in, in the order of the files."""
    catalog = Catalog(project="YRD Desk", fuzzy=False)
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            for _, message, _, _ in extract_from_file("python", path, keywords=_KEYWORDS):
                # Without lines, so that a change above a sentence is none of the catalogue.
                catalog.add(message, locations=[(place, 1)])
    return catalog


def written(catalog: Catalog) -> str:
    """Return a catalogue as a template: without dates, so that the same sentences give the same file."""
    out = io.BytesIO()
    write_po(out, catalog, omit_header=True, include_lineno=False, width=110)
    return out.getvalue().decode()


def main() -> int:
    """Write the template, bring every language up to date with it and compile that."""
    catalog = gathered()
    LOCALE.mkdir(exist_ok=True)
    TEMPLATE.write_text(written(catalog), encoding="utf-8")
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/yrd.po")):
        with path.open("rb") as kept:
            language = read_po(kept, locale=path.parent.parent.name)
        language.update(catalog)
        with path.open("wb") as out:
            write_po(out, language, include_lineno=False, width=110)
        with path.with_suffix(".mo").open("wb") as out:
            write_mo(out, language)
    return 0


if __name__ == "__main__":
    sys.exit(main())

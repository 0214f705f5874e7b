"""The documents as the checks read them: each block with its tokens and the names that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.checks.literals import LiteralToken, literals, plain
from knowledge.checks.spellings import Mention, Spellings
from knowledge.documents import paragraphs
from knowledge.documents.paragraphs import Block
from knowledge.model import Document, Fact
from knowledge.seeds import Problem, Seeds
from knowledge.text.normalize import stem

_PARTS = re.compile(r"[@.]+")
# Words that say what sort of place the name before them is; leaving them out loses no name.
_LEVELS = frozenset(
    {"city", "district", "districts", "county", "province", "provinces", "town", "municipality"}
)


@dataclass(frozen=True)
class Reading:
    """A text with its tokens and mentions; in a title words have a capital for the look of it."""

    text: str
    tokens: tuple[LiteralToken, ...]
    mentions: tuple[Mention, ...]
    is_title: bool = False

    @cached_property
    def keys(self) -> frozenset[str]:
        """Return the keys of all tokens, words by their stem, addresses also in their parts ("qq")."""
        parts = (part for token in self.tokens if "@" in token.key for part in _PARTS.split(token.key))
        return frozenset((*(folded(token) for token in self.tokens), *parts))

    @cached_property
    def slugs(self) -> frozenset[str]:
        """Return the slugs of all records that it mentions."""
        return frozenset(slug for mention in self.mentions for slug in mention.slugs)


def folded(token: LiteralToken) -> str:
    """Return what `token` is compared by: the key, of a word its stem."""
    return stem(token.key) if token.sort == "word" else token.key


class Sources:
    """Every document of the seeds, read once. `problems` names the files that could not be read."""

    def __init__(self, seeds: Seeds, folder: Path) -> None:
        topics = {topic.slug for topic in seeds.topics}
        self.spellings = Spellings(record for record in seeds.named() if record.slug not in topics)
        self.blocks: dict[str, tuple[Block, ...]] = {}
        self.readings: dict[tuple[str, int], Reading] = {}
        self.problems: list[Problem] = []
        self._headings: dict[tuple[str, str], int] = {}
        self._titles = {
            document.slug: self.read(document.title, is_title=True) for document in seeds.documents
        }
        for document in seeds.documents:
            self._add(document, folder)
        self.statements = {fact.id: self.read(fact.statement) for fact in seeds.facts}
        self._ordinary = _in_lower_case((*self.readings.values(), *self.statements.values()))

    def read(self, text: str, *, is_title: bool = False) -> Reading:
        """Return `text` with its tokens and the names in it."""
        text = plain(text)
        found = literals(text)
        return Reading(text, found, self.spellings.mentions(found), is_title)

    def is_name(self, reading: Reading, position: int) -> bool:
        """Say whether the word at `position` has its capital because it is a name.

        At the start of a sentence and in a title every word may have one: there it is a name only if no
        document and no statement writes it in lower case. "City" after a name is no name of its own.
        """
        token = reading.tokens[position]
        if token.sort != "word" or not token.capital:
            return False
        if token.key in _LEVELS and position and reading.tokens[position - 1].capital:
            return False
        return not ((token.opens or reading.is_title) and folded(token) in self._ordinary)

    def is_heading(self, document: str, number: int) -> bool:
        """Say whether paragraph `number` is the heading of its section."""
        block = self.blocks[document][number - 1]
        return bool(block.section) and self._headings[document, block.section] == number

    def cited(self, fact: Fact) -> tuple[Reading, ...]:
        """Return what `fact` can lean on: the blocks it cites, their headings, the titles of the documents."""
        found: dict[tuple[str, int], Reading] = {}
        for citation in fact.citations:
            place = (citation.document, citation.paragraph)
            if place in self.readings:
                section = self.blocks[citation.document][citation.paragraph - 1].section
                found[place] = self.readings[place]
                if section:
                    heading = (citation.document, self._headings[citation.document, section])
                    found[heading] = self.readings[heading]
        return (*found.values(), *(self._titles[slug] for slug in fact.documents))

    def _add(self, document: Document, folder: Path) -> None:
        try:
            blocks = paragraphs.read(document, folder)
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            message = f"cannot be read: {reason}"
            self.problems.append(Problem("documents.toml", document.slug, "file", message))
            return
        self.blocks[document.slug] = blocks
        for block in blocks:
            self._headings.setdefault((document.slug, block.section), block.number)
            is_title = block.number == 1 or self.is_heading(document.slug, block.number)
            self.readings[document.slug, block.number] = self.read(block.text, is_title=is_title)


def _in_lower_case(readings: Iterable[Reading]) -> frozenset[str]:
    return frozenset(
        folded(token)
        for reading in readings
        for token in reading.tokens
        if token.sort == "word" and not token.capital
    )

"""What the documents print that no fact holds: block by block, every figure, date and capitalised name.

A token is covered when a fact that cites its block has it in statement, caveat, speaker, date or figures, or
has what it names among its subjects. Every other one is listed in seeds/leftovers.toml with a reason.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.checks.literals import LiteralToken
from knowledge.checks.sources import Reading, Sources, folded
from knowledge.model import Fact, Leftover
from knowledge.seeds import Problem, Seeds
from knowledge.vocabulary import Reason

# An anchor has three words, so a shorter block cannot be cited.
_SHORTEST_CITED = 3
# "2.1 ", "4.1.1. ", "(2) ": the number a heading is printed with is no figure.
_HEADING_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?(?=\s)|\(\d{1,2}\))")
FILE = "leftovers.toml"


@dataclass(frozen=True, slots=True)
class Printed:
    """A number, date or name as a block prints it; `facts` are those that hold it."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlockCoverage:
    """One block: the facts that cite it and what it prints, each number, date and name once."""

    document: str
    number: int
    section: str
    text: str
    is_heading: bool
    is_short: bool
    facts: tuple[Fact, ...]
    printed: tuple[Printed, ...]

    @property
    def left_over(self) -> tuple[str, ...]:
        """Return what it prints and no fact that cites it holds."""
        return tuple(printed.text for printed in self.printed if not printed.facts)


@dataclass(frozen=True, slots=True)
class DocumentCoverage:
    """A line of the table: counts for one document. `excused` are blocks too short to cite, or headings."""

    document: str
    blocks: int
    cited: int
    excused: int
    tokens: int
    covered: int
    left_over: dict[Reason, int]


def blocks(seeds: Seeds, sources: Sources) -> tuple[BlockCoverage, ...]:
    """Return how every block of the documents is covered, in their order."""
    citing: defaultdict[tuple[str, int], dict[Fact, None]] = defaultdict(dict)
    for fact in seeds.facts:
        for citation in fact.citations:
            citing[citation.document, citation.paragraph][fact] = None
    held = {fact.id: _held(fact, sources) for fact in seeds.facts}
    return tuple(
        BlockCoverage(
            document=document,
            number=block.number,
            section=block.section,
            text=block.text,
            is_heading=sources.is_heading(document, block.number),
            is_short=len(block.text.split()) < _SHORTEST_CITED,
            facts=tuple(citing[document, block.number]),
            printed=tuple(_printed(document, block.number, citing[document, block.number], held, sources)),
        )
        for document, read in sources.blocks.items()
        for block in read
    )


def check(
    covered: Iterable[BlockCoverage], leftovers: tuple[Leftover, ...], unread: frozenset[str] = frozenset()
) -> tuple[Problem, ...]:
    """Return every block that states something and is not cited, and every token left over without a reason.

    Of documents that could not be read (`unread`) nothing is said.
    """
    listed = {(e.document, e.paragraph, e.token) for e in leftovers if e.document not in unread}
    problems = [*_twice(leftovers)]
    for block in covered:
        where = f"{block.document} {block.number}"
        if not (block.facts or block.is_heading or block.is_short):
            problems.append(Problem("facts", where, "citations", "no fact cites this paragraph"))
        for token in block.left_over:
            if (block.document, block.number, token) not in listed:
                message = f"“{token}” stands in no fact that cites the paragraph; state it, or list it with a reason"
                problems.append(Problem(FILE, where, "token", message))
            listed.discard((block.document, block.number, token))
    for document, paragraph, token in sorted(listed):
        message = f"“{token}” is not left over there; take the line out"
        problems.append(Problem(FILE, f"{document} {paragraph}", "token", message))
    return tuple(problems)


def table(
    covered: tuple[BlockCoverage, ...], leftovers: tuple[Leftover, ...]
) -> tuple[DocumentCoverage, ...]:
    """Return the counts of each document."""
    return tuple(
        _row(document, [block for block in covered if block.document == document], leftovers)
        for document in dict.fromkeys(block.document for block in covered)
    )


def _row(document: str, covered: list[BlockCoverage], leftovers: tuple[Leftover, ...]) -> DocumentCoverage:
    left = {(block.number, token) for block in covered for token in block.left_over}
    reasons = Counter(
        entry.reason
        for entry in leftovers
        if entry.document == document and (entry.paragraph, entry.token) in left
    )
    return DocumentCoverage(
        document=document,
        blocks=len(covered),
        cited=sum(bool(block.facts) for block in covered),
        excused=sum(not block.facts and (block.is_heading or block.is_short) for block in covered),
        tokens=sum(len(block.printed) for block in covered),
        covered=sum(bool(printed.facts) for block in covered for printed in block.printed),
        left_over={reason: reasons[reason] for reason in Reason},
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """What a fact holds: keys of tokens, and slugs of what it names or is about."""

    keys: frozenset[str]
    slugs: frozenset[str]


def _held(fact: Fact, sources: Sources) -> _Held:
    figures = " ".join(f"{f.value:g} {f.upper or ''} {f.unit} {f.year or ''} {f.of}." for f in fact.figures)
    texts = (sources.statements[fact.id], *map(sources.read, (fact.caveat, fact.speaker, fact.date, figures)))
    return _Held(
        frozenset().union(*(reading.keys for reading in texts)),
        frozenset(fact.subjects).union(*(reading.slugs for reading in texts)),
    )


def _printed(
    document: str, number: int, citing: Iterable[Fact], held: dict[str, _Held], sources: Sources
) -> Iterator[Printed]:
    reading = sources.readings[document, number]
    seen: set[str] = set()
    for tokens, slugs in _units(reading, sources):
        text = reading.text[tokens[0].start : tokens[-1].end]
        key = " ".join(map(folded, tokens))
        if key in seen:
            continue
        seen.add(key)
        facts = (
            fact.id
            for fact in citing
            if slugs & held[fact.id].slugs or all(folded(token) in held[fact.id].keys for token in tokens)
        )
        yield Printed(text, tuple(facts))


def _units(reading: Reading, sources: Sources) -> Iterator[tuple[tuple[LiteralToken, ...], frozenset[str]]]:
    """Yield each name of the seeds whole, and every other number, date and capitalised word."""
    starts = {mention.first: mention for mention in reading.mentions}
    heading_number = _HEADING_NUMBER.match(reading.text)
    position = 0
    while position < len(reading.tokens):
        token, mention = reading.tokens[position], starts.get(position)
        if mention:
            yield reading.tokens[mention.first : mention.last], mention.slugs
            position = mention.last
            continue
        position += 1
        if heading_number and token.end <= heading_number.end():
            continue
        if token.sort != "word" or sources.is_name(reading, position - 1):
            yield (token,), frozenset()


def _twice(leftovers: tuple[Leftover, ...]) -> Iterator[Problem]:
    counts = Counter((entry.document, entry.paragraph, entry.token) for entry in leftovers)
    for (document, paragraph, token), times in counts.items():
        if times > 1:
            yield Problem(FILE, f"{document} {paragraph}", "token", f"“{token}” is listed {times} times")

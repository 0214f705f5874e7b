"""Checks entries against the text of the documents: hashes, anchors, and that no fact states what is not there.

Every number, date and name of a statement stands in a cited paragraph, in a heading above it or in the title,
in any spelling or format; what does not is listed in the fact's `supplied`. The fields `date` and `figures` hold
no day and year but such as stand there, in the statement or, where they are inferred, in the caveat. Reads;
changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks.literals import LiteralToken, literals, plain
from knowledge.checks.sources import Reading, Sources, folded
from knowledge.documents import paragraphs
from knowledge.documents.paragraphs import Block, fold_whitespace
from knowledge.model import Document, Entry, Fact, Paragraph
from knowledge.seeds import Problem, Seeds, file_of

# More than this share of facts leaning on the curator's knowledge is no longer a base of the documents (issue 3).
MOST_SUPPLIED = 0.15


def check(seeds: Seeds, sources: Sources) -> tuple[Problem, ...]:
    """Return every hash, anchor, number, date and name of `seeds` that does not hold against `sources`."""
    problems = list(sources.problems)
    for document in seeds.documents:
        if document.slug in sources.blocks:
            problems.extend(_moved(document, sources.blocks[document.slug], seeds.paragraphs))
    for entry in seeds.entries():
        problems.extend(_unanchored(entry, sources))
    for fact in seeds.facts:
        if sources.blocks.keys() >= set(fact.documents):
            problems.extend(_ungrounded(fact, sources))
            problems.extend(_undated(fact, sources))
    return (*problems, *_too_much_supplied(seeds.facts))


def share_of_supplied(facts: tuple[Fact, ...]) -> float:
    """Return which share of `facts` states something that the cited paragraphs do not print."""
    return sum(bool(fact.supplied) for fact in facts) / max(1, len(facts))


def missing(fact: Fact, sources: Sources) -> tuple[LiteralToken, ...]:
    """Return the numbers, dates and names of the statement that nothing cited prints."""
    statement = sources.statements[fact.id]
    cited = sources.cited(fact)
    keys = frozenset().union(*(reading.keys for reading in cited))
    slugs = frozenset().union(*(reading.slugs for reading in cited))
    spelled = {
        position
        for mention in statement.mentions
        if mention.slugs & slugs
        for position in range(mention.first, mention.last)
    }
    return tuple(
        token
        for position, token in enumerate(statement.tokens)
        if position not in spelled
        and folded(token) not in keys
        and _needs_grounds(statement, position, sources)
    )


def _needs_grounds(statement: Reading, position: int, sources: Sources) -> bool:
    token = statement.tokens[position]
    if token.sort == "word":
        return sources.is_name(statement, position)
    # "An industrial one" counts nothing.
    return token.text.lower() not in ("one", "once")


def _moved(document: Document, blocks: tuple[Block, ...], known: tuple[Paragraph, ...]) -> Iterator[Problem]:
    expected = {paragraph.number: paragraph for paragraph in known if paragraph.document == document.slug}
    found = {paragraph.number: paragraph for paragraph in paragraphs.paragraphs(document, blocks)}
    for number in sorted(expected.keys() | found.keys()):
        if expected.get(number) != found.get(number):
            message = (
                "is not the paragraph the facts were made from; run yrd check --write-paragraphs and review"
            )
            yield Problem("paragraphs.toml", f"{document.slug} {number}", "sha256", message)


def _unanchored(entry: Entry, sources: Sources) -> Iterator[Problem]:
    for citation in entry.citations:
        blocks = sources.blocks.get(citation.document, ())
        if not blocks:
            continue
        block = blocks[citation.paragraph - 1] if citation.paragraph <= len(blocks) else None
        times = fold_whitespace(block.text).count(fold_whitespace(citation.anchor)) if block else 0
        if times != 1:
            message = f"“{citation.anchor}” stands {times} times in {citation.label}"
            yield _problem(entry, "anchor", message)


def _ungrounded(fact: Fact, sources: Sources) -> Iterator[Problem]:
    supplied = {entry.token: {folded(t) for t in literals(plain(entry.token))} for entry in fact.supplied}
    allowed = frozenset().union(*supplied.values())
    absent = missing(fact, sources)
    for token in absent:
        if folded(token) not in allowed:
            message = (
                f"“{token.text}” stands in no paragraph cited, nor in its heading or title; correct the "
            )
            yield _problem(fact, "statement", message + "statement or list it in supplied")
    said = sources.statements[fact.id].keys
    printed = frozenset().union(*(reading.keys for reading in sources.cited(fact)))
    for token_text, keys in supplied.items():
        if not keys <= said:
            yield _problem(fact, "supplied", f"“{token_text}” does not stand in the statement")
        elif keys <= printed:
            yield _problem(fact, "supplied", f"“{token_text}” is printed in what the fact cites; take it out")


def _undated(fact: Fact, sources: Sources) -> Iterator[Problem]:
    texts = (*sources.cited(fact), sources.statements[fact.id], sources.read(fact.caveat))
    keys = frozenset().union(*(reading.keys for reading in texts))
    years = (str(figure.year) for figure in fact.figures if figure.year)
    for field, date in (("date", fact.date), *(("figures", year) for year in years)):
        if not set(_parts(date)) <= keys:
            message = f"{date} stands neither in what the fact cites, nor in its statement or caveat"
            yield _problem(fact, field, message)


def _parts(date: str) -> tuple[str, ...]:
    """Return the keys of a date: year, month and day as far as it goes."""
    prefixes = ("", "month ", "")
    return tuple(
        f"{prefix}{int(part)}" for prefix, part in zip(prefixes, filter(None, date.split("-")), strict=False)
    )


def _too_much_supplied(facts: tuple[Fact, ...]) -> Iterator[Problem]:
    share = share_of_supplied(facts)
    if share > MOST_SUPPLIED:
        message = f"{share:.1%} of the facts have some; {MOST_SUPPLIED:.0%} is the most that may"
        yield Problem("seeds", "facts", "supplied", message)


def _problem(entry: Entry, field: str, message: str) -> Problem:
    return Problem(file_of(entry), entry.id, field, message)

"""How a question is read and why its facts answer or not: for curators and for whoever tunes.

    python -m benchmarks.explain "how many projects in suzou industrial park"
    python -m benchmarks.explain --command /yrd-city hangzou

Changes nothing and stores nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.engines import NOW
from bot.cli.command import let_go_of_output
from handlers.answer import Answer
from handlers.answerability import verdict
from handlers.evidence import FactEvidence
from handlers.questions.disambiguation import resolve_by_province
from handlers.reply import reply
from handlers.request import QUESTION, Request
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.names.mentions import Mention
from knowledge.names.resolver import Ambiguous, Found, Outside, Suggestions
from knowledge.search.index import Hit
from knowledge.search.intent import AnswerType
from knowledge.search.query import Concept, Query

HITS = 5
WIDTH = 92


def explained(services: Services, text: str, command: str = QUESTION, hits: int = HITS) -> str:
    """Return, line by line, how `text` is read, what it finds, and what is answered."""
    query = resolve_by_province(services, services.base.parse(text))
    found = services.base.rank(query)[:hits]
    answer = reply(services, Request(text=text, command=command, now=NOW))
    return "\n".join(
        (
            f"question    {text}",
            *_names(query),
            *_concepts(query),
            *_wants(query),
            *_hits(services, query, found),
            *_verdict(answer),
        )
    )


def _names(query: Query) -> Iterator[str]:
    for mention in query.mentions:
        yield f"name        “{mention.typed}” {_read(mention)}"


def _read(mention: Mention) -> str:
    match mention.resolution:
        case Found(record=record, match="exact"):
            return f"is the name of {record.slug}"
        case Found(record=record, match="alias"):
            return f"is another spelling of {record.slug}"
        case Found(record=record):
            return f"is read as a slip of {record.slug}: near, and no other name as near"
        case Ambiguous(records=records):
            return f"is shared by {', '.join(record.slug for record in records)}: asked, never decided"
        case Suggestions(records=records):
            return f"is near {', '.join(record.slug for record in records)}: offered, never decided"
        case Outside(place=place):
            return f"lies outside: {place.within}"


def _concepts(query: Query) -> Iterator[str]:
    total = query.weight or 1.0
    yield f"concepts    {'weight':>6} {'share':>6}"
    for concept in sorted(query.concepts, key=lambda concept: -concept.weight):
        yield f"            {concept.weight:6.2f} {concept.weight / total:6.0%}  {_shown(concept)}"


def _shown(concept: Concept) -> str:
    corrected = f" (read as {concept.corrected})" if concept.corrected else ""
    means = ", ".join(concept.owners)
    others = [" ".join(alternative) for alternative, _ in concept.alternatives]
    alternatives = f" {', '.join(others[:5])}{f' and {len(others) - 5} more' if len(others) > 5 else ''}"
    found_by = "; ".join(filter(None, (f" {means}" if means else "", alternatives if others else "")))
    return f"{concept.surface}{corrected}{':' if found_by else ''}{found_by}"


def _wants(query: Query) -> Iterator[str]:
    wants = [] if query.answer_type is AnswerType.ANYTHING else [query.answer_type.value]
    wants += [f"of {word}" for word in sorted(query.measured)]
    wants += [f"a fact that says “{word}”" for word in sorted(query.sorts)]
    wants += [f"the year {year}" for year in query.years]
    if wants:
        yield f"wants       {', '.join(wants)}"


def _hits(services: Services, query: Query, hits: tuple[Hit, ...]) -> Iterator[str]:
    yield f"found       {'covers':>6} {'score':>6}"
    for hit in hits:
        reasons = why_not(services, query, hit)
        yield f"            {hit.coverage:6.2f} {hit.score:6.2f}  {hit.fact.id}: {_cut(hit.fact.statement)}"
        if missed := ", ".join(concept.surface for concept in hit.missed):
            yield f"                           lacks {missed}"
        yield f"                           {'answers' if not reasons else 'does not answer: ' + '; '.join(reasons)}"


def why_not(services: Services, query: Query, hit: Hit) -> list[str]:
    """Return, in words, what keeps a fact from answering; empty when it answers."""
    evidence = FactEvidence(services.base, hit)
    return [
        reason.rule.otherwise.format(missing=" or ".join(reason.shown), least=evidence.least)
        for reason in verdict(services.base, query, evidence, services.rules)
    ]


def _verdict(answer: Answer) -> Iterator[str]:
    yield f"outcome     {answer.outcome} ({answer.match}): {answer.headline}"
    for note in answer.notes:
        yield f"            {_cut(note)}"
    for place, line in enumerate(answer.lines, 1):
        yield f"            {place}. {line.fact.id}: {_cut(line.fact.statement)}"
    for fact in answer.near:
        yield f"            near, not an answer: {fact.id}: {_cut(fact.statement)}"
    for choice in answer.choices:
        yield f"            [{choice.label}]"


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[:WIDTH].rsplit(' ', 1)[0]} ..."


def main(arguments: list[str] | None = None) -> int:
    """Explain one question."""
    parser = argparse.ArgumentParser(
        prog="explain", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("question", nargs="+")
    parser.add_argument("--command", default=QUESTION, help="the slash command it is typed after")
    parser.add_argument("--base", type=Path, default=Path("var/facts.db"))
    options = parser.parse_args(arguments)
    services = Services(FactBase.open(options.base))
    try:
        print(explained(services, " ".join(options.question), options.command), flush=True)
    except BrokenPipeError:
        # Whoever read it has what they wanted.
        let_go_of_output()
    return 0


if __name__ == "__main__":
    sys.exit(main())

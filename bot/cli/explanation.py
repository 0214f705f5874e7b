"""How a question is read and why facts answer it or not, line by line: for curators and for whoever tunes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from handlers.answer import Answer
from handlers.questions.disambiguation import resolve
from handlers.services import Services
from handlers.verdict.answerability import Reason, verdict
from handlers.verdict.evidence import FactEvidence
from knowledge.model import Fact, Weight
from knowledge.names.mentions import Mention
from knowledge.names.resolver import Ambiguous, Found, Outside, Suggestions
from knowledge.search.features import VERDICT
from knowledge.search.index import Hit
from knowledge.search.intent import AnswerType
from knowledge.search.query import Concept, Query

CANDIDATES: Final = 5

_WIDTH: Final = 92
_MOST_ALTERNATIVES: Final = 5


def explanation(services: Services, text: str, answer: Answer, candidates: int = CANDIDATES) -> Iterator[str]:
    """Yield how `text` is read, what the first `candidates` weigh and lack, and what `answer` is given."""
    query = resolve(services, services.base.parse(text))
    yield f"question    {text}"
    yield from _names(query)
    yield from _concepts(query)
    yield from _wants(query)
    yield from _candidates(services, query, candidates)
    yield from _outcome(answer)


def _names(query: Query) -> Iterator[str]:
    for mention in query.mentions:
        yield f"name        “{mention.typed}” {_read(mention)}"
    for stranger in query.strangers:
        yield f"stranger    “{stranger}” is known to nobody here: what it is about is not answered"


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
    yield f"concepts    {'weight':>6} {'share':>6}" if query.concepts else "concepts    none"
    for concept in sorted(query.concepts, key=lambda concept: -concept.weight):
        yield f"            {concept.weight:6.2f} {concept.weight / total:6.0%}  {_shown(concept)}"


def _shown(concept: Concept) -> str:
    corrected = f" (read as {concept.corrected})" if concept.corrected else ""
    means = ", ".join(concept.owners)
    others = [" ".join(alternative) for alternative, _ in concept.alternatives]
    more = len(others) - _MOST_ALTERNATIVES
    alternatives = ", ".join(others[:_MOST_ALTERNATIVES]) + (f" and {more} more" if more > 0 else "")
    found_by = "; ".join(filter(None, (means, alternatives)))
    return f"{concept.surface}{corrected}{f': {found_by}' if found_by else ''}"


def _wants(query: Query) -> Iterator[str]:
    wants = [] if query.answer_type is AnswerType.ANYTHING else [query.answer_type.value]
    wants += [f"of {word}" for word in sorted(query.measured)]
    wants += [f"a fact that says “{word}”" for word in sorted(query.sorts)]
    wants += [f"the year {year}" for year in query.years]
    wants += ["something on a document itself"] if query.on_documents else []
    if wants:
        yield f"wants       {', '.join(wants)}"


def _candidates(services: Services, query: Query, most: int) -> Iterator[str]:
    hits = services.base.rank(query)
    yield f"candidates  the first {min(most, len(hits))} of {len(hits)}" if hits else "candidates  none"
    for place, hit in enumerate(hits[:most], 1):
        yield f"  {place}. {hit.entry.id}: {_cut(hit.entry.statement)}"
        if missed := ", ".join(concept.surface for concept in hit.missed):
            yield f"     lacks {missed}"
        yield from (f"     {line}" for line in _judged(services, query, hit))
        yield from _weighed(hit, services.base.index.weights)


def _judged(services: Services, query: Query, hit: Hit) -> Iterator[str]:
    """Yield what keeps an entry from answering, and what else it lacks, which is weighed."""
    if hit.is_asked:
        yield "the question is one of its asks, which makes it certain"
    if not isinstance(hit.entry, Fact):
        yield "a gap: the documents do not say it, so it answers nothing"
        return
    evidence = FactEvidence(services.base, hit)
    reasons = verdict(services.base, query, evidence, services.rules)
    binding = [_said(reason) for reason in reasons if reason.rule.name in evidence.bound_by]
    others = [_said(reason) for reason in reasons if reason.rule.name not in evidence.bound_by]
    yield f"does not answer: {'; '.join(binding)}" if binding else "answers"
    if others:
        yield f"against it: {'; '.join(others)}"


def _said(reason: Reason) -> str:
    return reason.rule.otherwise.format(missing=" or ".join(reason.shown))


def _weighed(hit: Hit, weights: Mapping[str, Weight]) -> Iterator[str]:
    """Yield what each feature that is not nothing adds, to the rank and to the odds of an answer (their logarithm)."""
    yield f"     {'':26}{'is':>8}{'rank':>8}{'answers':>9}"
    added = 0.0
    for name, value in zip(VERDICT, hit.features, strict=True):
        weight = weights.get(name, Weight(feature=name))
        added += value * weight.answers
        if value and (weight.rank or weight.answers):
            adds = f"{_added(value * weight.rank):>8}{_added(value * weight.answers):>9}"
            yield f"     {name:26}{value:8.2f}{adds}".rstrip()
    yield f"     {'together':26}{'':8}{hit.score:+8.2f}{added:+9.2f}: {hit.likely:.0%} likely"


def _added(value: float) -> str:
    return f"{value:+.2f}" if value else ""


def _outcome(answer: Answer) -> Iterator[str]:
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
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH].rsplit(' ', 1)[0]} ..."

"""What is wrong with a draft, what is doubtful about it, and which facts read alike: as `yrd check` asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Final

from pydantic import ValidationError

from handlers.answer import Field, Refused
from handlers.contribution import Contribution
from handlers.curation import describe, naming, projection
from handlers.curation.correction import NOTHING_CHANGED, draft_of, says_the_same
from handlers.curation.sorts import STANCES
from handlers.curation.sources import citations, source
from handlers.curation.statements import named, sentence, unknown_names
from handlers.draft import DATES, Draft, host
from handlers.say import Said, say
from handlers.services import Services
from knowledge import citing
from knowledge.checks import consistency
from knowledge.model import Fact, Named, Pairing, Topic
from knowledge.names.resolver import Found, Outside
from knowledge.seeds import Problem
from knowledge.text.length import word_count
from knowledge.text.normalize import normalize
from knowledge.vocabulary import Stance

_CAPITALISED: Final = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]{3,}\b")
NO_DATE: Final = say("Write a year, a month or a day: 2026, May 2026 or 2026-05-01.")
_YEARS: Final = range(1000, 10_000)
# Of the fields of a fact, those of a form that they are filled in from; what is wrong with another is the statement's.
_FIELD: Final[Mapping[str, Field]] = {
    "figures": "figures", "speaker": "speaker", "region": "subjects", "citations": "words", "subjects": "subjects",
    "topics": "topics", "date": "date", "asks": "asks", "document": "source", "url": "source",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """What is refused, by the field of the form; with anything, the draft cannot be sent."""

    refused: tuple[Refused, ...] = ()
    alike: tuple[Fact, ...] = ()
    doubts: tuple[str, ...] = ()


def check(services: Services, draft: Draft) -> Checked:
    """Return what stands in the way of `draft`, and what its author should see before sending it."""
    impossible = tuple(_impossible(services, draft))
    if draft.withdraws:
        return Checked(impossible)
    if lacking := (*impossible, *_required(services, draft)):
        return Checked(lacking)
    try:
        corrected = services.base.fact(draft.supersedes)
        fact, _ = projection.as_fact(services.base, Contribution(1, draft, "", "", "", 0), corrected)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        why = str(first.get("ctx", {}).get("error", first["msg"]))
        told = say("The base cannot hold it so: {problem}.", problem=why)
        return Checked((Refused(_field(str(first["loc"][0]) if first["loc"] else ""), told),))
    if corrected and says_the_same(
        draft, draft_of(services.base, corrected).model_copy(update=_carried(draft))
    ):
        return Checked((Refused("statement", NOTHING_CHANGED),))
    wrong: dict[Field, Refused] = {}
    for problem in consistency.check_fact(fact, services.base.seeds):
        field = _field(problem.field)
        wrong.setdefault(field, Refused(field, _told(problem, fact)))
    similar = () if wrong else alike(services, fact, draft.supersedes)
    return Checked(tuple(wrong.values()), similar, tuple(_doubts(services, draft)))


def _carried(draft: Draft) -> dict[str, object]:
    """What of a draft its fact cannot say: why it was written, and by when it is looked at again."""
    return {"question": draft.question, "review_by": draft.review_by}


def _field(of_fact: str) -> Field:
    return _FIELD.get(of_fact, "statement")


def alike(services: Services, fact: Fact, besides: str = "") -> tuple[Fact, ...]:
    """Return the facts that read like `fact`, the most alike first."""
    tuning = services.base.tuning
    hits = services.base.search(fact.statement)[:20]
    near = consistency.likenesses(fact, (hit.fact for hit in hits), services.base.lexicon.stop)
    found = sorted(
        (
            (share, other)
            for share, other in near
            if share >= tuning.alike and other.id not in (fact.id, besides)
        ),
        key=lambda pair: -pair[0],
    )
    return tuple(other for _, other in found[: tuning.most_alike])


def _told(problem: Problem, fact: Fact) -> Said:
    """Return the sentence of what the checks of seeds found; figures are named by their number and unit."""
    match problem.field:
        case "statement":
            return say(
                "The statement opens with or leans on “{words}”: a reader who sees only this line cannot know what is meant.",
                words=problem.found,
            )
        case "figures":
            return say("{figure} does not stand in the statement.", figure=problem.found)
        case "speaker" if fact.stance is Stance.CLAIMED:
            return say("The speaker is missing: who claims it?")
        case "speaker":
            return say("The speaker is missing: who recommends it?")
        case "region":
            return say(
                "It is told as a fact of the delta, but is about places elsewhere: {places}.",
                places=problem.found,
            )
        case field:
            return say("{field}: {problem}.", field=field, problem=problem.message)


def _impossible(services: Services, draft: Draft) -> Iterator[Refused]:
    """What no form offers and no calendar has, whether or not anything is put in the place of a fact."""
    stands = services.base.fact(draft.supersedes) and draft.supersedes not in services.base.overlay.superseded
    if draft.supersedes and not stands:
        yield Refused(
            "statement",
            say("That fact does not stand any longer: nothing can take its place."),
        )
    if not all(any(map(str.isalpha, ask)) for ask in draft.asks or ()):
        yield Refused("asks", say("Write each as somebody would ask it, in words."))
    if draft.withdraws and not draft.supersedes:
        yield Refused("statement", say("Nothing is named that would be taken away."))
    yield from (Refused(field, NO_DATE) for field in DATES if not _is_date(getattr(draft, field)))
    years = (figure.year for figure in draft.figures if figure.year is not None)
    if not all(year in _YEARS for year in years):
        yield Refused("figures", say("The year of a figure has four digits, such as 2024."))
    if not all(isfinite(value) for figure in draft.figures for value in (figure.value, figure.upper or 0)):
        yield Refused("figures", say("A figure is a number."))


def _is_date(said: str) -> bool:
    """Say whether `said`, a year, month or day, or "", is one of the calendar."""
    try:
        return not said or bool(date.fromisoformat(f"{said}-01-01"[:10]))
    except ValueError:
        return False


def _required(services: Services, draft: Draft) -> Iterator[Refused]:
    if why := sentence.why_none(draft.statement):
        yield Refused("statement", why)
    if not draft.subjects:
        yield Refused("subjects", say("Name at least one place or pairing: what is the fact about?"))
    if not draft.topics:
        yield Refused("topics", say("Choose at least one topic."))
    if unknown := [slug for slug in draft.subjects if not _is_subject(services.base.entity(slug))]:
        yield Refused("subjects", _unknown(unknown))
    if unknown := [slug for slug in draft.topics if not isinstance(services.base.entity(slug), Topic)]:
        yield Refused("topics", _unknown(unknown))
    if wrong := _beside(services, draft):
        yield Refused("ties", wrong)
    yield from _source(services, draft)


def _beside(services: Services, draft: Draft) -> str:
    """Return which places a draft ties that it is not about, "" where there are none."""
    about = [services.base.entity(slug) for slug in draft.subjects]
    within = {slug for record in about if isinstance(record, Pairing) for slug in record.members}
    tied = dict.fromkeys(slug for tie in draft.ties or () for slug in tie.members)
    if others := [slug for slug in tied if slug not in {*draft.subjects, *within}]:
        return say(
            "What is tied has to stand under About too, and does not: {names}.",
            names=describe.names(services, tuple(others)),
        )
    return ""


def _source(services: Services, draft: Draft) -> Iterator[Refused]:
    """A citation is compulsory: a paragraph of a document with words that stand there, a page, or a reference."""
    if draft.words and not 3 <= word_count(draft.words) <= 8:
        yield Refused(
            "words",
            say(
                "Give three to eight words (in Chinese six to sixteen characters) as they stand in the source, so that"
                " others find the place."
            ),
        )
    if draft.words and (place := _elsewhere(services, draft)):
        yield Refused(
            "words", say("These words stand elsewhere: {place}. Quote the source that you name.", place=place)
        )
    if draft.document:
        yield from _paragraph(services, draft)
    elif draft.url and not host(draft.url):
        yield Refused("source", source.NO_ADDRESS)
    elif not draft.url and word_count(draft.title) < 2:
        yield Refused("source", source.NEEDED)


def _elsewhere(services: Services, draft: Draft) -> str:
    """Return where the words of a draft are known to stand, "" where that is unknown, or is what the draft cites."""
    words = normalize(draft.words)
    known = {
        (citation.document, citation.paragraph): citation.label
        for fact in services.base.facts
        for citation in fact.citations
        if not citation.whole and normalize(citation.anchor) == words
    }
    return "" if (draft.document, draft.paragraph) in known else next(iter(known.values()), "")


def _paragraph(services: Services, draft: Draft) -> Iterator[Refused]:
    paragraphs = (p for p in services.base.seeds.paragraphs if p.document == draft.document)
    found = next((p for p in paragraphs if p.number == draft.paragraph), None)
    if found is None:
        yield Refused("source", say("The document has no paragraph of that number."))
        return
    if not draft.words:
        yield Refused(
            "words",
            say(
                "Quote three to eight words of that paragraph as they stand there, so that others find them."
            ),
        )
    elif services.passages.holds(draft.document):
        printed = services.passages.find(draft.document, draft.paragraph, found.sha256)
        if printed is not None and draft.words not in " ".join(printed.text.split()):
            yield Refused("words", say("That paragraph does not print these words."))


def _doubts(services: Services, draft: Draft) -> Iterator[str]:
    """Names that the base does not know, where it knows one like them, and asks that another fact has."""
    yield from named.unread(services.base, draft)
    yield from unknown_names.doubt(services.base, draft.statement)
    told = {normalize(name) for name, _ in named.unsure(services.base, draft)}
    texts = (draft.statement, *(draft.asks or ()))
    words = dict.fromkeys(word for text in texts for word in _CAPITALISED.findall(text))
    for word in (word for word in words if normalize(word) not in told):
        match services.base.resolve(word):
            case Found(record=record, match="fuzzy"):
                yield say("The base does not know “{name}”. Did you mean {record}?", name=word, record=record)
            case Outside(place=place):
                yield naming.outside(word, place.within)
            case _:
                pass
    if draft.ties and draft.stance is not Stance.REPORTED:
        yield say(
            "It counts as a pairing that stands, and is told as {stance}.", stance=STANCES[draft.stance]
        )
    for number in draft.also:
        if not citations.anchors_of(services.base, draft.document, number):
            yield say(
                "The base quotes nothing of paragraph {number}: it is not cited. Propose what it states by itself.",
                number=number,
            )
    old = services.base.fact(draft.supersedes)
    if old and len(old.citations) > 1 and not (draft.also or citations.further(draft, old)):
        yield say("With another source, these citations go: {places}.", places=citing.cited(old.citations))
    for ask in draft.asks or ():
        others = [fact.id for fact in services.base.asked(ask) if fact.id != draft.supersedes]
        if others:
            yield say(
                "“{ask}” is asked of another fact already: is it answered by both? {fact}",
                ask=ask,
                fact=describe.called(services, others[0]),
            )


def _is_subject(record: Named | None) -> bool:
    return record is not None and not isinstance(record, Topic)


def _unknown(slugs: list[str]) -> Said:
    return say("Not in the base: {names}.", names=", ".join(slugs))

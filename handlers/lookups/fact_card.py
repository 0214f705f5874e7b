"""What a reader is told of one fact beside its statement: where to find it, what it is about, who says so, what to trust."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from handlers.answer import Section
from handlers.lookups.copying import footnote_to_paste
from handlers.records.enumerated import in_a_row
from handlers.records.source_strength import source_strength
from handlers.request import Request
from handlers.say import say
from handlers.services import Services
from knowledge import citing
from knowledge.model import Citation, Contributed, Fact, Figure
from knowledge.vocabulary import Region, Stance

_HASH: Final = 16


def sections(services: Services, request: Request, fact: Fact) -> tuple[Section, ...]:
    """Return the card of `fact` in the order in which a reader uses it; the footnote to paste stands behind."""
    return (
        Section(say("Where to look"), tuple(_places(fact))),
        Section(say("What it is about"), tuple(_matter(services, fact))),
        Section(say("Who says so"), tuple(_standing(services, request, fact))),
        Section(say("To check it"), tuple(_check(fact))),
        *footnote_to_paste(services, fact),
    )


def _places(fact: Fact) -> Iterator[str]:
    for slug, cited in citing.by_document(fact.citations).items():
        several = len(fact.documents) > 1
        for citation in {(c.paragraph, c.anchor): c for c in cited}.values():
            yield _place(citation, citing.shortened(citation.source or slug) if several else "")
    for supplied in fact.supplied:
        yield say(
            "“{words}” is not printed there; the curator supplied it: {source}.",
            words=supplied.token,
            source=supplied.source.rstrip("."),
        )


def _place(citation: Citation, named: str) -> str:
    pointers = "; ".join(map(str, citing.pointers((citation,))))
    if not citation.anchor:
        return say(
            "{source}: no words were quoted.", source=citing.shortened(citation.source or citation.document)
        )
    if not pointers:
        return say("On the page look for “{words}”.", words=citation.anchor)
    place = say("{source}, {place}", source=named, place=pointers) if named else pointers
    return say("{place}: look for “{words}”.", place=place, words=citation.anchor)


def _matter(services: Services, fact: Fact) -> Iterator[str]:
    if names := _names(services, fact.subjects):
        yield say("About: {names}.", names=names)
    if topics := _names(services, fact.topics):
        yield say("Topics: {names}.", names=topics)
    if fact.date:
        yield say("When: {date}.", date=fact.date)
    for figure in fact.figures:
        yield say("Figure: {figure}.", figure=_figure(figure))
    if fact.region is Region.ELSEWHERE:
        yield say("It is about another region.")
    elif fact.region is Region.GENERAL:
        yield say("It is about no region in particular.")


def _names(services: Services, slugs: tuple[str, ...]) -> str:
    entities = [entity for slug in slugs if (entity := services.base.entity(slug))]
    return in_a_row(entities) if entities else ""


def _figure(figure: Figure) -> str:
    lower, upper = f"{figure.value:,g}", "" if figure.upper is None else f"{figure.upper:,g}"
    number = say("{lower} to {upper}", lower=lower, upper=upper) if upper else lower
    value = say("{number} {unit}", number=number, unit=figure.unit) if figure.unit else number
    if figure.year:
        return say("{of}: {value}, {year}", of=figure.of, value=value, year=figure.year)
    return say("{of}: {value}", of=figure.of, value=value)


def _standing(services: Services, request: Request, fact: Fact) -> Iterator[str]:
    speaker = " ".join(fact.speaker.split())
    yield _said_by(fact.stance, speaker) if speaker else _said(fact.stance)
    yield from source_strength(services, fact, request.now)
    if why := services.base.overlay.preferred.get(fact.id):
        yield say("Preferred over what contradicts it: {why}", why=why)
    if fact.contributed:
        yield _owner(fact.contributed, f"{request.now:%Y-%m-%d}")


def _said(stance: Stance) -> str:
    match stance:
        case Stance.REPORTED:
            return say("Reported by the source as a fact.")
        case Stance.CLAIMED:
            return say("Claimed by the source: a view or judgement, not a finding.")
        case Stance.PLANNED:
            return say("Planned: the source does not say that it has been done.")
        case Stance.RECOMMENDED:
            return say("Recommended by the source, which does not say that it is done.")
        case Stance.HISTORICAL:
            return say("Of an earlier time: the source tells it as history.")


def _said_by(stance: Stance, speaker: str) -> str:
    match stance:
        case Stance.REPORTED:
            return say("Reported by the source, in the words of {speaker}.", speaker=speaker)
        case Stance.CLAIMED:
            return say("Claimed by {speaker}: a view or judgement, not a finding.", speaker=speaker)
        case Stance.PLANNED:
            return say("Planned, says {speaker}: not said to have been done.", speaker=speaker)
        case Stance.RECOMMENDED:
            return say("Recommended by {speaker}: not said to be done.", speaker=speaker)
        case Stance.HISTORICAL:
            return say("Of an earlier time, told by {speaker}.", speaker=speaker)


def _owner(own: Contributed, today: str) -> str:
    if not own.review_by:
        return say("Owner: {owner}; verified {day}.", owner=own.proposer, day=own.verified)
    if own.review_by < today:
        return say(
            "Owner: {owner}; verified {day}; review by {until}, which is overdue.",
            owner=own.proposer,
            day=own.verified,
            until=own.review_by,
        )
    return say(
        "Owner: {owner}; verified {day}; review by {until}.",
        owner=own.proposer,
        day=own.verified,
        until=own.review_by,
    )


def _check(fact: Fact) -> Iterator[str]:
    yield say("Id {id}: ask for the fact, or correct it, by this.", id=fact.id)
    hashes = {c.paragraph: c.sha256[:_HASH] for c in fact.citations if c.sha256 and not c.whole}
    if hashes:
        kept = [say("{hash} (para {number})", hash=kept, number=at) for at, kept in sorted(hashes.items())]
        yield say(
            "Paragraph hash {hashes}: to check that the paragraph has not changed.", hashes=in_a_row(kept)
        )

"""passage <fact id>: what the cited document prints, with its neighbours and what the curator made of it."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.answer import Answer, Line, Section
from handlers.command import Command, Example, Reading
from handlers.lookups.fact import fact_in_full
from handlers.ports import Passages
from handlers.records import fact_ids
from handlers.records.enumerated import apart, in_a_row
from handlers.request import Request
from handlers.say import Said, say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.documents.passage import Passage
from knowledge.model import Citation, Fact, Place, Supplied
from knowledge.vocabulary import FACT_ID

NOT_AT_HAND = say("The documents are not at hand here, so no passage can be shown.")
_HOW = say("Whoever runs the bot can point YRD_DOCUMENTS at the folder of the documents.")


def passage(services: Services, request: Request) -> Answer:
    """Return the passages that the fact of that id cites."""
    record = services.base.fact(request.text)
    return beside(services, (record,)) if record else fact_in_full(services, request)


def beside(services: Services, facts: tuple[Fact, ...]) -> Answer:
    """Return the passages that `facts` cite, each once; one fact stands above its own.

    An answer that there is nothing to show where the documents are not at hand, or print something else by now.
    """
    passages = services.passages
    if not passages.at_hand():
        return _nothing(facts, NOT_AT_HAND, (_HOW,))
    shown, missing = _found(services.base, passages, facts)
    if not shown:
        return _nothing(facts, say("The documents at hand do not print what this stands on."), missing)
    ids = tuple(dict.fromkeys(record.id for record in facts))
    return Answer(
        headline=say("What the documents print for {ids}.", ids=in_a_row(ids)),
        outcome="answer",
        match="exact",
        lines=(Line(facts[0]),) if len(ids) == 1 else (),
        notes=missing,
        passages=shown,
        total=1 if len(ids) == 1 else 0,
        context=facts[0].subjects[:2],
    )


def _nothing(facts: tuple[Fact, ...], headline: str, notes: tuple[str, ...]) -> Answer:
    places = dict.fromkeys(
        say("{place}: look for “{words}”", place=citation.label, words=citation.anchor)
        if citation.anchor
        else citation.label
        for record in facts
        for citation in record.citations
    )
    return Answer(
        headline=headline,
        outcome="unknown",
        notes=notes,
        sections=(Section(say("Where it stands"), tuple(places)),),
    )


def _found(
    base: FactBase, passages: Passages, facts: tuple[Fact, ...]
) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """Return the passages in the order of the documents, and a sentence for each that cannot be shown."""
    citing: dict[tuple[str, int], list[Fact]] = {}
    cited: dict[tuple[str, int], Citation] = {}
    for record in facts:
        for citation in record.citations:
            place = (citation.document, citation.paragraph)
            cited[place] = citation
            if record not in citing.setdefault(place, []):
                citing[place].append(record)
    documents = list(dict.fromkeys(document for document, _ in cited))
    found: dict[tuple[str, int], Passage] = {}
    missing: list[str] = []
    said: set[str] = set()
    for place in sorted(cited, key=lambda place: (documents.index(place[0]), place[1])):
        printed = passages.find(*place, cited[place].sha256)
        if printed is None:
            missing.append(_why(passages, cited[place]))
            continue
        notes = _notes(base, printed, place[1], tuple(citing[place]), several=len(set(facts)) > 1)
        # What is said of a fact is said once, however many paragraphs it cites.
        fresh = tuple(note for note in notes if note not in said)
        said.update(notes)
        found[printed.document, printed.number] = replace(printed, notes=fresh)
    return tuple(_without_repeats(p, found) for p in found.values()), tuple(missing)


def _why(passages: Passages, citation: Citation) -> str:
    if not passages.holds(citation.document):
        return say("{place} is not among the documents at hand.", place=citation.label)
    return say(
        "{place}: the document at hand prints something else there than when the fact was curated.",
        place=citation.label,
    )


def _without_repeats(passage: Passage, found: dict[tuple[str, int], Passage]) -> Passage:
    """Leave out a neighbour that is shown itself."""
    return replace(
        passage,
        before="" if (passage.document, passage.number - 1) in found else passage.before,
        after="" if (passage.document, passage.number + 1) in found else passage.after,
    )


def _notes(
    base: FactBase, printed: Passage, paragraph: int, facts: tuple[Fact, ...], several: bool
) -> tuple[str, ...]:
    notes: list[str] = (
        [say("Cited by {ids}.", ids=in_a_row([record.id for record in facts]))] if several else []
    )
    if printed.number != paragraph:
        notes.append(say("Stood at para {number} when the fact was curated.", number=paragraph))
    if said := standardised(base, printed.text):
        notes.append(said)
    for record in facts:
        notes += [_supplied(given, record.id if several else "") for given in record.supplied]
        # One fact stands above its passage with its caveat under it.
        if several and record.caveat:
            notes.append(say("{id}: doubtful here: {caveat}", id=record.id, caveat=record.caveat))
    return tuple(notes)


def _supplied(given: Supplied, fact_id: str) -> Said:
    if not fact_id:
        return say("“{words}” is the curator's: {source}.", words=given.token, source=given.source)
    return say(
        "{id}: “{words}” is the curator's: {source}.", id=fact_id, words=given.token, source=given.source
    )


def standardised(base: FactBase, text: str) -> str:
    """Return a sentence on the odd spellings in `text` of places that the base names otherwise; "" for none."""
    text = " ".join(text.split())
    spellings = [(odd, place) for place in base.seeds.places for odd in place.spellings_in_documents]
    said: dict[Said, None] = {}
    for odd, place in sorted(spellings, key=lambda pair: -len(pair[0])):
        found = re.compile(rf"(?<!\w){re.escape(odd)}(?!\w)")
        if found.search(text):
            said[say("“{printed}” is {name}", printed=odd, name=_full(base, place))] = None
            # What is part of a longer spelling is not said again.
            text = found.sub(" ", text)
    return say("Printed otherwise: {spellings}.", spellings=apart([*said])) if said else ""


def _full(base: FactBase, place: Place) -> str:
    within = base.entity(place.province) if place.province and place.province != place.slug else None
    name = place.name.removesuffix(f" ({within.name})") if within else place.name
    return f"{name}{f' ({place.chinese})' if place.chinese else ''}{f', {within.name}' if within else ''}"


def _read(services: Services, request: Request) -> Reading | None:
    fact_id = fact_ids.standard(request.text)
    return Reading(argument=fact_id) if FACT_ID.match(fact_id) else None


COMMAND = Command(
    name="passage",
    in_chinese=("段落", "原文"),
    usage=say("id of a fact"),
    summary=say("What the document prints there, if the documents are at hand"),
    examples=(Example("xu-twinning-039"),),
    handle=passage,
    read=_read,
    mistaken=fact_ids.mistaken,
)

"""map [place, mechanism or topic]: the delta with its pairings drawn, and in words what the picture shows."""

from __future__ import annotations

from dataclasses import replace

from handlers.answer import FACTS_PER_PAGE, Answer, Choice, Line, Picture
from handlers.command import Command, Example, whole_if
from handlers.lookups import map_selection
from handlers.paging import page
from handlers.questions import by_name
from handlers.records import about
from handlers.records.two_names import names_in, unknown_in
from handlers.request import MAP, Request
from handlers.services import Services
from handlers.target import Target
from knowledge.model import Mechanism, Named, Pairing, Place, Topic
from knowledge.names.resolver import Ambiguous, Found, Outside, Resolution, Suggestions, Unknown
from knowledge.text.normalize import normalize

_DRAWN = (Place, Pairing, Mechanism, Topic)


def draw(services: Services, request: Request) -> Answer:
    """Return the map of what a button carries or `request.text` names, of the whole delta without either."""
    if request.target is not None:
        known = tuple(record for slug in request.target.ids if (record := services.base.entity(slug)))
        return _of(services, request, known, ()) if known else about.gone(request.target.id)
    text = _bare(request.text)
    if not text:
        return _of(services, request, (), ())
    read = _read(services, text)
    for part in read:
        match part:
            case Ambiguous(records=records) if by_name.topic_and_other(records) is None:
                return about.side_by_side(services, request, part, _choice)
            case Suggestions():
                return about.did_you_mean(part, _choice)
            case Outside():
                return by_name.outside(part)
            case _:
                pass
    records = tuple(dict.fromkeys(record for part in read if (record := _record(part))))
    unknown = next((part for part in read if isinstance(part, Unknown)), None)
    if unknown or not records:
        return by_name.unknown(unknown.typed if unknown else text, "place, mechanism or topic")
    notes = tuple(note for part in read if isinstance(part, Found) for note in about.how_read(part))
    return _of(services, request, records, notes)


def offer_map(services: Services, request: Request, answer: Answer) -> Answer:
    """Return `answer` with what its *Map* button asks for, if it is about places that a map shows."""
    if answer.outcome != "answer" or not answer.context or answer.picture is not None:
        return answer
    records = [services.base.entity(slug) for slug in answer.context]
    shown = [
        record.slug
        for record in records
        if isinstance(record, Pairing) or (isinstance(record, Place) and map_selection.is_on_map(record))
    ]
    if len(shown) < len(records):
        return answer
    return replace(answer, map=Target(id=shown[0], other=shown[1] if len(shown) > 1 else ""))


def is_drawable(services: Services, rest: str) -> bool:
    """Say whether `rest` is nothing, or names that may be drawn and nothing else."""
    text = _bare(rest)
    return not text or bool(_read(services, text))


def _bare(text: str) -> str:
    text = text.strip()
    return text[3:].strip() if text.lower().startswith("of ") else text


def _read(services: Services, text: str) -> tuple[Resolution, ...]:
    """Return what the text names: one record, or two with something between them, of which one may be unknown; () where it is no name."""
    whole = services.base.names.resolve(text, lambda record: isinstance(record, _DRAWN))
    if isinstance(whole, Found | Ambiguous | Outside) and getattr(whole, "match", "") != "fuzzy":
        return (whole,)
    parts = names_in(services, text)
    if len(parts) > 1 and all(isinstance(part, Found | Ambiguous) for part in parts):
        # More words than the names are a question.
        return parts if sum(len(part.typed.split()) for part in parts) + 1 >= len(text.split()) else ()
    if unknown_in(services, parts) or (len(parts) == len(text.split()) - 1 and _one_is_near(parts)):
        return parts
    if len(text.split()) < 5 and isinstance(whole, Found | Suggestions):
        return (whole,)
    is_a_name = len(text.split()) == 1 and not services.base.parser.is_word(normalize(text))
    return (whole,) if is_a_name else ()


def _one_is_near(parts: tuple[Resolution, ...]) -> bool:
    return any(isinstance(p, Found) for p in parts) and any(isinstance(p, Suggestions) for p in parts)


def _record(part: Resolution) -> Named | None:
    if isinstance(part, Ambiguous):
        return by_name.topic_and_other(part.records)
    return part.record if isinstance(part, Found) else None


def _choice(record: Named) -> Choice:
    return Choice(record.slug, record.name, MAP, "", "", target=Target(id=record.slug))


def _of(services: Services, request: Request, records: tuple[Named, ...], notes: tuple[str, ...]) -> Answer:
    shown = map_selection.picture(services, records)
    context = tuple(record.slug for record in records)
    if not shown.ties and not any(map_selection.is_on_map(spot.place) for spot in shown.spots):
        what = " – ".join(record.name for record in records)
        return Answer(
            headline=f"Nothing about {what} lies on the map, which shows the Yangtze River Delta.",
            outcome="unknown",
            notes=notes,
            context=context,
        )
    lines = _lines(services, shown, records)
    paged = page(lines, request.page, FACTS_PER_PAGE)
    return Answer(
        headline=f"Map of {shown.title or 'the Yangtze River Delta'}: {_counted(shown)}.",
        outcome="answer",
        match="exact" if records else "none",
        lines=paged.items,
        notes=(*notes, *_undrawn(shown)),
        page=paged.number,
        pages=paged.pages,
        total=paged.total,
        context=context,
        picture=shown,
    )


def _lines(services: Services, shown: Picture, records: tuple[Named, ...]) -> tuple[Line, ...]:
    """One fact for each tie by kind; where none is drawn, the facts on what was asked."""
    ties = sorted(shown.ties, key=lambda tie: tie.pairing.arrangement)
    lines = {tie.fact: Line(tie.fact, group=str(tie.pairing.arrangement).capitalize()) for tie in ties}
    facts = () if lines else (fact for record in records for fact in services.base.facts_of(record))
    return (*lines.values(), *(Line(fact) for fact in dict.fromkeys(facts)))


def _counted(shown: Picture) -> str:
    places = sum(map_selection.is_on_map(spot.place) for spot in shown.spots)
    return f"{about.counted(places, 'place')} and {about.counted(len(shown.ties), 'pairing')} drawn"


def _undrawn(shown: Picture) -> tuple[str, ...]:
    if not shown.undrawn:
        return ()
    names = ", ".join(pairing.name for pairing in shown.undrawn[:4])
    more = f" and {len(shown.undrawn) - 4} more" if len(shown.undrawn) > 4 else ""
    return (
        f"Recorded, but not drawn here for want of two points, or because it ties whole provinces: {names}{more}.",
    )


COMMAND = Command(
    name=MAP,
    usage="place, mechanism or topic, or nothing",
    summary="A map of the delta with its pairings, sent as a picture",
    examples=(
        Example("Huainan"),
        Example(""),
        Example("宁波"),
        Example("ports"),
        Example("Suzhou", "ambiguous"),
    ),
    handle=draw,
    read=whole_if(is_drawable),
)

"""map [place, mechanism or topic]: the delta with its pairings drawn, and in words what the picture shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.answer import FACTS_PER_PAGE, Answer, Choice, Line, Picture
from handlers.command import Command, Example, whole_if
from handlers.lookups import document as documents
from handlers.lookups import fact
from handlers.lookups.maps import beside, changing, kinds, selection, spoken, told
from handlers.lookups.maps.kept import Kept
from handlers.lookups.maps.things import DRAWN, is_drawn
from handlers.lookups.maps.wanted import DOUBTFUL, Wanted, asked_for
from handlers.questions import by_name
from handlers.questions.refusing import lookup
from handlers.records import about, fact_ids
from handlers.records.document_page import document_named
from handlers.records.enumerated import all_of
from handlers.records.two_names import MOST_NAMES, names_in, names_mentioned, unknown_in, written_in
from handlers.request import FACT, MAP, MAP_IN_CHINESE, Request
from handlers.say import Value, say, say_many
from handlers.services import Services
from handlers.target import Target
from knowledge.model import Document, Mechanism, Named, Organisation, Pairing, Place, Plan, Topic
from knowledge.names.resolver import Ambiguous, Found, Outside, Resolution, Suggestions, Unknown
from knowledge.text.normalize import normalize

_ADVICE: Final = say("map and a name draws its map: /yrd map Huainan. map alone draws the whole delta.")


def draw(services: Services, request: Request) -> Answer:
    """Return the map of what a button carries or `request.text` names, of the whole delta without either."""
    wanted = _wanted(services, request.text)
    text = wanted.text
    if which := beside.unclear(services, wanted):
        return which
    if request.target is not None:
        known = tuple(record for slug in request.target.ids if (record := services.base.entity(slug)))
        return _of(services, known, wanted=wanted) if known else about.gone(request.target.id)
    if not text:
        return _of(services, (), wanted=wanted)
    if ids := fact_ids.in_text(services.base, text):
        return _of_facts(services, request, ids, wanted=wanted)
    if document := _document(services, text):
        return _not_of(document.label, say("a document"), f"/yrd {documents.COMMAND.name} {document.slug}")
    return _named(services, request, text, wanted=wanted)


def _named(services: Services, request: Request, text: str, *, wanted: Wanted) -> Answer:
    """Return the map of what `text` names, or what is to be said of a name that is unknown, unclear or drawn on no map."""
    read = _read(services, text)
    for part in read:
        match part:
            case Ambiguous(records=records) if by_name.topic_and_other(records) is None:
                # Which is meant is all that is asked: what is known of each is no map.
                return replace(about.side_by_side(services, request, part, _choice), lines=())
            case Suggestions():
                return about.did_you_mean(part, _choice)
            case Outside():
                return lookup.outside(services, part, lookup.known_in(read))
            case _:
                pass
    records = tuple(dict.fromkeys(record for part in read if (record := _record(part))))
    unknown = next((part for part in read if isinstance(part, Unknown)), None)
    if unknown or not records:
        typed = unknown.typed if unknown else text
        refused = lookup.unknown(services, typed, say("place, pairing, mechanism or topic"), records)
        return replace(refused, notes=(_ADVICE, *refused.notes))
    drawn = tuple(record for record in records if is_drawn(record))
    if not drawn:
        refused = _not_of(records[0], _sort(records[0]), f"/yrd {records[0].name}")
        return replace(refused, choices=(about.as_choice(records[0]), _WHOLE))
    notes = tuple(note for part in read if isinstance(part, Found) for note in about.how_read(part))
    others = tuple(
        say(
            "Not drawn: {name} is {sort}. A map shows places, pairings, mechanisms and topics.",
            name=record,
            sort=_sort(record),
        )
        for record in records
        if record not in drawn
    )
    return _of(services, drawn, (*notes, *others), wanted=wanted)


def offer_map(services: Services, request: Request, answer: Answer) -> Answer:
    """Return `answer` with what its *Map* button asks for, if it is about places that a map shows."""
    if answer.outcome != "answer" or not answer.context or answer.picture is not None:
        return answer
    known = [services.base.entity(slug) for slug in answer.context]
    # What a mechanism or a topic does at places is seen at these.
    records = [record for record in known if not isinstance(record, Mechanism | Topic)]
    shown = [
        record.slug
        for record in records
        if isinstance(record, Pairing) or (isinstance(record, Place) and selection.is_on_map(record))
    ]
    if not shown or len(shown) < len(records):
        return answer
    return replace(answer, map=Target(id=shown[0], other=shown[1] if len(shown) > 1 else ""))


def is_drawable(services: Services, rest: str) -> bool:
    """Say whether `rest` is nothing, or names that may be drawn and nothing else."""
    text = _wanted(services, rest).text
    if not text or fact_ids.in_text(services.base, text):
        return True
    return bool(_read(services, text)) or _document(services, text) is not None


def _document(services: Services, text: str) -> Document | None:
    """Return the document of that name, if no map is of what is called so too."""
    read = services.base.resolve(text, is_drawn, slips=False)
    return None if isinstance(read, Found | Ambiguous) else document_named(services.base, text)


def _wanted(services: Services, text: str) -> Wanted:
    """Return what the map is to be of, and what is to be on it."""
    read = changing.wanted(services.base, spoken.without_words_around(services.base, text))
    return replace(read, text=spoken.without_words_around(services.base, read.text))


def _read(services: Services, text: str) -> tuple[Resolution, ...]:
    """Return what the text names: one record, or several with something between them, of which one may be unknown; () where it is no name."""
    whole = services.base.resolve(text, is_drawn)
    if isinstance(whole, Found | Ambiguous | Outside) and getattr(whole, "match", "") != "fuzzy":
        return (whole,)
    # What no map is of is told so.
    other = services.base.resolve(text, slips=False)
    if isinstance(other, Found):
        return (other,)
    for read in (written_in, names_mentioned, names_in):
        parts = read(services, text)
        if 1 < len(parts) <= MOST_NAMES and _is_all(text, parts):
            return parts
    if unknown_in(services, parts) or (len(parts) == len(text.split()) - 1 and _one_is_near(parts)):
        return parts
    if len(text.split()) < 5 and isinstance(whole, Found | Suggestions):
        return (whole,)
    is_a_name = len(text.split()) == 1 and normalize(text) not in services.base.lexicon.stop
    return (whole,) if is_a_name else ()


def _one_is_near(parts: tuple[Resolution, ...]) -> bool:
    return any(isinstance(p, Found) for p in parts) and any(isinstance(p, Suggestions) for p in parts)


def _is_all(text: str, parts: tuple[Resolution, ...]) -> bool:
    """Say whether the names are all of the text but for a word between two of them: more words are a question."""
    if not all(isinstance(part, Found | Ambiguous) for part in parts):
        return False
    words = sum(any(map(str.isalnum, word)) for word in text.split())
    return sum(len(part.typed.split()) for part in parts) + len(parts) > words


def _record(part: Resolution) -> Named | None:
    if isinstance(part, Ambiguous):
        return by_name.topic_and_other(part.records)
    return part.record if isinstance(part, Found) else None


def _choice(record: Named) -> Choice:
    return Choice(record.slug, record.name, MAP, "", "", target=Target(id=record.slug))


_WHOLE: Final = Choice("delta", say("Map of the whole delta"), MAP, "", "")


def _of(
    services: Services, records: tuple[Named, ...], notes: tuple[str, ...] = (), *, wanted: Wanted
) -> Answer:
    # What fills the map is all of it.
    drawn = tuple(one for one in records if not (isinstance(one, Place) and one.fills_the_map))
    if selection.nothing_of_both(services, drawn):
        places = tuple(record for record in drawn if isinstance(record, Place))
        others = [record for record in drawn if not isinstance(record, Place | Pairing)]
        said = say(
            "No pairing of {places} is recorded on {others}: what is drawn is all that ties {places}.",
            places=all_of(places),
            others=all_of(others),
        )
        return _of(services, places, (*notes, said), wanted=wanted)
    also, without = (beside.records(services, names) for names in (wanted.also, wanted.without))
    # Of the whole delta there is nothing that is not on it.
    also = also if drawn else ()
    how = Kept(wanted.kinds, wanted.doubtful, wanted.only_doubtful, also, without)
    shown = selection.picture(services, drawn, how)
    if wanted.only_doubtful and not shown.ties:
        every = replace(wanted, doubtful=False, only_doubtful=False)
        return _of(services, records, (*notes, say("None of the ties here is doubtful.")), wanted=every)
    context, lists = tuple(record.slug for record in (*records, *also)), told.lists(services, shown)
    left = beside.left_out(shown.left_out, without)
    doubtful, of_the_name = _more(shown, records, wanted), _of_the_name(services, wanted)
    if not shown.spots:
        return Answer(
            headline=told.nothing_drawn(shown),
            outcome="unknown",
            sections=lists,
            # What is told of it leads on, and not what is probably not meant.
            choices=(*map(about.as_choice, records), *of_the_name, *doubtful, _WHOLE),
            notes=(*notes, *left),
            context=context,
        )
    read = _how_read(wanted)
    return Answer(
        headline=told.headline(shown),
        outcome="answer",
        match="exact" if records else "none",
        # Where nothing is tied, the facts at the places are what the map shows.
        lines=() if lists or wanted.kinds or without else _lines(services, records),
        sections=lists,
        choices=(*doubtful, *of_the_name),
        notes=(*notes, *read, *left, *told.absent(shown)),
        context=context,
        picture=shown,
    )


def _of_facts(services: Services, request: Request, ids: tuple[str, ...], *, wanted: Wanted) -> Answer:
    """Return the map of the pairings that the facts of these ids are about, else of their places, else of their subjects."""
    facts = [held for one in ids if (held := services.base.fact(one))]
    if not facts:
        return fact.fact_in_full(services, request.saying(" ".join(ids)))
    slugs = dict.fromkeys(slug for held in facts for slug in held.subjects)
    named = [record for slug in slugs if (record := services.base.entity(slug)) and is_drawn(record)]
    by_sort = (
        tuple(record for record in named if isinstance(record, sort)) for sort in (Pairing, Place, DRAWN)
    )
    drawn = next(filter(None, by_sort), ())[:MOST_NAMES]
    if not drawn:
        return _not_of(" ".join(ids), say("about nothing that has a place"), f"/yrd {FACT} {ids[0]}")
    return _of(services, drawn, wanted=wanted)


def _more(shown: Picture, records: tuple[Named, ...], wanted: Wanted) -> tuple[Choice, ...]:
    """Return the button that draws what is left out as doubtful."""
    if not shown.doubtful:
        return ()
    label = (
        say_many("Draw the doubtful one too", "Draw the {count} doubtful ones too", len(shown.doubtful))
        if shown.spots
        else say_many("Draw the doubtful one", "Draw the {count} doubtful ones", len(shown.doubtful))
    )
    target = Target.of([record.slug for record in records]) if records else None
    text = asked_for(replace(wanted, doubtful=True))
    return (Choice(DOUBTFUL, label, MAP, text, "", target=target),)


def _of_the_name(services: Services, wanted: Wanted) -> tuple[Choice, ...]:
    """Return the button for the map of the mechanism or topic that has the name of the kind drawn, and may hold more."""
    record = None if wanted.text else kinds.of_the_same_name(services.base, wanted.kinds)
    if not isinstance(record, Mechanism | Topic):
        return ()
    return (replace(_choice(record), label=say("Map of all facts on {name}", name=record)),)


def _how_read(wanted: Wanted) -> tuple[str, ...]:
    """Return how the words for what is to be on a map are read, where that is not obvious."""
    spelt = (say("Read as “{words}”.", words=wanted.spelt),) if wanted.spelt else ()
    larger = (say("Open the picture to see it in full size."),) if wanted.larger else ()
    return (*spelt, *larger)


def _not_of(name: Value, what: str, ask: str) -> Answer:
    """Return what says that no map is drawn of a thing of that sort, and what shows it."""
    return Answer(
        headline=say(
            "No map is drawn of {name}, which is {sort}. A map shows places, pairings, mechanisms and topics.",
            name=name,
            sort=what,
        ),
        outcome="unknown",
        notes=(say("{command} shows it.", command=ask),),
    )


def _sort(record: Named) -> str:
    """What a record is that no map is drawn of, with its article."""
    match record:
        case Organisation(sort="person"):
            return say("a person")
        case Organisation():
            return say("an organisation")
        case Plan():
            return say("a plan")
        case _:
            return say("a project")


def _lines(services: Services, records: tuple[Named, ...]) -> tuple[Line, ...]:
    facts = dict.fromkeys(fact for record in records for fact in services.base.facts_of(record))
    return tuple(Line(fact) for fact in [*facts][:FACTS_PER_PAGE])


COMMAND = Command(
    name=MAP,
    in_chinese=(MAP_IN_CHINESE,),
    usage=say("place, mechanism or topic, or nothing"),
    summary=say("A map of the delta with its pairings, sent as a picture"),
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

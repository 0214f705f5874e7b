"""map [place, mechanism or topic]: the delta with its pairings drawn, and in words what the picture shows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from handlers.answer import FACTS_PER_PAGE, Answer, Choice, Line, Picture, Section, Tie
from handlers.command import Command, Example, whole_if
from handlers.lookups import document as documents
from handlers.lookups import map_selection
from handlers.questions import by_name
from handlers.questions.refusing import lookup
from handlers.records import about, caveats, counts
from handlers.records.document_page import document_named
from handlers.records.enumerated import apart
from handlers.records.kind_of import arrangement
from handlers.records.two_names import MOST_NAMES, names_in, names_mentioned, unknown_in, written_in
from handlers.request import MAP, Request
from handlers.say import Said, Value, say, say_many
from handlers.services import Services
from handlers.target import Target
from knowledge.citing import cited
from knowledge.model import Mechanism, Named, Organisation, Pairing, Place, Plan, Topic
from knowledge.names.resolver import Ambiguous, Found, Outside, Resolution, Suggestions, Unknown
from knowledge.text.normalize import normalize
from knowledge.vocabulary import Arrangement

_ADVICE: Final = say("map and a name draws its map: /yrd map Huainan. map alone draws the whole delta.")
DOUBTFUL: Final = "doubtful"
# Letters of a kind by which a name says it too: "integrated", "Alliance".
_STEM: Final = 7
# "map Hangzhou, doubtful too", "map with doubtful ties", 地图 杭州 存疑.
_WITH_DOUBTFUL: Final = re.compile(
    r"(?:^|[\s,，、;]+)(?:(?:and|with|including|incl\.?|plus)\s+)?(?:the\s+)?"
    r"(?:doubtful|doubted)(?:\s+(?:ties|pairings|ones|lines))?(?:\s+too)?\s*$"
    r"|[\s,，、;含和]*存疑(?:的)?\s*$",
    re.IGNORECASE,
)
_CLOSEST_FIRST: Final = tuple(Arrangement)
_DRAWN = (Place, Pairing, Mechanism, Topic)


def draw(services: Services, request: Request) -> Answer:
    """Return the map of what a button carries or `request.text` names, of the whole delta without either."""
    text, doubtful = _wanted(request.text)
    if request.target is not None:
        known = tuple(record for slug in request.target.ids if (record := services.base.entity(slug)))
        return _of(services, known, doubtful=doubtful) if known else about.gone(request.target.id)
    if not text:
        return _of(services, (), doubtful=doubtful)
    if document := document_named(services.base, text):
        return _not_of(document.label, say("a document"), f"/yrd {documents.COMMAND.name} {document.slug}")
    read = _read(services, text)
    for part in read:
        match part:
            case Ambiguous(records=records) if by_name.topic_and_other(records) is None:
                return about.side_by_side(services, request, part, _choice)
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
    drawn = tuple(record for record in records if isinstance(record, _DRAWN))
    if not drawn:
        return _not_of(records[0], _sort(records[0]), f"/yrd {records[0].name}")
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
    return _of(services, drawn, (*notes, *others), doubtful=doubtful)


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
    text, _ = _wanted(rest)
    return not text or bool(_read(services, text)) or document_named(services.base, text) is not None


def _wanted(text: str) -> tuple[str, bool]:
    """Return what the map is to be of, and whether what is doubtful is wanted on it too."""
    bare = _WITH_DOUBTFUL.sub("", text.strip())
    return bare.removeprefix("of ").removeprefix("Of ").strip(), bare != text.strip()


def _read(services: Services, text: str) -> tuple[Resolution, ...]:
    """Return what the text names: one record, or several with something between them, of which one may be unknown; () where it is no name."""
    whole = services.base.resolve(text, lambda record: isinstance(record, _DRAWN))
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


def _of(
    services: Services, records: tuple[Named, ...], notes: tuple[str, ...] = (), *, doubtful: bool = False
) -> Answer:
    # What fills the map is all of it.
    drawn = () if all(isinstance(one, Place) and one.fills_the_map for one in records) else records
    shown = map_selection.picture(services, drawn, doubtful=doubtful)
    context, lists = tuple(record.slug for record in records), _lists(services, shown)
    if not shown.spots:
        return Answer(
            headline=say(
                "Nothing about {what} lies on the map, which shows the Yangtze River Delta.", what=shown.title
            ),
            outcome="unknown",
            sections=lists,
            choices=_more(shown, records),
            notes=notes,
            context=context,
        )
    return Answer(
        headline=_told(shown),
        outcome="answer",
        match="exact" if records else "none",
        # Where nothing is tied, the facts at the places are what the map shows.
        lines=() if lists else _lines(services, records),
        sections=lists,
        choices=_more(shown, records),
        notes=(*notes, *_absent(shown)),
        context=context,
        picture=shown,
    )


def _more(shown: Picture, records: tuple[Named, ...]) -> tuple[Choice, ...]:
    """Return the button that draws what is left out as doubtful."""
    if not shown.doubtful:
        return ()
    label = say_many("Draw the doubtful one too", "Draw the {count} doubtful ones too", len(shown.doubtful))
    target = Target.of([record.slug for record in records]) if records else None
    return (Choice(DOUBTFUL, label, MAP, DOUBTFUL, "", target=target),)


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


def _lists(services: Services, shown: Picture) -> tuple[Section, ...]:
    """Return the pairings that are drawn, and those that are not by why, each with the kind of tie and where it stands."""
    drawn = {tie.pairing for tie in shown.ties}
    wide = [tie for tie in shown.undrawn if map_selection.ties_provinces(tie.places)]
    titled = {
        say("Pairings drawn"): [tie for tie in shown.ties if not tie.doubted],
        say("Drawn in grey: one of the places is probably not meant"): [t for t in shown.ties if t.doubted],
        say("Not drawn: one of the places is probably not meant"): [
            tie for tie in shown.doubtful if tie.pairing not in drawn
        ],
        say("Not drawn: ties of whole provinces"): wide,
        say("Not drawn: fewer than two of the places are on the map"): [
            tie for tie in shown.undrawn if tie not in wide
        ],
    }
    return tuple(
        Section(title, tuple(_entry(services, tie) for tie in sorted(ties, key=_closeness)))
        for title, ties in titled.items()
        if ties
    )


def _entry(services: Services, tie: Tie) -> Said:
    pairing, kind, source = tie.pairing, arrangement(tie.pairing), cited(tie.fact.citations)
    if kind.split()[-1][:_STEM] in pairing.name.lower():
        entry = say("{name} ({source})", name=pairing, source=source)
    else:
        entry = say("{name}, {kind} ({source})", name=pairing, kind=kind, source=source)
    place, other = caveats.printed(services.base, pairing) or (None, None)
    if not place or not other:
        return entry
    if tie.places and not tie.doubted:
        return say(
            "{entry}: drawn without {place}, for which {other} is probably meant",
            entry=entry,
            place=place,
            other=other,
        )
    return say("{entry}: {other} is probably meant, not {place}", entry=entry, other=other, place=place)


def _lines(services: Services, records: tuple[Named, ...]) -> tuple[Line, ...]:
    facts = dict.fromkeys(fact for record in records for fact in services.base.facts_of(record))
    return tuple(Line(fact) for fact in [*facts][:FACTS_PER_PAGE])


def _closeness(tie: Tie) -> int:
    return _CLOSEST_FIRST.index(tie.pairing.arrangement)


def _told(shown: Picture) -> Said:
    """What is on the map, in a sentence."""
    places = counts.places(sum(map_selection.is_on_map(spot.place) for spot in shown.spots))
    pairings = counts.pairings(len(shown.ties))
    if not shown.title:
        return say(
            "Map of the Yangtze River Delta: {places} and {pairings} drawn.", places=places, pairings=pairings
        )
    if (
        shown.spots
        and not (shown.ties or shown.doubtful or shown.undrawn)
        and sum(s.asked for s in shown.spots) > 1
    ):
        return say("Map of {title}: no pairing of them is recorded.", title=shown.title)
    if len(shown.absent) == len(shown.key.split("+")):
        return say(
            "Map of what ties {title} to the Yangtze River Delta: {places} and {pairings} drawn.",
            title=shown.title,
            places=places,
            pairings=pairings,
        )
    return say(
        "Map of {title}: {places} and {pairings} drawn.", title=shown.title, places=places, pairings=pairings
    )


def _absent(shown: Picture) -> tuple[str, ...]:
    if not shown.absent:
        return ()
    return (say("Not drawn: {reasons}.", reasons=apart([*map(map_selection.why_absent, shown.absent)])),)


COMMAND = Command(
    name=MAP,
    in_chinese=("地图",),
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

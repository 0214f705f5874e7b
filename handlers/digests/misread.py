"""What is said of a wish with a word that is wrong, and the buttons below it: what was probably meant, or what helps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from typing import Final, Literal

from handlers.answer import Answer, Choice
from handlers.digests import describe, offers
from handlers.digests.access import refusal
from handlers.digests.reading import known, parse, wishes
from handlers.digests.reading.changes import DigestChanges
from handlers.digests.reading.known import Known
from handlers.digests.reading.subjects import ParseError, Subjects
from handlers.digests.reading.when import unheard
from handlers.digests.related import near_to, related
from handlers.digests.schedule import clock_text
from handlers.records.enumerated import all_of
from handlers.request import DIGEST
from handlers.say import Said, say
from handlers.services import Services
from handlers.stored_digest import StoredDigest
from handlers.subscription import Subscription
from handlers.target import Target
from knowledge.base import FactBase
from knowledge.model import Named

# What a rhythm is told of by itself.
_BLANK: Final = Subscription("", "", "", time(9), "UTC", weekdays=(0,))
FORM: Final = say("Choose in the form")
TOPICS: Final = Choice("list-topics", say("All topics"), "/yrd-topic", "", "")


def parse_error_answer(
    base: FactBase,
    found: ParseError,
    verb: str | None,
    text: str,
    *,
    digest: str = "",
    draft: Subscription | None = None,
) -> Answer:
    """Return what names the wrong word and offers the same words with each that would be right, to the same `verb`.

    `digest` is the number of the one that they change, "" for a new one. Where nothing would be right in its place, a new one
    is offered of the names that the text has, as `draft` is but for what is said.
    """
    choices = _put_right(base, found, verb, text, digest) if found.word else ()
    if choices or draft is None:
        return refusal(found.sentence, choices=choices)
    rest = wishes.without_wrong(base, text)
    if meant := wishes.wish(base, rest):
        # What is wrong stands behind the names: the digest without it.
        label = _wish_text(describe.subjects_text(base, meant.names), meant, draft)
        meant_so = Choice("meant", label, DIGEST, rest, "subscribe")
        return refusal(found.sentence, choices=(meant_so, form_of(meant.on(draft))))
    names = known.wanted_in(base, known.apart(base, text)[0])
    if found.word and names:
        said = unread(found.word, names)
        return refusal(said, choices=(*of_names(base, names, text, draft), in_form(base, text, draft)))
    near = near_to(base, found.word) if found.word else ()
    options = known.apart(base, text)[1]
    offered = tuple(
        choice
        for record in near
        for choice in of_names(base, (Known(record.slug, (record,)),), options, draft)
    )
    return helped(refusal(found.sentence), *offered, in_form(base, text, draft), TOPICS)


def unread(text: str, names: Sequence[Known]) -> Said:
    """Return the question whether the names that stand in a text are all that is meant by it."""
    named = all_of([_called(name) for name in names])
    return say("I cannot read “{word}”. Did you mean {names}?", word=text.strip(), names=named)


def helped(said: Answer, *choices: Choice) -> Answer:
    """Return a refusal with buttons that help, and are no reading of what was said."""
    return replace(said, choices=choices)


def of_names(base: FactBase, names: Sequence[Known], text: str, draft: Subscription) -> tuple[Choice, ...]:
    """Return the button for a digest of `names` with the days, times and options of `text`: of each of those that have one
    name; () where it could not be one.
    """
    several = next((name for name in names if len(name.records) > 1), None)
    ways = [
        [Known(record.slug, (record,)) if name is several else name for name in names]
        for record in (several.records if several else ())
    ] or [list(names)]
    return tuple(choice for way in ways if (choice := _meant(base, way, known.apart(base, text)[1], draft)))


def _meant(base: FactBase, names: Sequence[Known], options: str, draft: Subscription) -> Choice | None:
    listed = ", ".join(name.typed for name in names)
    whole = f"{listed} {options}".strip()
    for wanted in (whole, wishes.without_wrong(base, whole), listed):
        wish = wishes.wish(base, wanted) or wishes.nearly(base, wanted)
        if wish is not None:
            label = _wish_text(all_of([_called(name) for name in names]), wish, draft)
            return Choice(f"meant {listed}", label, DIGEST, wanted, "subscribe")
    return None


def _wish_text(names: Said, wish: DigestChanges, draft: Subscription) -> Said:
    """Return what a wish comes to in a few words, with the time where one was said."""
    wanted = wish.on(draft)
    rhythm = describe.rhythm_text(wanted)
    if wish.at is None:
        return say("{names}, {rhythm}", names=names, rhythm=rhythm)
    return say("{names}, {rhythm} at {time}", names=names, rhythm=rhythm, time=clock_text(wanted.at))


def in_form(base: FactBase, text: str, draft: Subscription) -> Choice:
    """Return the button for the form, filled in with the days, times and options of `text`."""
    wish = parse.read(base, known.apart(base, text)[1])
    return form_of(wish.on(draft) if isinstance(wish, DigestChanges) else draft)


def form_of(filled: Subscription) -> Choice:
    """Return the button for the form, filled in with a digest."""
    return Choice("form", FORM, DIGEST, "", "form", StoredDigest.of(filled), effect="opens a form")


def which_names(services: Services, kept: Subscription, wish: DigestChanges, text: str) -> Answer | None:
    """Return the question which names are to be added or dropped, where that is not said or would leave none; None where it is
    plain.
    """
    base, has = services.base, Subjects.of(kept)
    named = describe.subjects_text(base, has, 8)
    change = parse.changes_names(text)
    if change == "add" and not wish.adds:
        return helped(
            refusal(say("Add what? Digest {digest} is on {subjects}.", digest=kept.id, subjects=named)),
            *(_change_of_name(kept, "add", record) for record in related(base, has, has.slugs)),
            offers.in_form(kept),
        )
    if change != "drop":
        return None
    absent = wish.drops.less(has)
    if absent or not wish.drops:
        said = (
            say(
                "Digest {digest} is not on {names}; it is on {subjects}.",
                digest=kept.id,
                names=describe.subjects_text(base, absent, 8),
                subjects=named,
            )
            if absent
            else say("Drop what? Digest {digest} is on {subjects}.", digest=kept.id, subjects=named)
        )
        added = [record for slug in wish.adds.less(has).slugs if (record := base.entity(slug))]
        adding = tuple(_change_of_name(kept, "add", record) for record in added[:3])
        return helped(refusal(said), *adding, *_droppable(base, kept), offers.in_form(kept))
    if has.less(wish.drops).plus(wish.adds):
        return None
    return helped(
        refusal(
            say(
                "Digest {digest} is on {subjects} alone: without it there is none.",
                digest=kept.id,
                subjects=named,
            )
            if has.count == 1
            else say(
                "Digest {digest} is on {subjects} and nothing else: without them there is none.",
                digest=kept.id,
                subjects=named,
            )
        ),
        offers.ending(base, kept),
        offers.in_form(kept),
    )


def _droppable(base: FactBase, kept: Subscription) -> tuple[Choice, ...]:
    """Return a button for each name that can be dropped; none where it is the only one."""
    records = [record for slug in Subjects.of(kept).slugs if (record := base.entity(slug))]
    return tuple(_change_of_name(kept, "drop", record) for record in records[:5]) if len(records) > 1 else ()


def _change_of_name(kept: Subscription, change: Literal["add", "drop"], record: Named) -> Choice:
    label = say("Add {name}", name=record) if change == "add" else say("Drop {name}", name=record)
    text = f"{change} {record.slug}"
    return Choice(text, label, DIGEST, text, "edit", target=Target(id=kept.id))


def _put_right(
    base: FactBase, found: ParseError, verb: str | None, text: str, digest: str
) -> tuple[Choice, ...]:
    offered = [
        (word, label, found.put_right(text, word))
        for word, label in zip(found.instead, found.labels or found.instead, strict=True)
    ]
    target = Target(id=digest) if digest else None
    # Of several ways those are offered that can be done as they stand, each once.
    done = _each_once(base, found, offered) if verb in ("subscribe", "edit") else []
    return tuple(
        Choice(word, label, DIGEST, _names_first(base, right, verb), verb, target=target)
        for word, label, right in done or offered
    )


def _each_once(
    base: FactBase, found: ParseError, offered: Sequence[tuple[str, str, str]]
) -> list[tuple[str, str, str]]:
    """Return those that are wishes; where there is no such rhythm as was said, by the one that is offered instead."""
    is_rhythm = unheard.unheard(found.word.lower().split()) is not None
    once: dict[DigestChanges, tuple[str, str, str]] = {}
    for word, label, right in offered:
        wish = parse.read(base, _names_first(base, right, "subscribe"))
        if isinstance(wish, DigestChanges):
            rhythm = describe.rhythm_text(wish.on(_BLANK)) if is_rhythm else label
            once.setdefault(wish, (word, rhythm, right))
    return list(once.values())


def _names_first(base: FactBase, text: str, verb: str | None) -> str:
    return (wishes.turned(base, text) or text) if verb == "subscribe" else text


def _called(name: Known) -> Said:
    """Return what a record is called; of several of one name, that."""
    return all_of(name.records[:1]) if len(name.records) == 1 else all_of([name.typed.title()])

"""What a form of a proposal comes to: a draft as far as it can be read, and what is wrong with it, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from pydantic import ValidationError

from bot.slack.curation import fields, tied
from bot.slack.curation.fields import Values
from bot.slack.curation.metadata import ProposalMetadata
from handlers.answer import Refused
from handlers.contribution import CurationState
from handlers.curation import describe, guess, naming, validation
from handlers.curation.correction import completed, draft_of
from handlers.curation.sources import dating, source, telling
from handlers.curation.statements import named
from handlers.draft import ASK_MAX, ASKS_MAX, FIGURES_MAX, NAMES_MAX, Draft
from handlers.say import say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Figure
from knowledge.vocabulary import Kind, Stance

NOT_OFFERED: Final = say("That is none of what the form offers: choose again.")
OF_ANOTHER: Final = say(
    "These words are of the source before. Quote three to eight words of the new one as they stand there."
)
# By the field of a draft that cannot be read.
_BLOCKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{str(name): block for name, block in fields.FIELDS.items()},
        "kind": fields.KIND,
        "stance": fields.STANCE,
        "ties": fields.TIE,
    }
)


@dataclass(frozen=True, slots=True)
class Read:
    """A draft as far as it can be read; what is wrong, by input; and what was probably `meant` in some of them.

    `renewed` tells, by input, what was filled in anew out of sight and has to be looked at, `unread` the names that were not read;
    `anew` what is in sight and follows the statement now, `doubts` what somebody set and the statement does not bear out.
    """

    draft: Draft
    wrong: Mapping[str, str] = field(default_factory=dict)
    meant: Mapping[str, str] = field(default_factory=dict)
    renewed: Mapping[str, str] = field(default_factory=dict)
    unread: str = ""
    anew: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def read(
    services: Services, curation: CurationState, kept: ProposalMetadata, values: Values, today: str
) -> Read:
    """Return what the inputs of a form come to on that day. What is not in sight is as it was, or is guessed."""
    year = today[:4]
    if kept.withdraws:
        return Read(
            Draft(supersedes=kept.supersedes, question=kept.question, region=kept.region, withdraws=True)
        )
    before = known(services.base, curation, kept)
    typed = fields.text(values, fields.SOURCE)
    found = _source(services.base, before, typed)
    wrong = {} if isinstance(found, dict) else {fields.SOURCE: found.sentence}
    said: dict[str, Any] = {"statement": fields.text(values, fields.STATEMENT)}
    said |= found if isinstance(found, dict) else {}
    meant: dict[str, str] = {}
    filled = _filled(services.base, before, kept, year)
    if kept.details:
        # What is in sight is a guess no longer.
        said["guessed"] = ()
        _details(services, values, said, wrong, meant)
        shown = _boxes(services.base, filled, kept)
        said["ties"] = tied.read(services, values, shown, said["subjects"], wrong)
        _of_source(services.base, values, shown, said, before.url)
    draft = _draft(before, said, wrong)
    if kept.is_new and not kept.details:
        draft = guess.filled_in(services.base, draft, year)
    elif kept.is_new:
        draft = draft.model_copy(update={"region": guess.region_of(services.base, draft.subjects)})
    is_cleared = kept.details and not fields.text(values, fields.WORDS) and filled.words
    if not draft.words and not is_cleared:
        draft = draft.model_copy(update={"words": guess.words_of(services.base, draft)})
    if draft.document and not draft.words and fields.text(values, fields.WORDS):
        wrong[fields.WORDS] = OF_ANOTHER
    _lies_ahead(draft, kept, values, today, wrong)
    # Names that were typed beside the menu are set, even where they are those of before.
    is_named = any(fields.text(values, box).strip() for box in (fields.NAMES, fields.NAMES_AGAIN))
    over = _looked_over(services, kept, filled, Read(draft, wrong, meant), year, is_named=is_named)
    unkept = source.not_kept(typed) if isinstance(found, dict) else ""
    return replace(over, doubts=(*over.doubts, unkept)) if unkept else over


def _lies_ahead(
    draft: Draft, kept: ProposalMetadata, values: Values, today: str, wrong: dict[str, str]
) -> None:
    """Add to what is `wrong` that a source appeared on a day to come: "Plan 2035" names no such day."""
    if draft.published > today[: len(draft.published)]:
        place = fields.PUBLISHED if kept.details and fields.PUBLISHED in values else fields.SOURCE
        asked = say(
            "{date} lies ahead, and a source has the date on which it appeared. When was that? Write it apart: “Plan 2035, 2021-03-12”.",
            date=draft.published,
        )
        wrong.setdefault(place, asked)


def _looked_over(
    services: Services, kept: ProposalMetadata, filled: Draft, read: Read, year: str, *, is_named: bool
) -> Read:
    """Return what was read with what a change of the statement made of the rest, which follows it where nobody set it."""
    draft, renewed = read.draft, {}
    if kept.is_new and not kept.details:
        new: dict[str, Any] = {}
    else:
        new = guess.renewed(services.base, filled, draft, year)
        if is_named:
            new.pop("subjects", None)
    for name, value in new.items():
        told = describe.changes(services, draft, draft.model_copy(update={name: value}))
        renewed[_BLOCKS[name]] = " ".join(told)
    if kept.details:
        # The inputs in sight keep what they hold: what follows is told on the page before it is sent.
        draft = _following(services.base, draft, new, is_guessed=kept.is_new)
        draft, asked = _asked_anew(services, filled, draft)
        renewed |= asked
        left = tuple(guess.left_behind(services.base, filled, draft, year))
        return replace(read, draft=draft, anew=tuple(renewed.values()), doubts=left)
    draft = draft.model_copy(update=new)
    if not kept.is_new:
        draft, asked = _asked_anew(services, filled, draft)
        renewed |= asked
    left = () if kept.is_new else tuple(guess.left_behind(services.base, filled, draft, year))
    unread = ""
    if kept.is_new or draft.statement != filled.statement:
        unread = " ".join(named.unread(services.base, draft))
    return replace(read, draft=draft, renewed=renewed, unread=unread, doubts=left)


def _asked_anew(services: Services, filled: Draft, draft: Draft) -> tuple[Draft, dict[str, str]]:
    """Return a draft with the question that was guessed as it follows from what was changed, and what is told of that."""
    asks = guess.asks_anew(services.base, filled, draft)
    if asks is None:
        return draft, {}
    now = draft.model_copy(update={"asks": asks})
    return now, {fields.ASKS: " ".join(describe.changes(services, draft, now))}


def notices(read: Read) -> dict[str, str]:
    """Return what has to be put right of what was read, by input: what is wrong, and names that were not read."""
    return {**({fields.SUBJECTS: read.unread} if read.unread else {}), **read.wrong}


def _following(base: FactBase, draft: Draft, new: Mapping[str, Any], *, is_guessed: bool) -> Draft:
    """Return a draft with what follows its statement, `new`, and where that `is_guessed` the region of the names in it."""
    draft = draft.model_copy(update=new)
    return draft.model_copy(update={"region": guess.region_of(base, draft.subjects)}) if is_guessed else draft


def known(base: FactBase, curation: CurationState, kept: ProposalMetadata) -> Draft:
    """Return the draft that a form begins with: what is edited or corrected, or what is known of a new one."""
    edited = curation.contributions.get(kept.number)
    carried = {"supersedes": kept.supersedes, "question": kept.question, "region": kept.region}
    if edited is not None:
        return completed(base, edited.draft, edited.year).model_copy(update=carried)
    fact = base.fact(kept.supersedes)
    if fact is not None:
        return draft_of(base, fact).model_copy(update=carried)
    return (kept.given or Draft()).model_copy(update=carried)


def _filled(base: FactBase, before: Draft, kept: ProposalMetadata, year: str) -> Draft:
    """Return the draft that the details of a form were filled in from."""
    if kept.filled_from is None:
        return before
    statement, typed = kept.filled_from
    found = _source(base, before, typed)
    said = {"statement": statement, **(found if isinstance(found, dict) else {})}
    draft = _draft(before, said, {})
    draft = guess.filled_in(base, draft, year) if kept.is_new else draft
    return draft.model_copy(update={"words": draft.words or guess.words_of(base, draft)})


def _boxes(base: FactBase, filled: Draft, kept: ProposalMetadata) -> Values:
    """Return what the inputs held when they were filled in, the source as it was typed."""
    held = fields.of_draft(base, filled)
    return held if kept.filled_from is None else {**held, fields.SOURCE: kept.filled_from[1]}


def _of_source(base: FactBase, values: Values, filled: Values, said: dict[str, Any], url: str) -> None:
    """Add what the inputs hold that go with the source. What was filled in from another source is left out."""
    now, then = (" ".join(fields.text(held, fields.SOURCE).split()) for held in (values, filled))
    for name, box in (("published", fields.PUBLISHED), ("title", fields.TITLE), ("words", fields.WORDS)):
        typed = fields.text(values, box).strip()
        if now != then and typed == fields.text(filled, box).strip():
            continue
        if name == "published":
            typed = dating.date_of(typed)
        # A reference is its own title.
        if typed or (box in values and (name != "title" or said.get("url", url))):
            said[name] = typed


def _source(base: FactBase, before: Draft, typed: str) -> dict[str, Any] | Refused:
    """Return the fields of the source that is typed; those of before where it is typed as it was filled in."""
    if typed and typed == telling.typed(base, before):
        return {}
    found = source.read(base, typed)
    if isinstance(found, Refused):
        return found
    return {
        "document": found.document,
        "paragraph": found.paragraph,
        "also": found.also,
        "url": found.url,
        "title": found.title,
        "published": found.published,
        "words": found.words,
    }


def _details(
    services: Services, values: Values, said: dict[str, Any], wrong: dict[str, str], meant: dict[str, str]
) -> None:
    """Add what the inputs beside statement and source hold to what is `said`, and to what is `wrong`."""
    said["subjects"] = _subjects(services, values, wrong, meant)
    said["topics"] = tuple(fields.chosen(values, fields.TOPICS))[:NAMES_MAX]
    said["kind"] = fields.text(values, fields.KIND) or Kind.EVENT
    said["stance"] = fields.text(values, fields.STANCE) or Stance.REPORTED
    said["speaker"] = fields.text(values, fields.SPEAKER)
    said["caveat"] = fields.text(values, fields.CAVEAT)
    said["review_by"] = fields.text(values, fields.REVIEW_BY)
    said["figures"] = _figures(fields.text(values, fields.FIGURES).splitlines(), wrong)
    said["asks"] = _asks(fields.text(values, fields.ASKS).splitlines(), wrong)
    said["date"] = _date(values, fields.DATE, wrong)
    _date(values, fields.PUBLISHED, wrong)


def _subjects(
    services: Services, values: Values, wrong: dict[str, str], meant: dict[str, str]
) -> tuple[str, ...]:
    box = fields.NAMES_AGAIN if fields.NAMES_AGAIN in values else fields.NAMES
    typed = fields.text(values, box)
    names = naming.named(services, typed)
    if names.wrong:
        wrong[box] = " ".join(names.wrong)
        meant |= {box: names.meant} if names.meant != typed else {}
    subjects = tuple(dict.fromkeys((*fields.chosen(values, fields.SUBJECTS), *names.slugs)))
    if len(subjects) > NAMES_MAX:
        wrong[box if typed else fields.SUBJECTS] = say(
            "A fact is about {most} names at most.", most=NAMES_MAX
        )
    return subjects[:NAMES_MAX]


def _date(values: Values, name: str, wrong: dict[str, str]) -> str:
    typed = fields.text(values, name).strip()
    found = dating.date_of(typed)
    if typed and not found:
        wrong[name] = validation.NO_DATE
    return found


def _asks(lines: list[str], wrong: dict[str, str]) -> tuple[str, ...]:
    asks = tuple(dict.fromkeys(filter(None, map(str.strip, lines))))
    if len(asks) > ASKS_MAX or any(len(ask) > ASK_MAX for ask in asks):
        wrong[fields.ASKS] = say(
            "{lines} lines at most, each of {characters} characters at most.",
            lines=ASKS_MAX,
            characters=ASK_MAX,
        )
    return tuple(ask[:ASK_MAX] for ask in asks[:ASKS_MAX])


def _figures(lines: list[str], wrong: dict[str, str]) -> tuple[Figure, ...]:
    if len(lines) > FIGURES_MAX:
        wrong[fields.FIGURES] = say(
            "A fact has {most} figures at most: put the others into a fact of their own.", most=FIGURES_MAX
        )
    found: list[Figure] = []
    for line in filter(None, map(str.strip, lines[:FIGURES_MAX])):
        try:
            found.append(_figure(line))
        except ValueError:
            wrong[fields.FIGURES] = say(
                "“{line}” is not value | unit | year | what it measures.", line=line[:60]
            )
    return tuple(found)


def _figure(line: str) -> Figure:
    """Return the figure of a line; ValueError where it is none."""
    value, unit, year, of = (part.strip() for part in line.split("|"))
    if not (value + year).isascii():
        # Python takes the digits of all scripts.
        raise ValueError(line)
    return Figure(value=float(value.replace(",", "")), unit=unit, year=int(year) if year else None, of=of)


def _draft(before: Draft, said: dict[str, Any], wrong: dict[str, str]) -> Draft:
    """Return `before` with what is said; a field that holds what no form offers stays as it was, and is told of."""
    kept = {name: getattr(before, name) for name in type(before).model_fields}
    while True:
        try:
            return Draft.model_validate({**kept, **said})
        except ValidationError as error:
            names = {str(problem["loc"][0]) for problem in error.errors(include_url=False)}
            if not names & said.keys():
                raise
            for name in names:
                said.pop(name, None)
                wrong.setdefault(_BLOCKS.get(name, fields.STATEMENT), NOT_OFFERED)

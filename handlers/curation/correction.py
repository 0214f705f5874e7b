"""A fact as a draft that would correct it, and whether one draft says anything that another does not."""

from __future__ import annotations

import re
from typing import Final

from handlers.draft import (
    ASK_MAX,
    ASKS_MAX,
    CAVEAT_MAX,
    FIGURES_MAX,
    NAMES_MAX,
    SPEAKER_MAX,
    STATEMENT_MAX,
    TIES_MAX,
    WORDS_MAX,
    Draft,
)
from handlers.say import say
from knowledge.base import FactBase
from knowledge.model import Fact
from knowledge.stated_pairings import ties_of
from knowledge.text.normalize import plain

NOTHING_CHANGED: Final = say(
    "Nothing is changed but, at most, spaces, capitals and marks between words: say what should read otherwise."
)
OTHER_PROPOSAL: Final = say("That form is of another proposal: open it again with /yrd review.")
OWN_PAGE: Final = "web-"
"""What the slugs of pages begin with that a team cited."""
# Marks that say nothing by themselves; between digits they do.
_MARKS: Final = re.compile(r"(?<![0-9])[.,:]|[.,:](?![0-9])|[;!?'\"“”‘’«»()\[\]…、。，；：！？（）「」《》]")
_TEXTS: Final = frozenset({"statement", "speaker", "caveat", "title", "words"})
_SETS: Final = frozenset({"subjects", "topics", "figures", "ties"})


def draft_of(base: FactBase, fact: Fact) -> Draft:
    """Return a draft with everything that a fact says, as the form of its correction is filled in.

    What was learned to be asked of it is none of its own words, and goes with it by itself.
    """
    citation = fact.citations[0]
    document = base.document(citation.document)
    is_page = document.slug.startswith(OWN_PAGE)
    source = (
        {"url": document.venue, "title": document.title, "published": document.published}
        if is_page
        else {"document": document.slug, "paragraph": citation.paragraph}
    )
    return Draft.model_validate(
        {
            "statement": fact.statement[:STATEMENT_MAX], "kind": fact.kind, "subjects": fact.subjects[:NAMES_MAX],
            "topics": fact.topics[:NAMES_MAX], "figures": fact.figures[:FIGURES_MAX], "date": fact.date,
            "stance": fact.stance, "speaker": fact.speaker[:SPEAKER_MAX], "caveat": fact.caveat[:CAVEAT_MAX],
            "asks": _asks(base, fact), "ties": ties_of(fact, base.entity, _year(fact))[:TIES_MAX],
            "region": fact.region, "words": citation.anchor[:WORDS_MAX], "supersedes": fact.id, **source,
        }
    )  # fmt: skip


def completed(base: FactBase, draft: Draft, year: str = "") -> Draft:
    """Return a draft of before asks and ties were asked for, in that `year`, with what it is taken to have: the asks of the fact
    that it corrects, the ties that its statement is read to state. Any other is as it is.
    """
    old = base.fact(draft.supersedes)
    if draft.asks is None and old is not None:
        draft = draft.model_copy(update={"asks": _asks(base, old)})
    if draft.ties is None and not draft.withdraws:
        draft = draft.model_copy(update={"ties": ties_of(draft, base.entity, year)[:TIES_MAX]})
    return draft


def says_the_same(one: Draft, other: Draft) -> bool:
    """Say whether two drafts differ in nothing but spaces, capitals, marks between words, and order of names."""
    return _said(one) == _said(other)


def states_the_same(one: Draft, other: Draft) -> bool:
    """Say whether two drafts want the same of the base by the same source, whatever they quote of it and file it under."""
    if one.withdraws or other.withdraws:
        return (one.withdraws, one.supersedes) == (other.withdraws, other.supersedes)
    return _wanted(one) == _wanted(other)


def says_it_by_another_source(one: Draft, other: Draft) -> bool:
    """Say whether two drafts have one statement, and differ in where it stands."""
    is_one = not (one.withdraws or other.withdraws) and bare(one.statement) == bare(other.statement)
    return is_one and not states_the_same(one, other)


def _wanted(draft: Draft) -> tuple[object, ...]:
    reference = "" if draft.document or draft.url else bare(draft.title)
    place = (draft.document, draft.paragraph, draft.url, reference)
    return bare(draft.statement), draft.supersedes, *place


def why_no_edit(kept: Draft, draft: Draft) -> str:
    """Return why a draft is no edit of what is kept, "" where it is: it says the same, or is for something else."""
    if (draft.supersedes, draft.question) != (kept.supersedes, kept.question):
        return OTHER_PROPOSAL
    return NOTHING_CHANGED if says_the_same(draft, kept) else ""


def _year(fact: Fact) -> str:
    return fact.contributed.approved[:4] if fact.contributed else ""


def _asks(base: FactBase, fact: Fact) -> tuple[str, ...]:
    return tuple(ask[:ASK_MAX] for ask in base.overlay.own_asks(fact)[:ASKS_MAX])


def _said(draft: Draft) -> dict[str, object]:
    fields = {name: getattr(draft, name) for name in type(draft).model_fields if name != "guessed"}
    said = {
        name: bare(value) if name in _TEXTS else frozenset(value or ()) if name in _SETS else value
        for name, value in fields.items()
    }
    return said | {"asks": frozenset(map(bare, draft.asks or ()))}


def bare(text: str) -> str:
    """Return a text as what it says: without capitals, marks and what stands between words."""
    return " ".join(_MARKS.sub(" ", plain(text).casefold()).split())

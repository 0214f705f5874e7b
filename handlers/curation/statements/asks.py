"""A question that a fact answers, as a reader would put it, made of what the fact is about and how it is told."""

from __future__ import annotations

import re
from typing import Final

from handlers.draft import ASK_MAX, Draft
from handlers.say import Said, say
from knowledge.base import FactBase
from knowledge.model import Mechanism, Named, Place, Topic
from knowledge.vocabulary import Kind, Level, Stance

_TOGETHER: Final = re.compile(
    r"\b(?:joint(?:ly)?|together|cooperat\w+|collaborat\w+|agree(?:d|s|ment)?|alliances?|twinned|partners?(?:hip)?|share(?! of)|signed)\b"
    r"|共同|联合|合作|结对|共建|签",
    re.IGNORECASE,
)
_STRETCHES: Final = frozenset({Level.BELT, Level.CORRIDOR, Level.ZONE})
"""Places whose names have an article: "the Han River Eco-economic Belt"."""
_ARTICLE: Final = re.compile(r"^(?:The|An?)\b")


def of(base: FactBase, draft: Draft) -> tuple[str, ...] | None:
    """Return a question that `draft` answers, None where it names too little or the question is too long."""
    about = [record for slug in draft.subjects if (record := base.entity(slug))]
    topic = next((record for slug in draft.topics if (record := base.entity(slug))), None)
    if not about or topic is None:
        return None
    ask = _asked(base, draft, about, _called(base, topic, draft.statement))
    return (str(ask),) if len(ask) <= ASK_MAX else None


def _asked(base: FactBase, draft: Draft, about: list[Named], topic: str) -> Said:
    # A place tells more of what is asked than the mechanism that is at work there.
    first = next((record for record in about if isinstance(record, Place)), about[0])
    name = _called(base, first, draft.statement)
    if draft.speaker:
        speaker = _ARTICLE.sub(lambda article: article[0].lower(), draft.speaker)
        return say("What does {speaker} say about {name}?", speaker=speaker, name=name)
    if other := _partner(first, about, draft.statement):
        return say(
            "How do {one} and {other} work together on {topic}?",
            one=name, other=_called(base, other, draft.statement), topic=topic,
        )  # fmt: skip
    if isinstance(first, Mechanism):
        return say("What is known about {name} and {topic}?", name=name, topic=topic)
    if not isinstance(first, Place):
        return say("What does {name} have to do with {topic}?", name=name, topic=topic)
    if draft.stance is Stance.PLANNED:
        return say("What is planned for {topic} in {place}?", topic=topic, place=name)
    if draft.stance is Stance.RECOMMENDED:
        return say("What is recommended for {topic} in {place}?", topic=topic, place=name)
    if draft.kind is Kind.FIGURE:
        return say("Which figures are there on {topic} in {place}?", topic=topic, place=name)
    return say("What is known about {topic} in {place}?", topic=topic, place=name)


def _partner(one: Named, about: list[Named], text: str) -> Place | None:
    """Return the place with which `one` of those that a text is about does something together, None where it states nothing so."""
    if not isinstance(one, Place) or not _TOGETHER.search(text):
        return None
    places = (other for other in about if isinstance(other, Place))
    return next((other for other in places if one.province != other.slug != one.slug != other.province), None)


def _called(base: FactBase, record: Named, text: str) -> str:
    """Return a name as it stands inside a sentence: with an article where the base mostly writes it so."""
    shown = record.name
    if isinstance(record, Mechanism | Topic):
        shown = _inside(base, record)
    name = re.escape(shown)
    texts = (text, *(fact.statement for fact in base.facts if shown in fact.statement))
    plain, with_article = (
        sum(len(re.findall(rf"{before}\b{name}(?![\w-])", said, re.IGNORECASE)) for said in texts)
        for before in ("", r"\bthe ")
    )
    is_stretch = isinstance(record, Place) and record.level in _STRETCHES
    return f"the {shown}" if is_stretch or 2 * with_article > plain else shown


def _inside(base: FactBase, record: Mechanism | Topic) -> str:
    """Return the name of a topic or mechanism as it stands inside a sentence."""
    name = record.name
    if name[1:] != name[1:].lower() or isinstance(record, Topic):
        return name[:1].lower() + name[1:]
    proper, common = (
        sum(f" {said}" in fact.statement for fact in base.facts) for said in (name, name.lower())
    )
    return name if proper > common else name.lower()

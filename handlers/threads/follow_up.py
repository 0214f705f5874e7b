"""What follows on an answer: another name or another question, another page, its sources, its map."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from handlers.answer import Answer, Section
from handlers.paging import LONGEST_EARLIER, Earlier
from handlers.records.enumerated import apart
from handlers.records.kind_of import full_name, spelt
from handlers.request import FACT, MAP, MAP_IN_CHINESE, QUESTION, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.target import MOST, Target
from handlers.threads import pages
from handlers.threads.following import ENDS, FollowUp
from handlers.threads.named import names_in
from handlers.threads.rewriting import asks_why, whole_question
from knowledge.base import FactBase
from knowledge.model import Document, Fact, Mechanism, Named, Pairing, Place, Topic
from knowledge.phrases import units
from knowledge.text.normalize import CHINESE, normalize, tokenize
from knowledge.vocabulary import WordUse

Deed = Literal["asks", "more", "back", "page", "sources", "map", "details", "summary", "translation"]
Ask = Callable[[Services, Request], Answer]

NOTHING_YET: Final[Mapping[Deed, tuple[Said, str]]] = {
    "more": (
        say("Ask something first; then “more” shows the next page of the answer."),
        "请先提问；然后输入“更多”可看答案的下一页。",
    ),
    "back": (
        say("Ask something first; then “back” shows the page before."),
        "请先提问；然后输入“返回”可看上一页。",
    ),
    "sources": (
        say(
            "Ask something first; then “who says so” shows where its facts stand. “documents” lists all that I draw on."
        ),
        "请先提问；然后输入“谁说的”可看每条事实的出处。输入“文献”可看全部文献。",
    ),
    "details": (
        say("Ask something first; then “details” shows all that is kept of the fact that leads the answer."),
        "请先提问；然后输入“详情”可看答案首条事实的全部信息。",
    ),
    "summary": (
        say(
            "Ask something first, or name a city, a pairing, a mechanism or a topic. I write no summaries: every statement I show has its source."
        ),
        "请先提问，或给出城市、结对、机制或主题的名称。我不写摘要：每条事实都有出处。",
    ),
    "translation": (
        say(
            "Ask something first, in English or in Chinese. I tell the facts in English, with the Chinese names of what they are about."
        ),
        "请先提问，中文或英文都可以。事实用英文陈述，并附中文名称。",
    ),
}
"""What is said in English and in Chinese where there is no answer before a text that wants something of it."""
_DEEDS: Final[Mapping[WordUse, Deed]] = {
    WordUse.MORE: "more",
    WordUse.BACK: "back",
    WordUse.PROVENANCE: "sources",
    WordUse.MAP: "map",
    WordUse.DETAILS: "details",
    WordUse.SUMMARY: "summary",
    WordUse.TRANSLATION: "translation",
}
_COURTESY: Final = frozenset({WordUse.PLEASE, WordUse.POLITENESS, WordUse.THANKS, WordUse.CONSENT})
# What is meant by them where there was no answer before.
_ALONE: Final[Mapping[Deed, str]] = {"map": MAP}
_DRAWN: Final[tuple[tuple[type[Named], ...], ...]] = ((Place, Pairing), (Mechanism,), (Topic,))


@dataclass(frozen=True, slots=True)
class Follows:
    """What a text wants of the answer before it: `request` is what is asked for that, None where it can be asked of nothing.

    `earlier` is the question that the next one follows on; of one that `asks`, that is what was made of it. `why` is the question
    before it, where the text asks for no more than its reason.
    `in_chinese` says whether it was said so.
    """

    deed: Deed
    request: Request | None = None
    earlier: Earlier | None = None
    in_chinese: bool = False
    why: Earlier | None = None


def read(services: Services, request: Request) -> Follows | None:
    """Return what `request` wants of the answer before it; None where it is a request by itself."""
    before = request.earlier or _of_context(services, request)
    alone = replace(request, earlier=None, context=(), references=(), written="")
    if number := pages.asked_for(request.text):
        if before is None:
            return _alone("more", request)
        asked = replace(alone, text=before.question, page=number)
        return Follows("page", asked, Earlier(before.question, number))
    if deed := _deed(services.base, request.text):
        return _done_to(services, deed, request, before, alone) if before else _alone(deed, request)
    if before is None or len(request.text) > LONGEST_EARLIER:
        return None
    text = request.earlier.question if request.earlier else ""
    said = FollowUp(services, text, request.text, request.context)
    whole = whole_question(said)
    if not whole or len(whole) > LONGEST_EARLIER:
        return None
    why = request.earlier if asks_why(said) else None
    return Follows("asks", replace(alone, text=whole), Earlier(whole), why=why)


def is_follow_up(base: FactBase, text: str) -> bool:
    """Say whether a text is a word for what an answer before it is to be followed by, and no question by itself."""
    return pages.asked_for(text) != 0 or _deed(base, text) is not None


def answered(services: Services, follows: Follows, ask: Ask) -> Answer:
    """Return the answer to what follows on another, which `ask` asks like any question."""
    if follows.request is None:
        english, chinese = NOTHING_YET[follows.deed]
        return Answer(headline=chinese if follows.in_chinese else english, outcome="answer")
    if follows.earlier is None:
        return ask(services, follows.request)
    answer = ask(services, follows.request)
    if follows.deed == "details" and answer.lines:
        return replace(ask(services, _of_lead(follows.request, answer)), follows=follows.earlier)
    if follows.why and not _says_why(services, follows.request, follows.why, answer, ask):
        found = Answer(headline=say("I found no fact that says why."), outcome="unknown")
        answer = replace(found, context=answer.context)
    dressed = _DRESSED[follows.deed](services, follows.earlier, answer)
    return replace(dressed, follows=dressed.follows or follows.earlier)


def _says_why(services: Services, request: Request, before: Earlier, answer: Answer, ask: Ask) -> bool:
    """Say whether the answer to a question and its reason gives one, or tells another fact than the answer to the question `before`."""
    if not answer.lines:
        return False
    causes = services.base.lexicon.causes
    words = (f" {' '.join(tokenize(normalize(line.fact.statement)))} " for line in answer.lines)
    if any(f" {cause} " in said for said in words for cause in causes):
        return True
    told = ask(services, replace(request, text=before.question, page=before.page))
    return answer.lines[0].fact not in {line.fact for line in told.lines}


def _of_lead(request: Request, answer: Answer) -> Request:
    """Return what asks for all that is kept of the fact that leads an answer."""
    return replace(request, command=QUESTION, text=f"{FACT} {answer.lines[0].fact.id}", page=1)


def _deed(base: FactBase, text: str) -> Deed | None:
    """Return what a text asks for by a phrase, as it is or without the words that may stand around it and in it."""
    uses_of = base.phrases.uses_of
    for said in _without_courtesy(base, text):
        message = units(said)
        bare = tuple(unit for unit in message if WordUse.FOLLOWING not in uses_of((unit,)))
        uses = (use for one in (message, bare) for use in _DEEDS if use in uses_of(one))
        if deed := next((_DEEDS[use] for use in uses), None):
            return deed
    return None


def _without_courtesy(base: FactBase, text: str) -> Iterator[str]:
    """Yield a text as it stands, and without what is said before it and behind it for courtesy."""
    yield text
    begins = (*base.phrases.leading(text, _COURTESY | {WordUse.TELLING_AROUND}), 0)
    ends = (*base.phrases.trailing(text, _COURTESY), len(text))
    yield from (said for begin in begins for end in ends if (said := text[begin:end].strip(ENDS)))


def _of_context(services: Services, request: Request) -> Earlier | None:
    """Return the names of the context as a question, where none is remembered."""
    records = [record for slug in request.context if (record := services.base.entity(slug))]
    return Earlier(records[0].name) if records else None


def _alone(deed: Deed, request: Request) -> Follows:
    """Return what a word for what follows on an answer wants where there is none."""
    word = _ALONE.get(deed)
    drawn = replace(request, command=word, text="", verb="", written="") if word else None
    return Follows(deed, drawn, in_chinese=CHINESE.search(request.text) is not None)


def _done_to(services: Services, deed: Deed, request: Request, before: Earlier, alone: Request) -> Follows:
    again = replace(alone, text=before.question, page=before.page)
    match deed:
        case "more":
            return Follows(deed, replace(again, page=before.page + 1), before)
        case "back":
            return Follows(deed, replace(again, page=max(1, before.page - 1)), before)
        case "map":
            drawn = _drawn(services, before, request.context)
            on_it = replace(alone, command=MAP, text="", verb="", target=Target.of(drawn) if drawn else None)
            return Follows(deed, on_it, before.with_map(_typed(services, request, drawn)))
        case "summary":
            name = next(
                iter(FollowUp(services, before.question, "", request.context).kept()), before.question
            )
            return Follows(deed, replace(alone, text=name), Earlier(name))
        case _:
            return Follows(deed, again, before)


def _drawn(services: Services, before: Earlier, context: tuple[str, ...]) -> tuple[str, ...]:
    """Return the slugs of what a map of an answer shows: what its question names, else what it was on."""
    named = [record for name in names_in(services, before.question) for record in name.records[:1]]
    records = [*named, *(record for slug in context if (record := services.base.entity(slug)))]
    for sorts in _DRAWN:
        if found := [record.slug for record in records if isinstance(record, sorts)]:
            return tuple(dict.fromkeys(found))[:MOST]
    return ()


def _typed(services: Services, request: Request, drawn: tuple[str, ...]) -> str:
    """Return how the map of what is drawn is typed, in the script in which it was asked for."""
    is_chinese = CHINESE.search(request.text) is not None
    records = [record for slug in drawn if (record := services.base.entity(slug))]
    names = [spelt(services.base, record, in_chinese=is_chinese) for record in records]
    word, between = (MAP_IN_CHINESE, "和") if is_chinese else (MAP, " and ")
    return f"{word} {between.join(names)}".strip()


Dress = Callable[[Services, Earlier, Answer], Answer]


def _said(services: Services, earlier: Earlier, answer: Answer) -> Answer:
    """Return the answer with what was asked, unless that was a name and nothing else, which heads its own page."""
    names = names_in(services, earlier.question)
    is_name = len(names) == 1 and names[0].typed == earlier.question
    read = (
        answer.read
        if is_name
        else (*answer.read, say("Asked: {question}", question=_with_one_apostrophe(earlier.question)))
    )
    return replace(answer, read=read, follows=answer.follows or earlier)


def _with_one_apostrophe(text: str) -> str:
    """Return a text with the apostrophe that the facts below it have, whichever was typed."""
    return re.sub(r"(?<=\w)’(?=\w)", "'", text)


def _more(services: Services, earlier: Earlier, answer: Answer) -> Answer:
    if answer.page <= earlier.page:
        return _nothing(
            say("That was all of the answer to “{question}”.", question=earlier.question), earlier, answer
        )
    return replace(answer, follows=Earlier(earlier.question, answer.page))


def _back(services: Services, earlier: Earlier, answer: Answer) -> Answer:
    if answer.page >= earlier.page:
        return _nothing(
            say("That was the first page of the answer to “{question}”.", question=earlier.question),
            earlier,
            answer,
        )
    return replace(answer, follows=Earlier(earlier.question, answer.page))


def _page(services: Services, earlier: Earlier, answer: Answer) -> Answer:
    """Return the page that was asked for, or the last with how many there are."""
    follows = Earlier(earlier.question, answer.page)
    if answer.page == earlier.page:
        return replace(answer, follows=follows)
    last = say_many("The answer has {count} page.", "The answer has {count} pages.", answer.pages)
    return replace(answer, follows=follows, notes=(last, *answer.notes))


def _sources(services: Services, earlier: Earlier, answer: Answer) -> Answer:
    """Return where each fact of the answer stands, by document."""
    facts = tuple(dict.fromkeys((*(line.fact for line in answer.lines), *answer.near)))
    slugs = dict.fromkeys(slug for fact in facts for slug in fact.documents)
    if not slugs:
        return _nothing(
            say(
                "The answer to “{question}” states no facts, so it has no sources.", question=earlier.question
            ),
            earlier,
            answer,
        )
    return Answer(
        headline=say("Sources of the answer to “{question}”.", question=earlier.question),
        outcome="answer",
        sections=tuple(_section(services.base.document(slug), facts) for slug in slugs),
        context=answer.context,
    )


def _section(document: Document, facts: tuple[Fact, ...]) -> Section:
    places = dict.fromkeys(
        say(
            "{place}, at “{words}”",
            place=citation.label or say("paragraph {number}", number=citation.paragraph),
            words=citation.anchor,
        )
        if citation.anchor
        else citation.label
        for fact in facts
        for citation in fact.citations
        if citation.document == document.slug
    )
    date = document.published or say("undated")
    title = say("{label}: {title} ({date})", label=document.label, title=document.title, date=date)
    return Section(title, tuple(places))


def _map(services: Services, earlier: Earlier, answer: Answer) -> Answer:
    return answer


def _no_details(services: Services, earlier: Earlier, answer: Answer) -> Answer:
    return _nothing(
        say(
            "The answer to “{question}” states no facts, so there are no details to show.",
            question=earlier.question,
        ),
        earlier,
        answer,
    )


def _summary(services: Services, earlier: Earlier, answer: Answer) -> Answer:
    said = say("I write no summaries; this is what the base holds.")
    return replace(answer, notes=(*answer.notes, said))


def _translation(services: Services, earlier: Earlier, answer: Answer) -> Answer:
    """Return the answer with the Chinese names of what its facts are about, which is all of it that is told in Chinese."""
    facts = (*(line.fact for line in answer.lines), *answer.near)
    subjects = dict.fromkeys(slug for fact in facts[:1] for slug in fact.subjects)
    named = [record for slug in subjects if (record := services.base.entity(slug)) and record.chinese]
    sorts, known = Place | Mechanism | Topic, services.base.going_without_saying
    records = [one for one in named if isinstance(one, sorts) and one.slug not in known][:MOST]
    said = (
        say("I tell the facts in English. In Chinese: {names}.", names=apart(list(map(full_name, records))))
        if records
        else say("I tell the facts in English, with the Chinese names of what they are about.")
    )
    return replace(answer, notes=(*answer.notes, said))


def _nothing(sentence: Said, earlier: Earlier, answer: Answer) -> Answer:
    return Answer(
        headline=sentence,
        outcome="answer",
        context=answer.context,
        follows=earlier,
    )


_DRESSED: Final[Mapping[Deed, Dress]] = {
    "asks": _said,
    "more": _more,
    "back": _back,
    "page": _page,
    "sources": _sources,
    "map": _map,
    "details": _no_details,
    "summary": _summary,
    "translation": _translation,
}

"""The one call by which every adapter gets its answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from handlers.answer import Answer
from handlers.curation.questions import for_curators
from handlers.digests.reading.when.unheard import ALONE
from handlers.digests.reading.words import AFTER_EVERY, AND, EVERY, RHYTHMS
from handlers.lookups.maps.command import offer_map
from handlers.ports import UnreadableError
from handlers.questions.answering import as_asked
from handlers.records.disagreements import disagreements
from handlers.records.figures import compare_figures
from handlers.registry import SLASH, WORDS
from handlers.request import QUESTION, Request
from handlers.route import route
from handlers.routing.routed import Route
from handlers.say import say
from handlers.services import Services
from handlers.threads import follow_up
from handlers.without_state import MissingServiceError
from knowledge.dates import DAYS, DAYS_IN_FULL
from knowledge.text.answer_language import Language, asked
from knowledge.text.normalize import CHINESE, normalize, tokenize

NOT_READABLE: Final = say(
    "What your workspace keeps here cannot be read just now, so nothing was done. Please try again in a minute."
)


def reply(services: Services, request: Request, wanted: Route | None = None) -> Answer:
    """Return the answer to `request`, from the base of its team in `services`, with what must stand beside it.

    `wanted` is its route, where whoever asks has asked for that already.
    """
    wanted = wanted or route(services, request)
    if wanted.follows is not None:
        said = request.text if wanted.follows.deed == "asks" else ""
        answer = follow_up.answered(
            services,
            wanted.follows,
            lambda services, whole: _reply(services, whole, route(services, whole), said),
        )
        return _in_the_script_of(services, request, answer)
    return _reply(services, request, wanted, _asked(request, wanted))


def _reply(services: Services, request: Request, wanted: Route, said: str) -> Answer:
    """Return the answer to what `request` asks by itself; `said` are the words in which it was asked, "" where it was before."""
    if wanted.follows is not None:
        return follow_up.answered(services, wanted.follows, reply)
    answer = _done(services, request.saying(wanted.argument, wanted.target), wanted)
    if wanted.is_search and answer.outcome == "unknown":
        answer = as_asked(services, request, _asked(request, wanted)) or answer
    for step in AFTER:
        answer = step(services, request, answer)
    _keep_unanswered(services, request, wanted, answer, said)
    return answer


def _done(services: Services, request: Request, wanted: Route) -> Answer:
    """Return what comes of the verb, or what is said where a service that it uses is missing or cannot be read."""
    verb = wanted.verb
    try:
        if verb.needs is not None:
            services.require(verb.needs)
        return verb.handle(services, request)
    except MissingServiceError as error:
        if verb.without is not None:
            return verb.without(services, request)
        return Answer(headline=error.elsewhere, outcome="unknown" if verb.effect == "reads" else "refused")
    except UnreadableError:
        return Answer(headline=NOT_READABLE, outcome="refused")


def asks(services: Services, request: Request) -> bool:
    """Say whether a text is a question for curators where the base has no answer: it looks for something of the field, and is
    no talk, word of /yrd, id or number alone.
    """
    wanted = route(services, request)
    return _asks(services, request, wanted, _asked(request, wanted))


def _asks(services: Services, request: Request, wanted: Route, said: str) -> bool:
    text = _asked(request, wanted)
    if not wanted.is_search or wanted.follows is not None or not any(map(str.isalpha, text)):
        return False
    if (
        _is_id(text)
        or _is_of_own_words(text)
        or (wanted.command.name == QUESTION and _is_unheard_of(services, text))
    ):
        return False
    is_looked_up = wanted.command.name != QUESTION
    return for_curators.are_told(services.base, text, said, is_looked_up=is_looked_up)


def _is_id(text: str) -> bool:
    """Say whether a text is an id, or like one, and nothing else."""
    return re.fullmatch(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*-?[0-9]+[.?!]*", text) is not None


def _is_of_own_words(text: str) -> bool:
    """Say whether a text is made up of the bot's own verbs and of when a digest comes."""
    said = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())
    return bool(said) and _OWN.issuperset(said)


def _is_unheard_of(services: Services, text: str) -> bool:
    """Say whether a text is a lone word that the base has never met: it asks for nothing."""
    is_alone = len(tokenize(normalize(text))) == 1 and not CHINESE.search(text)
    return is_alone and not services.base.parse(text).mentions and not services.base.search(text)


def _asked(request: Request, wanted: Route) -> str:
    # Of "/yrd tulips" the question is "tulips"; a name stands with the command that it was looked up by.
    return (wanted.argument if wanted.command.name == QUESTION else request.text).strip()


def _keep_unanswered(services: Services, request: Request, wanted: Route, answer: Answer, said: str) -> None:
    """Keep what was asked for curators, in the words of whoever asked, where the base could not answer it."""
    # Another page, or its sources, is no other question.
    is_new = bool(said) and request.page == 1
    if answer.outcome == "unknown" and is_new and _asks(services, request, wanted, said):
        nearest = tuple(fact.id for fact in answer.near)
        text = _asked(request, wanted)
        services.questions.keep(request.team, request.command, text, nearest, request.now, request.user)


def _in_the_script_of(services: Services, request: Request, answer: Answer) -> Answer:
    """Return the answer to what is asked in Chinese, or wants to be told in Chinese, as one in which the bot's own words are Chinese,
    where it has them.
    """
    wanted = asked(request.text).language
    in_chinese = wanted is Language.CHINESE if wanted else _is_in_chinese(request.text)
    return replace(answer, in_chinese=answer.in_chinese or in_chinese)


def _is_in_chinese(text: str) -> bool:
    """Say whether a text is Chinese, and no English in which a name is so written."""
    return len(CHINESE.findall(text)) > len(_WORD.findall(text))


# An id is one word, however many it is made of.
_WORD: Final = re.compile(r"[A-Za-z]{2,}(?:[-/][A-Za-z0-9]+)*")
_OWN: Final = frozenset(
    {
        *(verb.name for command in (*SLASH, *WORDS) for verb in command.verbs if " " not in verb.name),
        *RHYTHMS, *AFTER_EVERY, *ALONE, *EVERY, *AND, *map(str.lower, (*DAYS, *DAYS_IN_FULL)),
        "digest", "digests", "curators", "at", "on", "am", "pm",
    }
)  # fmt: skip
"""Words that say what is to be done with a digest, a fact or a proposal, or when a digest comes."""
Step = Callable[[Services, Request, Answer], Answer]
# What is done with every answer, in this order.
AFTER: Final[tuple[Step, ...]] = (disagreements, compare_figures, offer_map, _in_the_script_of)

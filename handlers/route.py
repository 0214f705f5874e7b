"""The one place that reads what a text wants done. Adapters, buttons and the engine itself ask it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from handlers.answer import Answer
from handlers.command import MARKS, Command, Verb, first_word, without_marks
from handlers.digests import command as digests_command
from handlers.digests import spoken
from handlers.help import Usage, asked_of
from handlers.lookups import asked_to_act, compare, differing, document, fact, listed, lists, pair, small_talk
from handlers.lookups.maps import command as map_word
from handlers.lookups.maps import spoken as spoken_map
from handlers.plain_words import reading as plain_words
from handlers.questions import command as questions_command
from handlers.questions import unsure
from handlers.records import fact_ids
from handlers.registry import HELP, SLASH, WORDS, slash
from handlers.request import QUESTION, Request
from handlers.routing import word_in_chinese
from handlers.routing.after_answer import ADDRESSED, AfterAnswer
from handlers.routing.routed import Route
from handlers.routing.word_in_chinese import Written
from handlers.say import say
from handlers.services import Services
from handlers.target import Target
from knowledge.phrases import units
from knowledge.text.answer_language import asked as without_language
from knowledge.text.normalize import CHINESE, is_number, normalize, tokenize
from knowledge.vocabulary import FACT_ID, WordUse

DEAD: Final = say("That no longer does anything.")
"""What is said of a button or an option that an older version of the bot, or somebody else, has made."""
_VERSUS: Final = re.compile(
    r"\s+(?:vs|versus)\b\.?\s+|(?<=[㐀-鿿])\s*(?:vs\.?|versus|对比|比较)\s*(?=[㐀-鿿])", re.IGNORECASE
)
_MOST_WORDS_OF_AN_ARGUMENT: Final = 3
_LONGEST_ARGUMENT: Final = 40
_HELP: Final = frozenset({"help", "?", "-h", "--help", "帮助", "man", "usage"})


def route(services: Services, request: Request) -> Route:
    """Return what `request` wants done: a verb of its command, of a word of /yrd, or to have its text answered.

    The base of `services` is that of the team that asks: whether "map" or "source" is a word or part of a question
    depends on what follows it being known there.
    """
    services = services.while_reading()
    found = _route(services, request)
    if request.written in ("", request.text) or found.is_question:
        return found
    # What is kept as it was written is read with what it refers to: a link is a reason, where the words give none.
    whole = _route(services, replace(request, text=request.written, written=""))
    is_said = found.effect == "changes" and whole.verb.name != found.verb.name
    return whole if whole.verb.keeps_text and not is_said else found


def _route(services: Services, request: Request) -> Route:
    request = request.saying(request.text.strip(), request.target)
    if request.verb is not None:
        return _as_said(request, request.verb)
    command = slash(request.command)
    if command is None:
        return Route(_NO_SUCH, _NO_SUCH.verb(""), request.text)
    if command.name == QUESTION:
        found = _of_free_text(services, request)
        return _AFTER.read(services, request, found) or found
    if _asks_for_usage(command, request.text):
        return Route(command, Verb("help", Usage(command)))
    if command.is_search and (listed := _of_lookup(services, request, command)):
        return listed
    return _read(services, request, command) or Route(command, command.verb(""), request.text)


def _of_lookup(services: Services, request: Request, command: Command) -> Route | None:
    """Return what a text after a command that looks names up wants, if that is no name: talk, a list, help, the fact of an id."""
    found = _of_whole(services, request) or _of_id(services, request)
    if found is None or found.command is not lists.COMMAND:
        return found
    # Lists as such are those of the command, and what is the name of one thing is not asked for as a list of others.
    if not found.verb.name:
        return Route(command, command.verb(""))
    return None if small_talk.is_name(services.base, units(request.text)) else found


def is_read_whole(services: Services, request: Request, short: str) -> bool:
    """Say whether all of a text is read that is longer than a question may be, of which `short` is the beginning.

    What is no question is, and so is a question that would be none if it were cut.
    """
    readings = (request, request.saying(short, request.target))
    return not all(route(services, reading).is_question for reading in readings)


def redraws(services: Services, request: Request) -> bool:
    """Say whether a text says how the map that was shown before it is to be."""
    return _AFTER.of_map(services, request, _of_free_text(services, request)) is not None


def _as_said(request: Request, name: str) -> Route:
    """Return what a button says: the verb of that name of a command or a word, with nothing read of the text."""
    command = slash(request.command) or next((word for word in WORDS if word.name == request.command), None)
    if command is None or not command.has(name):
        return Route(_NO_SUCH, Verb("", _no_such_verb, is_private=True), request.text, request.target)
    return Route(command, command.verb(name), request.text, request.target)


def _of_free_text(services: Services, request: Request) -> Route:
    request = request.saying(request.text.lstrip(ADDRESSED))
    name, rest = first_word(request.text)
    while name == QUESTION:
        # The bot's own sentences say "/yrd fact ID correct": typed where it is no slash command, it means that.
        request = request.saying(rest)
        name, rest = first_word(rest)
    if _says_nothing(request):
        return Route(small_talk.COMMAND, small_talk.COMMAND.verb(small_talk.SIGNS))
    if not request.text or _asks_for_help(request.text):
        # What it is asked by tells in which script it is headed, and nothing else.
        return Route(HELP, HELP.verb(""), request.text if CHINESE.search(request.text) else "")
    plain = without_language(small_talk.without_greeting(services.base, request.text)).text
    asked = request.saying(plain)
    if asked is not request:
        asked = replace(asked, written=request.written or request.text)
    question = Route(questions_command.COMMAND, questions_command.COMMAND.verb(""), asked.text)
    return next((found for read in _READERS if (found := read(services, asked))), question)


def _says_nothing(request: Request) -> bool:
    """Say whether a message is without a word, but not empty: emoji, or marks other than those that ask for help."""
    if request.text:
        return not any(map(str.isalnum, request.text)) and not _asks_for_help(request.text)
    return bool(request.written) and not request.references


def _of_whole(services: Services, request: Request) -> Route | None:
    """Return what a message that is all talk, or asks for a list or for help with a command, wants."""
    if not services.base.phrases.may_begin(request.text, _NAMES):
        return None
    message = units(request.text)
    asked = word_in_chinese.in_english(message, WORDS)
    if command := asked_of(services.base, asked, _EXPLAINED, _EXPLAINED_SORTS):
        return Route(command, Verb("help", Usage(command)))
    if talk := small_talk.read(services.base, message):
        return Route(small_talk.COMMAND, small_talk.COMMAND.verb(talk), request.text)
    if (done := asked_to_act.done_by(services.base, message)) and not small_talk.is_name(
        services.base, message
    ):
        command, verb = done
        # Whoever asks for what is listed is answered in the script in which they did.
        return Route(command, command.verb(verb), request.text if command is lists.COMMAND else "")
    if differing.asked_of(services.base, request.text) is not None:
        return Route(lists.COMMAND, lists.COMMAND.verb(WordUse.DISAGREEMENTS), request.text)
    if lists.kinds_asked(services.base, request.text):
        return Route(lists.COMMAND, lists.COMMAND.verb(WordUse.PAIRINGS), request.text)
    sort = lists.sort_of(services.base, message)
    return None if sort is None else Route(lists.COMMAND, lists.COMMAND.verb(sort), request.text)


_EXPLAINED: Final = {
    command.name.removeprefix("/yrd-"): command
    for command in (*WORDS, *SLASH)
    if command.name not in (QUESTION, HELP.name)
} | {"digests": digests_command.COMMAND, "maps": map_word.COMMAND, "facts": fact.COMMAND}
_EXPLAINED_SORTS: Final = {
    WordUse.PLACES: listed.CITY,
    WordUse.PAIRINGS: pair.COMMAND,
    WordUse.MECHANISMS: listed.MECHANISM,
    WordUse.TOPICS: listed.TOPIC,
    WordUse.SOURCES: document.COMMAND,
    WordUse.SUBSCRIBING: digests_command.COMMAND,
    WordUse.UNSUBSCRIBING: digests_command.COMMAND,
    WordUse.LISTS: lists.COMMAND,
}
_NAMES: Final = frozenset((*_EXPLAINED, "yrd", *(name[0] for word in WORDS for name in word.in_chinese)))


def _of_plain_words(services: Services, request: Request) -> Route | None:
    """Return the deed that a sentence asks for: "make Bob a curator", "did they approve my fact?"."""
    if (found := plain_words.read(services, request)) is None:
        return None
    command, said = found
    return Route(command, command.verb(said.verb), said.argument, said.target)


def _of_word(services: Services, request: Request) -> Route | None:
    """Return what the word that a text begins with is to do with the rest."""
    name, rest = first_word(request.text)
    word = next((word for word in WORDS if word.name == without_marks(name)), None)
    if word is not None and spoken.changes_names(services, request):
        # "Add Ningbo to the ports digest" adds no fact.
        return None
    found = _read(services, request.saying(rest), word) if word is not None else None
    # A comma may be a sentence's ("map, please, of Ningbo"): behind it nothing may be said but a verb and what it is
    # done to.
    is_meant = word and found and (word.name == name or found.verb.name or found.target or not found.argument)
    return found if is_meant else None


def _of_word_in_chinese(services: Services, request: Request) -> Route | None:
    """Return what a word by its Chinese name is to do: where a text may be a sentence, only if it reads as that."""
    for said in word_in_chinese.written(services.base, request.text, WORDS):
        if said.rest or said.is_apart:
            found = _read(services, request.saying(said.rest), said.command)
            if found and (said.is_apart or _is_names(services, said)):
                return found
        if said.is_apart:
            return _of_misused_word(services, request.saying(f"{said.command.name} {said.rest}".strip()))
    return None


def _is_names(services: Services, said: Written) -> bool:
    """Say whether what a word is done to is names or an id and nothing else, and it only reads."""
    concepts = services.base.parse(said.rest).concepts
    are_names = bool(concepts) and all(one.is_name for one in concepts)
    return said.command.effect == "reads" and (are_names or bool(FACT_ID.match(said.rest)))


def _of_digest(services: Services, request: Request) -> Route | None:
    found = spoken.read(services, request)
    command = digests_command.COMMAND
    return Route(command, command.verb(found.verb), found.argument, found.target) if found else None


def _of_id(services: Services, request: Request) -> Route | None:
    """Return that the facts whose ids a text names are to be shown."""
    ids = fact_ids.in_text(services.base, request.text)
    target = Target(id=ids[0]) if len(ids) == 1 else None
    return Route(fact.COMMAND, fact.COMMAND.verb(""), " ".join(ids), target) if ids else None


def _of_map(services: Services, request: Request) -> Route | None:
    """Return that a map is to be drawn, where a sentence asks for one: "show me a map of Nanjing"."""
    named = spoken_map.read(services.base, request.text)
    return _read(services, request.saying(named), map_word.COMMAND) if named else None


def _of_two_sides(services: Services, request: Request) -> Route | None:
    """Return that two names are to be set side by side: "Xuzhou vs Jining", and nothing else."""
    sides = _VERSUS.sub(" and ", request.text)
    return _read(services, request.saying(sides), compare.COMMAND) if sides != request.text else None


def _of_pair(services: Services, request: Request) -> Route | None:
    """Return that what ties two places is to be shown, where a text is no more than their names and something does."""
    is_tied = pair.are_tied(services, request.text)
    return Route(pair.COMMAND, pair.COMMAND.verb(""), request.text) if is_tied else None


def _of_slash_name(services: Services, request: Request) -> Route | None:
    """Return what "yrd-city Ningbo" in a direct message, and "/yrd-city" where Slack takes it for words, mean."""
    name, rest = first_word(request.text)
    command = slash(f"/{name.removeprefix('/')}")
    if command is None or command.name == QUESTION or not (rest or name.startswith("/")):
        return None
    return _route(services, replace(request, text=rest, command=command.name))


def _of_misused_word(services: Services, request: Request) -> Route | None:
    """Return that a text which begins with a word but says nothing the word takes is told so, with its usage; None for a question.

    It is a question if it goes on as a sentence does: in more than three words, with one that carries grammar ("of",
    "how", "in"), or to a question mark; and if the base answers it for more than the names in it.
    """
    name, rest = first_word(request.text)
    word = next((word for word in WORDS if word.name == name), None)
    if word is None or word.begins_questions or _is_sentence(services, rest):
        return None
    query = services.base.parse(rest)
    is_names = all(concept.is_name or is_number(concept.surface) for concept in query.concepts)
    if not is_names and unsure.answer(services, request).outcome == "answer":
        return None
    return Route(word, Verb("help", Usage(word, is_misused=True)), rest)


def _is_sentence(services: Services, rest: str) -> bool:
    said = tokenize(normalize(rest))
    is_long = len(said) > _MOST_WORDS_OF_AN_ARGUMENT or sum(map(len, said)) > _LONGEST_ARGUMENT
    return is_long or rest.rstrip().endswith(("?", "？")) or not services.base.lexicon.stop.isdisjoint(said)


# In this order: the first that knows what a text wants is followed, and what none knows is a question.
_READERS: Final = (
    _of_whole,
    _of_plain_words,
    _of_word,
    _of_word_in_chinese,
    _of_digest,
    _of_map,
    _of_two_sides,
    _of_pair,
    _of_slash_name,
    _of_id,
    _of_misused_word,
)


def _asks_for_help(text: str) -> bool:
    word = text.lower().removeprefix("/")
    return word in _HELP or word.rstrip(f"{MARKS}!?！？ ") in _HELP


def _asks_for_usage(command: Command, text: str) -> bool:
    """Say whether the text after a command asks for help, be it behind one of its words: "skip help"."""
    word, rest = first_word(text)
    is_word = any(word in (verb.name, *verb.aliases) for verb in command.verbs)
    return _asks_for_help(text) or (is_word and _asks_for_help(rest))


def _read(services: Services, request: Request, command: Command) -> Route | None:
    """Return what the text after the name of `command` wants of it; None where that is a question."""
    found = command.read(services, request)
    return Route(command, command.verb(found.verb), found.argument, found.target) if found else None


def _no_such(services: Services, request: Request) -> Answer:
    return Answer(
        headline=say("{command} is no command of YRD Desk. Try /yrd help.", command=request.command),
        outcome="unknown",
    )


def _no_such_verb(services: Services, request: Request) -> Answer:
    return Answer(headline=say("That no longer does anything. Please ask again."), outcome="refused")


_NO_SUCH: Final = Command(name="", usage="", summary="", examples=(), handle=_no_such)
_AFTER: Final = AfterAnswer(_route)

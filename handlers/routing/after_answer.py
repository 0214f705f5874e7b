"""What a text wants of what was shown before it: of a map, of an answer, or of a digest though something else was shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from handlers.answer import Answer
from handlers.command import Reading, Verb
from handlers.curation import add
from handlers.digests import command as digests_command
from handlers.digests.changing import asked_first
from handlers.lookups import small_talk
from handlers.lookups.maps import command as map_word
from handlers.lookups.maps import following as after_map
from handlers.questions import command as questions_command
from handlers.records.kind_of import spelt
from handlers.request import Request
from handlers.routing.routed import Route
from handlers.services import Services
from handlers.threads import follow_up
from handlers.threads.follow_up import Follows
from knowledge.model import Named
from knowledge.text.normalize import CHINESE, normalize, tokenize
from knowledge.vocabulary import WordUse

ADDRESSED: Final = " :,：，、"
"""What is left before a text of how somebody was addressed."""
_STAYS: Final = "stays"
_ASKED: Final = "asked"
# More than so many words behind "add" are a statement.
_MOST_WORDS_OF_A_NAME: Final = 3


@dataclass(frozen=True, slots=True)
class AfterAnswer:
    """Reads what a text wants of what was shown before it; what that makes of it is read by `route`, as a text by itself."""

    route: Callable[[Services, Request], Route]

    def read(self, services: Services, request: Request, found: Route) -> Route | None:
        """Return what a text wants that by itself wants what was `found`; None where it wants that."""
        return (
            self.of_map(services, request, found)
            or self._asked_first(services, request, found)
            or self._following(services, request, found)
        )

    def of_map(self, services: Services, request: Request, found: Route) -> Route | None:
        """Return that the map before it is to be drawn again, where a text says what is to be on it: "only parks", "without Shanghai"."""
        if request.earlier is None or _is_map_by_itself(request, found):
            return None
        after = after_map.read(
            services.base,
            request.text,
            lambda: self._map_before(services, request),
            is_question=found.command is questions_command.COMMAND or _adds_a_name(found),
            swaps=not request.earlier.map,
        )
        if after is None:
            return None
        alone = replace(request, text=after.asked, earlier=None, context=(), references=(), written="")
        drawn = None if after.why else self.route(services, alone)
        if drawn is None or drawn.command is not map_word.COMMAND:
            why = after if after.why else None
            verb = Verb(_STAYS, lambda services, asked: _stays(services, request, found, why))
            return Route(map_word.COMMAND, verb, request.text)
        return replace(drawn, follows=Follows("asks", alone, after.earlier))

    def _following(self, services: Services, request: Request, found: Route) -> Route | None:
        """Return what a text wants of the answer before it; None where it wants what was `found`, which is one by itself."""
        is_question = found.command is questions_command.COMMAND or _is_of_answer(request, found)
        is_deed = follow_up.is_follow_up(services.base, request.text)
        if not is_question and not is_deed:
            return None
        asked = request if is_deed else self._after_names(services, request)
        follows = follow_up.read(services, asked.saying(found.argument if is_question else request.text))
        # Where there was no answer, a word of a command or for a list is that.
        if follows is None or (follows.request is None and not is_question):
            return None
        whole = self.route(services, follows.request) if follows.request is not None else found
        return replace(whole, follows=follows) if whole.is_question else None

    def _after_names(self, services: Services, request: Request) -> Request:
        """Return a request that follows on a map, and is not for what is on that, as one that follows on the names of what it is of."""
        is_map = request.earlier is not None and not request.earlier.map
        argument = self._map_before(services, request) if is_map else None
        if argument is None:
            return request
        return replace(request, earlier=after_map.names_alone(services.base, argument))

    def _asked_first(self, services: Services, request: Request, found: Route) -> Route | None:
        """Return what is asked where a text that changes digests does not say so, and something else was shown last; None where it is
        plain. A name that no digest is on is left out of the map that was shown, or asked about.
        """
        is_open = request.earlier is not None or bool(request.context)
        is_digests = found.command is digests_command.COMMAND and found.verb.name in asked_first.DEEDS
        if not (is_open and is_digests) or asked_first.speaks_of_digests(services.base, request.text):
            return None
        reading = Reading(found.verb.name, found.argument, found.target)
        of_digests = asked_first.choices(services, request, reading)
        named = asked_first.records(services.base, found.target)
        drawn = self._map_without(services, request, named)
        if not of_digests:
            question = _question(request.text)
            return drawn or self._following(services, request, question) or question
        others = (after_map.without(drawn.argument, named),) if drawn else ()
        answer = replace(asked_first.ask(of_digests, others), follows=request.earlier)
        return Route(digests_command.COMMAND, Verb(_ASKED, lambda services, asked: answer), request.text)

    def _map_without(self, services: Services, request: Request, named: tuple[Named, ...]) -> Route | None:
        """Return that the map that was shown before is to be drawn without some things, None where none was."""
        if not named:
            return None
        is_chinese = CHINESE.search(request.text) is not None
        names = [spelt(services.base, record, in_chinese=is_chinese) for record in named]
        asked = request.saying(f"不含{'和'.join(names)}" if is_chinese else f"without {' and '.join(names)}")
        drawn = self.of_map(services, asked, _question(asked.text))
        return drawn if drawn and drawn.verb.name != _STAYS else None

    def _map_before(self, services: Services, request: Request) -> str | None:
        """Return what the map is of that was shown last, None where none was."""
        if request.earlier is None:
            return None
        typed = request.earlier.map or request.earlier.question
        alone = replace(request, text=typed, earlier=None, context=(), references=(), written="")
        before = self.route(services, alone)
        return before.argument if before.command is map_word.COMMAND and before.verb.name == "" else None


def _stays(services: Services, request: Request, found: Route, why: after_map.After | None) -> Answer:
    """Return why the map before it stays as it is; what by itself would propose a fact still may."""
    answer = after_map.stays(services, why, request.earlier)
    if found.command is not add.COMMAND or not services.holds("contributions"):
        return answer
    return replace(answer, choices=(*answer.choices, add.proposing(found.argument)))


def _question(text: str) -> Route:
    return Route(questions_command.COMMAND, questions_command.COMMAND.verb(""), text)


def _is_map_by_itself(request: Request, found: Route) -> bool:
    """Say whether a text begins with the word for a map, and so asks for another."""
    names = (map_word.COMMAND.name, *map_word.COMMAND.in_chinese)
    return found.command is map_word.COMMAND and request.text.lower().lstrip(ADDRESSED).startswith(names)


def _adds_a_name(found: Route) -> bool:
    """Say whether what would propose a fact has no more behind "add" than a name, which may be meant for a map."""
    return (
        found.command is add.COMMAND and 0 < len(tokenize(normalize(found.argument))) <= _MOST_WORDS_OF_A_NAME
    )


def _is_of_answer(request: Request, found: Route) -> bool:
    """Say whether what may be asked about the bot points to the answer before it: "how does it work?"."""
    is_self = found.command is small_talk.COMMAND and found.verb.name == WordUse.SELF
    return is_self and bool(request.earlier or request.context) and "it" in tokenize(normalize(request.text))

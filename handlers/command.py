"""What a command is, and what it can be asked to do. `registry` lists them all, `route` picks among them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from handlers.answer import Answer, Effect
from handlers.request import Request
from handlers.services import Needed, Services
from handlers.target import Target
from knowledge.text.normalize import is_number

Handler = Callable[[Services, Request], Answer]

MISREAD: Final = "misread"
"""The verb of a text that begins as only a command does, and goes on as none: it gets a sentence."""
READ_AS: Final = "read as"
"""The verb of a text some of whose names are read as the records of the target: what a button does that puts a name right."""
MARKS: Final = ":,.：，。"
"""What may stand behind a word of a command: people write "fact ID: history" and "review 7, approve."."""
# A word, or the word before a colon, and what follows it.
_FIRST: Final = re.compile(r"(\S+?)(?:[:：]+\s*|\s+|$)(.*)", re.DOTALL)
_NEXT: Final = re.compile(r"(\S+?)(?:[:,：，。]+\s*|\s+|$)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """Something a person may type after the command, and the outcome it must have."""

    text: str
    outcome: str = "answer"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text wants: the name of a verb, what it is done to, and what is said to it."""

    verb: str = ""
    argument: str = ""
    target: Target | None = None


Reader = Callable[[Services, Request], Reading | None]
"""From the text after a command's name to what it wants; None where it is a question."""
Mistaken = Callable[[Services, str], str]
"""From the text after a word that the word cannot take to a sentence of why not."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that a command does; its handler gets the argument as `request.text`, and the target.

    What is private is for whoever asks alone, or by rights that Slack may have to be asked for: it is done after the
    acknowledgement and never shared. What `keeps_text` is said the text as it was written, with the people, channels and links
    in it, to be kept; any other gets the words alone. `needs` is the service without which it is nothing; where that, or another that
    it uses, is missing, `without` answers, or else a sentence that says where it is to be had.
    """

    name: str
    handle: Handler
    effect: Effect = "reads"
    aliases: tuple[str, ...] = ()
    is_private: bool = False
    keeps_text: bool = False
    needs: Needed | None = None
    without: Handler | None = None


def whole(services: Services, request: Request) -> Reading:
    """Return the whole text as the argument of a command without verbs."""
    return Reading(argument=request.text)


def whole_if(takes: Callable[[Services, str], bool]) -> Reader:
    """Return a reader for a word whose argument is the whole text, if that `takes` (services, text).

    Marks at its end are left out where that makes it one.
    """

    def read(services: Services, request: Request) -> Reading | None:
        readings = (request.text, without_marks(request.text))
        return next((Reading(argument=text) for text in readings if takes(services, text)), None)

    return read


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command ("/yrd-city") or a first word of /yrd ("source"). `usage` is Slack's usage hint.

    `read` says which of `verbs` a text is; `handle`, with `effect`, `is_private`, `keeps_text`, `needs` and
    `without` as in `Verb`, is what the command is for: the verb "". A word of /yrd whose rest does not read is a question where
    it reads as one, always if it `begins_questions`, and else gets its usage (`route`), with a sentence by `mistaken` of what is
    wrong with it. `explain` answers help in place of what is made from usage and examples. What `is_search` looks for what people want to know: where
    the base does not hold it, the text is kept for curators. `in_chinese` are the Chinese names of a word of /yrd.
    """

    name: str
    usage: str
    summary: str
    examples: tuple[Example, ...]
    handle: Handler
    effect: Effect = "reads"
    is_private: bool = False
    keeps_text: bool = False
    verbs: tuple[Verb, ...] = ()
    read: Reader = whole
    explain: Handler | None = None
    mistaken: Mistaken | None = None
    needs: Needed | None = None
    without: Handler | None = None
    is_search: bool = False
    begins_questions: bool = False
    in_chinese: tuple[str, ...] = ()

    @property
    def is_slash(self) -> bool:
        """Say whether it is a slash command; any other is a first word of /yrd."""
        return self.name.startswith("/")

    def verb(self, name: str) -> Verb:
        """Return the verb of that name, for "" what the command is for; LookupError where there is none."""
        if not name:
            return Verb(
                "", self.handle, self.effect, (), self.is_private, self.keeps_text, self.needs, self.without
            )
        found = next((verb for verb in self.verbs if verb.name == name), None)
        if found is None:
            raise LookupError(f"{self.name} has no verb {name!r}")
        return found

    def has(self, name: str) -> bool:
        """Say whether there is a verb of that name."""
        return not name or any(verb.name == name for verb in self.verbs)


def first_word(text: str) -> tuple[str, str]:
    """Return the first word of `text`, in lower case and without a colon behind it, and the rest."""
    return _split(_FIRST, text)


def next_word(text: str) -> tuple[str, str]:
    """Return the first word of what follows a command's name, and the rest: in lower case, without marks behind it,
    and a number without "#" before it.
    """
    word, rest = _split(_NEXT, text)
    word = without_marks(word)
    number = word.removeprefix("#")
    return (number if is_number(number) else word), rest


def without_marks(text: str) -> str:
    """Return `text` without what may stand behind a word of a command."""
    return text.rstrip(f"{MARKS} ")


def _split(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.match(text.strip())
    return (found[1].lower(), found[2].strip()) if found else ("", "")

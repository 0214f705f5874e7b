"""/yrd-digest: scheduled posts of topics, places and mechanisms to a channel."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from handlers.answer import Answer
from handlers.command import Command, Example, Reading, Verb, first_word, without_marks
from handlers.digests import edit, keep, pause, preview, show
from handlers.digests.edit import parse_error_answer
from handlers.digests.reading import sending, which, wishes
from handlers.digests.reading.dates import near_words
from handlers.digests.reading.subjects import ParseError
from handlers.request import DIGEST, Request
from handlers.say import say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.text.normalize import is_number
from knowledge.vocabulary import WordUse

VERBS: Final = (
    # The digests are listed where the form of a new one cannot be opened.
    Verb("form", show.offer, "opens a form", is_private=True, needs="subscriptions", without=show.help_),
    Verb(
        "subscribe",
        edit.subscribe,
        aliases=("sub", "new", "add", "create", "start", "订阅"),
        is_private=True,
        needs="subscriptions",
        without=edit.sketch,
    ),
    Verb("list", show.list_, aliases=("ls", "列表"), is_private=True, without=show.list_elsewhere),
    Verb("show", show.show, aliases=("status", "查看"), is_private=True),
    Verb("preview", preview.preview, aliases=("预览",)),
    Verb("preview kept", preview.preview_kept, is_private=True),
    Verb("pause", pause.pause, "changes", ("暂停",)),
    Verb("resume", pause.resume, "changes", ("unpause", "恢复")),
    Verb("skip", pause.skip, "changes", ("跳过",)),
    Verb("restart", pause.restart, "changes", ("重新开始",)),
    Verb("mine", edit.mine, is_private=True),
    Verb("edit", edit.edit, aliases=("change", "修改"), is_private=True),
    Verb(
        "unsubscribe", pause.unsubscribe, "changes", ("stop", "end", "delete", "remove", "退订", "取消订阅")
    ),
    Verb("history", show.history, aliases=("log", "历史"), is_private=True),
    Verb("help", show.help_, aliases=("?", "帮助")),
    # What buttons ask.
    Verb("more", preview.more, without=preview.more_on_names),
    Verb("save", keep.save, "changes"),
    Verb("test", preview.test, is_private=True),
    Verb("cancel", edit.cancel, is_private=True),
)
"""What /yrd-digest does, by the first word of its text. Of one that is kept, Slack may be asked for rights to it."""
_OF_BUTTONS: Final = frozenset({"form", "preview kept", "more", "save", "test", "cancel"})
# What nobody needs to type: it is carried out on what the button carries.
_ONLY_OF_BUTTONS: Final = frozenset({"form", "save"})
OF_ONE: Final = frozenset(
    {
        "show",
        "preview",
        "pause",
        "resume",
        "skip",
        "restart",
        "mine",
        "edit",
        "unsubscribe",
        "history",
        "more",
        "test",
    }
)
_SUBSCRIBING: Final = frozenset({WordUse.SUBSCRIBING, WordUse.PLEASE})
_UNSUBSCRIBING: Final = frozenset({WordUse.UNSUBSCRIBING})
VERB_OF: Final = MappingProxyType({word: verb.name for verb in VERBS for word in (verb.name, *verb.aliases)})


def read(services: Services, request: Request) -> Reading:
    """Return the verb that the text begins with, the digest that is numbered or named after it, and the rest.

    Nothing asks for the form, and a wish needs no verb.
    """
    first, rest = first_word(request.text)
    # "stop, please" may be said to somebody else; "list." is a word and no more.
    first = first if rest else without_marks(first)
    verb = VERB_OF.get(first) if first not in _ONLY_OF_BUTTONS else None
    if verb is None and is_number(first.removeprefix("#")):
        return which.read(services.base, "show", request.text)
    if verb is None:
        return _without_verb(services.base, request.text) or Reading("" if first else "form", request.text)
    if verb == "subscribe":
        return Reading(verb, _wished(services.base, request.text, rest))
    found = which.read(services.base, verb, rest) if verb in OF_ONE else Reading(verb, rest)
    is_kept = verb == "preview" and (found.target or not rest)
    return replace(found, verb="preview kept") if is_kept else found


def _wished(base: FactBase, text: str, rest: str) -> str:
    """Return what is to be a digest of a text that begins with the verb, be it "subscribe me to" it."""
    cut = next(base.phrases.leading(text, _SUBSCRIBING), 0)
    said = text[cut:].strip(wishes.MARKS) if cut else rest
    return said if wishes.wish(base, said) else wishes.names_first(base, said) or said


def _without_verb(base: FactBase, text: str) -> Reading | None:
    """Return what is wanted of digests in other words than the command's; None where it is not plain."""
    for cut in base.phrases.leading(text, _UNSUBSCRIBING):
        return which.read(base, "unsubscribe", text[cut:].strip(wishes.MARKS))
    for said in sending.ways(base, text):
        if wish := wishes.names_first(base, said):
            return Reading("subscribe", wish)
    for cut in base.phrases.leading(text, _SUBSCRIBING):
        return Reading("subscribe", text[cut:].strip(wishes.MARKS))
    if _near(base, text):
        return None
    is_wish = wishes.is_when_alone(base, text) or wishes.has_slip(base, text) or wishes.tells_when(text)
    return Reading("subscribe", text) if is_wish else None


def _near(base: FactBase, text: str) -> tuple[str, ...]:
    """Return the words of the command that the first of a text is near to."""
    words = [verb.name for verb in VERBS if verb.name not in _OF_BUTTONS]
    return near_words(first_word(text)[0], words, base.tuning.near_verb)


_USAGE: Final = say(
    "For example: /yrd-digest subscribe ports weekly mon 09:00, /yrd-digest preview ports or /yrd-digest list. /yrd-digest help has the rest."
)


def _no_verb(services: Services, request: Request) -> Answer:
    """Name the word that is near to one that is none."""
    typed = without_marks(first_word(request.text)[0])
    if (verb := VERB_OF.get(typed)) and verb not in _OF_BUTTONS:
        return parse_error_answer(
            ParseError(
                "",
                say(
                    "Behind “{word}” stands the number of a digest or what it is on: /yrd-digest {verb} 3.",
                    word=typed,
                    verb=verb,
                ),
            ),
            None,
            request.text,
        )
    said = say("“{word}” is nothing I can do with digests.", word=typed)
    near = _near(services.base, request.text)
    if not near:
        return replace(parse_error_answer(ParseError(typed, said), None, request.text), notes=(_USAGE,))
    rest = first_word(request.text)[1]
    meant = tuple(f"{word} {rest}".strip() for word in near)
    return parse_error_answer(ParseError(typed, said, near, meant), None, request.text)


COMMAND = Command(
    name=DIGEST,
    usage=say("subscribe ports weekly mon 09:00 | list | help, or nothing for a form"),
    summary=show.SUMMARY,
    examples=(
        Example("subscribe ports, G60 weekly mon 09:00 Asia/Shanghai"),
        Example("subscribe portss weekly", outcome="suggestion"),
        Example("preview integrated circuits, Hangzhou"),
        Example("help"),
    ),
    handle=_no_verb,
    verbs=VERBS,
    read=read,
    explain=show.help_,
)

"""What /yrd-digest does, by the first word of its text."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from handlers.command import Verb, first_word
from handlers.digests import preview
from handlers.digests.changing import edit, end, keep, pause, proposal, several, skip
from handlers.digests.reading import (
    which,
    wishes,
)
from handlers.digests.reading.when.dates import near_words
from handlers.digests.showing import history, listed, show, stands
from knowledge.base import FactBase

VERBS: Final = (
    # The digests are listed where the form of a new one cannot be opened.
    Verb("form", listed.offer, "opens a form", is_private=True, needs="subscriptions", without=show.help_),
    Verb(
        "subscribe",
        edit.subscribe,
        aliases=("sub", "new", "add", "create", "start", "订阅"),
        is_private=True,
        needs="subscriptions",
        without=edit.sketch,
    ),
    Verb("list", listed.list_, aliases=("ls", "列表"), is_private=True, without=listed.list_elsewhere),
    Verb("show", show.show, aliases=("status", "查看", "显示"), is_private=True),
    Verb("next", listed.next_, aliases=("coming", "upcoming"), is_private=True),
    Verb("preview", preview.preview, aliases=("forecast", "预览")),
    Verb("preview kept", preview.preview_kept, is_private=True),
    Verb("pause", pause.pause, "changes", ("mute", "snooze", "hold", "暂停")),
    Verb("resume", pause.resume, "changes", ("unpause", "unmute", "continue", "恢复")),
    Verb("skip", skip.skip, "changes", ("跳过",)),
    Verb("unskip", skip.unskip, "changes", ("取消跳过",)),
    Verb("restart", pause.restart, "changes", ("重新开始",)),
    Verb("mine", edit.mine, is_private=True),
    Verb("edit", edit.edit, aliases=("change", "修改"), is_private=True),
    Verb(
        "unsubscribe",
        end.unsubscribe,
        "changes",
        ("stop", "end", "delete", "remove", "unfollow", "退订", "取消订阅", "停止"),
    ),
    Verb("revive", keep.revive, "changes"),
    Verb("history", history.history, aliases=("log", "历史"), is_private=True),
    Verb("help", show.help_, aliases=("?", "帮助")),
    # What buttons ask.
    Verb("several", several.propose, is_private=True),
    # What is read of a sentence.
    Verb("stands", stands.stands, is_private=True),
    Verb("forbidden", stands.nothing_done, is_private=True),
    Verb("several asked", several.ask, is_private=True),
    Verb("several agreed", several.agree, "changes"),
    Verb("more", preview.more, without=preview.more_on_names),
    Verb("save", keep.save, "changes"),
    Verb("test", preview.test, is_private=True),
    Verb("cancel", proposal.cancel, aliases=("取消",), is_private=True),
)
"""What /yrd-digest does, by the first word of its text. Of one that is kept, Slack may be asked for rights to it."""


OF_BUTTONS: Final = frozenset(
    {
        "form",
        "preview kept",
        "more",
        "save",
        "test",
        "cancel",
        "several",
        "several asked",
        "several agreed",
        "stands",
        "forbidden",
    }
)


# What nobody needs to type: it is carried out on what the button carries.
ONLY_OF_BUTTONS: Final = frozenset({"form", "save", "several", "several asked", "stands", "forbidden"})


OF_ONE: Final = frozenset(
    {
        "show",
        "next",
        "preview",
        "pause",
        "resume",
        "skip",
        "unskip",
        "restart",
        "mine",
        "edit",
        "unsubscribe",
        "revive",
        "history",
        "more",
        "test",
    }
)


# What names may stand behind, with or without days and times.
_OF_NAMES: Final = frozenset({"subscribe", "preview", "test"})


VERB_OF: Final = MappingProxyType({word: verb.name for verb in VERBS for word in (verb.name, *verb.aliases)})


def near_verbs(base: FactBase, text: str) -> tuple[str, ...]:
    """Return the words of the command that the first of a text is near to, and that take what follows it."""
    first, rest = first_word(text)
    words = [verb.name for verb in VERBS if verb.name not in OF_BUTTONS]
    near = near_words(first, words, base.tuning.near_verb)
    return tuple(word for word in near if _takes(base, word, rest))


def _takes(base: FactBase, verb: str, rest: str) -> bool:
    """Say whether what follows a verb is such as it takes: a digest, names, or nothing at all."""
    if verb in ("list", "help"):
        return not rest
    if not rest:
        return True
    if verb in _OF_NAMES and (wishes.wish(base, rest) or wishes.nearly(base, rest)):
        return True
    return verb in OF_ONE and which.read(base, verb, rest).target is not None

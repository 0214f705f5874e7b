"""Whether a deed is wanted, asked about or forbidden: "end 2?", 都停了吗 and "don't pause 1-3" change nothing, "could you pause 2?" does."""

from __future__ import annotations

import re
from typing import Final

from handlers.command import Reading
from handlers.digests.reading import which

_DEEDS: Final = frozenset(
    {"unsubscribe", "pause", "resume", "skip", "unskip", "restart", "revive", "several"}
)
# "Unsubscribe me", "end it" and their like; "stop" and 停吧 may be said of what is to pause.
_ENDED: Final = re.compile(
    r"\W*(?:(?:please|pls)\W+)?(?:unsubscribe|unfollow|end|delete|remove)(?:\W+(?:me|us|it))?(?:\W+(?:please|pls|now|thanks))*\W*|(?:请|帮我)*(?:退订|删除|删掉|结束)(?:它|掉|了|吧)*\W*",
    re.IGNORECASE,
)
FORBIDDEN: Final = "forbidden"
"""The verb that says that nothing was done."""
_POLITE: Final = re.compile(
    r"\b(?:please|pls|kindly)\b|^\W*(?:can|could|would|will)\s+(?:you|we|i)\b|请|麻烦|劳驾|帮|^\W*(?:可以|可否|能)",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(
    r"[?？]\s*$|(?:吗|没有?|(?:\bor|还是)\s*(?:not|不))[\s!.。！]*$|是不是|是否|要不要|该不该|应不应该"
    r"|^\W*(?:should|shall|did|has|have|is|are|was|were|why|when|who)\b",
    re.IGNORECASE,
)
_SHOULD: Final = re.compile(
    r"\W*(?:should|shall)\s+(?:i|we)\s+(?=\S)|\W*(?:我|我们)?(?:要不要|该不该|应不应该|是否要|是不是要)",
    re.IGNORECASE,
)
# What is sent no more ("don't send me ports") is to end; these are deeds that are to be left undone.
_UNDONE: Final = re.compile(
    r"(?:(?:please|pls|ok|okay|no|oh|wait|hey|but)[\s,]+)*(?:you\s+(?:must|should|shall|may|can)\s*(?:not|n't)|(?:do\s+not|don't|dont|never|not)(?:\s+(?:yet|you|ever|just))?)\s+"
    r"(?P<rest>(?:pause|mute|snooze|hold|suspend|skip|resume|unpause|stop|end|cancel|delete|remove|kill|unsubscribe|unfollow|restart|start\s+over"
    r"|edit|change|make|move|switch|swap|replace|exchange|substitute|trade|set|add|drop|put)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_UNDONE_IN_CHINESE: Final = re.compile(
    r"(?P<before>(?:[^不别勿甭莫]|别的){0,20}?)(?:请|先|千万)*(?<![要用能可是])(?:不要|不用|不必|不能|不可|不许|别(?!的|人|处)|勿|甭|莫)(?:再|先|去|给我|急着)*"
    r"(?P<rest>(?:[^不别]{0,20}?)(?:暂停|停|跳过|恢复|重新开始|结束|终止|退订|取消|删除|删掉|关掉|关闭|修改|改|换|替换).*)",
    re.DOTALL,
)


def asks(text: str) -> bool:
    """Say whether a text only asks whether a digest is held, changed or ended, or is to be."""
    return _POLITE.search(text) is None and _ASKED.search(text) is not None


def without_asking(text: str) -> str:
    """Return what a text asks whether it is to be done: "end all" of "should I end all?"; as it is where it asks none so."""
    found = _SHOULD.match(text)
    return text[found.end() :] if found else text


def _is_plainly_ended(text: str) -> bool:
    """Say whether a text that names none ends a digest and can mean nothing else."""
    return which.names_digest(text) or _ENDED.fullmatch(text.strip()) is not None


def undone(text: str) -> str:
    """Return what a text says is to be left undone, as it would be said to have it done; "" where it forbids nothing."""
    said = " ".join(text.replace("’", "'").split())
    if found := _UNDONE.fullmatch(said):
        return found["rest"]
    in_chinese = _UNDONE_IN_CHINESE.fullmatch(said)
    return f"{in_chinese['before']}{in_chinese['rest']}" if in_chinese else ""


def forbidden(found: Reading | None) -> Reading | None:
    """Return that what is forbidden, as it was `found`, is not done; None where that is no deed."""
    is_deed = found is not None and found.verb in (*_DEEDS, "edit", "subscribe", "several asked")
    return Reading(FORBIDDEN, target=found.target) if found is not None and is_deed else None


def unless_asked(text: str, found: Reading) -> Reading:
    """Return what is wanted; where a text only asks whether a digest is held, changed or ended, or is to be, that it is shown,
    with the buttons that do it. What may mean another thing than that the one digest is to end is asked: "not now", 停一下.
    """
    if found == Reading("unsubscribe") and not _is_plainly_ended(text):
        return Reading("several asked", "end ?")
    if found.verb not in _DEEDS or not asks(text):
        return found
    return Reading("list") if found.verb == "several" else Reading("show", target=found.target)

"""A follow-up that leaves something out of the question before it, "besides Chuzhou?", or asks what is not so, "which are not?"."""

from __future__ import annotations

import re
from typing import Final

from handlers.threads.following import ENDS, FollowUp
from knowledge.search.negation import LEAVING_OUT, LEAVING_OUT_BEHIND, LEAVING_OUT_IN_CHINESE, is_rest
from knowledge.text.normalize import CHINESE

_LEAD: Final = re.compile(r"(?:and|but|so|ok|那么?)[\s,，]*", re.IGNORECASE)
_POINTING: Final = re.compile(r"\b(?:others?|these|those|this|that|them|it)\b", re.IGNORECASE)
_ARE: Final = re.compile(
    r"((?:which|what|who)\b(?: [\w'’-]+){0,4}? (?:are|is|were|was|has|have|can))(?= (?:in|on|of|part|twinned|paired|tied|a|the|members?)\b)",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"(?:who|which|what|where|when|how|is|are|does|do|did|has|have|list|name|show)\b", re.IGNORECASE
)
_HAVING: Final = re.compile(r"(哪[些个座])([^，,？?]{0,4}?)(?=结对|有|在|属于|参[与加]|加入)")


def without(said: FollowUp) -> str:
    """Return the question before but for what a text leaves out, "besides Chuzhou?"; "" where that is no such rest of one."""
    text = _LEAD.sub("", said.text.strip(), count=1).strip(ENDS).removesuffix("呢")
    if not said.earlier or not is_rest(said.text) or _POINTING.search(text):
        return ""
    signs = (LEAVING_OUT, LEAVING_OUT_IN_CHINESE, LEAVING_OUT_BEHIND)
    if not any(sign.search(text) for sign in signs):
        return _denied(said.earlier)
    if CHINESE.search(text):
        return f"{text}，{said.earlier}"
    asked = said.earlier[:1].lower() + said.earlier[1:] if _ASKS.match(said.earlier) else said.earlier
    return f"{text[:1].upper()}{text[1:]}, {asked}"


def _denied(earlier: str) -> str:
    """Return a question of what is so as one of what is not; "" where it cannot be told how that is put."""
    if CHINESE.search(earlier):
        return (
            _HAVING.sub(r"\1\2没有", earlier, count=1).replace("没有有", "没有")
            if _HAVING.search(earlier)
            else ""
        )
    return _ARE.sub(r"\1 not", earlier, count=1) if _ARE.match(earlier) else ""

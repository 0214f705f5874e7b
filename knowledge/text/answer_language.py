"""In which language a text asks to be answered, and what it asks: "in Chinese: who is Huainan twinned with?", 用英文说淮南和谁结对."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, NamedTuple

from knowledge.text.normalize import simplified


class Language(Enum):
    """What an answer may be asked for in."""

    CHINESE = "Chinese"
    ENGLISH = "English"


class Asked(NamedTuple):
    """What a text asks, and in which language it wants to be told; None where it does not say."""

    text: str
    language: Language | None = None


_I: Final = re.IGNORECASE
_LANGUAGE: Final = r"(?:(?:simplified|traditional) )?(?P<language>chinese|mandarin|english)"
_VERB: Final = (
    r"(?:answer|reply|respond|say|speak|explain|tell me|tell us|write)(?: (?:me|us|to me|this|that|it))?"
)
_MARKS: Final = r"[\s:：,，;；—–-]*"
_IN_CHINESE: Final = r"(?P<language>(?:[简繁]体)?[中汉]文|[汉国]语|普通话|英[文语])"
_VERB_IN_CHINESE: Final = (
    r"(?:回答|答复|回复|作答|告诉|说明|解释|说|讲)(?:我|我们)?(?:一下|下)?(?:这个问题|以下问题|下面的问题)?"
)
_BEFORE: Final = tuple(
    re.compile(pattern, _I)
    for pattern in (
        rf"\W*(?:please )?(?:(?:can|could|would|will) you )?(?:please )?{_VERB} in {_LANGUAGE}\b(?:,? please)?{_MARKS}",
        rf"\W*(?:please )?in {_LANGUAGE}(?:,? please)?\s*(?:[:：,，;—–-]\s*|(?=(?:who|what|which|when|where|why|how|is|are|does|do|list)\b))",
        rf"\W*(?:请|麻烦|能不能|可以)?你?(?:使用|用|以){_IN_CHINESE}来?(?:{_VERB_IN_CHINESE}(?!什么|怎么){_MARKS}|\s*[:：,，]\s*|(?=列|介绍|总结|概括|显示))",
        rf"\W*(?:请)?{_IN_CHINESE}(?:回答|答复|回复|作答){_MARKS}",
    )
)
_BEHIND: Final = tuple(
    re.compile(pattern, _I)
    for pattern in (
        rf"[\s,.?!;；，。？！(（—–-]+(?:please )?{_VERB} in {_LANGUAGE}(?:,? please)?[\s.!)）]*$",
        rf"(?:[,.?!;；，。？！(（—–]\s*|\s[-(（]\s*)(?:please )?in {_LANGUAGE}(?:,? please)?[\s.!?？)）]*$",
        rf"[\s,.?!;；，。？！(（]*请?(?:使用|用|以){_IN_CHINESE}来?(?:回答|答复|回复|作答|告诉我|解释|说明|说)(?:我|一下)?(?:吧|谢谢)?[\s.!。！)）]*$",
    )
)
_MOST_BEHIND: Final = 60
_LONGEST: Final = 400


def asked(text: str) -> Asked:
    """Return what a text asks without the words that say in which language; the text itself where it says none, or asks nothing
    else.
    """
    typed, text = text, simplified(text)
    if len(text) > _LONGEST:
        return Asked(typed)
    for pattern in _BEFORE:
        if (found := pattern.match(text)) and (rest := text[found.end() :].strip()):
            return Asked(rest, _named(found["language"]))
    for pattern in _BEHIND:
        found = pattern.search(text, max(1, len(text) - _MOST_BEHIND))
        if found and (rest := text[: found.start()].strip()):
            mark = next((mark for mark in found[0] if mark in "?？"), "")
            return Asked(f"{rest}{mark}", _named(found["language"]))
    return Asked(typed)


def _named(language: str) -> Language:
    return Language.ENGLISH if language.casefold() in ("english", "英文", "英语") else Language.CHINESE

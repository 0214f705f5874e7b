"""Whether words name a source that somebody else could look up, or say no more than that somebody knows."""

from __future__ import annotations

import re
from typing import Final

from handlers.curation.sources.numerals import DIGITS
from knowledge.text.length import word_count

_OWN: Final = re.compile(r"\b(?:i|ive|me|my|mine|myself|we|us|our|ourselves|you)\b|[我咱]", re.IGNORECASE)
# What reached its readers and nobody else.
_PRIVATE: Final = re.compile(
    r"\b(?:e-?mails?|mail|phone|call|calls|chats?|conversations?|messages?|dms?|whatsapp|wechat|hearsay|rumou?rs?|internal|confidential"
    r"|unpublished|personal communication|told|said|heard)\b|邮件|电话|聊天|微信|内部|听说|据说|私信",
    re.IGNORECASE,
)
# What people call what can be looked up: forms of print and record. By themselves they name none.
_KIND: Final = re.compile(
    r"\b(?:agreement|announcement|annals|archives?|article|book|bulletin|bureau|catalogue|census|chapter|circular|communiqu[eé]|contract"
    r"|daily|dataset|decision|decree|dissertation|gazette|handbook|interview|journal|law|letter|magazine|memo|memorandum|minutes"
    r"|newsletter|newspaper|notice|paper|plan|press|proceedings|programme|protocol|regulations?|report|statement|statistics"
    r"|survey|thesis|transcript|website|yearbook|white ?paper)s?\b",
    re.IGNORECASE,
)
_KIND_IN_CHINESE: Final = re.compile(
    r"[报刊志书法](?![一-鿿])|报告|论文|文章|年鉴|新闻|公报|日报|晚报|统计|纪要|文件|访谈|通知|公告|方案|规划|纲要|协议|条例|网站|官网|期刊|杂志|学报"
    r"|出版社|信函|白皮书"
)
_TITLE: Final = re.compile(r"[《“\"「『].{2,}[》”\"」』]")
_CAPITALISED: Final = re.compile(r"\b[A-Z][\w’'-]+")
_CHINESE: Final = re.compile(r"[一-鿿]+")
_LEAST_CHINESE: Final = 4
_DATED: Final = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november"
    r"|december|page|pages|pp?|volume|vol|no|number|issue|section|part)\b\.?",
    re.IGNORECASE,
)
# Words that name nothing in particular.
_ANY: Final = frozenset({"a", "an", "the", "some", "this", "that", "from", "of", "in", "on", "by", "local", "online", "see", "source", "old", "new", "my", "our"})  # fmt: skip


def is_named(text: str) -> bool:
    """Say whether `text` names what it refers to: a title, an author, a paper; not only that something was printed or heard."""
    if word_count(text) < 2 or _is_of_oneself(text):
        return False
    if _TITLE.search(text):
        return True
    if _PRIVATE.search(text):
        return False
    if chinese := "".join(_CHINESE.findall(text)):
        return bool(_KIND_IN_CHINESE.search(text)) and len(chinese) >= _LEAST_CHINESE
    bare = _KIND.sub(" ", _DATED.sub(" ", text))
    others = [word for word in re.findall(r"[^\W\d_][\w’'-]+", bare) if word.lower() not in _ANY]
    # In small letters a name tells itself only beside what is called by it: "hefei statistical yearbook".
    return bool(others) and (_KIND.search(text) is not None or bool(_CAPITALISED.search(bare)))


def _is_of_oneself(text: str) -> bool:
    """Say whether a text tells that its author knows or heard, and not where that stands."""
    is_claim = re.match(r"(?:i|we)\b|我们?(?!的)", text, re.IGNORECASE) is not None and not DIGITS.search(
        text
    )
    return is_claim or (_OWN.search(text) is not None and not _TITLE.search(text))

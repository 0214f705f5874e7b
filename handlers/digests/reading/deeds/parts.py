"""What stands around the word for several digests: those that are left out, names that come and go, and what is said of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handlers.digests.reading import names_changed, parse
from handlers.digests.reading.deeds import named
from handlers.digests.reading.when.until import tells_until
from knowledge.base import FactBase

MARKS: Final = " ,.:!?，。：！？"
POLITE_IN_CHINESE: Final = r"(?:请|麻烦|帮我|给我|把|将|先)*"
IN_CHINESE: Final = r"(?:摘要|简报|推送|订阅|日报|周报|月报)"
_BUT: Final = re.compile(
    r"[\s,，;；]*(?:\b(?:except(?:ing)?(?: for)?|but(?: not| for)?(?: (?:keep|leave|spare))?|(?:and )?(?:keep|leave|spare)(?: only)?|besides|other\s+than|apart\s+from"
    r"|excluding|without|not)\b|除了|除|不含|(?:但|但是)?(?:只)?(?:保留|留下|留着|留))\s*(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_AS_THEY_ARE: Final = re.compile(
    r"\s+(?:alone|running|going|on|as\s+(?:it|they)\s+(?:is|are))$|[号个]?(?:以外|之外|除外|不动|不变)$",
    re.IGNORECASE,
)
# "Drop Hangzhou from both", "add Ningbo to all of them".
_OF_NAMES: Final = re.compile(
    r"(?:(?:please|pls|now|just|then|and|can\s+you|could\s+you|would\s+you|let's)\s+)*(?:(?P<adds>add|put|include)|take|drop|remove|delete|cut)\s+(?P<what>\S.*?)\s+(?:(?(adds)(?:to|into|in)|(?:out\s+of|off|from)))\s*",
    re.IGNORECASE,
)
_WITHIN_ONE: Final = re.compile(r"\s(?:from|in|of|out\s+of)\s+(?:digest\s+)?#?[0-9]+\W*$", re.IGNORECASE)
_POLITE: Final = re.compile(r"^(?:(?:please|pls|now|just|can\s+you|could\s+you)\s+)+", re.IGNORECASE)
_LAST_LINK: Final = re.compile(r"\s+(?:to|into|in|from|of|for|on)\s*$", re.IGNORECASE)
_INTO_IN_CHINESE: Final = re.compile(r"(?:请|麻烦|帮我|把|将)*(?P<what>.+?)(?:加到|加入到?|添加到|放进)")
_CHANGE_IN_CHINESE: Final = re.compile(r"改|换|调|设|推迟|提前|移")
_VERBS_IN_CHINESE: Final = {
    **dict.fromkeys(("暂停", "暂缓", "暂时停止", "暂时停", "先停"), "pause"),
    **dict.fromkeys(("恢复", "重新开启", "继续"), "resume"),
    "取消跳过": "unskip",
    "跳过": "skip",
    "重新开始": "restart",
    **dict.fromkeys(
        (
            "停止",
            "停掉",
            "停发",
            "停",
            "退订",
            "取消订阅",
            "取消",
            "结束",
            "终止",
            "删除",
            "删掉",
            "关掉",
            "关闭",
        ),
        "unsubscribe",
    ),
}
VERB_IN_CHINESE: Final = "|".join(sorted(_VERBS_IN_CHINESE, key=len, reverse=True))
_DEED_IN_CHINESE: Final = re.compile(
    rf"{POLITE_IN_CHINESE}(?:全都|都|全部|一律|统统|全)?{POLITE_IN_CHINESE}(?P<verb>{VERB_IN_CHINESE})[掉了]?(?:的?{IN_CHINESE})?(?P<rest>.*?)(?:吧|了|啦|谢谢|一下)*"
)


def but(base: FactBase, text: str) -> tuple[str, tuple[named.One, ...], str]:
    """Return what follows the word for several without the digests that it leaves out, those, and what names none of them."""
    found = _BUT.search(text)
    if found is None:
        return text, (), ""
    if _WITHIN_ONE.search(found["rest"]):
        # "Everything but ports from 4" is of the names of one digest, and not of digests.
        return text, (), found["rest"]
    words = _AS_THEY_ARE.sub("", found["rest"].strip(MARKS)).split()
    for count in range(len(words), 0, -1):
        head, rest = " ".join(words[:count]).strip(MARKS), " ".join(words[count:])
        if ones := named.ones(base, head):
            return f"{text[: found.start()]} {rest}".rstrip(), ones, ""
    return text, (), found["rest"]


def without_exception(text: str) -> str:
    """Return a text without what is to be left out."""
    return _BUT.sub("", text)


def change(base: FactBase, before: str, after: str) -> str:
    """Return the change of names that is said of them, before the word for them or behind it; "" where none is."""
    head, tail = before.strip(MARKS), re.sub("^[里中]?面?的?[都全]*", "", after.strip(MARKS))
    if tail and (not head or re.fullmatch(f"{POLITE_IN_CHINESE}[从在]?|(?:please )?(?:in|from|for)", head)):
        said = names_changed.as_change(base, tail)
        return said if parse.changes_names(said) else ""
    if tail:
        return ""
    if found := _OF_NAMES.fullmatch(before):
        return f"{'add' if found['adds'] else 'drop'} {found['what']}"
    if found := _INTO_IN_CHINESE.fullmatch(head):
        return f"add {found['what']}"
    link = _LAST_LINK.search(before)
    said = _POLITE.sub("", before[: link.start()]) if link else ""
    changed = names_changed.as_change(base, said) if said else ""
    return changed if parse.changes_names(changed) else ""


def deed_in_chinese(text: str) -> tuple[str, str] | None:
    """Return the verb that a Chinese text begins with, and what is said to each behind it; None where it begins with none."""
    found = _DEED_IN_CHINESE.fullmatch(text.strip(MARKS))
    if found is None:
        return None
    verb, rest = _VERBS_IN_CHINESE[found["verb"]], found["rest"].strip(MARKS)
    # What stops for a week, or for a little, is not ended.
    is_for_a_while = "停一" in text or bool(rest and tells_until(rest))
    return ("pause" if verb == "unsubscribe" and is_for_a_while else verb), rest


def of_one(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield how the same is said of one digest: the verb, "" where that is still to be read, and the text."""
    if before.isascii() and before:
        yield "", f"{before.rstrip()} it {after.strip()}".strip()
        return
    rest = f"{before.rstrip()} {after.strip()}".strip()
    if deed := deed_in_chinese(f"{before.strip()}{after.strip()}"):
        yield deed
        return
    bare = re.sub(r"^(?:请|麻烦|帮我|把|将|摘要|第)+|^[都全部]+", "", rest).strip()
    if _CHANGE_IN_CHINESE.match(bare):
        yield "", f"摘要{bare}"
    yield "", f"{bare}摘要"
    yield "", bare

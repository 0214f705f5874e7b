"""What is asked of digests as they stand: "is ports paused?", "how often do ports come?", "what am I following?", 港口的摘要多久来一次."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from handlers.command import Reading
from handlers.digests.reading import which
from handlers.subscription import Subscription
from handlers.target import Target
from knowledge.base import FactBase

_MARKS: Final = " ,.:!?，。：！？"
_LONGEST: Final = 120
_IS: Final = r"(?:is|are)"
_STATE: Final = r"(?:paused|on hold|muted|stopped|skipped|running|still (?:on|running|coming|active|there)|switched (?:on|off)|turned (?:on|off)|ended)"
_COMES: Final = r"(?:come|comes|coming|run|runs|post|posts|posted|appear|appears|arrive|arrives|due|sent|published|go out)"
_END: Final = r"(?: (?:out|next|again|up|in|here|now|today|this week|at the moment|right now|posted|sent))*"
_ABOUT: Final = (
    r"(?:subscribed to|following|signed up (?:for|to)|getting|follow|get|have|receive|subscribe to)"
)
_OF_SOME: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_IS} (?P<on>.+?) (?:still |currently |now |being )?{_STATE}{_END}(?: or not)?",
        rf"(?:how often|how frequently|how regularly) (?:is|are|do|does|will) (?P<on>.+?) (?:be )?{_COMES}{_END}",
        r"how (?:frequent|regular) (?:is|are) (?P<on>.+)",
        rf"(?:when|(?:at |on )?(?:what|which) (?:time|day|days)) (?:is|are|do|does|will) (?P<on>.+?) (?:be )?{_COMES}{_END}",
        rf"(?:am i|are we|is this channel|is anybody|do i|do we|does this channel) (?:already |still )?{_ABOUT} (?P<on>.+)",
        r"(?:what|which) digests? (?:is|are|comes?|is there|are there) (?:on|about|for|with) (?P<on>.+)",
        r"who (?:set up|made|owns|runs|started|created) (?P<on>.+)",
        r"(?:does|do|will) (?P<on>.+? digests?) (?:still )?(?:come|run)(?: .+)?",
        r"(?:how|in what state) (?:is|are|does|do) (?P<on>.+? digests?|digest #?[0-9]+)(?: (?:doing|stand|standing|set|set up))?",
        r"(?P<on>.+?)的?(?:摘要|简报|推送|订阅)?(?:是)?(?:多久|隔多久|多长时间|多少天|几天)(?:来|发|推送|更新|出|发布|推)(?:一次|一回)?",
        r"(?P<on>.+?)的?(?:摘要|简报|推送|订阅)?(?:现在|目前)?(?:是不是|是否|有没有|已经|还在)?(?:被)?(?:暂停|停|停掉|运行|跳过)(?:了|着|中)?(?:吗|没有|没|么)",
        r"(?P<on>.+?)的?(?:摘要|简报|推送|订阅)(?:在|是)?(?:什么时候|何时|哪天|几点|周几|星期几)(?:会)?(?:来|发|推送|更新|出|发布|推)?",
        r"(?:我们?|这个频道|这里)(?:是不是|是否|有没有)?(?:关注|订阅|跟踪)(?:了|着)?(?P<on>.+?)(?:吗|没有|没|么)",
    )
)
_OF_ALL: Final = re.compile(
    r"(?:what|which (?:topics|places|names|things)) (?:am i|are we|is this channel|do i|do we|have i|have we|does this channel) (?:currently |now )?(?:follow(?:ing|ed)?|subscribed?(?: to)?|signed up (?:for|to))"
    r"(?: (?:here|now|at the moment|to|in this channel))*"
    r"|how many (?:digests|subscriptions)(?: (?:do|have|are|am|is|did|i|we|there|here|mine|ours|set|up|running|run|in|this|channel|got|get|following|to|subscribed|now|paused|does))*"
    r"|(?:what|which)(?: of)?(?: my| our| the)? (?:digests?|subscriptions?) (?:is|are)(?:n['’]?t)? (?:not )?(?:currently |now )?(?:paused|running|on hold|skipped|active|muted)(?: now)?"
    r"|(?:is|are) (?:anything|something|any (?:digests?|of (?:them|my digests|the digests))) (?:paused|on hold|skipped|muted)(?: now| here)?"
    r"|(?:我们?|这个频道|这里)(?:现在|目前)?(?:在|都)?(?:关注|订阅|跟踪)(?:了|着)?(?:什么|哪些|啥).{0,4}"
    r"|(?:我们?|这个频道|这里)?(?:现在|目前|一共|总共)?有?(?:几个|多少个?)(?:摘要|简报|订阅)|(?:哪个|哪些)(?:摘要|简报|订阅)(?:没有?|未|还没有?)?(?:被)?(?:暂停|停)了?",
    re.IGNORECASE,
)
_DIGEST: Final = re.compile(r"\b(?:digests?|subscriptions?|newsletters?)\b|摘要|简报|订阅", re.IGNORECASE)
_AROUND: Final = re.compile(
    r"\b(?:the|my|our|this|a|next|digests?|subscriptions?|newsletters?|posts?|updates?|on|about|for|up)\b|的?(?:摘要|简报|推送|订阅)|^我们?的|第|号$|#",
    re.IGNORECASE,
)


def read(base: FactBase, text: str, among: Callable[[], Sequence[Subscription]]) -> Reading | None:
    """Return what a question asks of digests: those of a number, of names that some `among` these are on, or all; None for a
    question that is of none.
    """
    said = _plain(text)
    if len(said) > _LONGEST:
        return None
    if _OF_ALL.fullmatch(said):
        return Reading("list")
    ways = (found["on"] for pattern in _OF_SOME if (found := pattern.fullmatch(said)))
    return next((one for on in ways if (one := _of(base, said, on, among))), None)


def speaks_of_digests(text: str) -> bool:
    """Say whether a question has the word for a digest in it, or asks what somebody follows."""
    said = _plain(text)
    return _DIGEST.search(said) is not None or _OF_ALL.fullmatch(said) is not None


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).strip(_MARKS)


def _of(base: FactBase, said: str, on: str, among: Callable[[], Sequence[Subscription]]) -> Reading | None:
    names = " ".join(_AROUND.sub(" ", on).split()).strip(_MARKS)
    if names.isdecimal() and names.isascii() and _DIGEST.search(said):
        return Reading("next", "", Target(id=names))
    if not names or names.lower() in ("it", "that", "this"):
        return Reading("next") if _DIGEST.search(said) or (names and among()) else None
    slugs = which.slugs_of(base, names)
    if not slugs:
        return None
    is_followed = bool(which.fitting(base, among(), slugs))
    return Reading("next", "", Target.of(slugs)) if is_followed or _DIGEST.search(on) else None

"""What is asked of digests as they stand: "is ports paused?", "which are skipped?", "how often do ports come?", 2号暂停了吗."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Final

from handlers.command import Reading
from handlers.digests.reading import which
from handlers.digests.reading.deeds import named
from handlers.subscription import Subscription
from handlers.target import Target
from knowledge.base import FactBase

_MARKS: Final = " ,.:!?，。：！？"
_LONGEST: Final = 120
_SEVERAL: Final = 2
STANDS: Final = "stands"
"""The verb that says whether digests are held, skipped, ended or running."""
_IS: Final = r"(?:is|are)"
_WORDS: Final = MappingProxyType(
    {
        "paused": "paused|on hold|held(?: back)?|muted|suspended|snoozed",
        "skipped": "skipped|left out",
        "stopped": "stopped|ended|cancelled|canceled|discontinued|deleted|(?:switched|turned|shut) (?:off|down)|off",
        "running": "running|active|alive|still (?:on|running|coming|active|there|going)|(?:switched|turned) on",
    }
)
_DONE: Final = MappingProxyType({"pause": "paused", "mute": "paused", "skip": "skipped"})
_STATE: Final = f"(?P<state>{'|'.join(_WORDS.values())})"
_IN_CHINESE: Final = MappingProxyType(
    {
        "暂停": "paused",
        "暂缓": "paused",
        "跳过": "skipped",
        "运行": "running",
        "在发": "running",
        "发着": "running",
    }
)
_COMES: Final = r"(?:come|comes|coming|run|runs|post|posts|posted|appear|appears|arrive|arrives|due|sent|published|go out)"
_END: Final = (
    r"(?: (?:out|next|again|up|in|here|now|today|this week|at the moment|right now|already|posted|sent|yet))*"
)
_ABOUT: Final = (
    r"(?:subscribed to|following|signed up (?:for|to)|getting|follow|get|have|receive|subscribe to)"
)
_NOUN: Final = r"(?:摘要|简报|推送|订阅)"
_STOPPED: Final = r"(?P<state>暂停|暂缓|停掉|停止|停|结束|退订|取消|删除|跳过|运行|在发|发着)"
_OF_STATE: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:(?:so|and|ok|hey|tell me(?: if)?|do you know (?:if|whether)|(?:until|till) when|since when|(?:for )?how (?:much )?long(?:er)?),? )?(?:is|are|was|were|has|have|did|isn't|aren't|hasn't) (?P<on>.+?)"
        rf" (?:still |currently |now |already |all |both |(?:being|been|get|got|gotten) )*{_STATE}{_END}(?: or not)?",
        rf"(?:what|which)(?: of)?(?: my| our| the| these)?(?: (?:digests?|subscriptions?|ones?))? (?:is|are|was|were|has been|have been) (?:currently |now )?{_STATE}{_END}",
        rf"(?:did|has|have) (?:you|they|we|i|some(?:body|one)|any(?:body|one)|who) (?:already |just )?(?P<state>paused?|mute|muted|skip|skipped|stop|stopped|end|ended|cancel|cancelled|delete|deleted) (?P<on>.+?){_END}",
        rf"(?P<on>.*?)的?{_NOUN}?(?:现在|目前|都|全都|全部)*(?:是不是|是否|有没有|还在)(?:已经|都|全都|全部)*(?:被)?{_STOPPED}(?:了|着|中)*(?:吗|没有|没|么|呢)?",
        rf"(?P<on>.*?)的?{_NOUN}?(?:现在|目前|已经|还|都|全都|全部)*(?:被)?{_STOPPED}(?:了|着|中)*(?:吗|没有|没|么)",
        rf"(?P<on>.*?)的?{_NOUN}?(?:现在|目前|已经|还|要|会|都)*(?:被)?{_STOPPED}(?:了|着)*(?:到|至)?(?:什么时候|何时|哪一?天|几号|多久|多长时间)(?:了|呢)?",
        rf"(?:我的|我们的|这里的)?(?:哪个|哪些|哪几个)(?:{_NOUN})?(?:现在|目前|已经)*(?:被)?{_STOPPED}(?:了|着|中)*(?:呢)?",
    )
)
_WHICH: Final = re.compile(r"^(?:what|which)\b|哪", re.IGNORECASE)
_ALL: Final = re.compile(
    r"(?:(?:all|both|every(?:thing|\s+one)?|each(?: one)?|they|these|them)(?: of (?:them|these|mine|ours))?|全部|全都|都|所有|每个)*(?:都|全|的)*",
    re.IGNORECASE,
)
_ANY: Final = re.compile(
    r"(?:anything|something|any(?: one)?(?: of(?: them| these| mine| ours)?)?|one)", re.IGNORECASE
)
_OF_SOME: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:how often|how frequently|how regularly) (?:is|are|do|does|will) (?P<on>.+?) (?:be )?{_COMES}{_END}",
        r"how (?:frequent|regular) (?:is|are) (?P<on>.+)",
        rf"(?:when|(?:at |on )?(?:what|which) (?:time|day|days)) (?:is|are|do|does|will) (?P<on>.+?) (?:be )?{_COMES}{_END}",
        rf"(?:am i|are we|is this channel|is anybody|do i|do we|does this channel) (?:already |still )?{_ABOUT} (?P<on>.+)",
        r"(?:what|which) digests? (?:is|are|comes?|is there|are there) (?:on|about|for|with) (?P<on>.+)",
        r"who (?:set up|made|owns|runs|started|created) (?P<on>.+)",
        r"(?:does|do|will) (?P<on>.+? digests?) (?:still )?(?:come|run)(?: .+)?",
        r"(?:how|in what state) (?:is|are|does|do) (?P<on>.+? digests?|digest #?[0-9]+)(?: (?:doing|stand|standing|set|set up))?",
        r"(?:(?:what(?:'s| is)|tell me|show me) )?(?:the )?(?:current )?(?:status|state) of (?P<on>.+? digests?|(?:the |my )?digest .+|#?[0-9]+)",
        r"(?P<on>.+?)的?(?:摘要|简报|推送|订阅)?(?:是)?(?:多久|隔多久|多长时间|多少天|几天)(?:来|发|推送|更新|出|发布|推)(?:一次|一回)?",
        r"(?P<on>.+?)的?(?:摘要|简报|推送|订阅)(?:在|是)?(?:什么时候|何时|哪天|几点|周几|星期几)(?:会)?(?:来|发|推送|更新|出|发布|推)?",
        r"(?P<on>.+?)的?(?:摘要|简报|推送|订阅)?(?:的)?(?:状态|情况)(?:如何|怎么样|怎样|是什么)?",
        r"(?:我们?|这个频道|这里)(?:是不是|是否|有没有)?(?:关注|订阅|跟踪)(?:了|着)?(?P<on>.+?)(?:吗|没有|没|么)",
    )
)
_OF_ALL: Final = re.compile(
    r"(?:what|which (?:topics|places|names|things)) (?:am i|are we|is this channel|do i|do we|have i|have we|does this channel) (?:currently |now )?(?:follow(?:ing|ed)?|subscribed?(?: to)?|signed up (?:for|to))"
    r"(?: (?:here|now|at the moment|to|in this channel))*"
    r"|how many (?:digests|subscriptions)(?: (?:do|have|are|am|is|did|i|we|there|here|mine|ours|set|up|in|this|channel|got|get|following|to|subscribed|now|does))*"
    r"|(?:我们?|这个频道|这里)(?:现在|目前)?(?:在|都)?(?:关注|订阅|跟踪)(?:了|着)?(?:什么|哪些|啥).{0,4}"
    r"|(?:我们?|这个频道|这里)?(?:现在|目前|一共|总共)?有?(?:几个|多少个?)(?:摘要|简报|订阅)",
    re.IGNORECASE,
)
_MANY: Final = re.compile(rf"how many (?:digests|subscriptions|of (?:my|the|our) digests) (?:are|have been) (?:currently |now )?{_STATE}{_END}", re.IGNORECASE)  # fmt: skip
_MANY_IN_CHINESE: Final = re.compile(
    rf"(?:我们?的?|这里|这个频道)?(?:现在|目前)?有?(?:几个|多少个?){_NOUN}(?:现在|目前|已经|被|是)*{_STOPPED}(?:了|着|中|的)*(?:呢)?"
)
_DIGEST: Final = re.compile(r"\b(?:digests?|subscriptions?|newsletters?)\b|摘要|简报|订阅", re.IGNORECASE)
_OWN: Final = re.compile(r"^(?:我们?|咱们|这里|这个频道)$")
_NUMBERED: Final = re.compile(r"第?#?[0-9]{1,6}[号个]|#[0-9]{1,6}")
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
    if found_state := of_state(base, text, among):
        return found_state
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


def _state(word: str) -> str:
    low = word.lower()
    found = next((state for state, words in _WORDS.items() if re.fullmatch(words, low)), _DONE.get(low, ""))
    return found or _IN_CHINESE.get(low, "stopped")


def of_state(base: FactBase, text: str, among: Callable[[], Sequence[Subscription]]) -> Reading | None:
    """Return the reading of what asks whether digests are held, skipped, ended or running; None where it asks no such thing."""
    said = _plain(text)
    if len(said) > _LONGEST:
        return None
    if many := _MANY.fullmatch(said) or _MANY_IN_CHINESE.fullmatch(said):
        return Reading(STANDS, f"{_state(many['state'])} which")
    for pattern in _OF_STATE:
        found = pattern.fullmatch(said)
        if found is None:
            continue
        state = _state(found["state"])
        on = found.groupdict().get("on") or ""
        is_meant = _DIGEST.search(said) is not None or _NUMBERED.search(on) is not None
        if _WHICH.search(said) and not on:
            return Reading(STANDS, f"{state} which") if is_meant or among() else None
        names = _OWN.sub("", " ".join(_AROUND.sub(" ", on).split()).strip(_MARKS))
        if _ANY.fullmatch(names):
            return Reading(STANDS, f"{state} any") if is_meant or among() else None
        if names.lower() in ("it", "that", "this", "") and (names or said.isascii() or on):
            return Reading(STANDS, f"{state} any") if is_meant or (names and among()) else None
        if _ALL.fullmatch(names):
            return Reading(STANDS, f"{state} all") if is_meant or among() else None
        if one := _of_these(base, state, on, names, is_meant=is_meant, among=among):
            return one
    return None


def _of_these(
    base: FactBase,
    state: str,
    on: str,
    names: str,
    *,
    is_meant: bool,
    among: Callable[[], Sequence[Subscription]],
) -> Reading | None:
    """Return of which digests it is asked by their numbers or by what they are on."""
    if numbers := tuple(one.said for one in named.numbered(names)):
        is_there = is_meant or any(kept.id in numbers for kept in among())
        if len(numbers) == 1:
            return Reading(STANDS, f"{state} one", Target(id=numbers[0])) if is_there else None
        return Reading(STANDS, f"{state} all {','.join(numbers)}") if is_there else None
    slugs = which.slugs_of(base, names)
    is_followed = bool(slugs) and bool(which.fitting(base, among(), slugs))
    if not is_followed and (each := _of_each(base, names, among())):
        return Reading(STANDS, f"{state} all {','.join(each)}")
    is_said = is_followed or (bool(slugs) and _DIGEST.search(on) is not None)
    return Reading(STANDS, f"{state} any", Target.of(slugs)) if is_said else None


def _of_each(base: FactBase, names: str, among: Sequence[Subscription]) -> tuple[str, ...]:
    """Return the numbers of the digests that several names and numbers stand for: "ports and talent"; none where one has no digest."""
    each = [
        which.fitting(base, among, one.slugs)
        if one.slugs
        else [kept for kept in among if kept.id == one.said]
        for one in named.ones(base, names)
    ]
    if len(each) < _SEVERAL or not all(each):
        return ()
    return tuple(dict.fromkeys(kept.id for fitting in each for kept in fitting))


def _of(base: FactBase, said: str, on: str, among: Callable[[], Sequence[Subscription]]) -> Reading | None:
    names = " ".join(_AROUND.sub(" ", on).split()).strip(_MARKS)
    if names.isdecimal() and names.isascii() and (_DIGEST.search(said) or _is_there(names, among)):
        return Reading("next", "", Target(id=names))
    if not names or names.lower() in ("it", "that", "this"):
        return Reading("next") if _DIGEST.search(said) or (names and among()) else None
    slugs = which.slugs_of(base, names)
    if not slugs:
        return None
    is_followed = bool(which.fitting(base, among(), slugs))
    return Reading("next", "", Target.of(slugs)) if is_followed or _DIGEST.search(on) else None


def _is_there(number: str, among: Callable[[], Sequence[Subscription]]) -> bool:
    return any(kept.id == number for kept in among())

"""What people say to have no more of a digest, or none for a while: "no more ports", "turn ports off", 不要再发港口了."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from handlers.command import Reading
from handlers.digests.reading import which, wishes
from knowledge.base import FactBase

Stop = Literal["unsubscribe", "pause"]
_MARKS: Final = " ,.:;!?，。：；！？、"
_POLITE: Final = (
    r"(?:(?:please|pls|ok|okay|hey|now|just|let'?s|(?:can|could|would|will) (?:you|we)|(?:i|we)(?:'d| would)? (?:like|want|wish) (?:you )?to"
    r"|how (?:do|can) (?:i|we)|how to)\s+)*"
)
_TO_SEND: Final = r"(?:send|post|e-?mail|mail|message|notify|give|tell|show|remind|bother|spam|update|follow|publish|deliver)"
_NOT: Final = r"(?:do not|don'?t|never|no longer|not)"
_ENDING: Final = (
    r"stop|quit|cease|kill|cancel|end|drop|delete|remove|discontinue|terminate|disable|deactivate|scrap|ditch|unsub(?:scribe)?|unfollow"
    r"|get rid of|do away with|(?:turn|switch|shut) (?:off|down)|(?:(?:i'?m|i am|we'?re|we are) )?(?:done|finished|through|fed up|sick|tired) (?:with|of)"
    r"|(?:(?:i|we)(?:'ve| have)? had )?enough(?: of| with)?|shut up about|silence|(?:(?:i'?m|i am|we'?re|we are) )?(?:not|no longer) interested in"
)
_REFUSING: Final = (
    rf"no more|no|{_NOT} {_TO_SEND}|(?:i|we|you) (?:{_NOT} (?:want|need|wish|care|like)|{_NOT} (?:have|need) to {_TO_SEND})"
    rf"(?: for| about| you to {_TO_SEND}| to (?:get|see|have|receive|read|follow|hear)(?: about| of| from)?)?|{_NOT}"
)
_HOLDING: Final = r"pause|mute|snooze|hold(?: off| back)?|suspend|put (?:on hold|off)"
_AROUND: Final = (
    r"(?:\s+(?:sending|posting|following|mailing|e-?mailing|giving|showing|telling|notifying|receiving|getting|subscribing|subscription|the|my|our|this"
    r"|that|these|those|any|all|more|me|us|here|of|on|about|with|from|to|for))*"
)
_BEHIND: Final = (
    r"(?:\s+(?:any ?more|any longer|no more|no longer|please|now|here|thanks|thank you|to me|to us|for me|for us|off|down|out|on hold|again|ever"
    r"|digests?|posts?|updates?|news|subscriptions?))*"
)
_ANYMORE: Final = r"(?:any ?more|any longer|no more|no longer)"
_IN_ENGLISH: Final[tuple[tuple[str, Stop], ...]] = (
    (rf"{_POLITE}(?:put|place)\s+(?P<what>.+?)\s+on hold{_BEHIND}", "pause"),
    (rf"{_POLITE}(?:{_HOLDING}){_AROUND}(?:\s+(?P<what>.+?))?{_BEHIND}", "pause"),
    (rf"{_POLITE}(?:(?:turn|switch|shut|take)\s+)?(?P<what>.+?)\s+(?:off|down){_BEHIND}", "unsubscribe"),
    (rf"{_POLITE}(?:{_ENDING}|{_REFUSING}){_AROUND}(?:\s+(?P<what>.+?))?{_BEHIND}", "unsubscribe"),
    (rf"(?P<what>.+?)(?:\s+{_ANYMORE}|[:,]\s*stop){_BEHIND}", "unsubscribe"),
)
_ASKING: Final = r"(?:请|麻烦|你|您|我们|我|大家|帮忙|帮|可以|能不能|能|以后|现在|先|就|想|要)*"
_SENDING: Final = r"(?:给我们|给我|向我|对我|发送|推送|发布|发|推|订阅|关注|看到|看|收到|收|接收|通知|提醒|提供|要|我们|我|关于|有关|任何|的)*"
_NEVER: Final = r"(?:不要|不想|不用|不需要|不必|不再|不|别|勿|甭)(?:再|想)*"
_END_IN_CHINESE: Final = r"(?:停止|停掉|停发|停了|停|取消|关掉|关闭|退订|结束|终止|删除|删掉|去掉|移除|屏蔽)"
_NOUN: Final = r"(?:的?(?:摘要|简报|推送|订阅|动态|消息|更新|新闻|信息|日报|周报|月报))?"
_PARTICLES: Final = r"(?:了|啦|吧|吗|嘛|谢谢|多谢|一下)*"
_IN_CHINESE: Final[tuple[tuple[str, Stop], ...]] = (
    (
        rf"{_ASKING}(?:暂停|暂缓|暂时停止|暂时停|暂时{_NEVER}){_SENDING}\s*(?P<what>.*?){_NOUN}{_PARTICLES}",
        "pause",
    ),
    (rf"{_ASKING}[把将](?P<what>.+?){_NOUN}(?:暂停|先停){_PARTICLES}", "pause"),
    (rf"{_ASKING}(?:{_NEVER}|{_END_IN_CHINESE}){_SENDING}\s*(?P<what>.*?){_NOUN}{_PARTICLES}", "unsubscribe"),
    (
        rf"{_ASKING}[把将]?(?P<what>.+?){_NOUN}(?:都|就)?(?:{_END_IN_CHINESE}|{_NEVER}{_SENDING}){_PARTICLES}",
        "unsubscribe",
    ),
)
_WAYS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), stop) for pattern, stop in (*_IN_ENGLISH, *_IN_CHINESE)
)
# What is to be left undone: of a skip that the run comes, of a pause that the digest does.
_LEFT_UNDONE: Final = re.compile(
    rf"(?:{_POLITE}{_NOT}\s+(?P<verb>skip|pause|mute|hold|stop|end|cancel|delete|remove|unsubscribe|unfollow)\b|{_NEVER}(?P<zh>跳过|暂停|停止?|退订|取消))(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_INSTEAD: Final = {
    **dict.fromkeys(("skip", "跳过"), "unskip"),
    **dict.fromkeys(("pause", "mute", "hold", "暂停"), "resume"),
}
_DENIED: Final = re.compile(
    r"\b(?:not|never|no|nobody|no one|nothing|none|without|stop|quit|enough|off|hate|sick of|tired of|fed up|too much|shut up|any ?more|any longer|no longer)\b"
    r"|n't\b|[不别没勿停甭]",
    re.IGNORECASE,
)
# A question that is polite, and options that say what is left out.
_NO_DENIAL: Final = re.compile(
    r"\b(?:(?:ca|could|wo|would)n't (?:you|we|i)|why (?:don't|not)|(?:do not|don't) forget(?: to)?|no later than|if not|or not)\b"
    r"|能不能|可不可以|要不要|行不行|好不好|是不是|不错",
    re.IGNORECASE,
)
_LEFT_OUT: Final = re.compile(
    r"holiday|empty|quiet|nothing|weekend|(?:sun|mon|tues|wednes|thurs|fri|satur)day|\b(?:mon|tues?|wed|thurs?|fri|sat|sun)\b|other regions|假|节|周末",
    re.IGNORECASE,
)
_ORDINAL: Final = re.compile(r"第?\s*#?([0-9]{1,6})\s*(?:号|个)?")
_LONGEST: Final = 100
# Said of a name alone these may speak of anything.
_WEAK: Final = re.compile(r"(?:no|not|without|enough|不)(?:\s|(?=[一-鿿]))", re.IGNORECASE)
_PLAIN_NEVER: Final = re.compile(
    r".*(?:any ?more|any longer|no more|no longer|(?:不要|不用|不想|不必|不需要|不再))", re.IGNORECASE
)


def read(base: FactBase, text: str) -> Reading | None:
    """Return that what a text names is to be ended or held, where it names a digest or what one may follow, or neither that
    nor anything else; None where it says nothing of that kind.
    """
    if wishes.wish(base, text):
        # "Ports daily, weekends off" is a wish.
        return None
    if undone := _LEFT_UNDONE.fullmatch(_plain(text)):
        verb = _INSTEAD.get((undone["verb"] or undone["zh"]).lower())
        return which.read(base, verb, undone["rest"].strip(_MARKS)) if verb else Reading("list")
    first = None
    for stop, what in ways(text):
        found = which.read(base, stop, what)
        if found.target or not what:
            return found
        first = first or Reading(stop, found.argument)
    return first


def is_plain(text: str) -> bool:
    """Say whether a text speaks of digests also where nothing else does: "no ports" may be part of anything."""
    said = _plain(text)
    return not _WEAK.match(said) or _PLAIN_NEVER.match(said) is not None


def denies(text: str) -> bool:
    """Say whether a text says that something is not to be: who says that wants no digest. Days and holidays that are left out
    are no denial.
    """
    said = _NO_DENIAL.sub(" ", _plain(text))
    return _DENIED.search(said) is not None and _LEFT_OUT.search(said) is None


def ways(text: str) -> Iterator[tuple[Stop, str]]:
    """Yield how a text may say that something is to end or to be held, and what."""
    said = _plain(_NO_DENIAL.sub(" ", _plain(text)))
    if len(said) > _LONGEST:
        return
    for pattern, stop in _WAYS:
        if found := pattern.fullmatch(said):
            what = (found["what"] or "").strip(_MARKS)
            numbered = _ORDINAL.fullmatch(what)
            yield stop, numbered[1] if numbered else what


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).strip(_MARKS)

"""What people ask of digests in a sentence that begins with no verb of theirs: which there are, what comes next, how long the facts last."""

from __future__ import annotations

import re
from typing import Final

from handlers.command import Reading
from handlers.digests.reading import known, which
from handlers.target import Target
from knowledge.base import FactBase

_MARKS: Final = " ,.:!?，。：！？"
_DIGEST: Final = (
    r"(?:(?:the|my|our|this|a) )?(?:(?:next|coming|upcoming) )?(?:digests?|posts?|runs?|ones?|it)?"
)
_NEXT: Final = re.compile(
    rf"(?:(?:so )?(?:what|which|when)(?:'?s| is| are| comes?| will(?: be)?| does| do)?(?: the)?(?: digest| post| run| one)? (?:next|coming|upcoming|due)\b.*"
    rf"|when (?:is|are|does|do|will|comes?) {_DIGEST}(?: (?:come|be|due|posted|out|again|next|be posted))*"
    r"|(?:when|what time|(?:on )?(?:what|which) day) (?:is|are|does|do|will|comes?) .+? (?:come|comes|coming|due|posted|post|run|out)(?: (?:out|be|next|again|back|up))*"
    r"|(?:when|what time) (?:is|are|does|do|will|comes?) (?:the |my |our )?next .+"
    r"|(?:what|which|when) (?:is|are) (?:the )?next (?:digests?|posts?|runs?|ones?)(?: (?:on|of|about|for) (?P<on>.+))?"
    r"|.*(?:下一?(?:次|期|条|个)|接下来).*)",
    re.IGNORECASE,
)
_COMES_NEXT: Final = re.compile(
    r"(?:when|what time|(?:on )?(?:what|which) day) (?:is|are|does|do|will|comes?) .+? (?:come|comes|coming|due|posted|post|sent|out)(?: (?:out|be|back|up|in))*"
    r" (?:next|again)|when (?:is|are|comes|come) (?:the )?next (?:post|run|one)s? (?:on|of|about|for) .+"
    r"|when (?:is|are) .+ (?:due|next)"
    r"|.+(?:的)?(?:下一?(?:次|期)(?:推送|摘要|简报)?)(?:是|在)?(?:什么时候|何时|哪天|几号|几点)(?:呢|来|发)*",
    re.IGNORECASE,
)
_BARE_NEXT: Final = re.compile(
    r"(?:(?:and|so|ok|okay) )?(?:next|(?:what|when)(?:'?s| is| are| comes?| will(?: be)?)?(?: coming| up)? next"
    r"|what(?:'?s| is) (?:coming(?: up)?|planned|to come|due)|coming up"
    r"|when(?:'?s| is| does| will| comes?)(?: the)? (?:next|coming)(?: (?:one|post|run|ones|posts|runs|time))?(?: (?:come|due|be|out|posted))*"
    r"|when (?:does|will) (?:it|they|that) (?:come|post|run|be posted)(?: (?:next|again|out))*"
    r"|(?:那|那么)?(?:下一?(?:次|期|条|个|篇)|接下来)(?:的?(?:推送|摘要|简报))?(?:呢|是|在)*(?:什么时候|何时|哪天|什么|几号|几点)?(?:呢|来|发)?)",
    re.IGNORECASE,
)
_LASTING: Final = re.compile(
    r"(?:(?:for )?how (?:long|many (?:days|weeks|months|posts|digests|runs|facts))\b.*|.*(?:多久|多少(?:天|周|期|次|条)|几(?:天|周|期)).*)",
    re.IGNORECASE,
)
_LISTED: Final = re.compile(
    r"(?:what|which)(?: (?:are|of))?(?: the| my| our)? (?:digests?|subscriptions?)(?: (?:do|have|are|did|is|am|were|there|here|mine|ours|set|up|running|run|in|this"
    r"|channel|i|we|you|to|get|got|subscribed|follow|following|planned|now))*"
    r"|(?:do|have|am|are) (?:i|we|there|you)(?: (?:have|got|get|a|any|some|subscribed|to|following|running|the|my|our))* (?:digests?|subscriptions?)"
    r"(?: (?:here|in this channel|for me|set up|running|now))*|what (?:am i|are we|have i|have we|do i|do we) (?:subscribed?|following|follow)(?: to)?"
    r"|.{0,6}(?:哪些|什么|几个|多少个?).{0,3}(?:摘要|简报|订阅).{0,3}|.{0,6}订阅了(?:哪些|什么).{0,4}|(?:我的|列出|查看)(?:我的|所有|全部)?(?:摘要|简报|订阅)",
    re.IGNORECASE,
)
"""Which digests there are."""
_IT: Final = re.compile(r"\b(?:it|this|they)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?<!\w)#?([0-9]{1,6})(?!\w)")


def asks_next(text: str) -> bool:
    """Say whether a text asks what comes next, and of nothing by name: of digests, where those are spoken of."""
    return _BARE_NEXT.fullmatch(" ".join(text.replace("’", "'").split()).strip(_MARKS)) is not None


def asks_when_next(text: str) -> bool:
    """Say whether a text asks when something comes next, said as of posts: "when is ports due next?"."""
    return _COMES_NEXT.fullmatch(" ".join(text.replace("’", "'").split()).strip(_MARKS)) is not None


def read(base: FactBase, text: str) -> Reading | None:
    """Return what a sentence asks of digests; None for any other."""
    if asks_next(text):
        return Reading("next")
    said = text.strip(_MARKS)
    if _LISTED.fullmatch(said):
        return Reading("list")
    is_of_next, asks_length = _NEXT.fullmatch(said), _LASTING.fullmatch(said)
    if not is_of_next and not asks_length:
        return None
    if numbered := _NUMBER.search(said):
        return Reading("next" if is_of_next else "show", "", Target(id=numbered[1]))
    names = known.names_in(base, said)
    if not names:
        return Reading("next") if is_of_next or which.names_digest(said) or _IT.search(said) else None
    if asks_length:
        return Reading("preview", ", ".join(name.typed for name in names))
    return Reading("next", "", Target.of([slug for name in names for slug in name.slugs][:6]))

"""What a text says of a map, clause by clause: "only ports in Zhejiang, without the doubtful ones", 只看浙江，不要存疑的."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from handlers.lookups.kinds_of_ties import NO_KIND
from handlers.lookups.maps.things import NO_THINGS, Things, records, things
from knowledge.base import FactBase

Deed = Literal["out", "in", "only", "within", "swap", "exchange", "bigger", "whole"]

LONGEST: Final = 256
"""Characters of a text that may say how a map is to be."""
_MOST_LEADS: Final = 14
_MOST_PARTS: Final = 40


@dataclass(frozen=True, slots=True)
class Clause:
    """What is to be done with what is named: left `out`, put `in`, kept alone (`only`), kept to as where things lie (`within`),
    put in the place of what was named before (`swap`) or of what is `gone` (`exchange`); or the map is to be `bigger`, or the `whole` of the delta again.
    """

    deed: Deed
    things: Things = NO_THINGS
    gone: Things = NO_THINGS


_NOT: Final[str] = (
    r"(?:don['’]?t|do not|dont|no need to|stop)\s+(?:show(?:ing)?(?: me)?|draw(?:ing)?|display(?:ing)?|want|need|includ(?:e|ing)|see|add)"
)
_LEFT_OUT: Final[str] = (
    r"(?:leave out|leave off|drop|remove|delete|hide|exclude|omit|take out|take away|take off|cut|cut out|skip|forget)"
)
_ALL: Final[str] = r"(?:all|everything|anything|everybody|the lot)(?: else)?(?: of (?:it|them))?"
# Of each deed, the words before what it is done to, in English and in Chinese.
_LEADS: Final[tuple[tuple[Deed, str, str], ...]] = (
    (
        "out",
        r"(?:show\s+|all\s+|everything\s+|anything\s+)?(?:without|with no|no more|no longer|excluding|exclude|except(?: for)?|minus|apart from|other than|besides)"
        rf"|no|not|hide|omit|ignore|{_NOT}|(?:all|everything|anything|anyone)\s+but|but (?:not|no)|leav(?:e|ing) (?:out|off|away)"
        r"|drop(?:ping)?(?: out)?|remov(?:e|ing)|delet(?:e|ing)|eras(?:e|ing)|tak(?:e|ing) (?:out|away|off)|cut(?:ting)?(?: out)?|get rid of|kick out|strip(?: out)?|lose|filter out|w/o|sans",
        r"不想(?:看|要)|不要包括|不要包含|不要显示|不要画|不要|不含|不带|不包括|不包含|不看|不画|不显示|不算|别要|别画|别看|别显示|去掉|去除|除去|除掉|删掉|删去|删除|拿掉|移除|移去|排除|剔除|隐藏|省略|减去"
        r"|没有|除了|除开|除|去|无",
    ),
    (
        "in",
        rf"(?:don['’]?t|do not|dont|never)\s+{_LEFT_OUT}|(?:and\s+)?(?:also\s+)?(?:add(?:ing)?|includ(?:e|ing)|incl\.?|plus|together with|along with|as well as|with|restor(?:e|ing)|put (?:back|in)|bring (?:back|in)|show also|draw also)"
        r"|(?:and\s+)?also(?:\s+(?:show|draw|with|include|add|want|see))?",
        r"(?:别|不要|不)(?:去掉|去除|删掉|删去|删除|拿掉|移除|排除|隐藏|省略|略去|漏掉|丢掉)|再加上|再加|加回|加上|加入|加进来?|添加|增加|补上|带上|连同|包括|包含|还要|也要|还有|恢复|同时显示|加|带|含|连",
    ),
    (
        "only",
        r"(?:(?:show|draw|keep|see|want)\s+)?(?:me\s+)?(?:only|just|solely|merely|exclusively|nothing but|none but)(?:\s+(?:show|draw|keep|want|see|those|the ones))?"
        rf"|keep|{_LEFT_OUT}\s+{_ALL}\s+(?:but|except(?: for)?|save(?: for)?|apart from|other than|besides)|(?:limit|restrict|narrow|reduce|confine|filter)(?:\s+(?:it|this|that|the map))?(?:\s+down)?\s+(?:to|by|for|on)|focus on|zoom (?:in )?(?:on|to|into|onto)",
        r"只想要?看|只需要?|只看|仅看|只要|只显示|仅显示|只画|仅画|只留下?|只保留|只剩下?|只含|仅含|仅限于?|只限于?|限于|光看|单看|单独看|只|仅|限",
    ),
    ("within", r"in|within|inside|around|between|among|for|of|on|about|near|at|from", r"在"),
)
_SWAP: Final = re.compile(
    r"(?:and|and for|and in|what about|how about|same (?:map )?(?:for|with|of|in)|as for|switch(?: it)? to|change(?: it)? to|now|make (?:it|that)|try)\s+"
    r"|(?:那|换成|改成|改为|换作|换)",
    re.IGNORECASE,
)
# Of each deed, how it is said around or behind what it is done to.
_AROUND: Final[tuple[tuple[Deed, str], ...]] = (
    (
        "only",
        r"(?:(?:keep|show|draw|only|just|leave)\s+)*(?P<kept>.+?)[,;.]?\s+(?:(?:and|but|then)\s+)?(?:drop|remove|delete|hide|leave out|exclude|omit|lose|without|no|not|forget)\s+(?:all\s+)?(?:of\s+)?(?:the\s+)?(?:rest|others?|everything else|anything else|all else|other ones)(?:\s+of (?:it|them))?"
        r"|(?P<what>.+?),?\s+(?:only|alone|exclusively)"
        r"|(?:只留下?|只保留|保留|留下|只看|只要|除了?)?(?P<left>[^，,、]+?)(?:以外|之外|外)?(?:的)?[，,]?(?:其他|其它|其余|别的|剩下|剩余)(?:的)?(?:地方|城市|部分)?(?:的)?(?:就|都|全部|全都|全)?(?:不要|去掉|删掉|删除|不看|不用|不画|隐藏|拿掉|不显示|去除|排除)"
        r"|除了?(?P<but>[^，,]+?)(?:以外|之外|外)?[，,]?(?:的)?(?:都|全部|全都|全)(?:不要|去掉|删掉|删除|不看|不用|不画|隐藏|拿掉|不显示|去除|排除)"
        r"|(?P<chinese>.+?)(?:就行了?|就好了?|即可|就可以了?|而已)",
    ),
    (
        "out",
        r"(?:take|leave|cut|kick|throw|drop|keep|get|filter|put|move)\s+(?P<what>.+?)\s+(?:out|off|away|aside)|(?P<behind>.+?),?\s+(?:out|off|excluded|removed|left out|gone)"
        r"|(?:把|将)?(?P<chinese>.+?)(?:从?(?:这张)?(?:地图|图)[上里中]?)?(?:给|都|就)?(?:去掉|删掉|不要|除外|除去|拿掉|移除|隐藏|排除|去除|删除|不算|不看|不画|不用)|除了?(?P<except>.+?)(?:(?:以外|之外|外)(?:的)?(?:都要|全部|全要|都画|都)?|(?:都|全|全部)(?:要|画|看|显示))",
    ),
    (
        "in",
        r"(?:put|bring|get|have|take|let|add)\s+(?P<what>.+?)\s+(?:back in|back|in)|(?:show\s+|draw\s+)?(?P<behind>.+?),?\s+(?:too|as well|also|back(?: in)?|included)"
        r"|(?:把|将)(?P<chinese>.+?)(?:也|都|给|再)*(?:加上|加进来|加进去|加回来|加入|画上|画出来|画出|算上|显示出来|带上|包括进来)|(?P<too>.+?)(?:也|都)+(?:加上|加进来|加回来|画上|画出来?|画|要|算上|算|显示|带上|包括|看)",
    ),
    (
        "within",
        r"在?(?P<chinese>.+?)省?(?:以内|境内|范围内|省内|市内|内|里面?)(?:的)?",
    ),
    ("swap", r"(?P<what>.+?)\s+instead|那?(?P<chinese>.+?)呢"),
)
_EXCHANGED: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:(?:show|draw|with|have|put|use|take|only)\s+)*(?P<new>.+?),?\s+(?:instead of|rather than|in place of|in the place of)\s+(?P<old>.+)",
        r"(?:replac(?:e|ing)|swap(?:ping)?|exchang(?:e|ing)|switch(?:ing)?|chang(?:e|ing))\s+(?P<old>.+?)\s+(?:with|by|for|to|into)\s+(?P<new>.+)",
        r"用(?P<new>.+?)(?:代替|替代|取代|替换|换掉)(?:掉)?(?P<old>.+)",
        r"(?:把|将|由|从)?(?P<old>.+?)(?:换成|换为|换作|改成|改为|替换成|替换为|变成)(?P<new>.+)",
    )
)
_BIGGER: Final = re.compile(
    r"(?:(?:please|can|could|may|i|we|you|have|get|give|send|show|draw|make|see|want|need|me|us|it|this|that|the|a|an|much|even|map|picture|in|is|there|zoom|too)\s+)*"
    r"(?:bigger|larger|enlarged?|zoom(?:\s+in)?|zoomed in|(?:full|bigger|larger)\s+size|too\s+small)"
    r"(?:\s+(?:one|map|picture|image|version|it|please|the|this|on|copy))*"
    r"|(?:请|把|能|可以|地图|图|再|有|要|画|给|我|一张)*(?:大一点|大一些|大点|放大|更大|大图|太小了?)(?:的|地图|图|一点|吗|些|看看|看)*",
    re.IGNORECASE,
)
_WHOLE: Final = re.compile(
    r"(?:(?:back to|show|draw|give me|go back to|return to|all of|of|me)\s+)*(?:the\s+)?(?:(?:whole|full|entire|complete|original|first)\s+(?:map|delta|thing|picture|one|yangtze river delta)|whole of it|all of it|everything|everything again|all again|map of (?:everything|the whole delta))(?:\s+(?:again|back))*"
    r"|(?:回到|恢复|显示|画|看|画出|要)*(?:全部|所有|整个(?:长三角|长江三角洲)|整张|全图|全部地图|所有的)(?:地图|图|显示|画出来|的)*",
    re.IGNORECASE,
)
_EVERY_KIND: Final = re.compile(
    r"(?:show\s+|draw\s+|with\s+|add\s+|include\s+)?(?:all|every|any)\s+(?:the\s+)?(?:kinds?|types?|sorts?)(?:\s+of\s+(?:ties?|pairings?|links?))?|(?:show\s+|draw\s+|with\s+|add\s+|include\s+)?all\s+(?:the\s+)?(?:ties|pairings|links|lines)"
    r"|(?:显示|加上|画出)?(?:所有|全部)(?:类型|种类|关系|结对关系|连线)(?:的关系|的)?",
    re.IGNORECASE,
)
# What leads to what is said, a word at a time, and what ends it.
_OPENING: Final = re.compile(
    r"(?:please|pls|plz|kindly|ok|okay|hey|hi|great|thanks|thank you|nice|good|cool|right|now|and|but|so|then|well|hmm|actually|can|could|would|will|you|i|we|want(?: to)?|need|would|like|i['’]d|we['’]d|let['’]?s"
    r"|let me|to|see|have|get|look at|show(?: me| us)?|draw(?: me)?|redraw|give me|make|it|this|that|once more|(?:the|that|this) (?:same )?map|(?:the )?same(?: map| thing| one)?(?: again)?|again|redo|try|for me)(?=[\s,.:!]|$)[\s,.:!]*"
    r"|(?:请|麻烦|帮我|帮忙|能不能|可不可以|可以|能|可否|我|想要?|要|给|现在|那么|好的|好|嗯|谢谢|地图上|图上|这张|那张|同样|还是|重新|再|画|显示|看看|看|同时|而且|并且|但是|不过|但|并|且|然后)[\s，,、:：]*",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"(?:[\s,，、;；.。!！?？~…]|(?<![a-z])(?:please|pls|plz|thanks|thank you|now|then|for me|again|on (?:it|the map|that map|this map|that|this)|(?:from|off|of|in|to|on) (?:it|the map|this map|that map|there|the picture)"
    r"|if (?:you can|possible)|anymore|any more|any longer|if you please)(?![a-z])|(?:谢谢你?|谢谢您|行不行|好不好|可不可以|能不能|可以吗|好吗|行吗|了|吧|吗|啊|呀|嘛|哦|从?在?地图上?|看看))+$",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(
    r"[\s,，、;；.。!！:：]*(?:(?:and|but|then|now|so|please|&)(?![a-z])[\s,]*|(?:和|并且|而且|并|但是|但|然后|再|同时|且|请)\s*)*",
    re.IGNORECASE,
)
_BEFORE_NEXT: Final = re.compile(
    r"(?:[\s,，、;；.。!！:：&]|(?<![a-z])(?:and|but|then|or|now|so|please)(?![a-z])|(?:和|并且|而且|并|但是|但|然后|再|同时|且|也|请))+$",
    re.IGNORECASE,
)
_ADDING: Final = re.compile(r"(?:and\s+)?(?:also|add|incl)|再?加上|再加|添加|补上", re.IGNORECASE)
_TOO: Final = re.compile(r"(?<![a-z])(?:too|as well|also)$", re.IGNORECASE)


def clauses(base: FactBase, text: str) -> tuple[Clause, ...]:
    """Return the clauses of which all of a text that follows on a map is made; () where it says anything else."""
    return next(_read_in_each_way(base, text), ()) if len(text) <= LONGEST else ()


def apart(base: FactBase, text: str) -> tuple[str, tuple[Clause, ...]]:
    """Return the names of what a map is of and the clauses behind them, of the text behind "map"; all of it and () where it has none."""
    if len(text) > LONGEST or records(base, text):
        return text, ()
    reader = _Reader(base, text, is_typed=True)
    for at in reader.starts:
        if at < len(text) and (found := reader.read(at)):
            return _BEFORE_NEXT.sub("", text[:at]), found
    return text, ()


def _read_in_each_way(base: FactBase, text: str) -> Iterator[tuple[Clause, ...]]:
    said = text.strip()
    ends = dict.fromkeys((len(_CLOSING.sub("", said)), len(said)))
    for end in ends:
        reader, at = _Reader(base, said[:end]), 0
        while at < end:
            if found := reader.read(at):
                yield found
            opening = _OPENING.match(said, at, end)
            if opening is None or opening.end() == at:
                break
            at = opening.end()


@dataclass(slots=True)
class _Reader:
    """Reads the clauses of one text, each part of it once."""

    base: FactBase
    text: str
    is_typed: bool = False
    leads: tuple[tuple[int, int, Deed], ...] = ()
    starts: tuple[int, ...] = ()
    _read: dict[int, tuple[Clause, ...] | None] = field(default_factory=dict)
    _things: dict[str, Things | None] = field(default_factory=dict)
    _single: dict[str, Things | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = [
            (sign.start(), sign.end(), deed)
            for deed, pattern in _PATTERNS
            if not (self.is_typed and deed == "within")
            for sign in pattern.finditer(self.text)
        ]
        # So many are of no text that says something of a map.
        if len({begin for begin, _, _ in found}) > _MOST_LEADS:
            return
        self.leads = tuple(sorted(found, key=lambda lead: (lead[0], -lead[1])))
        # A part ends where words begin that lead to the next, and where a mark parts them.
        marks = [mark.end() for mark in re.finditer(r"[,，、;；.。]\s*", self.text)][:_MOST_LEADS]
        self.starts = tuple(sorted({*(lead[0] for lead in self.leads), *marks, len(self.text)}))

    def read(self, at: int) -> tuple[Clause, ...] | None:
        """Return the clauses from a place in the text to its end, None where that is not made of them."""
        if at not in self._read:
            self._read[at] = None
            self._read[at] = next(self._ways(at), None)
        return self._read[at]

    def _ways(self, at: int) -> Iterator[tuple[Clause, ...]]:
        if not _BEFORE_NEXT.sub("", self.text[at:]):
            yield ()
            return
        for begin in dict.fromkeys((at, _end_of(_BETWEEN, self.text, at))):
            yield from self._from(begin)

    def _from(self, at: int) -> Iterator[tuple[Clause, ...]]:
        for lead_end, deed in self._leads_at(at):
            for end in self._ends_behind(lead_end):
                clause = self._led(deed, self.text[lead_end:end], self.text[at:lead_end])
                rest = self.read(end) if clause else None
                if clause and rest is not None:
                    yield (clause, *rest)
        for end in self._ends_behind(at):
            clause = self._alone(_BEFORE_NEXT.sub("", self.text[at:end]), is_first=at == 0)
            rest = self.read(end) if clause else None
            if clause and rest is not None:
                yield (clause, *rest)

    def _leads_at(self, at: int) -> Iterator[tuple[int, Deed]]:
        if not self.is_typed and (swap := _SWAP.match(self.text, at)):
            yield swap.end(), "swap"
        yield from ((end, deed) for begin, end, deed in self.leads if begin == at)

    def _ends_behind(self, at: int) -> Sequence[int]:
        """The places at which what is said behind a lead may end, the furthest first."""
        return [end for end in reversed(self.starts) if end > at]

    def _led(self, deed: Deed, text: str, lead: str) -> Clause | None:
        said = _BEFORE_NEXT.sub("", text)
        if deed == "swap" and _TOO.search(said):
            return None
        named = self._named(said)
        # "Shanghai with Hangzhou" is of what ties the two.
        is_pair = self.is_typed and deed == "in" and named and named.names and not _ADDING.match(lead)
        return Clause(deed, named) if named and not is_pair else None

    def _alone(self, text: str, *, is_first: bool) -> Clause | None:
        """Return what a part says in whose beginning no deed stands."""
        if _BIGGER.fullmatch(text):
            return Clause("bigger")
        if _EVERY_KIND.fullmatch(text):
            return Clause("in", Things(kinds=NO_KIND))
        if not self.is_typed and _WHOLE.fullmatch(text):
            return Clause("whole")
        if not self.is_typed and (exchange := self._exchange(text)):
            return exchange
        for deed, pattern in _PATTERNS_AROUND:
            if self.is_typed and deed in ("swap", "within"):
                continue
            if (found := pattern.fullmatch(text)) and (named := self._named(_what(found))):
                return Clause(deed, named)
        named = self._named(text)
        is_of_doubt = named is not None and named.doubtful and not named.names and named.kinds is None
        return Clause("in", named) if named and is_of_doubt and not (is_first and self.is_typed) else None

    def _exchange(self, text: str) -> Clause | None:
        for found in filter(None, (pattern.fullmatch(text) for pattern in _EXCHANGED)):
            new, old = self._named(found["new"]), self._named(found["old"])
            if new and old:
                return Clause("exchange", new, old)
        return None

    def _named(self, text: str) -> Things | None:
        if text not in self._things:
            is_one_too_many = len(self._things) >= _MOST_PARTS
            self._things[text] = None if is_one_too_many else things(self.base, text, self._single)
        return self._things[text]


def _what(found: re.Match[str]) -> str:
    return next((said for said in found.groupdict().values() if said), "")


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


_PATTERNS: Final = tuple(
    (
        deed,
        re.compile(
            rf"(?<![\w'’])(?:{english})(?=[\s:])[\s:]*(?:the\s+)?|(?:{chinese})[:：\s]*", re.IGNORECASE
        ),
    )
    for deed, english, chinese in _LEADS
)
_PATTERNS_AROUND: Final = tuple((deed, re.compile(pattern, re.IGNORECASE)) for deed, pattern in _AROUND)

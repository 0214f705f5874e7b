"""A guess which ties a statement states of places: who is twinned, runs a park together or founded an alliance.

It fills in a field that people look at. It reads few ways of saying so, none of a wish, a plan, talks, a denial or an end, and
nothing at all where a place that is named is left over: who sees no guess chooses, who sees a wrong one may not look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from knowledge import place_signs
from knowledge.model import Place, Tie
from knowledge.place_signs import PlaceSigns
from knowledge.text.normalize import normalize
from knowledge.text.unsure import is_surely_said
from knowledge.vocabulary import AS_TWINS, Arrangement

_LONGEST_NAME: Final = 80
_P: Final = place_signs.ANY
_JOIN: Final = r"(?:\s*(?:,|&|/|-|–|—|、)\s*|,?\s*(?:\band\b|\bas well as\b|\b(?:together|along|jointly) with\b|以及|(?:已经?|正式)?[和与及同跟])\s*)"
# In Chinese a comma parts sentences, and no names.
_JOIN_ZH: Final = r"\s*(?:、|/|-|—|以及|(?:已经?|正式)?[和与及同跟])\s*"
# So many places one tie has at most: a longer list would be read from each of its places to its end.
_MOST: Final = 20
_GROUP: Final = rf"{_P}(?:,?{_JOIN}?{_P}){{0,{_MOST}}}"
_SEVERAL: Final = rf"{_P}(?:,?{_JOIN}?{_P}){{1,{_MOST}}}"
_GROUP_ZH: Final = rf"{_P}(?:(?:{_JOIN_ZH})?{_P}){{0,{_MOST}}}"
_SEVERAL_ZH: Final = rf"{_P}(?:(?:{_JOIN_ZH})?{_P}){{1,{_MOST}}}"
# Behind a name that ends a phrase: "with Ningbo in 2026", and neither "with Ningbo money" nor "with Hefei and Ningbo has a port".
_ENDS: Final = (
    r"(?=\s*(?:[.,;:()]|$|(?:in|on|for|under|since|near|at|that|which|where|by|as|to|and|until|from|through|while|respectively"
    r"|within|by|after|during|when|outside|beside)\b))"
)
# What is said of a tie itself behind its members, "the twinning of Hefei and Ningbo began"; where somebody stands before, that
# may be the deed of the last of these: "Hefei formed an alliance with Wuhu and Bengbu opened a museum".
_VERBS: Final = r"(?:opened|started|began|is|was|are|has|covers|makes|serves)"
_GOES_ON: Final = rf"(?:{_ENDS}|(?=\s+{_VERBS}\b))"
_ADVERBS: Final = (
    r"(?:(?:,|are|is|were|was|be|been|being|became|become|remain|remained|have|has|had|now|already|officially|formally|also|both|all|long|today|currently|jointly"
    r"|together|successfully|recently|themselves|itself|in turn|closely)\s+)*"
)
_TWINNED: Final = r"(?:twinned|twins|paired(?: up)?|pairs(?: up)?|twin(?: cities| towns| ports| counties| districts)?|sister cities|sister ports|friendly cities|partner cities)"
_ONE_TWIN: Final = (
    r"(?:twin|sister|partner|friendly|counterpart)(?: (?:city|cities|town|towns|district|county|port))?"
)
_SOME: Final = r"(?:(?:a|an|the|their|its|one|this|new|first)\s+)*(?:(?!(?:of|for|in|on|at|about|from|against|over)\b)[\w\ue000-\uefff–-]+\s+){0,6}?"
_RELATION: Final = (
    r"(?:twinning|pairing|twin[- ]cit(?:y|ies)|sister[- ]cit(?:y|ies)|friend(?:ly relations|ly cooperation|ship)|counterpart (?:cooperation|assistance|support))"
    r"(?:\s+(?:agreement|relationship|relations|arrangement|pact|partnership|cooperation|scheme|programme|treaty|contract|and cooperation))*"
)
_PARK: Final = r"(?:park|parks|enclave|cooperation zone|industrial zone|development zone|demonstration zone|science city|technology city)"
# Behind what ties stands no other noun: "a joint park in Feixi", and neither "a park bench" nor "a park-and-ride".
_NOTHING_MORE: Final = (
    r"\b(?=\s*(?:[.,;:()]|$|(?:in|on|for|at|near|of|with|by|between|among|together|jointly|since|under|to|that|which|where|and|as|within"
    r"|outside|beside|from|during|after|covering|called|named|last|this|opened|started|began|is|was|has|covers|makes|serves)\b))"
)
_ALLIANCE: Final = r"(?:alliance|league|consortium|coalition|federation)"
_CORRIDOR: Final = r"(?:corridor)"
_MADE: Final = (
    r"(?:run|runs|ran|operate|operates|operated|manage|manages|managed|share|shares|shared|own|owns|have|has|had|open|opens|opened"
    r"|build|builds|built|building|set up|sets up|establish|establishes|established|found|founds|founded|form|forms|formed|create|creates|created|launch"
    r"|launches|launched|develop|develops|developed|host|initiated|started|began|co-?run|co-?founded|co-?built|co-?own|co-?operate|make up|made up)"
)
_ENTERED: Final = r"(?:entered(?: into)?|signed|concluded|established|formed|have|has|had|maintain|maintains|began|started|share|launched|celebrated|set up|joined in)"
_BY: Final = r"(?:of|between|among|by|(?:is |was |are |were )?(?:jointly |together )?(?:run|operated|built|shared|founded|formed|established|set up|launched|managed|owned|opened|developed|initiated|created)(?: jointly| together)? by)"
_TOGETHER: Final = re.compile(
    r"joint|together|shar|common|\bco-?(?:run|f|b|o)|cooperat|\bwith\b|\bby\b|between|共|合作|合办|合建|联合|携手"
)
_APIECE: Final = re.compile(r"\b(?:each|separately|own|respective|respectively)\b|各自|分别|各")
_WORDS_ZH: Final = r"[^\ue000-\uefff,，。;；]"
# "The schools of A and B" are not the two.
_WORDS_ZH_OWN: Final = r"[^\ue000-\uefff,，。;；的]"
_ADVERBS_ZH: Final = r"(?:已经|已|正式|现已|现|共同|联合|携手|双方|两市|两地|三市|三地|于|在|自|从|起|年|月|日|[0-9]|签约|又|再次|成功|率先|当年|今年|去年|还|都|均|正在|,|，|\s)*"
_RELATION_ZH: Final = r"(?:结对|友好城市|友城|姐妹城市|姊妹城市|伙伴城市|对口合作|对口支援|对口帮扶|对口协作)"
_MADE_ZH: Final = r"(?:共建|合建|共同建设|共同运营|共同管理|合作共建|合作建设|合作设立|合作开发|合作成立|合作运营|联合开设|共同设立|共同开发|共办|合办|联合建设|联合运营|联合设立|建立|设立|建设|开设|成立|运营|打造|共享|管理|创办|创建)"
_FOUNDED_ZH: Final = r"(?:组建|成立|共建|组成|发起|建立|结成|加入|缔结|创建|创立)"
_PARK_ZH: Final = r"(?:园区|产业园|科技园|工业园|科创园|合作区|飞地|开发区)"


# The arrangements by which ties are the same, and the slugs of the members.
_Key = tuple[frozenset[Arrangement], frozenset[str]]


def stated_ties(
    statement: str, places: Sequence[Place], province_of: Callable[[Place], Place | None], year: str = ""
) -> tuple[Tie, ...]:
    """Return the ties of one kind between any of `places` that a statement of that `year` surely states, each once, the widest
    alone; () where it names one of `places` that none of them has, or states ties of several kinds.
    """
    read = PlaceSigns(statement, places, province_of)
    found = [tie for sentence in read.sentences() for tie in _in_sentence(read, sentence, year)]
    held = {
        (as_one(kind), frozenset(members)): Tie(arrangement=kind, members=members)
        for kind, members in reversed(found)
    }
    ties = [tie for key, tie in held.items() if not any(_is_wider(other, key) for other in held)]
    is_whole = {place.slug for place in read.named}.issubset(slug for tie in ties for slug in tie.members)
    is_one_kind = len({tie.arrangement for tie in ties}) == 1
    return tuple(reversed(ties)) if is_whole and is_one_kind else ()


def as_one(arrangement: Arrangement) -> frozenset[Arrangement]:
    """Return the arrangements by which a tie of the same places is the same one."""
    return AS_TWINS if arrangement in AS_TWINS else frozenset({arrangement})


def _is_wider(other: _Key, key: _Key) -> bool:
    return other[0] == key[0] and other[1] > key[1]


def _in_sentence(read: PlaceSigns, sentence: str, year: str) -> Iterator[tuple[Arrangement, tuple[str, ...]]]:
    if not is_surely_said(sentence, year):
        return
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(sentence):
            if not _is_sure(sentence, found, kind):
                continue
            for signs in _sides(found):
                members = tuple(place.slug for place in read.members(signs))
                if len(members) > 1:
                    yield _kind(kind, found[0]), members


def _is_sure(sentence: str, found: re.Match[str], kind: Arrangement) -> bool:
    before, behind = sentence[: found.start()], sentence[found.end() :]
    if _JOINED_TO.search(before):
        return False
    # "Kurume, Hefei and Ningbo": a list that begins with a name nobody knows.
    if re.search(r"[^\ue000-\uefff],\s*$", before) and not _OPENED.search(before):
        return False
    if _OTHER_PARKS.search(found[0]):
        return False
    if kind is Arrangement.PARK and (
        _APIECE.search(found[0]) or not _TOGETHER.search(before[-30:] + found[0] + behind[:20])
    ):
        return False
    if _OF_OTHERS.search(before) and found.start("one") == found.start():
        return False
    return not _ONCE.search(found[0]) or bool(_DATED.search(sentence))


# "Kurume and Hefei": joined to what is no place that is known.
_JOINED_TO: Final = re.compile(
    r"[^\ue000-\uefff\s,]\s*(?:(?:,\s*|\b)(?:and|or|with|than|like|unlike|as|not)|&|[、和与或及])\s*$|^(?:unlike|like|as)\s*$"
)
_OPENED: Final = re.compile(
    r"\b(?:in|on|since|under|according|as of|at|from|for|after|during|by|with|today|now|this|that|when|says?|said|reports?|reported|meanwhile|moreover"
    r"|also|finally|first|thus|together|later|then)\b|[0-9]|年|根据|按照|据|中|后"
)


# "Schools in Hefei and Ningbo are twinned" says nothing of the two but of what is in them.
_OF_OTHERS: Final = re.compile(
    r"(?<!governments )(?<!authorities )(?<!administrations )(?<!leaders )(?<!mayors )\b(?:of|in|at|from|between|near|around)\s*$"
)
# What was so once may be so no more; what became so in a year is.
_ONCE: Final = re.compile(r"\b(?:was|were)\b")
_DATED: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9s])|\b(?:this|last) (?:year|month|week)\b")
_OTHER_PARKS: Final = re.compile(
    r"\b(?:car|theme|wildlife|amusement|water|national|country|nature|forest|wetland|ball|skate|caravan|bike|dog|city|public|memorial|safari"
    r"|sculpture|holiday|adventure|entertainment|air)[ -](?:park|corridor)"
)


def _sides(found: re.Match[str]) -> Iterator[str]:
    """Yield the lists of places that a pattern ties, each of them a tie: of one and each of several where they are twins."""
    groups = found.groupdict()
    one, other = re.findall(_P, groups["one"]), re.findall(_P, groups.get("other") or "")
    if not other:
        yield "".join(one)
    elif groups.get("each") is not None:
        # Of several with several nobody knows who is whose.
        yield from (
            (first + second for first in one for second in other) if 1 in (len(one), len(other)) else ()
        )
    else:
        yield "".join((*one, *other))


def _kind(kind: Arrangement, said: str) -> Arrangement:
    """Return the kind of a tie as between twins, by the words for it."""
    if kind is not Arrangement.TWINNING:
        return kind
    if re.search(r"counterpart|对口", said):
        return Arrangement.COUNTERPART_COOPERATION
    return Arrangement.FRIENDSHIP if re.search(r"friend|友好|友城", said) else kind


def _patterns() -> Iterable[tuple[Arrangement, str]]:
    one, several, other = f"(?P<one>{_GROUP})", f"(?P<one>{_SEVERAL})", f"(?P<other>{_GROUP})"
    one_zh, several_zh, other_zh = (
        f"(?P<one>{_GROUP_ZH})",
        f"(?P<one>{_SEVERAL_ZH})",
        f"(?P<other>{_GROUP_ZH})",
    )
    twins, each = Arrangement.TWINNING, "(?P<each>)"
    yield twins, rf"{one}\s*{_ADVERBS}{_TWINNED}\s+(?:[\w-]+\s+)?(?:with|to|of)\s+{each}{other}{_ENDS}"
    yield twins, rf"\b(?:twins|twinned|pairs|paired)\s+{one}\s+(?:with|to)\s+{each}{other}{_ENDS}"
    yield (
        twins,
        rf"{several}\s*{_ADVERBS}(?:each others\s+)?{_TWINNED}\b(?!\s*(?:with\s+(?!each|one)|to\s|(?:in|at|for|on|by) (?:the|an?)\b|towers?|bridges?|tunnels?|peaks?|tubes?|projects?|engines?|goals?|events?|pagodas?|tracks?|lines?|stations?|parks?|[\w-]+ of))",
    )
    yield twins, rf"{one}\s*{_ADVERBS}{_ENTERED}\s+{_SOME}{_RELATION}\s+(?:with|to)\s+{each}{other}{_ENDS}"
    yield (
        twins,
        rf"{several}\s*{_ADVERBS}{_ENTERED}\s+{_SOME}{_RELATION}\b(?!\s+(?:with|to|park|conference|office|centre|center|fund))",
    )
    yield twins, rf"\b{_RELATION}\s+(?:of|between|with)\s+{one}\s+(?:and|with|to)\s+{each}{other}{_GOES_ON}"
    yield twins, rf"\b{_RELATION}\s+(?:of|between)\s+{several}{_GOES_ON}"
    yield (
        twins,
        rf"{one}\s+(?:is|are|was|became|has been)\s+(?:(?:a|the|one)\s+)?{_ONE_TWIN}\s+(?:of|to)\s+{each}{other}{_ENDS}",
    )
    yield (
        twins,
        rf"{several_zh}{_ADVERBS_ZH}(?:[是为互结成缔建立签署订达形开展了起]|关系|成为)*(?:的|{_WORDS_ZH_OWN}{{0,8}}?){_RELATION_ZH}",
    )
    yield (
        twins,
        rf"{one_zh}{_ADVERBS_ZH}(?:结对(?:帮扶|合作|支援|协作)?|对口(?:帮扶|支援|合作|协作))了?{each}{other_zh}",
    )
    for kind, noun, noun_zh in (
        (Arrangement.PARK, _PARK, _PARK_ZH),
        (Arrangement.ALLIANCE, _ALLIANCE, "联盟"),
        (Arrangement.CORRIDOR, _CORRIDOR, "走廊"),
    ):
        yield (
            kind,
            rf"{one}\s*{_ADVERBS}{_MADE}\s+{_SOME}{noun}\b(?:\s+[\w-]+){{0,6}}?\s+(?:with|together with)\s+{other}{_ENDS}",
        )
        yield (
            kind,
            rf"{several}\s*{_ADVERBS}{_MADE}\s+{_SOME}{noun}{_NOTHING_MORE}(?:\s+(?:together|jointly))?",
        )
        yield kind, rf"\b{noun}\s+{_BY}\s+{several}{_GOES_ON}"
        yield kind, rf"\b{noun}\s+{_BY}\s+{one}\s+with\s+{other}{_GOES_ON}"
        yield kind, rf"{several_zh}的(?:共建|合建|联合|合作)的?{_WORDS_ZH}{{0,8}}?{noun_zh}"
        yield (
            kind,
            rf"{several_zh}{_ADVERBS_ZH}(?:{_MADE_ZH}|{_FOUNDED_ZH})+了?的?{_WORDS_ZH}{{0,16}}?{noun_zh}",
        )


_PATTERNS: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _patterns())
_NOUNS: Final = {
    Arrangement.PARK: "Park|Zone|City|Enclave",
    Arrangement.ALLIANCE: "Alliance|League|Consortium|Coalition|Federation",
    Arrangement.CORRIDOR: "Corridor",
}


def name_of(statement: str, kind: Arrangement, members: Sequence[Place]) -> str:
    """Return the name that a statement gives to a tie of that kind: words with capitals, and the noun last; no member's own."""
    if kind not in _NOUNS:
        return ""
    found = re.search(rf"\b((?:[A-Z][\w&’'–-]*\s+){{1,8}}(?:{_NOUNS[kind]}))\b(?!\s+[A-Z])", statement)
    name = found[1].removeprefix("The ").removeprefix("A ").strip() if found else ""
    is_member = any(normalize(name) in place_signs.spellings(place) for place in members)
    return "" if is_member or len(name) > _LONGEST_NAME else name

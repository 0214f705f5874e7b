"""Whether what somebody wrote states something: a question, a request and a note to oneself do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handlers.say import say
from knowledge.text.length import word_count
from knowledge.text.normalize import CHINESE

_FEWEST: Final = 3
INCOMPLETE: Final = say("Say it in one complete sentence.")
QUESTION: Final = say(
    "That is a question, and a fact is a statement. Ask it with /yrd and its words: what I cannot answer, curators see in"
    " /yrd review."
)
REQUEST: Final = say(
    "That says what somebody is to do, and a fact says what is so: write only what is so, such as “Hefei and Ningbo opened a"
    " joint office in May 2026.”"
)
OWN: Final = say(
    "That speaks of you, and a fact stands for every reader: write what is so, and name who says so where it is somebody’s word."
)
_JOINING: Final = frozenset(
    {
        "and",
        "or",
        "of",
        "with",
        "the",
        "a",
        "an",
        "in",
        "to",
        "by",
        "for",
        "from",
        "at",
        "on",
        "vs",
        "versus",
        "nor",
    }
)
_JOINED_IN_CHINESE: Final = re.compile(r"[㐀-鿿]{1,4}(?:[和与及跟、]|以及)[㐀-鿿]{1,3}")
_AROUND: Final = " ,;:.!?“”\"'()"
_QUOTED: Final = re.compile(r"[“\"「『《‘][^”\"」』》’]*[”\"」』》’]")
_AUX: Final = (
    r"(?:is|are|am|was|were|do|does|did|has|have|had|can|could|will|would|should|isn['’]?t|aren['’]?t|wasn['’]?t"
    r"|weren['’]?t|don['’]?t|doesn['’]?t|didn['’]?t|hasn['’]?t|haven['’]?t|can['’]?t|couldn['’]?t|won['’]?t)"
)
# A statement may begin with "When Hefei joined" or "What Hefei lacks": a question has its verb behind the word.
_ASKS: Final = re.compile(
    rf"^(?:so |and |but |also |then )?(?:{_AUX}\s+(?!be\b)\S"
    rf"|(?:what|which|who|whom|whose|where|when|why|how)(?:['’]?s\b|['’]?re\b|\s+{_AUX}\b)"
    r"|how\s+(?:many|much|long|often|far|big|large|old|come|about)\b|what\s+about\b"
    rf"|(?:what\s+\w+|(?:which|whose)(?:\s+\w+){{1,3}})\s+{_AUX}\b"
    r"|who\s+(?!\w+s?\s+.*\b(?:is|are|was|were|has|have|had)\b)\w+)"
    r"|^(?:请问|为什么|为何|为啥|如何|怎么|怎样|谁|哪)|(?:吗|呢|么)$|是不是|有没有|能不能|什么(?!的)|多少|哪(?:些|个|里|座|家|年)",
    re.IGNORECASE,
)
# Verbs that begin a statement as nothing but a request, and those that may be nouns: these take an object.
_WANTS: Final = re.compile(
    r"^(?:(?:hi|hello|hey|ok|okay|so|and|also|then)\b[\s,:!-]*)?(?:"
    r"(?:please|pls|plz|kindly|could you|can you|don['’]?t forget|make sure|be sure)\b"
    r"|(?:todo|to do|to-do|fixme|tbd|tbc|fyi|nb|n\.b|memo|reminder|note(?: to self)?|idea|draft|test|question)\s*[:：–—-]"
    r"|(?:tbd|todo|fixme|fyi)\b"
    r"|(?:tell|explain|describe|remember|remind|verify|summari[sz]e|compare|ask|add|check whether|find out|look up|look into|give|let)\s+"
    r"(?!(?:is|was|are|were)\b)\S"
    r"|(?:check|find|list|name|state|say|show|write|draft|note|search|google|confirm|see|update|change|correct|fix|remove|delete|send|make|mark|put|use)"
    r"\s+(?:that|whether|if|the|a|an|this|these|those|me|us|it|all|out|up|about|for|to|with|how|what|when|where|why|who|which)\b"
    r")|^(?:请(?!求|愿|示)|帮我|帮忙|麻烦|告诉|查一下|查查|看看|待办|备忘|备注[:：]|记得)",
    re.IGNORECASE,
)
_OF_ONESELF: Final = re.compile(
    r"^(?:(?:and|but|so|well|also)\s+)?(?:i|i['’](?:m|ve|ll|d)|im|ive|we|we['’](?:re|ve|ll|d)|let['’]?s|my|you|you['’](?:re|ve|ll|d))\s"
    r"|^(?:我|咱|你|您)",
    re.IGNORECASE,
)


def why_none(text: str) -> str:
    """Return why `text` is no statement, with what to do instead, "" where it is one."""
    sentences = tuple(_sentences(text))
    if any(said.endswith(("?", "？")) or _ASKS.search(said.rstrip(".。!！")) for said in sentences):
        return QUESTION
    if any(map(_WANTS.match, sentences)):
        return REQUEST
    if any(map(_OF_ONESELF.match, sentences)):
        return OWN
    return "" if _may_be_one(text) else INCOMPLETE


def _may_be_one(text: str) -> bool:
    """Say whether a text may be a sentence, whatever its verb is: it has three words, or two and the mark that ends one; of
    three at the most one is neither a name nor a word that joins names.
    """
    said = text.strip()
    least = _FEWEST - said.endswith((".", "。"))
    names_alone = _JOINED_IN_CHINESE.fullmatch(said.strip(".。")) is not None
    says_something = CHINESE.search(said) is not None or any(map(_says_something, said.split()))
    count = word_count(said)
    return count >= least and (count > _FEWEST or (says_something and not names_alone))


def _says_something(word: str) -> bool:
    bare = word.strip(_AROUND)
    return bare[:1].islower() and bare not in _JOINING


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text; what is quoted in them is another's, and plays no part."""
    bare = _QUOTED.sub(" … ", text)
    for found in re.split(r"(?<=[.!?])\s+|(?<=[。！？])|\n+", bare):
        if said := found.strip(" \t-*•·–—>#"):
            yield said

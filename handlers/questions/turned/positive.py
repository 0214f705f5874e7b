"""The same question of what is so, as its reader would put it: what a refusal of one of what is not so offers instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from knowledge.search.negation import Negated
from knowledge.text.normalize import CHINESE

_I: Final = re.IGNORECASE
_SHORT: Final = re.compile(r"n['’]?t$", _I)
_LONG: Final = {"ca": "can", "wo": "will", "sha": "shall"}
# "Which papers do not mention it": the verb stands alone where nothing is denied; where its subject stands between, it does not.
_DOES: Final = re.compile(r"\b(do|does|did)$", _I)
_NO_VERB: Final = re.compile(
    r"\s*(?:$|[?.!,]|(?:the|an?|any|some|this|that|these|those|all|you|we|they|it|its)\b)|\s+[A-Z]"
)
_WHO: Final = re.compile(r"\b(?:who|(?:which|what|how many)(?: [\w'’-]+){1,4})\s*$", _I)
_NOT_WHOM: Final = re.compile(r"\b(?:what|whom|where|when)\s*$|\b(?:does|do|did)\b.*\b(?:does|do|did)$", _I)
_SOFT: Final = re.compile(r"^(?:\s+(?:yet|ever|so far|currently|really))+\b", _I)
_AT_THE_END: Final = re.compile(
    r"\s+(?:yet|so far|at all|any ?more|(?:with|by|to|in) any(?:one|body|thing|where))(?=\W*$)", _I
)
_STAYING: Final = re.compile(r"\b(remain|stay|go)(s|es)?\s+$", _I)
# What is misspelt is not put into anybody's mouth.
_SLIP: Final = re.compile(r"\b(?:wich|whcih|cit(?:ys|es|is)|twined)\b", _I)
_PAST: Final = "did"
_VERBS_IN_CHINESE: Final = re.compile(
    r"结对(?!城市|伙伴|对象)|参[与加]|帮|提[到及]|加入|涉及|合作|说|和|与|跟|把|被|在|属|包|对|为|给|向|同|写|做|用|签|建"
)
_LEADING_IN_CHINESE: Final = re.compile(r"^是(?=.*[哪的])|^(?:还|仍)")


def positive(asked: Negated) -> str:
    """Return a question with nothing denied in it, well put; "" where that cannot be told."""
    if _SLIP.search(asked.text):
        return ""
    before, typed, behind = (
        asked.text[: asked.start],
        asked.text[asked.start : asked.end],
        asked.text[asked.end :],
    )
    if CHINESE.search(asked.text):
        return _in_chinese(before, asked.way, behind)
    if before.casefold().rstrip().endswith(" but"):
        # "In the delta but not in the corridor" asks of two things.
        return f"{before.rstrip()[: -len(' but')].rstrip(' ,')}{_mark(behind)}"
    put = _WAYS[asked.way](before, typed, _AT_THE_END.sub("", behind))
    return re.sub(r"\s+(?=[?.!]*$)", "", re.sub(r"\s+", " ", put)).strip() if put else ""


def _mark(behind: str) -> str:
    return "?" if behind.rstrip().endswith("?") else ""


def _short(before: str, typed: str, behind: str) -> str:
    verb = _SHORT.sub("", typed)
    verb = _LONG.get(verb.casefold(), verb)
    behind = _SOFT.sub("", behind)
    if not _DOES.search(verb) or not _is_subject(before) or _NO_VERB.match(behind):
        return f"{before}{verb}{behind}"
    return _alone(before, verb, behind)


def _is_subject(before: str) -> bool:
    """Say whether what stands before a verb is who does it, and not whom it is done to."""
    return _WHO.search(before) is not None and not _NOT_WHOM.search(before)


def _not(before: str, typed: str, behind: str) -> str:
    behind = _SOFT.sub("", behind)
    if not (found := _DOES.search(before.rstrip())) or _NO_VERB.match(behind):
        return f"{before}{behind.lstrip()}"
    return _alone(before[: found.start()], found[1], behind)


def _alone(before: str, does: str, behind: str) -> str:
    """Return a question whose verb does without "do"; "" where how that is spelt cannot be told."""
    verb, _, rest = behind.lstrip().partition(" ")
    if does.casefold() == _PAST:
        return ""
    if does.casefold() == "do":
        return f"{before} {behind.lstrip()}"
    word = verb.rstrip("?.!")
    if word == "have":
        word, ending = "has", verb[len(word) :]
    else:
        ending = verb[len(word) :]
        if re.search(r"[^aeiou]y$", word):
            word = f"{word[:-1]}ies"
        else:
            word += "es" if re.search(r"(?:s|sh|ch|x|z|o)$", word) else "s"
    return f"{before} {word}{ending} {rest}"


def _no(before: str, typed: str, behind: str) -> str:
    noun = re.match(r"\s*(?:[\w'’-]+ )*?([\w'’-]+)(?=\W*$| (?:in|of|to|from|with)\b)", behind)
    are_many = noun is not None and noun[1].endswith("s")
    return f"{before}{typed[:-2].rstrip()}{'' if are_many else ' a'}{behind}"


def _un(before: str, typed: str, behind: str) -> str:
    return f"{_STAYING.sub(lambda found: 'is ' if found[2] else 'are ', before)}{behind}"


_WAYS: Final[Mapping[str, Callable[[str, str, str], str]]] = {
    "short": _short,
    "cannot": lambda before, typed, behind: f"{before}can{behind}",
    "not": _not,
    "no": _no,
    "any": lambda before, typed, behind: f"{before}any{behind}",
    "without": lambda before, typed, behind: f"{before} with{behind}",
    "un": _un,
    "out": lambda before, typed, behind: f"{before}in{behind}" if " " not in typed.strip().partition(" ")[2] else "",
    "outside": lambda before, typed, behind: f"{before}in{behind}",
    "neither": lambda before, typed, behind: "",
    "lack": lambda before, typed, behind: "",
}  # fmt: skip
"""How each way to deny something is undone."""


def _in_chinese(before: str, said: str, behind: str) -> str:
    if before.endswith("都"):
        # Of nobody at all it is denied.
        return ""
    instead = {"没有": "有", "并非": "是", "无": "有", "缺少": "有", "缺乏": "有", "缺": "有"}.get(said, "")
    if instead == "有" and _VERBS_IN_CHINESE.match(behind):
        instead = ""
    put = f"{before}{instead}{behind}"
    while (left := _LEADING_IN_CHINESE.sub("", put)) != put:
        put = left
    return re.sub(r"[还仍](?=有|[^有]*$)", "", put).strip()

"""Plain orders about proposals: the few forms in which a text is nothing but a deed, the one proposal it is done to, and its reason.

Whatever else speaks of a deed is no order, and does nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from handlers.curation.sources import numerals
from knowledge.text.normalize import simplified

HALF_WIDTH: Final = {0xFF01 + at: 0x21 + at for at in range(94)}
"""Full-width signs by those of ASCII, one for one."""
_AROUND: Final = {"*": "*", "_": "_", "`": "`", '"': '"', "'": "'", "“": "”", "‘": "’", "「": "」"}
_ENDS: Final = " .!。！"
_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_ASKS_AT_END: Final = re.compile(r"(?:吗|么|呢|吧|不|没有)[.!。！~…\s]*$")

_VERBS: Final = {
    "approve": ("approve|accept", "批准|通过|审核通过|审批通过|同意|采纳|接受"),
    "reject": ("reject|decline|turn down", "驳回|拒绝|否决|退回"),
    "withdraw": ("withdraw|retract|take back", "撤回|撤销|收回"),
}
_POLITELY: Final = (
    r"(?:(?:please|pls|plz|kindly|(?:can|could) you(?: please)?|(?:would|will) you please)[ ,]+)?"
)
_POLITELY_IN_CHINESE: Final = "(?:请你|请您|请帮我|帮我|麻烦你|麻烦您|麻烦|请)? ?"
_ONE: Final = r"(?:(?:the )?(?:proposal|suggestion|submission) ?(?:no\b)? ?)?(?:(?:number|nr\.?|no\.|#) ?)?[(\[]?(?P<number>[0-9]{1,6})[)\]]?"
_THIS: Final = r"(?: (?:it|this(?: one| proposal| fact)?))?"
_ONE_IN_CHINESE: Final = (
    r"(?:(?:提案|提议) ?(?:第 ?)?(?P<named>[0-9]{1,6})[条号]?|第 ?(?P<counted>[0-9]{1,6}|[一二两三四五六七八九十百]{1,5}) ?[条号]?(?:提案|提议)?"
    r"|(?P<bare>[0-9]{1,6})(?:号?(?:提案|提议)|号)?)"
)
_THIS_IN_CHINESE: Final = "(?:它|(?:这|此|该|本)(?:条|个)?(?:提案|提议)?)"
_THANKS: Final = r"(?:[ ,]+(?:please|pls|thanks|thank you|谢谢))?"
# Behind “since” stands a time as well: a clause begins with who or what.
_WHY: Final = r"(?: ?: ?|,? because |,? since (?=(?:it|its|it['’]s|they|there|he|she|we|i) ))(?P<why>.+)"
_WHY_IN_CHINESE: Final = "(?: ?: ?|[ ,]*(?:因为|理由(?:是|:)) ?)(?P<why>.+)"

# A reason that is none: what the bot itself prints in its place, or what takes back, asks for or hangs the deed on something else.
_PLACEHOLDER: Final = re.compile(
    r"[\W_]*(?:reason|the reason|why|because|理由|原因|todo|no|nope|not|wait|stop|undo|cancel|不)?[\W_]*",
    re.IGNORECASE,
)
_TAKES_BACK: Final = re.compile(
    r"\b(?:never ?mind|nvm|kidding|joking|jk|forget (?:it|that)|scratch that|i mean|on second thoughts?|if|unless|until)\b|算了|开玩笑|当我没说|对不对|是不是|如果|除非"
    r"|\b(?:approve|accept|reject|decline|withdraw)\b[^0-9]{0,20}[0-9]|(?:批准|通过|驳回|拒绝|撤回)第?[0-9]",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Order:
    """What is ordered: the `deed`, the `number` of the proposal it is done to, None where it is the one at hand, and the `reason`."""

    deed: str
    number: int | None = None
    reason: str = ""


def read(text: str) -> Order | None:
    """Return the order that the whole of a text is; None where it is none, or more than that, or asks anything."""
    text = _bare(" ".join(text.split()))
    folded = simplified(text).translate(HALF_WIDTH).rstrip(_ENDS)
    if len(simplified(text)) != len(text) or _asks(folded):
        return None
    for deed, pattern in _PATTERNS:
        if found := pattern.fullmatch(folded):
            groups = found.groupdict()
            why = _reason(text[slice(*found.span("why"))]) if groups.get("why") else ""
            return None if why is None else Order(deed, _number(groups), why)
    return None


def _reason(why: str) -> str | None:
    """Return a reason as it was written, None for what is none."""
    why = re.sub(r"^(?:because\b|因为)[\s:：]*", "", why.strip(f"{_ENDS},，:："), flags=re.IGNORECASE)
    is_none = _PLACEHOLDER.fullmatch(why) or "REASON" in why or _TAKES_BACK.search(simplified(why))
    return None if is_none or not any(map(str.isalpha, why)) else why


def _bare(text: str) -> str:
    """Return a text without the marks that hold all of it: quotation marks, those of bold type."""
    is_held = len(text) > 1 and _AROUND.get(text[0]) == text[-1] and not {text[0], text[-1]} & set(text[1:-1])
    return text[1:-1].strip() if is_held else text


def _asks(text: str) -> bool:
    return "?" in _ADDRESS.sub("", text) or _ASKS_AT_END.search(text) is not None


def _number(groups: dict[str, str | None]) -> int | None:
    written = next(
        (groups[name] for name in ("number", "named", "counted", "bare") if groups.get(name)), None
    )
    if not written:
        return None
    return int(written) if written.isdecimal() else numerals.value(written)


def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found: list[tuple[str, str]] = []
    for deed, (english, chinese) in _VERBS.items():
        why, why_in_chinese = ("", "") if deed == "approve" else (f"(?:{_WHY})?", f"(?:{_WHY_IN_CHINESE})?")
        apart = {"reject": ("turn", "down"), "withdraw": ("take", "back")}.get(deed)
        found += (
            (deed, rf"{_POLITELY}(?:{english}) ?:? ?{_ONE}(?:{_THANKS}{why})"),
            (deed, rf"{_POLITELY}(?:{english}){_THIS}(?:{_THANKS}{why})"),
            (deed, rf"{_ONE} ?: ?(?:{english})(?:{why})"),
            (
                deed,
                rf"{_POLITELY_IN_CHINESE}(?:{chinese}) ?:? ?{_ONE_IN_CHINESE}(?:{_THANKS}{why_in_chinese})",
            ),
            (deed, rf"{_POLITELY_IN_CHINESE}(?:{chinese}){_THIS_IN_CHINESE}?(?:{_THANKS}{why_in_chinese})"),
            (
                deed,
                rf"{_POLITELY_IN_CHINESE}[把将] ?(?:{_ONE_IN_CHINESE}|{_THIS_IN_CHINESE}) ?(?:{chinese}){why_in_chinese}",
            ),
        )
        if apart:
            verb, particle = apart
            found.append((deed, rf"{_POLITELY}{verb} (?:{_ONE}|it|this(?: one| proposal)?) {particle}{why}"))
    return tuple((deed, re.compile(pattern, re.IGNORECASE)) for deed, pattern in found)


_PATTERNS: Final = _patterns()

"""Slack's text, read once for all that follows: the words, and what else stands among them, each as what it is.

People, channels, groups, links and emoji are no words of a question. docs.slack.dev/messaging/formatting-message-text
has the forms. Texts without Slack's markup, as from a terminal, are read by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal

from bot.render.clean import LONGEST_INPUT, LONGEST_TYPED, clean, shortened
from bot.render.escape import unescape
from handlers.request import Reference, ReferenceKind

# The names of emoji, Slack's and those a team adds: what is all digits is one of two, since others are times and ratios.
_NAME: Final = r"(?:[+-]1|100|1234|(?=[0-9_'+-]*[a-z])[a-z0-9_'+-]{1,100})"
# What a sentence ends with is no part of an address.
_ADDRESS: Final = r"https?://[\x21-\x3b\x3d\x3f-\x5f\x61-\x7b\x7d\x7e]+(?<![.,;:!?)'\"\]])"
_FORM: Final = re.compile(
    rf"""
      ```(?P<block>.*?)``` | `(?P<code>[^`\n]+)`
    | (?P<quote>^[ \t]*(?:&gt;|>)+[ \t]?)
    | <(?P<form>[^<>\n]{{1,3500}})>
    # Markup that is cut off.
    | <(?P<broken>[@\#][UWCDG][A-Z0-9]{{1,40}} | ![a-z]{{4,10}}(?:\^[^\s<>|]{{0,80}})?)(?:\|[^\s<>]*)?
    | <?(?P<address>{_ADDRESS})
    | (?P<emoji>(?<![A-Za-z0-9:]):{_NAME}:(?::{_NAME}:)*
        # Behind a letter it may be part of "a:b:c", and "key:v:" has no name of an emoji.
        | (?<=[A-Za-z0-9]):(?=[a-z][^:]){_NAME}:(?::{_NAME}:)*(?![A-Za-z0-9:]))
    | (?<![A-Za-z0-9_.@/\#+&-])(?P<name>@[A-Za-z][A-Za-z0-9_.-]*(?<![.-])
        # What is a tag rather than a channel has a capital, or is no more than a number.
        | \#(?=[0-9._-]*[a-z])[a-z0-9][a-z0-9._-]*(?<![.-])(?!\w))
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
# What is not seen parts no form: soft hyphens, spaces of no width, directions; the joiner inside an emoji stays.
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_USER: Final = re.compile(r"[UW][A-Z0-9]{1,40}")
_CHANNEL: Final = re.compile(r"[CDG][A-Z0-9]{1,40}")
_LINK: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*://|mailto:|tel:|sms:)\S+", re.IGNORECASE)
_BROADCASTS: Final = frozenset({"here", "channel", "everyone"})
_NAMELESS: Final = {"person": "someone", "channel": "channel", "group": "group", "broadcast": "channel"}
# A run of them is read from its first sign alone.
_MARKS: Final = re.compile(r"(?<![\w*~])[*_~]++(?=\w)|(?<=[^\W_])[*_~]++(?!\w)")
# What stands between a person addressed and what is said to them. A text that begins with it means nothing by it.
_ADDRESSED: Final = " \t\n,:，：、"
_OPENING: Final = f"{_ADDRESSED}*_~>"
_ENDS: Final = tuple("?!.,;？！。，；")
_TIES: Final = f"{_ADDRESSED}*_~;；(（/-–—"
# Words that lead to a reference and go with it, and those that may stand behind it as well.
_COPIED: Final = frozenset({"cc", "bcc", "fyi", "attn", "ping", "抄送"})
_COPIED_IN_CHINESE: Final = re.compile(r"[\s,:，：、;；(（-]*抄送[\s:：]*$")
_LEADING: Final = _COPIED | {
    "to", "in", "on", "at", "for", "from", "with", "by", "via", "per", "and", "or", "&", "+", "和", "在", "给", "到",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a text, as its reader sees it; `reference` is what it refers to, None where it does not."""

    kind: Literal["words", "code", "quote", "emoji", "reference"]
    text: str
    reference: Reference | None = None
    is_quoted: bool = False

    def is_of(self, user: str) -> bool:
        held = self.reference
        return held is not None and held.kind == "person" and bool(user) and held.id == user

    @property
    def name(self) -> str:
        """Return the name of a person or channel that Slack did not know, "" of anything else."""
        held = self.reference
        return held.name if held and held.kind in ("person", "channel") and not held.id else ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text as it is read, on one line and at most LONGEST_TYPED long.

    `text` is what is asked, and `written` the whole of it, as its reader sees it; `references` are what it refers to.
    """

    text: str
    written: str = ""
    references: tuple[Reference, ...] = ()
    was_cut: bool = False

    def cut(self, longest: int) -> tuple[str, bool]:
        """Return at most `longest` characters of the text, and whether anything was cut since it was typed."""
        short = shortened(self.text, longest)
        return short, self.was_cut or short != self.text

    def standing_in(self, name: str, channel: str) -> Typed:
        """Return the text as it is read in a channel: where it calls that by its name alone, it means it."""
        here = Reference("channel", name, channel)
        known = (
            here if (one.kind, one.name, one.id) == ("channel", name, "") else one for one in self.references
        )
        return replace(self, references=tuple(known)) if self.references else self


def typed(raw: str, me: str = "") -> Typed:
    """Return what somebody typed in Slack; `me` is the bot's own user id, whose mention is left out."""
    parts = list(_together(_pieces(raw)))
    text, was_cut = clean(_words(parts, me), LONGEST_TYPED)
    written, _ = clean(_written(parts, me), LONGEST_TYPED)
    references = tuple(
        replace(part.reference, name=clean(part.reference.name)[0])
        for part in parts
        if part.reference and not part.is_of(me)
    )
    return Typed(text, written, references, was_cut or len(raw) > LONGEST_INPUT)


def is_addressed(raw: str, me: str) -> bool:
    """Say whether a text speaks to `me`: not where each mention stands in code or in a quotation, and so is shown only."""
    parts = list(_quoted(_pieces(raw)))
    mentions = [part for part in parts if part.is_of(me)]
    shown = any(part.kind == "code" and f"<@{me}" in part.text for part in parts)
    return any(not part.is_quoted for part in mentions) or not (mentions or shown)


def _pieces(raw: str) -> Iterator[_Part]:
    """Yield what `raw` is made of, in linear time; markup that is broken is words."""
    raw, at = _INVISIBLE.sub("", raw[:LONGEST_INPUT]), 0
    for found in _FORM.finditer(raw):
        if found.start() > at:
            yield _Part("words", unescape(raw[at : found.start()]))
        yield _piece(found)
        at = found.end()
    yield _Part("words", unescape(raw[at:]))


def _together(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Yield the parts, words that stand beside each other as one: the label of a link and the marks around it."""
    for kind, group in groupby(parts, lambda part: part.kind):
        if kind == "words":
            yield _Part("words", "".join(part.text for part in group))
        else:
            yield from group


def _piece(found: re.Match[str]) -> _Part:
    kind, held = str(found.lastgroup), found[str(found.lastgroup)]
    match kind:
        case "block" | "code":
            return _Part("code", unescape(held))
        case "quote":
            return _Part("quote", unescape(held))
        case "emoji":
            return _Part("emoji", held)
        case "address":
            return _reference("link", unescape(held))
        case "name":
            return _named(held)
    return _form(held) or _Part("words", unescape(found[0]))


def _named(held: str) -> _Part:
    """Return what "@alice", "@here" or "#general" stands for where Slack has left it as it was typed."""
    sigil, name = held[0], held[1:]
    if sigil == "#":
        return _reference("channel", name, name if _CHANNEL.fullmatch(name) else "")
    if name.lower() in _BROADCASTS:
        return _reference("broadcast", name)
    return _reference("person", name, name if _USER.fullmatch(name) and len(name) > 7 else "")


def _form(inside: str) -> _Part | None:
    """Return what stands between < and >; None where that is none of Slack's forms."""
    target, _, label = inside.partition("|")
    label = unescape(label).strip()
    sigil, rest = target[:1], target[1:]
    if sigil == "@":
        return _reference("person", label.removeprefix("@"), rest if _USER.fullmatch(rest) else "")
    if sigil == "#":
        return _reference("channel", label.removeprefix("#"), rest if _CHANNEL.fullmatch(rest) else "")
    if sigil == "!":
        return _special(rest, label)
    if not _LINK.fullmatch(target):
        return None
    address = unescape(target)
    shown = address.removeprefix("mailto:").removeprefix("tel:")
    return _Part("words", label) if label and not _says(address, label) else _reference("link", shown)


def _special(rest: str, label: str) -> _Part:
    name, _, _ = rest.partition("^")
    if name == "subteam":
        return _reference("group", label.removeprefix("@"), rest.split("^")[1])
    if name in _BROADCASTS:
        return _reference("broadcast", label.removeprefix("@") or name)
    # A date, which is shown as its writer wrote it, or what Slack may add.
    return _Part("words", label)


def _says(address: str, label: str) -> bool:
    """Say whether the label of a link is its address, or part of it, rather than words that somebody wrote."""
    bare = _bare(label)
    return bare == _bare(address) or ("." in bare and " " not in label and bare in _bare(address))


def _bare(address: str) -> str:
    low = re.sub(r"[\s-]", "", address.casefold())
    return re.sub(r"^(?:https?:|mailto:|tel:)?(?://)?", "", low).rstrip("/")


def _reference(kind: ReferenceKind, name: str, known_as: str = "") -> _Part:
    sigil = {"channel": "#", "link": ""}.get(kind, "@")
    return _Part("reference", f"{sigil}{name or _NAMELESS.get(kind, '')}", Reference(kind, name, known_as))


def _quoted(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Yield the parts, those marked that stand in a quotation: to the end of the line, or of the text behind ">>>"."""
    in_quote, to_the_end = False, False
    for part in parts:
        if part.kind == "quote":
            in_quote = True
            to_the_end = to_the_end or part.text.count(">") > 2
        elif part.kind == "words" and "\n" in part.text:
            in_quote = to_the_end
        yield replace(part, is_quoted=True) if in_quote else part


def _written(parts: Iterable[_Part], me: str) -> str:
    """Return a text as its reader sees it, without the mention of `me` and what stands between a name and what is said."""
    shown = ""
    for part in parts:
        if part.is_of(me):
            continue
        if part.kind == "code":
            shown += f"`{part.text}`"
        else:
            # The colon of an emoji is no mark behind a name.
            shown += part.text if shown or part.kind != "words" else part.text.lstrip(_ADDRESSED)
    return shown


def _words(parts: Iterable[_Part], me: str) -> str:
    """Return the words of a text without what it refers to, what led to that, and the marks that it begins with."""
    plain: list[str] = []
    said, piece, is_behind = "", "", False
    for part in parts:
        if part.reference:
            plain.append(part.name)
            ties = _COPIED if part.is_of(me) else _LEADING
            said = _joined(said, _between(piece, said, is_behind, ties))
            piece, is_behind = "", True
        elif part.kind == "code" and not piece.strip():
            said, piece, is_behind = f"{said}{piece}", part.text, False
        elif part.kind == "words":
            words = _MARKS.sub("", part.text)
            piece += words if said or piece.strip() or is_behind else words.lstrip(_OPENING)
        else:
            piece += part.text if part.kind == "code" else " "
    said = _joined(said, _between(piece, said, is_behind, None))
    # Nothing but "@Ningbo" or "#ports", which Slack knows as nobody and no channel, are words after all.
    names = " ".join(filter(None, plain))
    return said if not names or any(char.isalnum() for char in said) else names


def _between(piece: str, said: str, is_behind: bool, leading: Set[str] | None) -> str:
    """Return `piece` without what only ties it to the reference that it `is_behind`, or that it is `leading` to."""
    if is_behind and not said.strip():
        piece = piece.removeprefix("'s").removeprefix("’s").lstrip(_OPENING)
    elif is_behind:
        piece = piece.lstrip(")）*_~")
    if leading is None:
        return "" if is_behind and piece.strip(_TIES).lower() in _COPIED else piece
    while words := piece.rsplit(None, 1):
        word = words[-1].strip(_TIES).lower()
        if word and word not in leading:
            break
        piece = words[0] if len(words) == 2 else ""
    # Chinese has no spaces.
    return _COPIED_IN_CHINESE.sub("", piece)


def _joined(said: str, piece: str) -> str:
    """Return words with those behind a reference, a mark at its own place: "Hangzhou @alice?" is "Hangzhou?"."""
    return f"{said.rstrip()}{piece}" if piece[:1] in _ENDS else f"{said} {piece}"

"""What is said to greetings, thanks and the like: one line, in the script of whoever wrote it, and no facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from handlers.answer import Answer, Choice
from handlers.command import Command, Verb
from handlers.help import privacy
from handlers.lookups import asked_to_act, listed
from handlers.lookups.talk_lines import LINES, Values, example, no_words
from handlers.records import about
from handlers.request import Request
from handlers.say import Said, say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.names.resolver import Found
from knowledge.phrases import units
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import WordUse

SIGNS: Final = "signs"
"""The verb of a message without a word: emoji or punctuation."""


# What has examples one may press.
_WITH_EXAMPLES: Final = frozenset({WordUse.HELLO, WordUse.ABILITY, WordUse.PUZZLEMENT, WordUse.TRIAL})
# What may stand before a question and is no part of it: by itself, before a comma, and as a sentence of its own.
_BY_ITSELF: Final = frozenset({WordUse.HELLO, WordUse.PLEASE})
_BEFORE_A_COMMA: Final = _BY_ITSELF | {WordUse.THANKS, WordUse.REGRET, WordUse.CONSENT, WordUse.DENIAL}
_SENTENCES: Final = _BEFORE_A_COMMA | {WordUse.WELLBEING, WordUse.PRAISE, WordUse.COMPLAINT, WordUse.TRIAL}
_BEFORE: Final = _SENTENCES | {WordUse.POLITENESS}
_TALK: Final = frozenset({*LINES, *asked_to_act.USES, WordUse.PLEASE, WordUse.POLITENESS})
_OF_PRIVACY: Final = frozenset(
    {WordUse.PRIVACY, WordUse.KEEPING, WordUse.PLEASE, WordUse.POLITENESS, WordUse.HELLO}
)
_NO_PRIVACY: Final = "这里不保存您的任何内容。在 Slack 中输入“help privacy”，可查看那里保存什么。"
_PRIVACY: Final = "以下是我保存的内容和期限（英文）。"
_ENDS: Final = ".!?~。！？～…"
_LONGEST_NAME: Final = 40
_MARKS: Final = ",.!;:~，。！；：、～…"


def read(base: FactBase, message: Sequence[str]) -> str | None:
    """Return the verb that answers a message (its units) which is talk and nothing else; None where it is not, or is a name."""
    said = base.phrases.cover(message, _TALK)
    # Of several the first that stands in the table is what matters: "no, that is wrong" complains.
    use = next((use for use in (*asked_to_act.USES, *LINES) if use in said), None) if said else None
    if use is None and WordUse.PRIVACY in (base.phrases.cover(message, _OF_PRIVACY) or ()):
        use = WordUse.PRIVACY
    return None if use is None or is_name(base, message) else str(use)


def is_name(base: FactBase, message: Sequence[str]) -> bool:
    """Say whether a message (its units) is a name of the base, as it is written or in pinyin."""
    key = "".join(message)
    return base.names.is_spelling(key) or base.names.is_in_pinyin(key)


def without_greeting(base: FactBase, text: str) -> str:
    """Return `text` without the talk before what it asks: the text itself where it asks nothing else, or begins with a name."""
    for cut in base.phrases.leading(text, _BEFORE):
        after = text[cut:].lstrip()
        asked = after.lstrip(f"{_MARKS} ")
        if not asked or base.phrases.cover(units(text), _TALK):
            return text
        mark = after[: len(after) - len(asked)].strip()
        uses = _BY_ITSELF if not mark else _SENTENCES if mark[0] in _ENDS else _BEFORE_A_COMMA
        said = base.phrases.cover(units(text[:cut]), uses | {WordUse.POLITENESS}) or frozenset()
        if said & uses and (mark or not _begins_a_name(base, text[:cut], asked)):
            return asked
    return text


def _begins_a_name(base: FactBase, before: str, after: str) -> bool:
    """Say whether a name of the base goes on from what stands before a question into it: "hi tech"."""
    return base.names.begins("".join((*units(before), *units(after[:_LONGEST_NAME])[:1])))


@dataclass(frozen=True, slots=True)
class _Line:
    """Answers with the line of a use, English and Chinese, for whichever it was asked in."""

    english: Callable[[Values], Said]
    chinese: str
    has_examples: bool

    def __call__(self, services: Services, request: Request) -> Answer:
        in_chinese = bool(self.chinese and CHINESE.search(request.text))
        values = Values.of(services.base, in_chinese=in_chinese)
        return Answer(
            headline=self.chinese.format(**asdict(values)) if in_chinese else self.english(values),
            outcome="answer",
            choices=_examples(services.base, in_chinese=in_chinese) if self.has_examples else (),
            in_chinese=in_chinese,
        )


def _examples(base: FactBase, *, in_chinese: bool) -> tuple[Choice, ...]:
    """Return a button for an example of what is asked for by name, as far as the base has it."""
    texts = (
        example(command, in_chinese=in_chinese) for command in (listed.CITY, listed.MECHANISM, listed.TOPIC)
    )
    found = (base.resolve(text, slips=False) for text in texts)
    shown = [one.record for one in found if isinstance(one, Found)]
    return tuple(
        replace(about.as_choice(one), label=(in_chinese and one.chinese) or one.name) for one in shown
    )


def _nothing(services: Services, request: Request) -> Answer:
    return _Line(no_words, "", has_examples=True)(services, request)


def _privacy(services: Services, request: Request) -> Answer:
    told = privacy(services, request)
    if not CHINESE.search(request.text):
        return told
    return replace(told, headline=_PRIVACY if services.privacy else _NO_PRIVACY, in_chinese=True)


COMMAND: Final = Command(
    name="talk",
    usage="",
    summary=say("A friendly line"),
    examples=(),
    handle=_nothing,
    verbs=(
        *(Verb(str(use), _Line(*lines, use in _WITH_EXAMPLES)) for use, lines in LINES.items()),
        *asked_to_act.VERBS,
        Verb(SIGNS, _nothing),
        Verb(str(WordUse.PRIVACY), _privacy),
    ),
)

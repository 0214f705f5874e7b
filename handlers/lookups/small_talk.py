"""What is said to greetings, thanks and the like: one line, in the script of whoever wrote it, and no facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from handlers.answer import Answer, Choice
from handlers.command import Command, Verb
from handlers.lookups import listed, pair
from handlers.questions import command as questions_command
from handlers.records import about
from handlers.request import Request
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.names.resolver import Found
from knowledge.phrases import units
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import WordUse

SIGNS: Final = "signs"
"""The verb of a message without a word: emoji or punctuation."""
# English, and Chinese; {place}, {pair}, {question} are examples of the commands.
_LINES: Final = MappingProxyType(
    {
        WordUse.COMPLAINT: (
            "Thank you for saying so. Please tell me what is wrong: *Wrong or outdated* under a fact, or /yrd fact ID wrong with the fact's id, opens a form that a curator reads.",
            "谢谢指出。请说明哪里有误：按事实下的 *Wrong or outdated*，或输入 /yrd fact ID wrong（ID 为事实编号），由审核人查看。",
        ),
        WordUse.PUZZLEMENT: (
            "Let me help: ask for one thing at a time, for example “{question}” or “{place}”. help explains the rest.",
            "请一次只问一件事，例如“{question}”或“{place}”。输入 help 查看说明。",
        ),
        WordUse.ABILITY: (
            "I answer questions on cooperation in the Yangtze River Delta, each line with its source. Try “{place}”, “{pair}” or “{question}”; list shows what I hold, help what else I can do.",
            "我回答长三角区域合作的问题，每一条都注明出处。可以试试“{place}”、“{pair}”或“{question}”；输入“列表”看我收录了什么，输入 help 看其他功能。",
        ),
        WordUse.SELF: (
            "I am YRD Desk, a program: I answer from {facts} facts on cooperation in the Yangtze River Delta that people curated, and show the source of each. I write no text of my own.",
            "我是 YRD Desk，一个程序：我根据人工整理的 {facts} 条长三角合作事实作答，每条都有出处，不自行生成内容。",
        ),
        WordUse.LANGUAGES: (
            "Yes: ask me in English or in Chinese, whichever you like. I read no other language.",
            "会的：中文、英文提问都可以。其他语言我不懂。",
        ),
        WordUse.NEWS: (
            "I do not follow the news: I answer from {documents} documents, the newest of {newest}. list shows what is in them.",
            "我不跟踪新闻：我依据 {documents} 份文献作答，最新的是 {newest}。输入“列表”查看内容。",
        ),
        WordUse.WELLBEING: (
            "I am well, thank you. What would you like to know about the Yangtze River Delta?",
            "我很好，谢谢。您想了解长三角的什么？",
        ),
        WordUse.THANKS: ("You are welcome.", "不客气。"),
        WordUse.REGRET: ("No harm done. Just ask again.", "没关系，请再问一次就好。"),
        WordUse.PRAISE: ("Thank you, I am glad it helps.", "谢谢，很高兴能帮上忙。"),
        WordUse.GOODBYE: ("Goodbye. I am here whenever you need me.", "再见，需要时随时找我。"),
        WordUse.TRIAL: ("I am here and listening. Try “{place}”.", "我在。可以试试“{place}”。"),
        WordUse.DENIAL: (
            "All right. Ask me again whenever you like.",
            "好的。需要时随时再问。",
        ),
        WordUse.HELLO: (
            "Hello. Ask me about a place, two places or how they cooperate, for example “{place}”, “{pair}” or “{question}”.",
            "您好。您可以问一个地方、两个地方或它们如何合作，例如“{place}”、“{pair}”或“{question}”。",
        ),
        WordUse.CONSENT: (
            "Good. Ask me the next question whenever you like.",
            "好的。有问题请随时问。",
        ),
    }
)
_NO_WORDS: Final = (
    "I read words only. Ask me about a place or how places cooperate, for example “{place}” or “{question}”."
)
# What has examples one may press.
_WITH_EXAMPLES: Final = frozenset({WordUse.HELLO, WordUse.ABILITY, WordUse.PUZZLEMENT, WordUse.TRIAL})
# What may stand before a question and is no part of it: by itself, before a comma, and as a sentence of its own.
_BY_ITSELF: Final = frozenset({WordUse.HELLO, WordUse.PLEASE})
_BEFORE_A_COMMA: Final = _BY_ITSELF | {WordUse.THANKS, WordUse.REGRET, WordUse.CONSENT, WordUse.DENIAL}
_SENTENCES: Final = _BEFORE_A_COMMA | {WordUse.WELLBEING, WordUse.PRAISE, WordUse.COMPLAINT, WordUse.TRIAL}
_BEFORE: Final = _SENTENCES | {WordUse.POLITENESS}
_TALK: Final = frozenset({*_LINES, WordUse.PLEASE, WordUse.POLITENESS})
_ENDS: Final = ".!?~。！？～…"
_LONGEST_NAME: Final = 40
_MARKS: Final = ",.!;:~，。！；：、～…"


def read(base: FactBase, message: Sequence[str]) -> str | None:
    """Return the verb that answers a message (its units) which is talk and nothing else; None where it is not, or is a name."""
    said = base.phrases.cover(message, _TALK)
    # Of several the first that stands in the table is what matters: "no, that is wrong" complains.
    use = next((use for use in _LINES if use in said), None) if said else None
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

    english: str
    chinese: str
    has_examples: bool

    def __call__(self, services: Services, request: Request) -> Answer:
        in_chinese = CHINESE.search(request.text) is not None
        line = self.chinese if in_chinese else self.english
        base = services.base
        dates = [document.published for document in base.documents if document.published]
        return Answer(
            headline=line.format(
                place=listed.CITY.examples[0].text,
                pair=pair.COMMAND.examples[0].text,
                question=_question(in_chinese=in_chinese),
                facts=len(base.facts),
                documents=len(base.documents),
                newest=max(dates, default="")[:4] or "–",
            ),
            outcome="answer",
            choices=_examples(base) if self.has_examples else (),
        )


def _question(*, in_chinese: bool) -> str:
    """Return an example of a question, in Chinese where there is one."""
    asked = [example.text for example in questions_command.COMMAND.examples if example.outcome == "answer"]
    return next((text for text in asked if bool(CHINESE.search(text)) is in_chinese), asked[0])


def _examples(base: FactBase) -> tuple[Choice, ...]:
    """Return a button for the first example of what is asked for by name, as far as the base has it."""
    texts = (command.examples[0].text for command in (listed.CITY, listed.MECHANISM, listed.TOPIC))
    found = (base.resolve(text, slips=False) for text in texts)
    return tuple(about.as_choice(one.record) for one in found if isinstance(one, Found))


def _nothing(services: Services, request: Request) -> Answer:
    return _Line(_NO_WORDS, _NO_WORDS, has_examples=True)(services, request)


COMMAND: Final = Command(
    name="small talk",
    usage="",
    summary="A friendly line",
    examples=(),
    handle=_nothing,
    verbs=(
        *(Verb(str(use), _Line(*lines, use in _WITH_EXAMPLES)) for use, lines in _LINES.items()),
        Verb(SIGNS, _nothing),
    ),
)

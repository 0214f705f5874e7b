"""What is said to greetings, thanks and the like, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Self

from handlers.command import Command
from handlers.lookups import listed, pair
from handlers.lookups.fact import WRONG
from handlers.questions import command as questions_command
from handlers.records import counts
from handlers.say import Said, say
from knowledge.base import FactBase
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import WordUse


@dataclass(frozen=True, slots=True)
class Values:
    """What a line may name: examples of the commands, and what the base is made of."""

    place: str
    pair: str
    question: str
    wrong: str
    facts: Said
    documents: Said
    newest: str
    fact_count: int
    document_count: int

    @classmethod
    def of(cls, base: FactBase, *, in_chinese: bool) -> Self:
        """Return them for a line in that script."""
        dates = [document.published for document in base.documents if document.published]
        return cls(
            place=example(listed.CITY, in_chinese=in_chinese),
            pair=example(pair.COMMAND, in_chinese=in_chinese),
            question=example(questions_command.COMMAND, in_chinese=in_chinese),
            wrong=WRONG,
            facts=counts.facts(len(base.facts)),
            documents=counts.documents(len(base.documents)),
            newest=max(dates, default="")[:4] or "–",
            fact_count=len(base.facts),
            document_count=len(base.documents),
        )


LINES: Final[Mapping[WordUse, tuple[Callable[[Values], Said], str]]] = MappingProxyType(
    {
        WordUse.COMPLAINT: (
            lambda values: say(
                "Thank you for saying so. Please tell me what is wrong: “{wrong}” under a fact, or /yrd fact ID wrong with the fact's id, opens a form that a curator reads.",
                wrong=values.wrong,
            ),
            "谢谢指出。请说明哪里有误：按事实下的“{wrong}”，或输入 /yrd fact ID wrong（ID 为事实编号），由审核人查看。",
        ),
        WordUse.REPORTING: (
            lambda values: say(
                "“{wrong}” under a fact opens a form that a curator reads, and so does /yrd fact ID wrong with the fact's id, which “details” shows.",
                wrong=values.wrong,
            ),
            "按事实下的“{wrong}”，或输入 /yrd fact ID wrong（ID 为事实编号，输入“详情”可见），即可填写报告，由审核人查看。",
        ),
        WordUse.CITING: (
            lambda values: say(
                "“Copy with citation” under an answer gives its facts as text to paste, in four styles: plain footnote, Chicago, GB/T 7714 and BibTeX. “source” and a document's name gives the reference to the whole document."
            ),
            "按答案下的“Copy with citation”，可得到带引文的文本，有四种格式：普通脚注、Chicago、GB/T 7714 和 BibTeX。输入“source”加文献名，可得到整篇文献的引文。",
        ),
        WordUse.SHARING: (
            lambda values: say(
                "“Share to channel” under an answer that you alone see shows it to everybody in the channel. What I answer to a mention is seen by all there already."
            ),
            "只有您能看到的答案下有“Share to channel”，按一下即可让频道里的人都看到。提及我时的回答，频道里的人本来就能看到。",
        ),
        WordUse.TRUST: (
            lambda values: say(
                "Trust what you can check: each statement stands with its source and paragraph, and a note says where a source is doubted or sources differ. I repeat what {documents} say, and they may be wrong.",
                documents=values.documents,
            ),
            "请以核对为准：每条事实都注明出处和段落，来源存疑或互相矛盾时会有注释。我只转述 {document_count} 份文献的内容，文献本身也可能有误。",
        ),
        WordUse.PUZZLEMENT: (
            lambda values: say(
                "Let me help: ask for one thing at a time, for example “{question}” or “{place}”. “help” explains the rest.",
                question=values.question,
                place=values.place,
            ),
            "请一次只问一件事，例如“{question}”或“{place}”。输入“帮助”查看说明。",
        ),
        WordUse.ABILITY: (
            lambda values: say(
                "I answer questions on cooperation in the Yangtze River Delta, each line with its source. Try “{place}”, “{pair}” or “{question}”; “list” shows what I hold, “help” what else I can do.",
                place=values.place,
                pair=values.pair,
                question=values.question,
            ),
            "我回答长三角区域合作的问题，每一条都注明出处。可以试试“{place}”、“{pair}”或“{question}”；输入“列表”看我收录了什么，输入“帮助”看其他功能。",
        ),
        WordUse.MACHINE: (
            lambda values: say(
                "I am a program, no person and no chat model: I look up {facts} that people curated, show the source of each, and write no text of my own.",
                facts=values.facts,
            ),
            "我是一个程序，不是真人，也不是聊天模型：我查找人工整理的 {fact_count} 条事实，每条都有出处，不自行生成内容。",
        ),
        WordUse.MAKER: (
            lambda values: say(
                "I am run by whoever added me to this workspace. People curated my {facts} from {documents}, which “documents” lists.",
                facts=values.facts,
                documents=values.documents,
            ),
            "我由把我加入此工作区的人运行。{fact_count} 条事实由人工从 {document_count} 份文献整理，输入“文献”可查看。",
        ),
        WordUse.SELF: (
            lambda values: say(
                "I am YRD Desk, a program: I answer from {facts} on cooperation in the Yangtze River Delta that people curated, and show the source of each. I write no text of my own.",
                facts=values.facts,
            ),
            "我是 YRD Desk，一个程序：我根据人工整理的 {fact_count} 条长三角合作事实作答，每条都有出处，不自行生成内容。",
        ),
        WordUse.LANGUAGES: (
            lambda values: say(
                "You may ask in English or in Chinese. I tell the facts in English, with the Chinese names of what they are about; I read no other language."
            ),
            "可以用中文提问，也可以用英文。事实用英文陈述，并附中文名称；其他语言我不懂。",
        ),
        WordUse.NEWS: (
            lambda values: say(
                "I do not follow the news: I answer from {documents}, the newest of {newest}. “documents” lists them.",
                documents=values.documents,
                newest=values.newest,
            ),
            "我不跟踪新闻：我依据 {document_count} 份文献作答，最新的是 {newest} 年。输入“文献”可查看。",
        ),
        WordUse.WELLBEING: (
            lambda values: say(
                "I am well, thank you. What would you like to know about the Yangtze River Delta?"
            ),
            "我很好，谢谢。您想了解长三角的什么？",
        ),
        WordUse.THANKS: (
            lambda values: say("You are welcome."),
            "不客气。",
        ),
        WordUse.REGRET: (
            lambda values: say("No harm done. Just ask again."),
            "没关系，请再问一次就好。",
        ),
        WordUse.PRAISE: (
            lambda values: say("Thank you, I am glad it helps."),
            "谢谢，很高兴能帮上忙。",
        ),
        WordUse.GOODBYE: (
            lambda values: say("Goodbye. I am here whenever you need me."),
            "再见，需要时随时找我。",
        ),
        WordUse.TRIAL: (
            lambda values: say("I am here and listening. Try “{place}”.", place=values.place),
            "我在。可以试试“{place}”。",
        ),
        WordUse.DENIAL: (
            lambda values: say("All right. Ask me again whenever you like."),
            "好的。需要时随时再问。",
        ),
        WordUse.HELLO: (
            lambda values: say(
                "Hello. Ask me about a place, two places or how they cooperate, for example “{place}”, “{pair}” or “{question}”.",
                place=values.place,
                pair=values.pair,
                question=values.question,
            ),
            "您好。您可以问一个地方、两个地方或它们如何合作，例如“{place}”、“{pair}”或“{question}”。",
        ),
        WordUse.CONSENT: (
            lambda values: say("Good. Ask me the next question whenever you like."),
            "好的。有问题请随时问。",
        ),
    }
)
"""In English, and in the script of whoever writes Chinese. Of several the first is what matters."""


def no_words(values: Values) -> Said:
    """Return the line to a message without a word."""
    return say(
        "I read words only. Ask me about a place or how places cooperate, for example “{place}” or “{question}”.",
        place=values.place,
        question=values.question,
    )


def example(command: Command, *, in_chinese: bool) -> str:
    """Return an example of a command that has an answer, in Chinese where there is one."""
    asked = [one.text for one in command.examples if one.outcome == "answer"]
    return next((text for text in asked if bool(CHINESE.search(text)) is in_chinese), asked[0])

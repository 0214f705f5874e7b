"""What is new in a team's base, and the fact of the day, as answers to whoever asks for them."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from handlers.answer import FACTS_PER_PAGE, Answer, Line
from handlers.front_page.of_the_day import fact_of_the_day
from handlers.front_page.recent import SPAN, RecentFact, recent
from handlers.paging import page
from handlers.records import counts
from handlers.request import Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from knowledge.text.normalize import CHINESE

MOST: Final = 50
"""How many facts are told as new."""


def what_is_new(services: Services, request: Request) -> Answer:
    """Return the page of what is new that is asked for, new facts before corrected ones and of each the latest first."""
    found = recent(services, request.team, request.now, MOST)
    in_chinese = CHINESE.search(request.text) is not None
    rows = sorted(found, key=lambda one: one.what == "corrected")
    shown = page(rows, request.page, FACTS_PER_PAGE)
    return Answer(
        headline=_in_chinese(len(rows)) if in_chinese else _said(services, len(rows)),
        outcome="answer",
        lines=tuple(Line(one.fact, group=_heading(one, in_chinese=in_chinese)) for one in shown.items),
        page=shown.number,
        pages=shown.pages,
        total=shown.total,
        in_chinese=in_chinese,
    )


def of_the_day(services: Services, request: Request) -> Answer:
    """Return the fact of the day where whoever asks is."""
    fact = fact_of_the_day(services.base, request.now.astimezone(ZoneInfo(request.tz)).date())
    in_chinese = CHINESE.search(request.text) is not None
    if fact is None:
        nothing = (
            "库里还没有适合的事实。" if in_chinese else say("The base holds no fact that would do for a day.")
        )
        return Answer(headline=nothing, outcome="answer", in_chinese=in_chinese)
    return Answer(
        headline="今天的事实：" if in_chinese else say("The fact of the day:"),
        outcome="answer",
        lines=(Line(fact),),
        context=fact.subjects[:1],
        in_chinese=in_chinese,
    )


def _heading(one: RecentFact, *, in_chinese: bool) -> str:
    if one.what == "corrected":
        return "更正" if in_chinese else say("Corrected")
    return "新增" if in_chinese else say("New")


def _said(services: Services, number: int) -> Said:
    if number:
        return say_many(
            "{count} fact came into the base or was corrected in the last {days} days.",
            "{count} facts came into the base or were corrected in the last {days} days.",
            number,
            days=SPAN.days,
        )
    dates = [document.published for document in services.base.documents if document.published]
    return say(
        "Nothing came into the base and nothing was corrected in the last {days} days. I do not follow the news: I answer from"
        " {documents}, the newest of {newest}.",
        days=SPAN.days,
        documents=counts.documents(len(services.base.documents)),
        newest=max(dates, default="")[:4] or "–",
    )


def _in_chinese(number: int) -> str:
    return (
        f"最近 {SPAN.days} 天新增或更正了 {number} 条事实。"
        if number
        else f"最近 {SPAN.days} 天没有新增或更正的事实。"
    )

"""What is new in a team's base, and the fact of the day, as answers to whoever asks for them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.answer import FACTS_PER_PAGE, Answer, Line
from handlers.digests.schedule import day_label
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
    """Return the page of what is new that is asked for, new facts before corrected ones and of each the latest first; where
    nothing is, that, and what came on the day that something last did.
    """
    found = recent(services, request.team, request.now, MOST)
    last = () if found else _last(services, request)
    in_chinese = CHINESE.search(request.text) is not None
    rows = sorted(found or last, key=lambda one: one.what == "corrected")
    shown = page(rows, request.page, FACTS_PER_PAGE)
    day = last[0].at.astimezone(ZoneInfo(request.tz)).date() if last else None
    said = _in_chinese if in_chinese else _said
    return Answer(
        headline=said(services, len(found), day),
        outcome="answer",
        lines=tuple(Line(one.fact, group=_heading(one, in_chinese=in_chinese)) for one in shown.items),
        page=shown.number,
        pages=shown.pages,
        total=shown.total,
        in_chinese=in_chinese,
    )


def _last(services: Services, request: Request) -> tuple[RecentFact, ...]:
    """Return what came on the latest day on which something came, however long ago."""
    ever = recent(services, request.team, request.now, MOST, within=timedelta.max)
    zone = ZoneInfo(request.tz)
    return tuple(one for one in ever if one.at.astimezone(zone).date() == ever[0].at.astimezone(zone).date())


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


def _said(services: Services, number: int, last: date | None) -> Said:
    if number:
        return say_many(
            "{count} fact came into the base or was corrected in the last {days} days.",
            "{count} facts came into the base or were corrected in the last {days} days.",
            number,
            days=SPAN.days,
        )
    nothing = say(
        "Nothing came into the base and nothing was corrected in the last {days} days.", days=SPAN.days
    )
    if last is not None:
        return say("{nothing} The last that came, on {day}:", nothing=nothing, day=day_label(last))
    return say(
        "{nothing} I do not follow the news: I answer from {documents}, the newest of {newest}.",
        nothing=nothing,
        documents=counts.documents(len(services.base.documents)),
        newest=_newest(services) or "–",
    )


def _in_chinese(services: Services, number: int, last: date | None) -> str:
    if number:
        return f"最近 {SPAN.days} 天新增或更正了 {number} 条事实。"
    nothing = f"最近 {SPAN.days} 天没有新增或更正的事实。"
    if last is not None:
        return f"{nothing}最近一次是 {last.year} 年 {last.month} 月 {last.day} 日："
    return f"{nothing}我不追踪新闻，只依据 {len(services.base.documents)} 份文献回答，最新的是 {_newest(services) or '–'} 年的。"


def _newest(services: Services) -> str:
    """Return the year of the newest document, "" where none has one."""
    return max((document.published for document in services.base.documents), default="")[:4]

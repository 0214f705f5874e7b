"""A short tour for who comes for the first time: people of the workspace do things, and a caption says what happens.

It waits at every step for whoever reads. Each tab of a browser has a tour of its own, so that nobody is led along by another.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.local_slack.blockkit.ids import interactive_elements
from bot.local_slack.blockkit.json import Json
from bot.local_slack.driver.driver import Driver
from bot.local_slack.state.records import Message
from bot.local_slack.state.team import Team

LOG = logging.getLogger(__name__)
Pressed = tuple[Message, Json, Json]
WHO: Final = "alice"
ANSWERED: Final = 8.0
# A tab that was closed never ends its tour.
MOST_TABS: Final = 100


@dataclass(frozen=True, slots=True)
class Step:
    """A caption, where to look (a channel's name or "app"; its tab; whether the last thread is open), and what is done; and
    whether that opens a form.
    """

    words: str
    place: str
    do: Callable[[Driver], object] = lambda driver: None
    tab: str = "messages"
    thread: bool = False
    opens_form: bool = False


def _shared(driver: Driver) -> None:
    found = _with_button(driver.team.ephemerals("general", WHO), "Share")
    if found:
        _press(driver, *found)


def _asked_for_citation(driver: Driver) -> None:
    """Ask, wait for the answer, and press its button as a person does."""
    team = driver.team
    said = driver.direct_message(WHO, "What is the GDP of Xuzhou?").message
    if said is None:
        return

    def answer() -> Pressed | None:
        # A picture of the step before may come in between.
        since = [m for m in team.posts(team.im(WHO)) if m.by_bot and m.ts > said.ts]
        return _with_button(since, "Copy with citation")

    _press(driver, *team.wait_for(answer, ANSWERED))


def _opened_digest_form(driver: Driver) -> None:
    """Ask for the form and wait until it is there: what comes late would lie over the next step."""
    if driver.command(WHO, "delta-news", "/yrd-digest").ok:
        driver.team.wait_for(lambda: driver.team.modal_of(WHO), ANSWERED)


def _with_button(messages: Sequence[Message], label: str) -> Pressed | None:
    """Return the newest message with a button that begins so, and that button with its block."""
    for message in reversed(messages):
        for block, element in interactive_elements(message.blocks):
            if element.get("text", {}).get("text", "").startswith(label):
                return message, block, element
    return None


def _press(driver: Driver, message: Message, block: Json, element: Json) -> None:
    driver.click(WHO, message, element["action_id"], block_id=block["block_id"])


STEPS: Final = (
    Step(
        "Welcome. This workspace runs on this machine, and nothing leaves it. YRD Desk is an app that answers questions and"
        " gives their sources. In nine short steps you see Alice use it.",
        "app",
    ),
    Step(
        "Alice asks which district is twinned with Huainan. The first line is the answer; behind it stands the source, down"
        " to the paragraph.",
        "app",
        lambda driver: driver.direct_message(WHO, "Which district is twinned with Huainan?"),
    ),
    Step(
        "In a channel she types /yrd-pair minhan and huainan, with a spelling mistake. Only she sees the answer: it says how"
        " the name was read, and shows what ties the two places.",
        "general",
        lambda driver: driver.command(WHO, "general", "/yrd-pair", "minhan and huainan"),
    ),
    Step("She presses Share to channel: now everybody in #general can see it.", "general", _shared),
    Step(
        "She can also mention the app, in English or in Chinese. It answers in a thread, so the channel stays quiet.",
        "delta-news",
        lambda driver: driver.mention(WHO, "delta-news", "淮南和哪个区结对？"),
        thread=True,
    ),
    Step(
        "Where it has no answer, the app says so instead of guessing, and shows what comes closest.",
        "app",
        lambda driver: driver.direct_message(WHO, "What is Hefei paired with?"),
    ),
    Step(
        "A map shows a place and its pairings. Point at a line or a place to read about it, and click it to ask.",
        "app",
        lambda driver: driver.direct_message(WHO, "map Huainan"),
    ),
    Step(
        "A figure comes with its year and its source. Copy with citation gives it as text to paste, in four styles.",
        "app",
        _asked_for_citation,
    ),
    Step(
        "/yrd-digest opens a form: choose topics, places and when to post. You see the next dates before anything is saved.",
        "delta-news",
        _opened_digest_form,
        opens_form=True,
    ),
    Step(
        "Home is the app's front page: a box to ask in, a fact a day, a map, and what is yours. That was the tour: now ask"
        " what you like. What Slack saw, next to Take the tour, shows developers every payload and call.",
        "app",
        lambda driver: driver.open_home(WHO),
        tab="home",
    ),
)


@dataclass(slots=True)
class _Walk:
    """A tour in one tab: which it is, how far it went, and whether a step is being done."""

    number: int
    at: int = 0
    stepping: threading.Lock = field(default_factory=threading.Lock)


class Tour:
    """Shows `steps` in a tab of a browser, one after another as its reader asks for them; each tab has its own way through.

    Where it is `guided`, pages begin with it on the first visit of a browser.
    """

    def __init__(
        self, team: Team, driver: Driver, steps: Sequence[Step] = STEPS, guided: bool = False
    ) -> None:
        self.guided = guided
        self._team = team
        self._driver = driver
        self._steps = steps
        self._lock = threading.Lock()
        self._walks: dict[str, _Walk] = {}
        self._numbers = itertools.count(1)
        self._is_called = False

    def call(self) -> None:
        """Have it begin in the tab that is looked at next."""
        self._is_called = True
        self._team.touch()

    def look(self, tab: str) -> None:
        """Note that somebody looks at this tab: what was called for begins there."""
        with self._lock:
            begins, self._is_called = self._is_called, False
        if begins:
            self.start(tab)

    def start(self, tab: str) -> None:
        """Begin in this tab, from the start."""
        with self._lock:
            self._walks.pop(tab, None)
            self._walks[tab] = _Walk(next(self._numbers))
            while len(self._walks) > MOST_TABS:
                del self._walks[next(iter(self._walks))]
        self._team.touch()

    def next(self, tab: str) -> None:
        """Go to the next step and do what it shows; where the step before opens a form, once that is there."""
        walk = self._walks.get(tab)
        if walk is None:
            return
        with walk.stepping:
            step = self._gone_on(tab, walk)
            if step is None:
                return
            if step.opens_form:
                self._do(step)
        if not step.opens_form:
            self._do(step)

    def stop(self, tab: str) -> None:
        """End the tour of this tab and take its caption away."""
        with self._lock:
            self._walks.pop(tab, None)
        self._team.touch()

    def stop_all(self) -> None:
        """End every tour."""
        with self._lock:
            self._walks.clear()
            self._is_called = False
        self._team.touch()

    def shown(self, tab: str) -> Json | None:
        """Return the step that this tab shows, as the page gets it; None where no tour is under way."""
        walk = self._walks.get(tab)
        if walk is None:
            return None
        at = walk.at
        step, user = self._steps[at], self._team.user(WHO)
        place = self._team.im(user) if step.place == "app" else self._team.channel(step.place)
        return {
            "id": f"{walk.number}/{at}",
            "number": at + 1,
            "of": len(self._steps),
            "words": step.words,
            "as": user.id,
            "channel": place.id,
            "tab": step.tab,
            "thread": step.thread,
            "form": step.opens_form,
        }

    def _gone_on(self, tab: str, walk: _Walk) -> Step | None:
        # What the step before opened is over before the next is told: under it nothing can have the focus.
        with self._lock:
            if self._walks.get(tab) is not walk or walk.at + 1 >= len(self._steps):
                return None
        while self._team.modal_of(WHO) is not None:
            self._driver.close_view(WHO)
        walk.at += 1
        self._team.touch()
        return self._steps[walk.at]

    def _do(self, step: Step) -> None:
        try:
            step.do(self._driver)
        except Exception:  # a boundary: the tour goes on without this step
            LOG.exception("a step of the tour failed")

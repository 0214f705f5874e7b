"""A short tour for who comes for the first time: people of the workspace do things, and a caption says what happens.

It waits at every step for whoever reads. By itself it begins once, on the first visit of a workspace.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
        "Welcome. This workspace lives on this machine, and nothing leaves it. You are Alice, and YRD Desk is the app she"
        " asks. Nine short steps show what it does.",
        "app",
    ),
    Step(
        "Alice asks which district is twinned with Huainan. The first line is the answer, with its source down to the"
        " paragraph.",
        "app",
        lambda driver: driver.direct_message(WHO, "Which district is twinned with Huainan?"),
    ),
    Step(
        "In a channel she types /yrd-pair minhan and huainan, with a slip. The answer comes to her alone, says how the"
        " name was read, and gathers what ties the two places.",
        "general",
        lambda driver: driver.command(WHO, "general", "/yrd-pair", "minhan and huainan"),
    ),
    Step("She presses Share to channel: now everybody in #general has it.", "general", _shared),
    Step(
        "One may also mention the app, in English or in Chinese. It answers in the thread, so the channel stays quiet.",
        "delta-news",
        lambda driver: driver.mention(WHO, "delta-news", "淮南和哪个区结对？"),
        thread=True,
    ),
    Step(
        "What the base does not hold, the app says plainly instead of guessing, and shows what comes nearest.",
        "app",
        lambda driver: driver.direct_message(WHO, "What is Hefei paired with?"),
    ),
    Step(
        "A map of a place and its pairings. Point at a line or a place to read it, press it to ask.",
        "app",
        lambda driver: driver.direct_message(WHO, "map Huainan"),
    ),
    Step(
        "A figure comes with its year and its warnings. Copy with citation gives text to paste, in four styles.",
        "app",
        _asked_for_citation,
    ),
    Step(
        "/yrd-digest opens a form: topics, places, and when to post. It shows the next times before anything is saved.",
        "delta-news",
        _opened_digest_form,
        opens_form=True,
    ),
    Step(
        "Home is the app's front page. That was the tour: now ask what you like. What Slack saw, under the channels, shows"
        " developers every payload and call.",
        "app",
        lambda driver: driver.open_home(WHO),
        tab="home",
    ),
)


class Tour:
    """Shows `steps` to whoever looks at the page, one after another as they ask for it; one tour at a time."""

    def __init__(self, team: Team, driver: Driver, steps: Sequence[Step] = STEPS) -> None:
        self._team = team
        self._driver = driver
        self._steps = steps
        self._lock = threading.Lock()
        self._stepping = threading.Lock()
        self._run = 0
        self._at = 0

    def offer(self) -> None:
        """Begin where nobody was offered the tour yet."""
        with self._team.lock:
            is_first = not self._team.tour_offered
            self._team.tour_offered = True
        if is_first:
            self.start()

    def start(self) -> None:
        """Begin from the start; a tour under way is ended."""
        with self._lock:
            self._run += 1
            self._at = 0
        self._team.tour_offered = True
        self._show(0)

    def next(self) -> None:
        """Go to the next step and do what it shows; where the step before opens a form, once that is there."""
        with self._stepping:
            step = self._gone_on()
            if step is None:
                return
            if step.opens_form:
                self._do(step)
        if not step.opens_form:
            self._do(step)

    def _gone_on(self) -> Step | None:
        with self._lock:
            if self._team.tour is None or self._at + 1 >= len(self._steps):
                return None
            self._at += 1
            number = self._at
        # What the step before opened is over before the next is told: under it nothing can have the focus.
        while self._team.modal_of(WHO) is not None:
            self._driver.close_view(WHO)
        self._show(number)
        return self._steps[number]

    def _do(self, step: Step) -> None:
        try:
            step.do(self._driver)
        except Exception:  # a boundary: the tour goes on without this step
            LOG.exception("a step of the tour failed")

    def stop(self) -> None:
        """End the tour and take its caption away."""
        self._team.show_tour(None)

    def _show(self, number: int) -> None:
        step, user = self._steps[number], self._team.user(WHO)
        place = self._team.im(user) if step.place == "app" else self._team.channel(step.place)
        self._team.show_tour(
            {
                "id": f"{self._run}/{number}",
                "number": number + 1,
                "of": len(self._steps),
                "words": step.words,
                "as": user.id,
                "channel": place.id,
                "tab": step.tab,
                "thread": step.thread,
            }
        )

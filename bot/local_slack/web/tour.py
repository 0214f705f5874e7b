"""A short tour for who comes for the first time: people of the workspace do things, and a caption says what happens."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.local_slack.blockkit.ids import interactive_elements
from bot.local_slack.driver.driver import Driver
from bot.local_slack.state.records import Message
from bot.local_slack.state.team import Team

LOG = logging.getLogger(__name__)
# A caption of forty words is read in about this time; Pause is for who reads slower.
SECONDS: Final = 14.0
WHO: Final = "alice"


@dataclass(frozen=True, slots=True)
class Step:
    """A caption, where to look (a channel's name or "app"; its tab; whether the last thread
    and the drawer are open), and what is done."""

    words: str
    place: str
    do: Callable[[Driver], object] = lambda driver: None
    tab: str = "messages"
    thread: bool = False
    drawer: bool = False


def _shared(driver: Driver) -> None:
    team = driver.team
    for message in reversed(team.ephemerals("general", WHO)):
        if _press(driver, message, "Share"):
            return


def _press(driver: Driver, message: Message, label: str) -> bool:
    for block, element in interactive_elements(message.blocks):
        if element.get("text", {}).get("text", "").startswith(label):
            driver.click(WHO, message, element["action_id"], block_id=block["block_id"])
            return True
    return False


def _home(driver: Driver) -> None:
    while driver.team.modal_of(WHO) is not None:
        driver.close_view(WHO)
    driver.open_home(WHO)


STEPS: Final = (
    Step(
        "Welcome. This is a workspace that lives on this machine alone: no account, nothing leaves it. You look over"
        " the shoulder of Alice; YRD Desk is the app she asks.",
        "general",
    ),
    Step(
        "Alice types /yrd-city hangzou and misspells it. The answer comes to her alone, says how it read the name,"
        " and every line names its source down to the paragraph.",
        "general",
        lambda driver: driver.command(WHO, "general", "/yrd-city", "hangzou"),
    ),
    Step("She presses Share to channel, and now everybody in #general has it.", "general", _shared),
    Step(
        "In a channel or a thread one mentions the app, in English, Chinese or both. It answers in the thread, so the channel"
        " stays quiet.",
        "delta-news",
        lambda driver: driver.mention(WHO, "delta-news", "what is 杭州 twinned with?"),
        thread=True,
    ),
    Step(
        "A direct message needs no command. What the base does not hold, the app says so instead of guessing.",
        "app",
        lambda driver: driver.direct_message(WHO, "What is the population of Paris?"),
    ),
    Step(
        "/yrd-digest opens a form: topics, places, and when to post. It shows the next three times before anything is"
        " saved.",
        "delta-news",
        lambda driver: driver.command(WHO, "delta-news", "/yrd-digest"),
    ),
    Step(
        "The Home tab says what the base covers and where it is thin, holds one's digests, and takes a question too.",
        "app",
        _home,
        tab="home",
    ),
    Step(
        "Last, what Slack saw: every signed payload, every call of the app with its answer, and the limit it came"
        " nearest to. Now it is your turn: type / in any channel.",
        "general",
        drawer=True,
    ),
)


class Tour:
    """Plays `steps` to whoever looks at the page; one at a time, and it can be paused, hurried and ended."""

    def __init__(
        self, team: Team, driver: Driver, steps: Sequence[Step] = STEPS, seconds: float = SECONDS
    ) -> None:
        self._team = team
        self._driver = driver
        self._steps = steps
        self._seconds = seconds
        self._lock = threading.Lock()
        self._run = 0
        self._go_on = threading.Event()
        self._paused = False

    def start(self) -> None:
        """Begin from the start; a tour under way is ended."""
        with self._lock:
            self._run += 1
            self._paused = False
            run = self._run
        self._go_on.set()
        threading.Thread(target=self._play, args=(run,), name="workspace-tour", daemon=True).start()

    def hurry(self) -> None:
        """Go to the next step now."""
        self._paused = False
        self._go_on.set()

    def pause(self) -> None:
        """Wait at this step until `hurry`."""
        self._paused = True
        if self._team.tour is not None:
            self._team.show_tour({**self._team.tour, "paused": True})

    def stop(self) -> None:
        """End the tour and take its caption away."""
        with self._lock:
            self._run += 1
        self._go_on.set()
        self._team.show_tour(None)

    def _play(self, run: int) -> None:
        for number, step in enumerate(self._steps, start=1):
            if run != self._run:
                return
            self._go_on.clear()
            self._show(run, number, step)
            try:
                step.do(self._driver)
            except Exception:  # a boundary: the tour goes on without this step
                LOG.exception("a step of the tour failed")
            self._go_on.wait(self._seconds)
            while self._paused and run == self._run:
                self._go_on.wait()
        if run == self._run:
            self._team.show_tour(None)

    def _show(self, run: int, number: int, step: Step) -> None:
        user = self._team.user(WHO)
        place = self._team.im(user) if step.place == "app" else self._team.channel(step.place)
        self._team.show_tour(
            {
                "id": f"{run}/{number}",
                "number": number,
                "of": len(self._steps),
                "words": step.words,
                "as": user.id,
                "channel": place.id,
                "tab": step.tab,
                "thread": step.thread,
                "drawer": step.drawer,
                "paused": False,
            }
        )

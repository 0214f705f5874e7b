"""What is asked before something is done to several digests, and what the buttons below it read."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.digests.changing.several_deed import runs
from handlers.records.enumerated import all_of, apart
from handlers.say import Said, say, say_many


def question(verb: str, count: int) -> Said:
    """Return the question whether a verb is to be done to so many digests."""
    match verb:
        case "unsubscribe":
            return say_many("End {count} digest?", "End {count} digests?", count)
        case "pause":
            return say_many("Pause {count} digest?", "Pause {count} digests?", count)
        case "resume":
            return say_many("Resume {count} digest?", "Resume {count} digests?", count)
        case "skip":
            return say_many("Skip {count} digest?", "Skip {count} digests?", count)
        case "unskip":
            return say_many(
                "Take back the skips of {count} digest?", "Take back the skips of {count} digests?", count
            )
        case "restart":
            return say_many("Start {count} digest over?", "Start {count} digests over?", count)
        case _:
            return say_many("Change {count} digest?", "Change {count} digests?", count)


def none_of(numbers: Sequence[str]) -> Said:
    """Return that there are no digests of some numbers: those that follow each other as "99 to 120"."""
    return say_many(
        "There is no digest {digests} here.",
        "There are no digests {digests} here.",
        len(numbers),
        digests=all_of(spans(numbers)),
    )


def spans(numbers: Sequence[str]) -> list[Said | str]:
    """Return some numbers as they are said: those that follow each other as "99 to 120"."""
    return [
        first if first == last else say("{first} to {last}", first=first, last=last)
        for first, last in runs(numbers)
    ]


def agreeing(verb: str, count: int) -> Said:
    """Return what the button reads that agrees, of one digest or of so many."""
    match verb:
        case "unsubscribe":
            return say("End all of them") if count > 1 else say("End it")
        case "pause":
            return say("Pause all of them") if count > 1 else say("Pause it")
        case "resume":
            return say("Resume all of them") if count > 1 else say("Resume it")
        case "skip":
            return say("Skip all of them") if count > 1 else say("Skip it")
        case "restart":
            return say("Start all of them over") if count > 1 else say("Start it over")
        case _:
            return say("Change all of them") if count > 1 else say("Change it")


def taking_back(verb: str, numbers: Sequence[str], *, is_part: bool = False) -> Said:
    """Return what the button reads that takes it back; of a part of them it names which."""
    if is_part:
        return say("Undo it of digests {numbers}", numbers=apart(spans(numbers)))
    match verb:
        case "resume":
            return say("Undo the pause")
        case "pause":
            return say("Pause them again") if len(numbers) > 1 else say("Pause it again")
        case "unskip":
            return say("Do not skip them") if len(numbers) > 1 else say("Do not skip it")
        case "revive":
            return say("Take them up again") if len(numbers) > 1 else say("Take it up again")
        case _:
            return say("Undo the changes") if len(numbers) > 1 else say("Undo the change")

"""What is asked before something is done to several digests, and what the buttons below it read."""

from __future__ import annotations

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


def agreeing(verb: str) -> Said:
    """Return what the button reads that agrees."""
    match verb:
        case "unsubscribe":
            return say("End all of them")
        case "pause":
            return say("Pause all of them")
        case "resume":
            return say("Resume all of them")
        case "skip":
            return say("Skip all of them")
        case "restart":
            return say("Start all of them over")
        case _:
            return say("Change all of them")


def taking_back(verb: str | None) -> Said:
    """Return what the button reads that takes it back."""
    match verb:
        case "resume":
            return say("Resume them")
        case "unskip":
            return say("Do not skip them")
        case _:
            return say("Take them up again")

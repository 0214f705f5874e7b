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


def taking_back(verb: str | None, count: int) -> Said:
    """Return what the button reads that takes it back."""
    match verb:
        case "resume":
            return say("Undo the pause")
        case "unskip":
            return say("Do not skip them") if count > 1 else say("Do not skip it")
        case _:
            return say("Take them up again") if count > 1 else say("Take it up again")

"""`yrd explain`: how a question is read, what its candidates weigh and lack, and what comes of it; changes nothing."""

from __future__ import annotations

import click

from bot.cli.ask import respond
from bot.cli.command import DONE, Command, with_services, with_settings
from bot.cli.explanation import explanation
from bot.render.clean import LONGEST_QUESTION
from bot.render.slack_text import typed
from bot.settings import Settings
from handlers.services import Services


@click.command("explain", cls=Command)
@click.argument("text", nargs=-1, required=True, help="the question, or what would follow the command")
@click.option("--command", "slash", help="a command, such as city, yrd-city or /yrd-city")
@with_settings
def command(settings: Settings, text: tuple[str, ...], slash: str | None) -> int:
    """Explain the answer to one question."""
    return with_services(settings, lambda services: explain(services, settings, slash, " ".join(text)))


def explain(services: Services, settings: Settings, slash: str | None, text: str) -> int:
    """Print how `text` is read and answered, read as every adapter reads it; return 0."""
    answer = respond(services, settings, slash, text)
    short, _ = typed(text).cut(LONGEST_QUESTION)
    for line in explanation(services, short, answer):
        print(line)
    return DONE

"""`yrd ask`: questions on the command line, one, or one JSON a line."""

from __future__ import annotations

import json
import logging
import secrets
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any, TextIO

import click
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.cli.command import DONE, PROBLEMS, WRONG, Command, complain, with_services, with_settings
from bot.render.clean import LONGEST_QUESTION, clean
from bot.render.plain import plain
from bot.settings import Settings
from handlers.answer import FACTS_PER_PAGE, Answer
from handlers.reply import reply
from handlers.request import QUESTION, Request
from handlers.services import Services
from knowledge.model import Fact

_log = logging.getLogger(__name__)

# A request longer than this is no question; reading it would only cost time.
_LONGEST_LINE = 1_000_000


class Line(BaseModel):
    """One request of `yrd ask --jsonl`."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: str | int | None = None
    command: Annotated[str, StringConstraints(max_length=100)] | None = None
    text: str = ""
    context: tuple[str, ...] | list[str] = ()


@click.command("ask", cls=Command)
@click.argument("text", nargs=-1, help="the question, or what would follow the command")
@click.option("--command", "slash", default=QUESTION, help="a slash command, such as /yrd-city")
@click.option("--json", "as_json", is_flag=True, help="print the answer as JSON")
@click.option("--jsonl", is_flag=True, help="answer requests from standard input, one JSON a line")
@with_settings
def command(settings: Settings, text: tuple[str, ...], slash: str, as_json: bool, jsonl: bool) -> int:
    """Answer from the fact base."""
    if not jsonl:
        asked = " ".join(text)
        return with_services(settings, lambda services: answer_one(services, settings, slash, asked, as_json))
    if text:
        return complain("--jsonl reads requests from standard input; leave out the text.", WRONG)
    return with_services(settings, lambda services: answer_lines(services, settings, sys.stdin, sys.stdout))


def answer_one(services: Services, settings: Settings, command: str, text: str, as_json: bool) -> int:
    """Print the answer to one question; return 0, or 1 when the base does not hold it or it was refused."""
    answer = respond(services, settings, command, text)
    if as_json:
        print(json.dumps(fields(answer, None), ensure_ascii=False, indent=2))
    else:
        print(plain(answer))
    return PROBLEMS if answer.outcome in ("unknown", "refused") else DONE


def answer_lines(services: Services, settings: Settings, source: Iterable[str], target: TextIO) -> int:
    """Answer each line of `source` in order, as it comes; a line that cannot be read gets an error. Return 0."""
    for line in source:
        if not line.strip():
            continue
        target.write(json.dumps(_answer_line(services, settings, line), ensure_ascii=False) + "\n")
        target.flush()
    return DONE


def _answer_line(services: Services, settings: Settings, line: str) -> dict[str, Any]:
    if len(line) > _LONGEST_LINE:
        return {"id": None, "error": "the line is longer than a million characters"}
    try:
        asked = Line.model_validate(json.loads(line))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "request"
        return {"id": None, "error": f"{where}: {first['msg']}"}
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"not valid JSON: {error}"}
    try:
        answer = respond(services, settings, asked.command or QUESTION, asked.text, tuple(asked.context))
    except Exception:  # noqa: BLE001 - the boundary: one bad line must not take the others' answers away
        incident = secrets.token_hex(4)
        _log.exception("no answer to line, incident %s", incident)
        return {"id": None, "error": f"something went wrong here; the log has it as {incident}"}
    return fields(answer, asked.id)


def respond(
    services: Services,
    settings: Settings,
    command: str,
    text: str,
    context: tuple[str, ...] = (),
    verb: str | None = None,
) -> Answer:
    """Return the answer to `text`, cleaned as every adapter cleans it; with a `verb` it is said to that."""
    cleaned, was_cut = clean(text)
    request = Request(
        text=cleaned,
        now=datetime.now(UTC),
        command=command,
        tz=settings.timezone,
        context=context,
        verb=verb,
    )
    answer = reply(services, request)
    if was_cut:
        note = f"Only the first {LONGEST_QUESTION} characters were read."
        return replace(answer, notes=(note, *answer.notes))
    return answer


def fields(answer: Answer, request_id: str | int | None) -> dict[str, Any]:
    """Return `answer` as the fields of one line of output."""
    return {
        "id": request_id,
        "outcome": answer.outcome,
        "text": plain(answer),
        "documents": list(answer.documents),
        "facts": [_fact(line.fact) for line in answer.lines[:FACTS_PER_PAGE]],
        "choices": [{"id": choice.id, "label": choice.label} for choice in answer.choices],
        "near": [{"id": fact.id, "statement": fact.statement} for fact in answer.near],
        "match": answer.match,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "statement": fact.statement,
        "stance": fact.stance,
        "speaker": fact.speaker,
        "caveat": fact.caveat,
        "date": fact.date,
        "citations": [
            {
                "document": citation.document,
                "section": citation.section,
                "paragraph": citation.paragraph,
                "anchor": citation.anchor,
            }
            for citation in fact.citations
        ],
    }

"""What a person's browser does on the authorize page: reads it, fills a form in, sends it."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from bot.local_slack.many.authorize import PATH


@dataclass(slots=True)
class Form:
    """A form of the page: where it goes, and what stands in its fields."""

    action: str
    values: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(told["action"]))
        if tag == "input" and self.forms:
            self.forms[-1].values[told["name"]] = told["value"]


def allow(url: str, team_id: str, user: str = "") -> str:
    """Let the app into a workspace, as this person or the first who is asked; return where the browser is sent.

    LookupError where the page has no button for that.
    """
    form = next((form for form in _read(url) if form.values.get("workspace") == team_id), None)
    if form is None:
        raise LookupError(f"the page offers no workspace {team_id}")
    return _send(url, form, {"user": user} if user else {})


def deny(url: str) -> str:
    """Cancel; return where the browser is sent."""
    form = next((form for form in _read(url) if form.action == f"{PATH}/cancel"), None)
    if form is None:
        raise LookupError("the page has no button to cancel")
    return _send(url, form, {})


def _read(url: str) -> list[Form]:
    status, _, page = _ask("GET", url)
    if status != 200:
        raise LookupError(f"the page is not shown: {status} {page}")
    reader = _Forms()
    reader.feed(page)
    return reader.forms


def _send(url: str, form: Form, chosen: dict[str, str]) -> str:
    status, location, page = _ask("POST", urljoin(url, form.action), urlencode({**form.values, **chosen}))
    if status != 302:
        raise LookupError(f"the button leads nowhere: {status} {page}")
    return location


def _ask(verb: str, url: str, body: str | None = None) -> tuple[int, str, str]:
    """Past every proxy, and without following what is answered."""
    at = urlsplit(url)
    headers = {"Origin": f"{at.scheme}://{at.netloc}", "Content-Type": "application/x-www-form-urlencoded"}
    connection = http.client.HTTPConnection(at.hostname or "", at.port or 80, timeout=10)
    try:
        connection.request(verb, f"{at.path}?{at.query}", body, headers if body is not None else {})
        response = connection.getresponse()
        return response.status, response.getheader("Location", ""), response.read().decode()
    finally:
        connection.close()

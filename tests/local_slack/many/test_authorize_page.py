"""The page on which a person lets the app in."""

from __future__ import annotations

import http.client
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

import pytest

from bot.local_slack import ManyLocalSlack
from tests.local_slack.many.installing import ALICE, BOB, DELTA, PEARL, SCOPES, asking

HOSTILE = "\"><script>alert(1)</script> & 'Co'"
EMPTY = {"meta", "input"}


class Reader(HTMLParser):
    """Reads a page, and fails where a tag is closed that is not open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.buttons: list[str] = []
        self.scopes: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "button":
            self.buttons.append(data)
        if self.open[-2:] == ["li", "code"]:
            self.scopes.append(data)

    def all_of(self, tag: str) -> list[dict[str, str | None]]:
        return [told for name, told in self.tags if name == tag]


def ask(
    url: str, form: dict[str, str] | None = None, headers: dict[str, str] | None = None
) -> tuple[int, str, str | None]:
    at = urlsplit(url)
    connection = http.client.HTTPConnection(at.netloc, timeout=5)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    verb = "GET" if form is None else "POST"
    connection.request(
        verb, f"{at.path}?{at.query}", urlencode(form) if form else None, {**kind, **(headers or {})}
    )
    response = connection.getresponse()
    answer = response.status, response.read().decode(), response.getheader("Location")
    connection.close()
    return answer


def page_of(url: str) -> Reader:
    status, page, _ = ask(url)
    assert status == 200
    return Reader(page)


def test_it_lists_the_scopes_and_a_button_for_each_workspace_and_one_to_cancel(slack: ManyLocalSlack) -> None:
    page = page_of(asking(slack, user_scope="users:read"))

    assert page.buttons == ["Allow in Delta Lab", "Allow in Pearl Lab", "Cancel"]
    assert page.scopes == [*SCOPES.split(","), "users:read"]


def test_a_team_that_is_asked_for_is_the_only_one(slack: ManyLocalSlack) -> None:
    assert page_of(asking(slack, team=PEARL)).buttons == ["Allow in Pearl Lab", "Cancel"]
    with pytest.raises(LookupError, match="no workspace"):
        slack.allow(asking(slack, team=PEARL), DELTA)


def test_it_can_be_read_aloud_and_is_well_formed(slack: ManyLocalSlack) -> None:
    page = page_of(asking(slack))

    assert page.open == []
    assert page.all_of("html")[0]["lang"] == "en"
    assert len(page.all_of("h1")) == len(page.all_of("title")) == len(page.all_of("main")) == 1
    labelled = {told["for"] for told in page.all_of("label")}
    assert labelled == {told["id"] for told in page.all_of("select")}
    ids = [told["id"] for _, told in page.tags if "id" in told]
    assert len(ids) == len(set(ids))


def test_names_from_outside_are_text(slack: ManyLocalSlack) -> None:
    slack.add("T04HOSTILE1", HOSTILE, "hostile")

    page = page_of(asking(slack, team="T04HOSTILE1", state=HOSTILE, scope="a,<b>"))

    assert page.buttons == [f"Allow in {HOSTILE}", "Cancel"]
    assert page.all_of("script") == []
    assert page.all_of("b") == []
    assert {told["value"] for told in page.all_of("input") if told["name"] == "state"} == {HOSTILE}


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ({"client_id": "1.2"}, "invalid_client_id", "Invalid client_id parameter"),
        ({"redirect_uri": "http://evil.example/"}, "bad_redirect_uri", "did not match any configured URIs"),
        ({"redirect_uri": "<i>"}, "bad_redirect_uri", "Passed URI: &lt;i&gt;"),
        ({"scope": " , "}, "no_scopes", "asks for no scopes"),
    ],
)
def test_what_is_wrong_is_told_here_and_nobody_is_sent_anywhere(
    slack: ManyLocalSlack, asked: dict[str, str], error: str, said: str
) -> None:
    url = asking(slack, **asked)

    status, page, location = ask(url)

    assert (status, location) == (400, None)
    assert f'<code id="error">{error}</code>' in page
    assert said in page
    assert Reader(page).open == []
    with pytest.raises(LookupError, match=error):
        slack.allow(url, DELTA)
    with pytest.raises(LookupError, match=error):
        slack.deny(url)


@pytest.mark.parametrize("button", ["allow", "cancel"])
def test_a_button_that_is_forged_leads_nowhere(slack: ManyLocalSlack, button: str) -> None:
    form = {"client_id": slack.app.client_id, "scope": SCOPES, "redirect_uri": "http://evil.example/"}

    status, _, location = ask(f"{slack.authorize_url}/{button}", {**form, "workspace": DELTA})

    assert (status, location) == (400, None)


def test_a_workspace_or_a_person_that_is_not_there_is_refused(slack: ManyLocalSlack) -> None:
    form = {"client_id": slack.app.client_id, "scope": SCOPES}

    assert "invalid_team" in ask(f"{slack.authorize_url}/allow", {**form, "workspace": "T0"})[1]
    stranger = {**form, "workspace": DELTA, "user": slack.of(DELTA).identity.bot_user}
    assert "user_not_found" in ask(f"{slack.authorize_url}/allow", stranger)[1]


def test_another_site_cannot_press_the_button(slack: ManyLocalSlack) -> None:
    form = {"client_id": slack.app.client_id, "scope": SCOPES, "workspace": DELTA}

    status, _, location = ask(f"{slack.authorize_url}/allow", form, headers={"Origin": "http://evil.example"})

    assert (status, location) == (403, None)


def test_the_first_admin_is_chosen_until_another_is(slack: ManyLocalSlack) -> None:
    people = [told["value"] for told in page_of(asking(slack, team=DELTA)).all_of("option")]

    assert people == [ALICE, BOB]


def test_without_workspaces_there_is_nothing_to_allow() -> None:
    with ManyLocalSlack() as slack:
        assert page_of(asking(slack)).buttons == ["Cancel"]

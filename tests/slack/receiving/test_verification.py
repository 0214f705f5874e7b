"""The verifier and the endpoint in front of Bolt: what passes, what does not, and that nothing breaks them."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.http.asgi import Application, Message, Receive, Scope
from bot.slack.receiving import verification as guards
from bot.slack.receiving.dispatch import parse
from bot.slack.receiving.http import SlackEndpoint
from bot.slack.receiving.verification import BODY_MAX_BYTES, RequestVerifier, SeenSignatures
from tests.event_loop import finished

SECRET = "a-signing-secret"
NOW = 1_800_000_000.0
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
COMMAND = {
    "command": "/yrd-city",
    "text": "Ningbo",
    "team_id": "T1",
    "user_id": "U1",
    "channel_id": "C1",
    "api_app_id": "A1",
}


class Body:
    """A body that comes in parts of 64 KB; `taken` counts those that were asked for."""

    def __init__(self, content: bytes, *, is_readable: bool = True) -> None:
        self._parts = [content[i : i + 65_536] for i in range(0, len(content), 65_536)] or [b""]
        self._is_readable = is_readable
        self.taken = 0

    async def __call__(self) -> Message:
        assert self._is_readable, "the body was read"
        self.taken += 1
        part = self._parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(self._parts)}


def ask(app: Application, scope: Scope, receive: Receive) -> tuple[int, str]:
    """The status and the body that an ASGI application answers with."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    finished(app(scope, receive, send))
    return sent[0]["status"], sent[1]["body"].decode()


UNREAD = Body(b"", is_readable=False)


class Server:
    """The endpoint with a real Bolt app behind it that records what reaches it."""

    def __init__(self, app_id: str | None = None) -> None:
        self.seen: list[dict[str, Any]] = []
        self.now = NOW
        app = App(
            signing_secret="not the verifier's",
            authorize=lambda: AuthorizeResult(
                enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1"
            ),
            process_before_response=True,
        )
        app.use(self._record)
        app.command("/yrd-city")(lambda ack: ack("Ningbo"))
        app.command("/yrd")(self._break)
        app.event("app_home_opened")(lambda ack: ack())
        app.action("more")(lambda ack: ack())
        self.endpoint = SlackEndpoint(
            RequestVerifier(SECRET, app_id, lambda: self.now), app, ThreadPoolExecutor(1), body_seconds=0.2
        )

    def _record(self, body: dict[str, Any], next_: Any = None, next: Any = None) -> None:  # noqa: A002
        self.seen.append(body)
        next()

    def _break(self, ack: Any) -> None:
        raise RuntimeError("a bug in a listener")

    def post(
        self,
        body: bytes | dict[str, Any],
        kind: str | None = FORM,
        *,
        method: str = "POST",
        receive: Receive | None = None,
        **changes: str | None,
    ) -> tuple[int, str]:
        """POST a signed body; `changes` are headers, with "_" for "-", and None for one that is left out."""
        raw = body if isinstance(body, bytes) else _encode(body, kind)
        headers = {**signed(raw, self.now), "content-type": kind}
        headers |= {name.replace("_", "-"): value for name, value in changes.items()}
        return self.send(headers, receive or Body(raw), method)

    def send(
        self, headers: Mapping[str, str | None], receive: Receive, method: str = "POST"
    ) -> tuple[int, str]:
        raw = [(k.encode(), v.encode()) for k, v in headers.items() if v is not None]
        scope: Scope = {"type": "http", "method": method, "path": "/slack/events", "headers": raw}
        return ask(self.endpoint, scope, receive)


def _encode(body: dict[str, Any], kind: str | None) -> bytes:
    return json.dumps(body).encode() if kind == JSON else urlencode(body).encode()


def signed(raw: bytes, now: float, secret: str = SECRET) -> dict[str, str | None]:
    timestamp = str(int(now))
    digest = hmac.digest(secret.encode(), f"v0:{timestamp}:".encode() + raw, "sha256").hex()
    return {
        "content-length": str(len(raw)),
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": "v0=" + digest,
    }


@pytest.fixture
def server() -> Server:
    return Server()


def test_a_signed_command_reaches_bolt_and_is_answered(server: Server) -> None:
    assert server.post(COMMAND) == (200, "Ningbo")
    assert server.seen[0]["text"] == "Ningbo"


def test_a_command_whose_text_is_the_word_payload_keeps_its_text(server: Server) -> None:
    assert server.post({**COMMAND, "text": "payload"})[0] == 200
    assert server.seen[0]["text"] == "payload"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_only_post_is_taken(server: Server, method: str) -> None:
    assert server.post(COMMAND, method=method, receive=UNREAD)[0] == 405


@pytest.mark.parametrize("length", [str(BODY_MAX_BYTES + 1), "9" * 5000, "-1", "1e3", "٣"])
def test_a_body_too_large_or_of_odd_length_is_refused_unread(server: Server, length: str) -> None:
    assert server.post(COMMAND, content_length=length, receive=UNREAD)[0] == 413


def test_a_body_without_a_length_is_read_only_up_to_the_limit(server: Server) -> None:
    body = Body(b"x" * (3 * BODY_MAX_BYTES))
    assert server.post(COMMAND, content_length=None, receive=body)[0] == 413
    assert body.taken == BODY_MAX_BYTES // 65_536 + 1


def test_a_body_that_is_not_whole_in_time_is_let_go_and_takes_no_thread(server: Server) -> None:
    async def trickle() -> Message:
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": b"x", "more_body": True}

    assert server.post(COMMAND, receive=trickle) == (408, "The body was not whole within 0.2 seconds.")
    assert server.seen == []


def test_a_client_that_goes_away_is_not_answered(server: Server) -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    with pytest.raises(IndexError):
        server.post(COMMAND, receive=gone)
    assert server.seen == []


def test_a_chunked_command_without_a_length_is_answered(server: Server) -> None:
    assert server.post(COMMAND, content_length=None) == (200, "Ningbo")


@pytest.mark.parametrize(
    "timestamp",
    [None, "", "abc", "1.5", "-1", "1800000000,1800000000", "٣", "9" * 400, "1799999699", "1800000301"],
)
def test_a_missing_odd_doubled_or_stale_timestamp_is_refused_unread(
    server: Server, timestamp: str | None
) -> None:
    assert server.post(COMMAND, x_slack_request_timestamp=timestamp, receive=UNREAD)[0] == 401


@pytest.mark.parametrize("signature", [None, "", "v0=", "v0=" + "é" * 64, "v0=" + "0" * 64, "v1=" + "0" * 64])
def test_a_missing_or_wrong_signature_is_refused(server: Server, signature: str | None) -> None:
    assert server.post(COMMAND, x_slack_signature=signature)[0] == 401
    assert server.seen == []


@pytest.mark.parametrize("age", [-300, 300])
def test_a_request_of_exactly_300_seconds_either_way_passes(server: Server, age: int) -> None:
    raw = urlencode(COMMAND).encode()
    assert server.send({**signed(raw, NOW + age), "content-type": FORM}, Body(raw))[0] == 200


def test_a_body_signed_with_another_secret_is_never_parsed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "parse", lambda *arguments: pytest.fail("parsed before the signature"))
    headers = {**signed(b"{", NOW, secret="guess"), "content-type": JSON}
    assert server.send(headers, Body(b"{"))[0] == 401


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", JSON),
        (b"null", JSON),
        (b"[]", JSON),
        (b'"text"', JSON),
        (b"", JSON),
        (b"[" * 100_000, JSON),
        (b'{"a":' * 40_000, JSON),
        (b'{"n":' + b"9" * 5000 + b"}", JSON),
        (b"command=%2Fyrd", JSON),
        (b"\xff\xfe", JSON),
        (b"text=\xff", FORM),
        (b"payload=%7Bbad", FORM),
        (b"payload=null", FORM),
        (b"payload=[]", FORM),
        (b"payload=", FORM),
        (b"a=1&" * 5000, FORM),
        (b"{}", "text/plain"),
        (b"{}", None),
        (b'{"type":"event_callback","event":"text"}', JSON),
        (b'{"type":"event_callback"}', JSON),
        (b'{"type":"block_actions","actions":"x"}', JSON),
        (b'{"type":"block_actions","actions":["x"]}', JSON),
    ],
)
def test_a_signed_body_that_is_no_request_of_slacks_gets_400_each_time(
    server: Server, body: bytes, kind: str | None
) -> None:
    assert [server.post(body, kind)[0] for _ in range(2)] == [400, 400]
    assert server.seen == []


@pytest.mark.parametrize(
    "odd", [{"team": ["x", "id"]}, {"user_id": ["U1"]}, {"authorizations": ["x"]}, {"response_urls": [1]}]
)
def test_fields_of_an_odd_type_get_a_sentence_and_reach_no_listener(
    server: Server, odd: dict[str, Any]
) -> None:
    status, text = server.post({"command": "/yrd-city", **odd}, JSON)
    assert (status, json.loads(text)["text"]) == (200, "I could not read that request.")
    assert server.seen == []


def test_an_empty_form_is_not_an_error(server: Server) -> None:
    assert server.post(b"")[0] in (200, 404)


def test_no_actions_get_an_empty_200(server: Server) -> None:
    body = {"payload": json.dumps({"type": "block_actions", "actions": [], "team": {"id": "T1"}})}
    assert server.post(body) == (200, "")
    assert server.seen == []


def test_a_copied_request_gets_an_empty_200_and_runs_once(server: Server) -> None:
    raw = urlencode(COMMAND).encode()
    headers = {**signed(raw, NOW), "content-type": FORM}
    replies = [server.send(headers, Body(raw)) for _ in range(3)]
    assert replies == [(200, "Ningbo"), (200, ""), (200, "")]
    assert len(server.seen) == 1


def test_the_same_command_signed_anew_is_answered_again(server: Server) -> None:
    first = server.post(COMMAND)
    server.now += 1
    assert [first, server.post(COMMAND)] == [(200, "Ningbo"), (200, "Ningbo")]


def test_signatures_are_kept_ten_minutes_and_no_more_than_the_maximum() -> None:
    signatures = SeenSignatures(maximum=3)
    assert signatures.is_new("a", 0.0)
    assert not signatures.is_new("a", 599.9)
    assert signatures.is_new("a", 600.0)
    assert all(signatures.is_new(name, 601.0) for name in "bcdefg")
    assert len(signatures) == 3


def test_ssl_check_is_200_and_only_when_signed(server: Server) -> None:
    assert server.post({"ssl_check": "1", "token": "x"}) == (200, "")
    assert server.post({"ssl_check": "1"}, x_slack_signature="v0=" + "0" * 64)[0] == 401


def test_url_verification_echoes_the_challenge_and_only_when_signed(server: Server) -> None:
    body = {"type": "url_verification", "challenge": "abc", "token": "x"}
    status, text = server.post(body, JSON)
    assert (status, json.loads(text)) == (200, {"challenge": "abc"})
    assert server.post(body, JSON, x_slack_signature=None)[0] == 401


def test_a_request_for_another_app_is_refused_when_ours_is_known() -> None:
    known = Server(app_id="A1")
    assert known.post(COMMAND)[0] == 200
    assert known.post({**COMMAND, "api_app_id": "A2"})[0] == 400


def test_what_breaks_inside_is_a_sentence_with_the_id_that_is_logged(
    server: Server, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(request: object) -> None:
        raise RuntimeError("no luck")

    monkeypatch.setattr(server.endpoint._app, "dispatch", broken)
    status, text = server.post(COMMAND)
    assert status == 200
    assert caplog.records[-1].__dict__["reference"] in json.loads(text)["text"]
    assert "no luck" not in text


# One server for the properties: building a Bolt app costs more than a request.
ENDLESS = Server()


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from([FORM, JSON, "text/plain", None]))
def test_no_signed_body_makes_the_endpoint_raise(body: bytes, kind: str | None) -> None:
    assert ENDLESS.post(body, kind)[0] in (200, 400, 404)


ODD: st.SearchStrategy[object] = st.sampled_from(
    [None, True, 0, "", "id", [], ["id"], [{}], [{"id": []}], {}, {"id": None}, {"id": ["x"]}, {"type": 1}]
)
FIELDS = """type event team user channel enterprise authorizations actions view message item response_urls
    team_id user_id channel_id is_ext_shared_channel event_id command trigger_id response_url container"""


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS.split()), ODD, max_size=6))
def test_no_signed_object_of_odd_fields_makes_the_endpoint_raise(body: dict[str, Any]) -> None:
    status, _ = ENDLESS.post(body, JSON)
    assert status in (200, 400, 404) or (status == 500 and body["type"] == "event_callback")


@given(st.lists(st.tuples(st.text(min_size=1, max_size=8), st.text(max_size=12)), max_size=6))
def test_a_form_is_read_as_it_was_written_the_last_of_each_name(fields: list[tuple[str, str]]) -> None:
    written = dict(fields)
    assert parse(urlencode(fields).encode(), FORM) == written or "payload" in written


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (b"", {}),
        (b"&&=value&=&", {}),
        (b"a&b=&a=%zz&c=1=2;d=3", {"a": "%zz", "b": "", "c": "1=2;d=3"}),
        (b"a=%ff+%2b&%61=x", {"a": "x"}),
        (b"a=%ff+%2b", {"a": "\ufffd +"}),
        (b"&".join([b"a=1"] * 200), {"a": "1"}),
        (b"&".join([b"a=1"] * 201), None),
        (b"&" * 200, None),
    ],
)
def test_a_hostile_form_is_read_alike_or_not_at_all(body: bytes, read: dict[str, str] | None) -> None:
    assert parse(body, FORM) == read

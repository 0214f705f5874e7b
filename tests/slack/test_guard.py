"""The guard and the endpoint in front of Bolt: what passes, what does not, and that nothing breaks them."""

from __future__ import annotations

import hmac
import io
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.slack import guard as guards
from bot.slack.guard import BODY_MAX_BYTES, Guard, Signatures
from bot.slack.http import SlackEndpoint
from bot.slack.intake import parse

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


class Unread(io.BytesIO):
    """A body that must not be read."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise AssertionError("the body was read")


class Server:
    """The endpoint with a real Bolt app behind it that records what reaches it."""

    def __init__(self, app_id: str | None = None) -> None:
        self.seen: list[dict[str, Any]] = []
        self.now = NOW
        app = App(
            signing_secret="not the guard's",
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
        self.endpoint = SlackEndpoint(Guard(SECRET, app_id, lambda: self.now), app, self._rest)

    def _record(self, body: dict[str, Any], next_: Any = None, next: Any = None) -> None:  # noqa: A002
        self.seen.append(body)
        next()

    def _break(self, ack: Any) -> None:
        raise RuntimeError("a bug in a listener")

    @staticmethod
    def _rest(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("404 Not Found", [])
        return [b"rest"]

    def post(self, body: bytes | dict[str, Any], kind: str | None = FORM, **changes: Any) -> tuple[int, str]:
        raw = body if isinstance(body, bytes) else _encode(body, kind)
        environ = {**signed(raw, self.now), "CONTENT_TYPE": kind, **changes}
        return self.send({key: value for key, value in environ.items() if value is not None})

    def send(self, environ: dict[str, Any]) -> tuple[int, str]:
        statuses: list[str] = []
        body = b"".join(self.endpoint(environ, lambda status, headers: statuses.append(status)))
        return int(statuses[0].split()[0]), body.decode()


def _encode(body: dict[str, Any], kind: str | None) -> bytes:
    return json.dumps(body).encode() if kind == JSON else urlencode(body).encode()


def signed(raw: bytes, now: float, secret: str = SECRET) -> dict[str, Any]:
    timestamp = str(int(now))
    digest = hmac.digest(secret.encode(), f"v0:{timestamp}:".encode() + raw, "sha256").hex()
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/slack/events",
        "CONTENT_LENGTH": str(len(raw)),
        "HTTP_X_SLACK_REQUEST_TIMESTAMP": timestamp,
        "HTTP_X_SLACK_SIGNATURE": "v0=" + digest,
        "wsgi.input": io.BytesIO(raw),
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


def test_other_paths_go_to_the_rest(server: Server) -> None:
    assert server.post(COMMAND, PATH_INFO="/elsewhere") == (404, "rest")


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_only_post_is_taken(server: Server, method: str) -> None:
    assert server.post(COMMAND, REQUEST_METHOD=method)[0] == 405


@pytest.mark.parametrize("length", [str(BODY_MAX_BYTES + 1), "9" * 5000, "-1", "1e3", "٣"])
def test_a_body_too_large_or_of_odd_length_is_refused_unread(server: Server, length: str) -> None:
    changes = {"CONTENT_LENGTH": length, "wsgi.input": Unread()}
    assert server.post(COMMAND, **changes)[0] == 413


def test_a_body_without_a_length_is_read_only_up_to_the_limit(server: Server) -> None:
    stream = io.BytesIO(b"x" * (3 * BODY_MAX_BYTES))
    assert server.post(COMMAND, CONTENT_LENGTH=None, **{"wsgi.input": stream})[0] == 413
    assert stream.tell() == BODY_MAX_BYTES + 1


def test_a_chunked_command_without_a_length_is_answered(server: Server) -> None:
    assert server.post(COMMAND, CONTENT_LENGTH=None) == (200, "Ningbo")


@pytest.mark.parametrize(
    "timestamp",
    [None, "", "abc", "1.5", "-1", "1800000000,1800000000", "٣", "9" * 400, "1799999699", "1800000301"],
)
def test_a_missing_odd_doubled_or_stale_timestamp_is_refused_unread(
    server: Server, timestamp: str | None
) -> None:
    changes = {"HTTP_X_SLACK_REQUEST_TIMESTAMP": timestamp, "wsgi.input": Unread()}
    assert server.post(COMMAND, **changes)[0] == 401


@pytest.mark.parametrize("signature", [None, "", "v0=", "v0=" + "é" * 64, "v0=" + "0" * 64, "v1=" + "0" * 64])
def test_a_missing_or_wrong_signature_is_refused(server: Server, signature: str | None) -> None:
    assert server.post(COMMAND, HTTP_X_SLACK_SIGNATURE=signature)[0] == 401
    assert server.seen == []


@pytest.mark.parametrize("age", [-300, 300])
def test_a_request_of_exactly_300_seconds_either_way_passes(server: Server, age: int) -> None:
    raw = urlencode(COMMAND).encode()
    assert server.send({**signed(raw, NOW + age), "CONTENT_TYPE": FORM})[0] == 200


def test_a_body_signed_with_another_secret_is_never_parsed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "parse", lambda *arguments: pytest.fail("parsed before the signature"))
    environ = {**signed(b"{", NOW, secret="guess"), "CONTENT_TYPE": JSON}
    assert server.send(environ)[0] == 401


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
    environ = signed(raw, NOW)
    replies = [
        server.send({**environ, "CONTENT_TYPE": FORM, "wsgi.input": io.BytesIO(raw)}) for _ in range(3)
    ]
    assert replies == [(200, "Ningbo"), (200, ""), (200, "")]
    assert len(server.seen) == 1


def test_the_same_command_signed_anew_is_answered_again(server: Server) -> None:
    first = server.post(COMMAND)
    server.now += 1
    assert [first, server.post(COMMAND)] == [(200, "Ningbo"), (200, "Ningbo")]


def test_signatures_are_kept_ten_minutes_and_no_more_than_the_maximum() -> None:
    signatures = Signatures(maximum=3)
    assert signatures.is_new("a", 0.0)
    assert not signatures.is_new("a", 599.9)
    assert signatures.is_new("a", 600.0)
    assert all(signatures.is_new(name, 601.0) for name in "bcdefg")
    assert len(signatures) == 3


def test_ssl_check_is_200_and_only_when_signed(server: Server) -> None:
    assert server.post({"ssl_check": "1", "token": "x"}) == (200, "")
    assert server.post({"ssl_check": "1"}, HTTP_X_SLACK_SIGNATURE="v0=" + "0" * 64)[0] == 401


def test_url_verification_echoes_the_challenge_and_only_when_signed(server: Server) -> None:
    body = {"type": "url_verification", "challenge": "abc", "token": "x"}
    status, text = server.post(body, JSON)
    assert (status, json.loads(text)) == (200, {"challenge": "abc"})
    assert server.post(body, JSON, HTTP_X_SLACK_SIGNATURE=None)[0] == 401


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


ODD = st.sampled_from(
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
def test_a_form_is_read_as_urllib_reads_it(fields: list[tuple[str, str]]) -> None:
    body = urlencode(fields, errors="surrogatepass").encode()
    expected = dict(parse_qsl(body.decode(), keep_blank_values=True))
    assert parse(body, FORM) == expected or "payload" in expected

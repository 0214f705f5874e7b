"""What deploy/compose.yaml runs, on the Docker of this machine, with the local Slack outside of it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest

from bot.local_slack import ManyLocalSlack
from tests.certificates import self_signed
from tests.run.bot_process import ROOT, free_port
from tests.run.installing import Browser, Page

PROJECT: Final = "yrd-desk-tried"
# What containers know this machine by.
HOST: Final = "host.docker.internal"
# What the image is made of, and what runs it.
PARTS: Final = (
    "bot", "deploy", "handlers", "knowledge", "seeds", "LICENSE", "README.md", "pyproject.toml",
    "requirements.txt", "requirements-server.txt", "requirements-encoder.txt",
)  # fmt: skip
BOTS: Final = ("bot-1", "bot-2")
PATIENCE_SECONDS: Final = 5


def need_docker() -> None:
    """Skip where no Docker runs, or none whose compose is of 2.24.4 or newer and whose containers reach this machine."""
    try:
        found = _said("docker", "compose", "version", "--short")
        _said("docker", "info")
        with socket.create_server((_bridge(), 0)):
            pass
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no Docker with compose runs here")
    if [int(number) for number in re.findall(r"\d+", found)[:3]] < [2, 24, 4]:
        pytest.skip("compose is older than 2.24.4")


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@dataclass(frozen=True)
class Deployment:
    """A deployment that is up. `origin` is where its load balancer is reached without TLS, as the local Slack does; bots reach that
    at `slack_outside`.
    """

    slack: ManyLocalSlack
    folder: Path
    environment: Mapping[str, str]
    origin: str
    slack_outside: str

    def compose(self, *arguments: str) -> str:
        """Run `docker compose` and return what it printed."""
        files = ("-f", "deploy/compose.yaml", "-f", "tried.yaml")
        command = ["docker", "compose", "-p", PROJECT, *files, *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stdout[-2000:]} {done.stderr[-4000:]}"
        return done.stdout

    def health(self) -> dict[str, str]:
        """Of each service that runs, what its health check says."""
        lines = self.compose("ps", "--format", "json").splitlines()
        return {found["Service"]: found["Health"] for found in map(json.loads, filter(None, lines))}

    def install(self, team: str) -> Page:
        """Have a workspace install the bot from its page."""
        browser = Browser(self.origin)
        button = browser.button().replace(self.slack_outside, _origin(self.slack.api_url))
        return browser.get(self.slack.allow(button, team))


@contextmanager
def deployed(slack: ManyLocalSlack, folder: Path) -> Iterator[Deployment]:
    """Have it made and run from a copy of the project in `folder`; all is taken away at the end but the image, which the next
    run builds upon. One runs at a time on a machine.
    """
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=_without_secrets)
        else:
            shutil.copy(ROOT / part, folder / part)
    _make_secrets(slack, folder / "deploy" / "secrets")
    certificate, key = self_signed(folder, f"DNS:{HOST}")
    certificate.chmod(0o644)
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(certificate, key)
    # The load balancer's certificate is of its own authority, as for every name that is reached from here alone.
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ours.check_hostname, ours.verify_mode = False, ssl.CERT_NONE
    port, host = free_port(), _bridge()
    with ExitStack() as open_ones:
        outside = open_ones.enter_context(
            relayed(host, ("127.0.0.1", urlsplit(slack.api_url).port or 0), inbound=theirs)
        )
        front = open_ones.enter_context(relayed("127.0.0.1", ("127.0.0.1", port), outbound=ours))
        there = Deployment(
            slack, folder,
            {**os.environ, "YRD_DOMAIN": "localhost", "SLACK_CLIENT_ID": slack.app.client_id, "ENCODER": "0"},
            f"http://localhost:{front}", f"https://{HOST}:{outside}",
        )  # fmt: skip
        (folder / "tried.yaml").write_text(_changes(slack, there.slack_outside, port, host))
        slack.bot_origin = there.origin
        away = ("down", "--volumes", "--timeout", "5")
        # What a run left that was killed.
        there.compose(*away)
        open_ones.callback(there.compose, *away)
        there.compose("up", "--build", "--detach", "--wait", "--wait-timeout", "300")
        yield there


def _without_secrets(folder: str, names: list[str]) -> set[str]:
    """What of a folder is not copied."""
    kept = {"make"} if Path(folder).name == "secrets" else set(names) - {"__pycache__", ".env"}
    return set(names) - kept


def _make_secrets(slack: ManyLocalSlack, folder: Path) -> None:
    (folder / "slack_client_secret").write_text(slack.app.client_secret)
    (folder / "slack_signing_secret").write_text(slack.app.signing_secret)
    subprocess.run([folder / "make"], check=True, capture_output=True)


def _changes(slack: ManyLocalSlack, outside: str, port: int, host: str) -> str:
    """What is another than in production: where Slack is, whom it is believed by, and where the load balancer listens."""
    path = urlsplit(slack.api_url).path
    bots = "".join(
        f"""
  {name}:
    image: {PROJECT}
    environment:
      SLACK_API_URL: {outside}{path}
      SLACK_APP_ID: {slack.app.app_id}
      SSL_CERT_FILE: /slack.pem
    volumes: ["./../certificate.pem:/slack.pem:ro"]
    extra_hosts: ["{HOST}:{host}"]"""
        for name in BOTS
    )
    return f"""services:{bots}
  balancer:
    ports: !override ["127.0.0.1:{port}:443"]
"""


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _bridge() -> str:
    """This machine's address among containers; Docker takes the first of its network."""
    shown = ["docker", "network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Subnet}}"]
    return str(ip_network(_said(*shown))[1])


@contextmanager
def relayed(
    host: str,
    target: tuple[str, int],
    *,
    inbound: ssl.SSLContext | None = None,
    outbound: ssl.SSLContext | None = None,
) -> Iterator[int]:
    """Yield the port at `host` from which bytes are passed on to `target`, with TLS on either side."""
    name = None if outbound is None else "localhost"

    async def relay(near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        # One that goes away in the middle takes nobody along.
        with suppress(OSError), closing(back):
            far, onward = await asyncio.open_connection(*target, ssl=outbound, server_hostname=name)
            with closing(onward):
                answering = asyncio.create_task(_pass_on(far, back))
                asking = asyncio.create_task(_pass_on(near, onward))
                await asyncio.wait((asking, answering), return_when=asyncio.FIRST_COMPLETED)
                # Whoever asks no more may still wait for an answer.
                await asyncio.wait((answering,), timeout=PATIENCE_SECONDS if asking.done() else 0)
                for way in (asking, answering):
                    way.cancel()

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(relay, host, 0, ssl=inbound))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(_end_all(asyncio.all_tasks(loop)))
        loop.close()


async def _pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await source.read(65_536):
            sink.write(part)
            await sink.drain()
    with suppress(OSError):
        if sink.can_write_eof():
            sink.write_eof()
        else:
            sink.close()


async def _end_all(tasks: Collection[asyncio.Task[object]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

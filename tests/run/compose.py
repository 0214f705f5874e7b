"""What deploy/compose.yaml runs, on the Docker of this machine, with the local Slack outside of it."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
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


def need_docker() -> None:
    """Skip where no Docker runs, or none that has compose."""
    try:
        subprocess.run(["docker", "compose", "version"], check=True, capture_output=True)
        subprocess.run(["docker", "info"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no Docker with compose runs here")


@dataclass(frozen=True)
class Deployment:
    """A deployment that is up. `origin` is where its load balancer is reached without TLS, as the local Slack does."""

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

    def logs(self, service: str) -> str:
        """What a service wrote."""
        return self.compose("logs", "--no-color", "--no-log-prefix", service)

    def install(self, team: str) -> Page:
        """Have a workspace install the bot from its page."""
        browser = Browser(self.origin)
        button = browser.button().replace(self.slack_outside, _origin(self.slack.api_url))
        return browser.get(self.slack.allow(button, team))


@contextmanager
def deployed(slack: ManyLocalSlack, folder: Path) -> Iterator[Deployment]:
    """Have it made and run from a copy of the project in `folder`; all of it is taken away at the end."""
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, folder / part)
    _make_secrets(slack, folder / "deploy" / "secrets")
    certificate, key = self_signed(folder, f"DNS:{HOST}")
    certificate.chmod(0o644)
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(certificate, key)
    # The load balancer's certificate is of its own authority, as for every name that is reached from here alone.
    ours = ssl._create_unverified_context()
    port = free_port()
    with ExitStack() as open_ones:
        outside = open_ones.enter_context(
            relayed(_bridge(), ("127.0.0.1", urlsplit(slack.api_url).port or 0), inbound=theirs)
        )
        front = open_ones.enter_context(relayed("127.0.0.1", ("127.0.0.1", port), outbound=ours))
        there = Deployment(
            slack, folder,
            {**os.environ, "YRD_DOMAIN": "localhost", "SLACK_CLIENT_ID": slack.app.client_id, "ENCODER": "0"},
            f"http://localhost:{front}", f"https://{HOST}:{outside}",
        )  # fmt: skip
        (folder / "tried.yaml").write_text(_changes(slack, there.slack_outside, port))
        slack.bot_origin = there.origin
        open_ones.callback(there.compose, "down", "--volumes", "--timeout", "5")
        there.compose("up", "--build", "--detach", "--wait", "--wait-timeout", "300")
        yield there


def _make_secrets(slack: ManyLocalSlack, folder: Path) -> None:
    for kept in folder.glob("*_*"):
        kept.unlink()
    (folder / "slack_client_secret").write_text(slack.app.client_secret)
    (folder / "slack_signing_secret").write_text(slack.app.signing_secret)
    subprocess.run([folder / "make"], check=True, capture_output=True)


def _changes(slack: ManyLocalSlack, outside: str, port: int) -> str:
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
    extra_hosts: ["{HOST}:{_bridge()}"]"""
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
    subnet = subprocess.run(shown, check=True, capture_output=True, text=True).stdout.strip()
    return str(ip_network(subnet)[1])


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
                ways = [asyncio.create_task(_pass_on(*way)) for way in ((near, onward), (far, back))]
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                for way in ways:
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
        loop.close()


async def _pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await source.read(65_536):
            sink.write(part)
            await sink.drain()

"""The Slack Web API of the npm package `emulate`: somebody else's reading of Slack, as a second opinion.

It is installed once, into the cache of the test run, at the version that was looked at. It has no say over
blocks (it checks none), membership in public channels or rate limits; the local Slack is strict there.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSION = "0.8.0"
NODE_AT_LEAST = 20
BOT_TOKEN = "xoxb-of-the-bot"
START_SECONDS = 20.0


class UnavailableError(Exception):
    """The emulator cannot be had on this machine; its text says why."""


def installed(folder: Path) -> Path:
    """Return the emulator's script, installing it into `folder` first; UnavailableError when it cannot be."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise UnavailableError("Node.js and npm are not installed")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < NODE_AT_LEAST:
        raise UnavailableError(f"Node.js is {version}; emulate {VERSION} needs {NODE_AT_LEAST}")
    script = folder / "node_modules" / "emulate" / "dist" / "index.js"
    if not script.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", f"emulate@{VERSION}"]
        try:
            subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise UnavailableError(f"npm could not install emulate {VERSION}: {error}") from error
    return script


@contextmanager
def running(script: Path, folder: Path, scopes: tuple[str, ...]) -> Iterator[str]:
    """Run the emulator with one bot whose token has `scopes`; give the address of its Web API."""
    seed = folder / "seed.json"
    # JSON is YAML, which is what it reads.
    seed.write_text(json.dumps(_seed(scopes)))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            str(shutil.which("node")), str(script), "start",
            "--service", "slack", "--port", str(port), "--seed", str(seed),
        ],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}/api/"
        _wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}auth.test", timeout=2).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise UnavailableError("the emulator did not start")


def _seed(scopes: tuple[str, ...]) -> dict[str, object]:
    bot = {"app_id": "A000000001", "bot_id": "B000000777", "bot_user_id": "U000000777"}
    return {
        "slack": {
            "team": {"name": "Delta Lab", "domain": "delta-lab"},
            "users": [{"name": "alice", "is_admin": True}, {"name": "bob"}],
            "channels": [{"name": "digests"}, {"name": "secret", "is_private": True}],
            "oauth_apps": [
                {
                    "client_id": "111.222",
                    "client_secret": "s",
                    "name": "YRD Desk",
                    "bot_name": "yrd-desk",
                    "redirect_uris": ["http://127.0.0.1:3000/slack/oauth_redirect"],
                    "scopes": list(scopes),
                    **bot,
                }
            ],
            "tokens": [
                {"token": BOT_TOKEN, "type": "bot", "user_id": "U000000777", "scopes": list(scopes), **bot},
                {
                    "token": "xoxb-of-the-stage",
                    "type": "bot",
                    "user_id": "U000000777",
                    "scopes": [
                        "channels:read",
                        "channels:history",
                        "groups:read",
                        "users:read",
                        "im:history",
                    ],
                    **bot,
                },
            ],
            "strict_scopes": True,
        }
    }

"""`yrd run` in a process of its own, as a person starts it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from bot.settings import Settings, variable

ROOT = Path(__file__).resolve().parents[2]
SEEDS = Path(os.environ.get("YRD_SEEDS", ROOT / "seeds"))
PATIENCE_SECONDS = 60


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def environment(folder: Path, **changes: str) -> dict[str, str]:
    """The environment without any setting of the bot's but seeds, a data folder and `changes`."""
    ours = {variable(name) for name in Settings.model_fields}
    rest = {name: value for name, value in os.environ.items() if name not in ours}
    python_path = os.pathsep.join(filter(None, (str(ROOT), rest.get("PYTHONPATH"))))
    return {
        **rest,
        "PYTHONPATH": python_path,
        "YRD_SEEDS": str(SEEDS),
        "YRD_DATA_DIR": str(folder),
        "LIGHT": "1",
        **changes,
    }


def yrd(folder: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run `yrd` to its end, in `folder`, where no .env of the project is read."""
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=folder,
        env=environment(folder, **changes),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


@dataclass
class Bot:
    """A running bot: started by `with`, which may `wait` until it says that it is ready, and ended after it.

    What it writes on standard error goes to the file `log`, where one is given.
    """

    folder: Path
    settings: dict[str, str]
    port: int = 0
    said: str = ""
    wait: bool = True
    log: Path | None = None
    program: str = "bot.cli"
    arguments: tuple[str, ...] = ()

    def __enter__(self) -> Bot:
        self.port = self.port or free_port()
        with self.log.open("ab") if self.log else nullcontext() as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self.program, "run", *self.arguments],
                cwd=self.folder,
                env=environment(self.folder, **self.settings, YRD_PORT=str(self.port)),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        if self.wait:
            self.said = self._process.stdout.readline()
        return self

    def until_listening(self) -> None:
        """Wait until the port is taken, which it is before the bot is built."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            time.sleep(0.01)
        raise TimeoutError("the bot does not listen")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(PATIENCE_SECONDS)
        finally:
            self._process.kill()
            assert self._process.stdout is not None
            self._process.stdout.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str) -> tuple[int, Any]:
        """GET and return status and body, as JSON where it is JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        is_json = (response.getheader("content-type") or "").startswith("application/json")
        return response.status, json.loads(text) if is_json else text

    def terminate(self) -> None:
        """Send SIGTERM and do not wait."""
        self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Kill it, as a machine without memory does, and wait until it is gone."""
        self._process.kill()
        self._process.wait(PATIENCE_SECONDS)

    def exit_status(self) -> int:
        """Wait for the end."""
        return self._process.wait(PATIENCE_SECONDS)


def until(is_so: Callable[[], object], seconds: float = 20) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)

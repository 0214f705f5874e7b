"""`yrd run` without tokens, as a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
READY = "open "


@contextmanager
def running_bot(folder: Path) -> Iterator[str]:
    """Yield the address that it prints, for a workspace that is kept in `folder`, where its fact base is too."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "YRD_"))}
    env |= {"YRD_PORT": str(_free_port()), "YRD_DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "bot.cli", "run"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        try:
            assert READY in said, said
            yield said.partition(READY)[2].split()[0]
        finally:
            process.terminate()
            process.wait(timeout=30)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])

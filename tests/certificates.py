"""Certificates that a test makes for itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest


def self_signed(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for `name`, as in "DNS:localhost" or "IP:127.0.0.1", and its key; skips where openssl makes none."""
    paths = folder / "certificate.pem", folder / "key.pem"
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
        "2", "-subj", f"/CN={name.partition(':')[2]}", "-addext", f"subjectAltName={name}", "-out", str(paths[0]),
        "-keyout", str(paths[1]),
    ]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl cannot make a certificate here")
    return paths

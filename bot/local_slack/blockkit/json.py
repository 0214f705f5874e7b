"""JSON objects, as Slack sends and takes them."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

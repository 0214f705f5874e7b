"""What this process counts, by Prometheus' client. Names as prometheus.io/docs/practices/naming asks for."""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, Summary

from bot.meter import CallResult

# Seconds. Slack waits three for an acknowledgement.
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)


class Counted:
    """Counts into `registry`; see `bot.meter.Meter`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = Counter(
            "yrd_requests",
            "Requests from Slack, by kind and HTTP status.",
            ("kind", "status"),
            registry=registry,
        )
        self._request_seconds = Histogram(
            "yrd_request_seconds",
            "Seconds from a whole request to its acknowledgement.",
            ("kind",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._answers = Counter(
            "yrd_answers",
            "Answers by command and outcome; of refusals, what no fact holds.",
            ("command", "outcome", "lacking"),
            registry=registry,
        )
        self._calls = Counter(
            "yrd_slack_calls", "Calls of Slack by method and result.", ("method", "result"), registry=registry
        )
        self._call_seconds = Summary(
            "yrd_slack_call_seconds",
            "Seconds that Slack took to answer, by method.",
            ("method",),
            registry=registry,
        )
        self._retries = Counter(
            "yrd_slack_retries",
            "Calls of Slack that had been tried before, by method.",
            ("method",),
            registry=registry,
        )
        self._digests = Counter(
            "yrd_digests", "Digests that this process brought to their end.", ("end",), registry=registry
        )
        # The first that fails is an increase only where there was a count before.
        for end in ("posted", "late", "skipped", "missed", "failed", "unknown"):
            self._digests.labels(end)

    def request(self, kind: str, status: int, seconds: float) -> None:
        """Count a request of Slack's, and how long its acknowledgement took."""
        self._requests.labels(kind, str(int(status))).inc()
        self._request_seconds.labels(kind).observe(seconds)

    def answer(self, command: str, outcome: str, lacking: str) -> None:
        """Count an answer."""
        self._answers.labels(command, outcome, lacking).inc()

    def slack_call(self, method: str, result: CallResult, seconds: float, *, again: bool) -> None:
        """Count a call of Slack's, and how long Slack took."""
        self._calls.labels(method, result).inc()
        self._call_seconds.labels(method).observe(seconds)
        if again:
            self._retries.labels(method).inc()

    def digest(self, end: str) -> None:
        """Count a digest that is over."""
        self._digests.labels(end).inc()

"""Requests of Slack's on their way in: HTTP, Socket Mode, signatures, dispatch."""

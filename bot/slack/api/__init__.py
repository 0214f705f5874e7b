"""Slack's Web API and payloads: what it sends, what it is sent, who is who in it."""

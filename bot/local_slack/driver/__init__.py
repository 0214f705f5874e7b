"""Plays Slack towards the bot: payloads, and the ways that they reach it."""

"""Answers and digests as Block Kit and as plain words, within Slack's limits; whatever people wrote is escaped here."""

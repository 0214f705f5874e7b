"""The commands, forms and buttons of digests in Slack."""

"""The commands, forms and buttons of curation in Slack."""

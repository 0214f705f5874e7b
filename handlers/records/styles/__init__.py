"""Styles in which statements are cited outside Slack: each module writes statements with their footnotes as text to paste."""

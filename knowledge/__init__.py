"""What is known, and finding it; nothing here has heard of Slack."""

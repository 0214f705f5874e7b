"""What blocks and views Slack takes, and its limits."""

"""The Bolt app: what each kind of request of Slack's is answered with."""

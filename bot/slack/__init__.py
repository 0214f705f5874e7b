"""Slack, through Bolt: requests on their way in, what they are read as, answers on their way out."""

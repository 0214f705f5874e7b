"""The Web API that the bot calls: its methods, response URLs, and what came of each call."""

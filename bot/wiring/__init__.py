"""The only place that builds the parts of the bot and joins them."""

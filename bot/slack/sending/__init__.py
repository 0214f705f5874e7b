"""Messages on their way out: posts, replies, notices, alerts."""

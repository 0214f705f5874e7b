"""What the bot counts, as Prometheus reads it at /metrics."""

"""What follows on an answer in a thread or a direct message, and what of a thread the bot takes."""

"""The bot's own words in Chinese, by their English: what whoever asks in Chinese is told around the facts."""

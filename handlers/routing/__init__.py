"""How a text is routed: what is wanted, what of it is wanted of what was shown before, and the words of /yrd in Chinese."""

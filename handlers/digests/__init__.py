"""Digests: what is followed, when it is posted, and what shows and changes them."""

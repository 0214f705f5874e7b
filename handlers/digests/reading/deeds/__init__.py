"""What whole sentences want done with digests, or to know of them."""

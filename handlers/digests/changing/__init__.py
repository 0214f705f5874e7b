"""What makes digests, changes them, holds them and ends them."""

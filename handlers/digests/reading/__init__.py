"""What people write of digests, read: which, on what, when and where."""

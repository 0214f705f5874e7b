"""Runs it: the adapters that bring requests and carry answers, what they keep, and the wiring of it all."""

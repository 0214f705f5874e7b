"""Workspaces that installed the app by OAuth, with their tokens and their time zones."""

"""Deeds of the team that are asked for in whole sentences, each read as the command that does it is typed."""

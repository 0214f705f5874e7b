"""The folder of sentences that ask for deeds of the team."""

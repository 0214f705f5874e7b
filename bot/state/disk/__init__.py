"""The file behind state.db: whose it is, what lies beside it, and whether it is one of ours."""

"""What state.db holds of digests: subscriptions, the plan of each, and the ledger of what became of every slot."""

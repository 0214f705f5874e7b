"""The `yrd` command: the top layer, which everything else knows nothing of."""

"""Questions of what is left over: of what is not so, and of others than those named."""

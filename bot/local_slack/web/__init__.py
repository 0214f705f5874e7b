"""The page in the browser, and the control for the command line."""

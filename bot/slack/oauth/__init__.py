"""Installing the app by OAuth: what whoever installs it gets to see."""

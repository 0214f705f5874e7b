"""Where places lie, as far as a question asks or says it: whether one lies in another, and a province beside a name."""

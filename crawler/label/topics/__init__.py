"""Topics: which of the taxonomy's tags an article has, in what order, and which of them it is clearly about."""

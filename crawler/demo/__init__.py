"""Sample blogs of our own, served on loopback."""

"""Speakers: whose article it is, and who "we" and "I" are in it."""

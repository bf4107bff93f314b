"""Summaries: which sentences tell what an article is about, and what is said where none does."""

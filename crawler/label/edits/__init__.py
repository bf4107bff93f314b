"""Edits: mechanical changes that let a sentence of an article stand in a summary; nothing is added to what it says."""

"""Sentences: cut out of a text, measured, and judged one by one: what may not be printed, what cannot stand alone."""

"""Composing: window, stories, ranking, sections, lead paragraph, issue. Pure."""

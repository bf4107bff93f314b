"""Renderers: an issue in every format."""

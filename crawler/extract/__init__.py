"""Extraction: a page or a feed's own content becomes clean text, metadata and an image."""

"""Promotion: whether a text sells instead of telling, by set wordings and by all its words."""

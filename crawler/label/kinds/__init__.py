"""Kinds: the form of an article (case study, tutorial, release, ...) by its wording, its shape and all its words."""

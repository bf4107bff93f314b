"""A weekly-roundup crawler: feeds in, a numbered issue out. This module stays free of imports."""

__version__ = "0.1.0"

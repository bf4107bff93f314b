"""A weekly-roundup crawler: feeds in, a numbered issue out. This module stays free of imports."""

PRODUCT = "weekly-roundup"  # how requests, robots.txt, robots metadata and folders name us
__version__ = "0.1.0"

"""The extract stage: pages and feed texts become clean articles."""

"""sources.yaml: read with every problem told at once, by line."""

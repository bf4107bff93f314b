"""What may be wrong with a draft: pure checks over a value that stands for the file. Knows neither files nor network.

`RULES` (in `rules`) is the registry; a group of rules is a file.
"""

"""The issue as a text file: written for the editor, read back, and merged when composed again."""

"""What labels there are: topics, kinds, roles and companies as data, checked, and found in a text by their phrases."""

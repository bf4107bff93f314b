"""Fetching: one transport, the guard on addresses, manners towards hosts. Outcomes are values."""

"""Phrases found on a page, with what their circumstances leave of them."""

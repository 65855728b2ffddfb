"""The texts of a batch read at once, as arrays over all their words."""

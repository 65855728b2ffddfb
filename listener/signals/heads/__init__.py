"""The trained heads: what they weigh, and what they say of a batch."""

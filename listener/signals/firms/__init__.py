"""Which firm is left, gone to, or named as the one that has a customer's custom."""

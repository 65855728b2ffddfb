"""What the ledger keeps of a signal, and what it lets go of."""

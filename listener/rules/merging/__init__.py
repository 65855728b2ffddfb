"""Two customers who turn out to be one: their ledgers, matters and debts, joined."""

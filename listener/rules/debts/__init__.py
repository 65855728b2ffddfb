"""What the firm owes: opened, settled, late, breached."""

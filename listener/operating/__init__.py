"""What operators do: look at everything, mend dead letters, show, erase or export one customer."""

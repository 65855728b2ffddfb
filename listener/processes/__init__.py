"""Processes: those we start and end together, those that outlive us, and the folder each worker has for itself."""

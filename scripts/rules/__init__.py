"""Measures the rules, and whether their tests notice a change: `python -m scripts.rules.measure`, `make mutate`."""

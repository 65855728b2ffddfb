"""What fits the tie and the sum of distress, and measures them: `python -m scripts.tie.fit` and its neighbours."""

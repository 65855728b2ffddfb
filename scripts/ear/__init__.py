"""What trains the ear and measures it: `python -m scripts.ear.train`, `python -m scripts.ear.measure`."""

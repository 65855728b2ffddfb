"""The nouns of the project: what crosses the bus, and what is believed of a customer. Imports nothing of ours."""

"""The bus as everyone here meets it: what things are called on it, clients, who we are to it, what we may do there."""

"""Numbers by place: gathered, and looked up many at once."""

"""The whole at work on a sample: broker, topics, ingest and relate, and their outputs told in words."""

"""The whole at work on a sample: broker, topics, all stages, and their outputs told in words."""

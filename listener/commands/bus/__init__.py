"""Commands about what lies on the bus: a local broker, the topics, records sent, watched, set aside."""

"""How a value travels: as a CloudEvent, as a line of a recording, as a dead letter."""

"""From what was heard to what is told of a message, and which of its words may be shown."""

"""`listener hear`, `replay` and `cues`: what is heard in a recording, and what comes of it."""

"""The language that cues are written in, and what around a phrase weakens it."""

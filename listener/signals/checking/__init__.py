"""What is wrong with the book of cues, before any text is read by it."""

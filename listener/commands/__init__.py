"""The commands, one small module each; those of one subject share a room, whose `door` is where a group begins."""

"""The commands, one small module each; those of one subject share a room, whose `group` holds them together."""

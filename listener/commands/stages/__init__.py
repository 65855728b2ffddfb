"""Commands that run the stages: each alone, or all under one."""

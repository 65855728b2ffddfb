"""Why a rule did or did not speak, in words."""

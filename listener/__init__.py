"""listener hears every contact and act of a firm, and says when an act breaks the rules of *that* relationship."""

"""listener hears every contact and every act of a firm, and says when an act breaks the rules of *that* relationship."""

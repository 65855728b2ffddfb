"""`listener rules explain`: a rule, a recording, or the one over the other, in words."""

"""`listener rules` and `listener precheck`: the book of rules, tried on stories, recordings and plans."""

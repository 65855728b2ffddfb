"""Relate: the signals, one order for each customer, folded by a Faust agent. The only package that knows Faust."""

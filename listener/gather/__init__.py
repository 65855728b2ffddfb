"""The stage that gathers: reads the alerts of all customers, and says what concerns the whole brand.

A plain consumer, not an agent of relate's: those see some partitions each and share nothing, and one cause reaches
customers in all of them.
"""

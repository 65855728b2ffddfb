"""Ingest: contacts and acts from all inputs, heard, and sent on in one order for each customer."""

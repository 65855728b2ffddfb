"""The words of a text: in plain form, in which language, and how warm they are."""

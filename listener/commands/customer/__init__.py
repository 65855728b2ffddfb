"""`listener customer` and `listener state`: what is believed of one or of all, and what a customer may ask of us."""

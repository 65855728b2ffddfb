"""An act noticed in a signal, weighed, and made a finding."""

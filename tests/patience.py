"""How long a test waits for what should come.

What comes ends the wait, so a long one costs nothing but where a test fails; a short one fails on a busy machine.
"""

from typing import Final

PATIENT_S: Final = 300.0
"""About ten times what the slowest of these conditions took on two cores under a whole run."""

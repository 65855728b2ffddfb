"""The belief about one customer: begin, revise, endure, forget, read, merge; then estimate and transitions tell of it.

How a belief moves, in five lines: a signal adds amounts to counts (`counting`, `revising`); evidence functions make
features of the counts (`evidence/`); the catalogue's weights make nats of the features, group by group, capped
(`scales.weigh`); prior, voices and jumps are added and a softmax makes three distributions (`belief.believe`); what
was counted fades with time. To change a number, change data/emissions; to see something new, add an evidence function.
"""

from listener.relationship.enduring import acquaint, begin, endure, forget, override
from listener.relationship.merging import merge
from listener.relationship.reading import read, read_again, signs_of_drawing_back
from listener.relationship.revising import revise
from listener.relationship.telling import estimate, transitions

__all__ = [
    "acquaint",
    "begin",
    "endure",
    "estimate",
    "forget",
    "merge",
    "override",
    "read",
    "read_again",
    "revise",
    "signs_of_drawing_back",
    "transitions",
]

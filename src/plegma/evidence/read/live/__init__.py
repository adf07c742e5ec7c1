"""Evidence from a running cluster: what to ask for follows from what is suspicious.

Deciding (questions, suspicions, selections, plans, refusals) is pure and takes `now` as an argument; only `inquiries`
asks, for `collections`, through plegma.cluster. Must never: write to the cluster, or ask for one pod that nothing points at.
"""

from plegma.evidence.read.live.collections import Collection
from plegma.evidence.read.live.questions import Question

__all__ = ["Collection", "Question"]

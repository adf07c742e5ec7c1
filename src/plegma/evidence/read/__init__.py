"""Reading what was handed in: files, folders, standard input, archives inside archives, bundles.

Must never: write to disk, follow a link out of what was handed in, or raise for one bad artifact: it is named as
Unreadable, and the rest is read.
"""

from plegma.evidence.read.evidence import Evidence, read_evidence
from plegma.evidence.read.limits import Limits

__all__ = ["Evidence", "Limits", "read_evidence"]

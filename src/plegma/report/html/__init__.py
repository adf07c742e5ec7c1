"""A diagnosis as one self-contained web page: no network, no cookies, the same file on disk and in `plegma serve`.

Must never: decide anything, do I/O beyond its own package's templates, or let a byte of evidence reach the page other
than as text. The page carries one style, one script and a policy that allows only these two (by their SHA-256).
"""

from plegma.report.html.pages import page
from plegma.report.html.policies import policy

__all__ = ["page", "policy"]

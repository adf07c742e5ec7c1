"""host-local's reservations as `grep '' /var/lib/cni/networks/NET/*` prints them: one file an address, the owner's id in it."""

import re

from plegma.evidence.parse.blocks import Block, Context, Document
from plegma.model.observations import State

_ROW = re.compile(
    r"\s*(?P<path>/\S*/networks/(?P<network>[^/\s:]+)/(?P<address>(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})):"
    r"(?P<owner>[\w.-]{8,})\s*$"
)
"""plugins/ipam/host-local/backend/disk/backend.go: the file is named after the address; its first line is the container's id."""


def reservations(document: Document, index: int, _context: Context) -> Block | None:
    """A run of such lines."""
    end, found = index, list[State]()
    while end < len(document.lines) and (match := _ROW.match(document.lines[end])):
        found.append(document.state(end, "Reservation", {key: match[key] for key in ("network", "address", "owner")}, {}))
        end += 1
    return Block("cni-reservations", end, tuple(found), evidence=("cni-ipam-state",)) if found else None

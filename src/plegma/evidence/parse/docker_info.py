"""`docker info` as text: one State for each key."""

import re

from plegma.evidence.parse.blocks import Block, Context, Document, ends_output
from plegma.model.observations import State

_START = re.compile(
    r"\s*(?:Containers: \d+|(?:Server Version|Storage Driver|Cgroup Driver|Pool Name|Data Space Used): \S.*|Client:(?: .*)?|Server:)$"
)
_LINE = re.compile(r"(?P<indent>\s*)(?P<key>[A-Z][\w ().-]{1,40}): ?(?P<value>.*)$")
_PLAIN = re.compile(r"\s|WARNING|Client|Server")
_FEWEST = 2


def docker_info(document: Document, index: int, _context: Context) -> Block | None:
    """What `docker info` prints, whole or from some line on."""
    if not _START.match(document.lines[index]):
        return None
    states: list[State] = []
    end = index
    for at in range(index, len(document.lines)):
        line = document.lines[at]
        match = _LINE.match(line)
        if ends_output(line) or (line and match is None and not _PLAIN.match(line)):
            break
        if match is not None and match["value"]:
            attrs = {"file": "docker info", "key": match["key"], "value": match["value"]}
            states.append(document.state(at, "Config", attrs, {}))
        end = at + 1 if line else end
        if not line and not (at + 1 < len(document.lines) and _LINE.match(document.lines[at + 1])):
            break
    return Block("docker-info", end, tuple(states), evidence=("runtime-config",)) if len(states) >= _FEWEST else None

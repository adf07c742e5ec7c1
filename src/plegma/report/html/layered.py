"""A layered drawing of a small directed graph: rows by depth, few crossings, children near their parents.

The steps are those of Sugiyama, Tagawa and Toda (1981): rows by longest path, waypoints for edges that skip rows, order
by barycentre, then places. Chains have about ten nodes, so plain sweeps do. Lengths are in pixels.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

_SWEEPS = 6
_WAYPOINT = 28.0
Edge = tuple[str, str]


class Box(Struct, frozen=True):
    """A node's place: its left upper corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The x of its vertical axis."""
        return self.x + self.width / 2


class Drawing(Struct, frozen=True):
    """Boxes by node, each edge as the points that it passes (from the lower side of one box to the upper of the next)."""

    width: float
    height: float
    boxes: Mapping[str, Box]
    edges: Mapping[Edge, tuple[tuple[float, float], ...]]


def forward(nodes: Sequence[str], edges: Sequence[Edge]) -> list[Edge]:
    """The edges that lead from an earlier node to a later one: what is drawn has no cycles."""
    place = {node: n for n, node in enumerate(nodes)}
    return [(a, b) for a, b in dict.fromkeys(edges) if a in place and b in place and place[a] < place[b]]


def depths(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The longest way to each node; the nodes stand in an order in which edges lead forward."""
    found = dict.fromkeys(nodes, 0)
    for node in nodes:
        found[node] = max((found[a] + 1 for a, b in edges if b == node), default=0)
    return found


def drawn(nodes: Sequence[str], edges: Sequence[Edge], heights: Mapping[str, float], width: float, gap: float, between: float) -> Drawing:
    """Places nodes of one width; `gap` lies between neighbours, `between` between rows."""
    edges = forward(nodes, edges)
    rows, pieces, paths = _rows(nodes, edges)
    widths = {node: width if node in heights else _WAYPOINT for row in rows for node in row}
    _ordered(rows, pieces)
    middles = _middles(rows, pieces, widths, gap)
    left = min(middles[n] - widths[n] / 2 for row in rows for n in row)
    tops, bottom = _tops(rows, heights, between)
    boxes = {
        n: Box(middles[n] - widths[n] / 2 - left, tops[r], widths[n], heights.get(n, bottom[r] - tops[r]))
        for r, row in enumerate(rows)
        for n in row
    }
    right = max(box.x + box.width for box in boxes.values())
    return Drawing(right, bottom[-1], {n: boxes[n] for n in nodes}, {edge: _points(path, boxes) for edge, path in paths.items()})


def _rows(nodes: Sequence[str], edges: Sequence[Edge]) -> tuple[list[list[str]], list[Edge], dict[Edge, list[str]]]:
    """Nodes by depth, with waypoints where an edge passes rows; the edges cut at them; each edge's way."""
    depth = depths(nodes, edges)
    rows: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for node in nodes:
        rows[depth[node]].append(node)
    paths: dict[Edge, list[str]] = {}
    for a, b in edges:
        between = [f"{a}\0{b}\0{row}" for row in range(depth[a] + 1, depth[b])]
        for row, waypoint in enumerate(between, depth[a] + 1):
            rows[row].append(waypoint)
        paths[a, b] = [a, *between, b]
    return rows, [piece for path in paths.values() for piece in pairwise(path)], paths


def _ordered(rows: list[list[str]], pieces: Sequence[Edge]) -> None:
    """Sorts each row by where its neighbours of the row before stand, downward and upward in turn."""
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for before, row in pairwise(rows if down else rows[::-1]):
            at = {node: n for n, node in enumerate(before)}
            near = {n: [at[a if down else b] for a, b in pieces if (b if down else a) == n] for n in row}
            kept = {n: float(i) for i, n in enumerate(row)}
            row.sort(key=lambda n, near=near, kept=kept: sum(near[n]) / len(near[n]) if near[n] else kept[n])  # type: ignore[misc]


def _middles(rows: Sequence[Sequence[str]], pieces: Sequence[Edge], widths: Mapping[str, float], gap: float) -> dict[str, float]:
    """Where each node's axis lies: as near to the mean of its neighbours as the nodes beside it allow."""
    middles: dict[str, float] = {}
    for row in rows:
        whole = sum(widths[n] for n in row) + gap * (len(row) - 1)
        x = -whole / 2
        for node in row:
            middles[node] = x + widths[node] / 2
            x += widths[node] + gap
    for _ in range(_SWEEPS):
        for row in (*rows, *rows[::-1]):
            wanted = {
                n: _mean([middles[a] for a, b in pieces if b == n] + [middles[b] for a, b in pieces if a == n], middles[n]) for n in row
            }
            middles |= _apart(row, wanted, widths, gap)
    return middles


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _apart(row: Sequence[str], wanted: Mapping[str, float], widths: Mapping[str, float], gap: float) -> dict[str, float]:
    """The wanted places, pushed apart from the left, then the whole row shifted to where it was wanted on the mean."""
    placed: dict[str, float] = {}
    edge = float("-inf")
    for node in row:
        placed[node] = max(wanted[node], edge + widths[node] / 2)
        edge = placed[node] + widths[node] / 2 + gap
    shift = sum(wanted[n] - placed[n] for n in row) / len(row)
    return {n: x + shift for n, x in placed.items()}


def _tops(rows: Sequence[Sequence[str]], heights: Mapping[str, float], between: float) -> tuple[list[float], list[float]]:
    tops: list[float] = []
    bottoms: list[float] = []
    y = 0.0
    for row in rows:
        tall = max((heights[n] for n in row if n in heights), default=0.0)
        tops.append(y)
        bottoms.append(y + tall)
        y += tall + between
    return tops, bottoms


def _points(path: Sequence[str], boxes: Mapping[str, Box]) -> tuple[tuple[float, float], ...]:
    first, last = boxes[path[0]], boxes[path[-1]]
    passed = [
        point
        for node in path[1:-1]
        for point in ((boxes[node].middle, boxes[node].y), (boxes[node].middle, boxes[node].y + boxes[node].height))
    ]
    return ((first.middle, first.y + first.height), *passed, (last.middle, last.y))

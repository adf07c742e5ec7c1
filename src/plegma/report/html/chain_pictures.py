"""The chain of a hypothesis as a picture: cards in layers for wide pages, a tree for narrow ones. Lengths in pixels."""

from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec import Struct

from plegma.model.diagnosis import ChainStep, Hypothesis
from plegma.model.texts import Text
from plegma.report.html.layered import Box, Edge, drawn, forward
from plegma.report.lines import entity_name
from plegma.report.widths import cells, wrapped

_CELL = 7.7
"""Pixels that one terminal cell of bold text takes at 13 px on the mean: wide fonts (DejaVu Sans) need that much."""
_SMALL_CELL = 6.4
_PAD = 14.0
_TITLE_TOP = 40.0
_LINE = 18.0
_WIDE, _GAP, _BETWEEN = 206.0, 16.0, 44.0
_NARROW, _INDENT, _ROW_GAP = 300.0, 14.0, 16.0
_DEEPEST = 4


class Card(Struct, frozen=True):
    """One step as drawn: its box, its title in lines of both languages, its entity cut to fit."""

    step: ChainStep
    box: Box
    lines: Mapping[str, tuple[str, ...]]
    entity: str
    kind: str
    count: str

    @property
    def title_at(self) -> float:
        """The base line of the title's first line."""
        return self.box.y + _TITLE_TOP

    @property
    def entity_at(self) -> float:
        """The base line of the entity."""
        return self.box.y + self.box.height - 12


class Picture(Struct, frozen=True):
    """All that the drawing holds; `curves` are SVG paths, `heads` the points of their arrows."""

    width: float
    height: float
    cards: tuple[Card, ...]
    curves: tuple[str, ...]
    heads: tuple[tuple[float, float, bool], ...]
    about: Text


def wide_picture(hypothesis: Hypothesis, symptoms: Set[str]) -> Picture:
    """The chain in layers, from the cause downward."""
    steps, edges = _graph(hypothesis)
    texts = {s.mode: _title(s, _WIDE) for s in hypothesis.chain}
    heights = {mode: _height(text) for mode, text in texts.items()}
    drawing = drawn(steps, edges, heights, _WIDE, _GAP, _BETWEEN)
    cards = tuple(_card(s, drawing.boxes[s.mode], texts[s.mode], hypothesis, symptoms) for s in hypothesis.chain)
    curves = tuple(_curve(points) for points in drawing.edges.values())
    heads = tuple((*points[-1], True) for points in drawing.edges.values())
    return Picture(drawing.width, drawing.height, cards, curves, heads, _about(hypothesis))


def narrow_picture(hypothesis: Hypothesis, symptoms: Set[str]) -> Picture:
    """The chain as a tree that reads from top to bottom, indented by depth: each step below the one that it came from."""
    steps, edges = _graph(hypothesis)
    parents = {effect: max((a for a, b in edges if b == effect), key=steps.index) for _, effect in edges}
    boxes: dict[str, Box] = {}
    texts: dict[str, Mapping[str, tuple[str, ...]]] = {}
    by_mode = {s.mode: s for s in hypothesis.chain}
    y = 0.0
    for mode, depth in _tree(steps, parents):
        x = _INDENT * min(depth, _DEEPEST)
        texts[mode] = _title(by_mode[mode], _NARROW - x)
        boxes[mode] = Box(x, y, _NARROW - x, _height(texts[mode]))
        y += boxes[mode].height + _ROW_GAP
    cards = tuple(_card(by_mode[mode], box, texts[mode], hypothesis, symptoms) for mode, box in boxes.items())
    curves = tuple(_elbow(boxes[cause], boxes[effect]) for effect, cause in parents.items())
    heads = tuple((boxes[effect].x, boxes[effect].y + 20, False) for effect in parents)
    return Picture(_NARROW, y - _ROW_GAP, cards, curves, heads, _about(hypothesis))


def _tree(steps: Sequence[str], parents: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Each step with its depth, a step's effects right below it."""
    waiting = [(step, 0) for step in reversed(steps) if step not in parents]
    while waiting:
        step, depth = waiting.pop()
        yield step, depth
        waiting += [(effect, depth + 1) for effect in reversed(steps) if parents.get(effect) == step]


def _graph(hypothesis: Hypothesis) -> tuple[list[str], list[Edge]]:
    steps = [s.mode for s in hypothesis.chain]
    return steps, forward(steps, [(before, s.mode) for s in hypothesis.chain for before in s.came_from])


def _title(step: ChainStep, width: float) -> Mapping[str, tuple[str, ...]]:
    room = int((width - 2 * _PAD) / _CELL)
    return {"en": tuple(wrapped(step.title.en, room)), "ja": tuple(wrapped(step.title.ja, room))}


def _height(lines: Mapping[str, Sequence[str]]) -> float:
    return _TITLE_TOP + _LINE * (max(len(lines["en"]), len(lines["ja"])) - 1) + 34


def _card(step: ChainStep, box: Box, lines: Mapping[str, tuple[str, ...]], hypothesis: Hypothesis, symptoms: Set[str]) -> Card:
    kind = "cause" if step is hypothesis.chain[0] else "symptom" if step.mode in symptoms else "mechanism"
    count = f"×{step.count:,}" if step.count > 1 else ""
    return Card(step, box, lines, _cut(entity_name(step.entity), int((box.width - 2 * _PAD) / _SMALL_CELL)), kind, count)


def _cut(name: str, room: int) -> str:
    """A name that fits; the middle goes, since both ends of a pod's name tell."""
    if cells(name) <= room:
        return name
    half = (room - 1) // 2
    return f"{name[:half]}…{name[-half:]}"


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """A smooth line downward through all points."""
    (x, y), rest = points[0], points[1:]
    said = [f"M{x:.1f} {y:.1f}"]
    for number, (to_x, to_y) in enumerate(rest):
        end = to_y - (6 if number == len(rest) - 1 else 0)
        bend = (end - y) / 2
        said.append(f"C{x:.1f} {y + bend:.1f} {to_x:.1f} {end - bend:.1f} {to_x:.1f} {end:.1f}")
        x, y = to_x, end
    return "".join(said)


def _elbow(parent: Box, child: Box) -> str:
    x, y = parent.x + 7, child.y + 20
    if child.x <= x:
        x = child.x - 7
    return f"M{x:.1f} {parent.y + parent.height:.1f}V{y - 5:.1f}Q{x:.1f} {y:.1f} {min(x + 5, child.x - 2):.1f} {y:.1f}H{child.x - 1:.1f}"


def _about(hypothesis: Hypothesis) -> Text:
    chain = [s.title for s in hypothesis.chain]
    return Text(" → ".join(t.en for t in chain), " → ".join(t.ja for t in chain))

"""The layered layout: rows by depth, nothing overlaps, edges lead downward; for any graph, not only for pretty ones."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from plegma.report.html.layered import Drawing, Edge, depths, drawn, forward

WIDTH, GAP, BETWEEN = 200.0, 16.0, 40.0


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[str], list[Edge]]:
    nodes = [f"n{n}" for n in range(draw(st.integers(1, 12)))]
    pairs = list(combinations(nodes, 2))
    return nodes, draw(st.lists(st.sampled_from(pairs), max_size=20, unique=True)) if pairs else []


def laid_out(nodes: list[str], edges: list[Edge]) -> Drawing:
    return drawn(nodes, edges, {node: 60.0 + 18 * (n % 3) for n, node in enumerate(nodes)}, WIDTH, GAP, BETWEEN)


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_no_two_boxes_overlap_and_all_lie_inside(graph: tuple[list[str], list[Edge]]) -> None:
    drawing = laid_out(*graph)
    for a, b in combinations(drawing.boxes.values(), 2):
        beside = a.x + a.width <= b.x + 0.01 or b.x + b.width <= a.x + 0.01
        assert beside or a.y + a.height <= b.y or b.y + b.height <= a.y
    assert all(box.x >= -0.01 and box.x + box.width <= drawing.width + 0.01 for box in drawing.boxes.values())
    assert all(box.y >= 0 and box.y + box.height <= drawing.height + 0.01 for box in drawing.boxes.values())


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_every_edge_is_drawn_downward_from_its_cause_to_its_effect(graph: tuple[list[str], list[Edge]]) -> None:
    drawing = laid_out(*graph)
    assert set(drawing.edges) == set(graph[1])
    for (cause, effect), points in drawing.edges.items():
        heights = [y for _, y in points]
        assert heights == sorted(heights)
        assert points[0] == (drawing.boxes[cause].middle, drawing.boxes[cause].y + drawing.boxes[cause].height)
        assert points[-1] == (drawing.boxes[effect].middle, drawing.boxes[effect].y)


def test_a_node_stands_below_the_longest_way_to_it() -> None:
    assert depths(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")]) == {"a": 0, "b": 1, "c": 2}


def test_edges_that_lead_back_are_left_out() -> None:
    assert forward(["a", "b"], [("b", "a"), ("a", "b"), ("a", "x"), ("a", "b")]) == [("a", "b")]


def test_a_chain_stands_straight() -> None:
    drawing = laid_out(["a", "b", "c"], [("a", "b"), ("b", "c")])
    assert len({round(box.middle, 3) for box in drawing.boxes.values()}) == 1


def test_an_edge_that_skips_a_row_goes_around_the_box_in_it() -> None:
    drawing = laid_out(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")])
    middle = drawing.boxes["b"]
    beside = [x for x, y in drawing.edges["a", "c"] if middle.y <= y <= middle.y + middle.height]
    assert beside
    assert not [x for x in beside if middle.x <= x <= middle.x + middle.width]

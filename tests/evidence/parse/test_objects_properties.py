"""Whatever is handed to the reader of objects, it neither raises nor sets what the model does not know."""

import json

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from plegma.evidence.parse.objects import read_objects
from plegma.evidence.unreadable import Unreadable
from plegma.model.observations import ATTRS, REF_KEYS, State

WORDS = """
    apiVersion kind metadata name namespace uid spec status items containers containerStatuses initContainerStatuses state lastState
    waiting terminated running reason message exitCode conditions type lastTransitionTime involvedObject count series phase id Id State
    Config kubeletconfig subsets addresses nodeInfo taints labels ownerReferences rules info Names
"""
KEYS = st.sampled_from(WORDS.split())
LEAVES = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.sampled_from(
    ["Pod", "Node", "Event", "PodList", "v1", "True", "Error", "2025-03-02T08:00:00Z", "1740902400000000000", "", "0001-01-01T00:00:00Z"]
) | st.text(max_size=20)  # fmt: skip
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=40)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=8)


def check(data: bytes) -> None:
    found = read_objects("x", data)
    for part in found if isinstance(found, tuple) else ():
        assert part.understood + part.blank == part.lines
        for o in part.observations:
            assert part.first_line <= o.origin.line < part.first_line + max(part.lines, 1)
            assert set(o.refs) <= set(REF_KEYS)
            if isinstance(o, State):
                assert set(o.attrs) <= set(ATTRS[o.kind])


@given(OBJECTS)
@settings(max_examples=150, deadline=None)
def test_any_object_is_read_without_fault(value: dict[str, object]) -> None:
    check(json.dumps(value, indent=2).encode())
    check(yaml.safe_dump(value).encode())


@given(OBJECTS, st.integers(0, 2000), st.integers(0, 2000))
@settings(max_examples=150, deadline=None)
def test_any_cut_of_any_object_is_read_without_fault(value: dict[str, object], start: int, length: int) -> None:
    check(json.dumps(value, indent=2).encode()[start % 40 : start + length])
    check(yaml.safe_dump(value).encode()[start % 40 : start + length])


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_without_fault(data: bytes) -> None:
    check(data)
    check(b"kind: Pod\nstatus:\n" + data)
    check(b'{"kind": "Pod", ' + data)


def test_a_wide_document_is_read_in_bounded_time() -> None:
    pods = [{"kind": "Pod", "metadata": {"name": f"p{n}"}, "status": {"phase": "Running"}, "spec": {"containers": []}} for n in range(3000)]
    found = read_objects("x", json.dumps({"kind": "List", "apiVersion": "v1", "items": pods}, indent=1).encode())
    assert not isinstance(found, Unreadable)
    assert found is not None
    assert [o.refs["pod"] for o in found[0].observations] == [f"p{n}" for n in range(3000)]

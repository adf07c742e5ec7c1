"""Strings that came from evidence are rewritten everywhere; plegma's own ids and words never are."""

from dataclasses import dataclass

from plegma.app.rewriting import rewritten
from plegma.model.diagnosis import Entity, Gap
from plegma.model.texts import Text


@dataclass(frozen=True)
class Shelf:
    """Everything that a result is made of."""

    name: str
    title: Text
    cause: str
    evidence: tuple[Entity, ...]
    rows: list[dict[str, object]]


def test_every_string_is_changed_at_any_depth_and_ours_are_kept() -> None:
    shelf = Shelf("dns", Text("dns", "dns"), "dns-failing", (Entity("Pod", "dns"),), [{"case": "dns", "causes": ["dns"], "n": 3}])
    assert rewritten(shelf, lambda text: text.replace("dns", "pod-1")) == Shelf(
        "pod-1", Text("dns", "dns"), "dns-failing", (Entity("Pod", "pod-1"),), [{"case": "pod-1", "causes": ["dns"], "n": 3}]
    )


def test_a_field_that_is_ours_in_one_place_is_evidence_in_another() -> None:
    gap = Gap("pod-log", Text("of pod-log", "pod-log"), "kubectl logs pod-log")
    assert rewritten(gap, str.upper) == Gap("pod-log", Text("OF POD-LOG", "POD-LOG"), "KUBECTL LOGS POD-LOG")

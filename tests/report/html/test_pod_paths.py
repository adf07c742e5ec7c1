"""The path of a pod: each step of a chain at its station, the cause where it breaks."""

from plegma.model.diagnosis import ChainStep, Entity, Hypothesis
from plegma.model.texts import Text
from plegma.report.html.pod_paths import path_of

TEXT = Text("t", "文")


def step(mode: str, layer: str, *concepts: str) -> ChainStep:
    return ChainStep(mode, TEXT, Entity("Node", "n"), None, None, 1, TEXT, (), layer=layer, concepts=concepts)


def states(*steps: ChainStep) -> dict[str, str]:
    hypothesis = Hypothesis(1, steps[0].mode, TEXT, TEXT, Entity("Node", "n"), (), "likely", 1.0, steps, (), (), ())
    return {station.id: station.state for station in path_of(hypothesis)}


def test_it_breaks_at_the_cause_and_suffers_at_the_other_steps() -> None:
    found = states(step("c", "cni"), step("k", "kubelet"))
    assert found == {"kubelet": "suffers", "cri": "", "runtime": "", "sandbox": "", "cni": "breaks", "container": ""}


def test_what_is_about_the_sandbox_lies_there_though_its_layer_is_the_cri() -> None:
    assert states(step("s", "cri", "pod-sandbox"))["sandbox"] == "breaks"
    assert states(step("s", "cri", "cri", "pod-sandbox"))["cri"] == "breaks"


def test_a_side_station_is_there_when_a_step_lies_at_it() -> None:
    assert list(states(step("p", "pod"), step("i", "image"))) == ["kubelet", "cri", "runtime", "sandbox", "cni", "image", "container"]


def test_every_station_is_explained_and_nothing_is_explained_twice() -> None:
    top = step("c", "cni", "cni", "pod-sandbox")
    hypothesis = Hypothesis(
        1, "c", TEXT, TEXT, Entity("Node", "n"), (), "likely", 1.0, (top, step("k", "kubelet", "pleg", "kubelet")), (), (), ()
    )
    told = [concept.id for station in path_of(hypothesis) for concept in station.concepts]
    assert len(told) == len(set(told))
    assert {"kubelet", "pleg", "cri", "containerd", "pod-sandbox", "cni"} <= set(told)

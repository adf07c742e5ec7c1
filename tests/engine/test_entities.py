"""Names of one pod or one node are joined over all sources, and different ones stay apart."""

from made import OTHER_UID, UID, event, part, scene, state

from plegma.engine.scenes import Scene
from plegma.model.observations import State
from plegma.model.parts import Parsed

SANDBOX = "4f6d0c2b9a8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a392817060504"


def pods(*parts: Parsed) -> set[str]:
    found = scene(*parts)
    return {f.pod for f in (*found.events, *found.states)}


def row(name: str, artifact: str = "pods.txt", **refs: str) -> Parsed:
    return part(state("Pod", refs={"pod": name, **refs}, restarts=0), artifact=artifact, kind="kubectl-get-pods")


def test_a_uid_in_a_log_is_the_pod_of_that_uid_in_the_api() -> None:
    log = part(event("x", pod_uid=UID))
    listed = part(state("Pod", refs={"pod": "web-0", "namespace": "shop", "pod_uid": UID}), artifact="pods.json")
    assert len(pods(log, listed)) == 1


def test_pods_of_one_name_in_two_namespaces_are_two() -> None:
    assert len(pods(row("web-0", namespace="shop"), row("web-0", "b.txt", namespace="bank"))) == 2


def test_a_name_without_namespace_is_the_only_pod_of_that_name() -> None:
    assert len(pods(row("web-0", namespace="shop"), row("web-0", "b.txt"))) == 1


def test_a_name_without_namespace_is_nobodys_when_two_pods_have_it() -> None:
    assert len(pods(row("web-0", namespace="shop"), row("web-0", "b.txt", namespace="bank"), row("web-0", "c.txt"))) == 3


def test_a_sandbox_id_belongs_to_the_pod_that_a_line_names_with_it() -> None:
    named = part(event("x", pod="web-0", namespace="shop", sandbox_id=SANDBOX))
    assert len(pods(named, part(event("y", sandbox_id=SANDBOX), artifact="containerd.log"))) == 1


def test_a_cut_sandbox_id_is_the_whole_one() -> None:
    named = part(event("x", pod="web-0", namespace="shop", sandbox_id=SANDBOX))
    assert len(pods(named, part(event("y", sandbox_id=SANDBOX[:12]), artifact="docker-ps.txt"))) == 1


def test_a_container_id_joins_like_a_sandbox_id() -> None:
    named = part(event("x", pod="web-0", namespace="shop", container_id=SANDBOX[:13]))
    assert len(pods(named, part(event("y", container_id=SANDBOX), artifact="containerd.log"))) == 1


def test_a_pod_made_anew_under_its_old_name_brings_both_uids_into_one_name() -> None:
    """StatefulSets: what is joined by name stays one pod; it is told by the UID that most lines use."""
    first = part(event("x", pod="web-0", namespace="shop", pod_uid=UID), event("y", line=2, pod="web-0", namespace="shop", pod_uid=UID))
    found = scene(first, part(event("z", pod="web-0", namespace="shop", pod_uid=OTHER_UID), artifact="b.log"))
    (names,) = found.places.pods.values()
    assert (names.name, names.uid) == ("web-0", UID)


def fingerprint(name: str, artifact: str, restarts: int = 2029, old: float = 2419200.0) -> Parsed:
    return part(state("Pod", refs={"pod": name}, restarts=restarts, age=old), artifact=artifact, kind="kubectl-get-pods")


def test_masked_names_with_the_same_many_restarts_and_age_are_one_pod() -> None:
    assert len(pods(fingerprint("web-xxxxx", "a.txt"), fingerprint("web-7k2m9", "b.txt"))) == 1


def test_few_restarts_are_no_fingerprint() -> None:
    assert len(pods(fingerprint("web-xxxxx", "a.txt", restarts=3), fingerprint("web-7k2m9", "b.txt", restarts=3))) == 2


def test_the_same_restarts_at_another_age_are_another_pod() -> None:
    assert len(pods(fingerprint("web-xxxxx", "a.txt"), fingerprint("web-7k2m9", "b.txt", old=60.0))) == 2


def test_two_pods_of_one_list_are_never_joined_by_their_restarts() -> None:
    rows = part(
        state("Pod", 1, refs={"pod": "web-a"}, restarts=2029, age=60.0), state("Pod", 2, refs={"pod": "web-b"}, restarts=2029, age=60.0),
        kind="kubectl-get-pods",
    )  # fmt: skip
    assert len(pods(rows, fingerprint("web-c", "b.txt", old=60.0))) == 3


def test_a_cut_describe_speaks_of_the_only_pod() -> None:
    described = part(state("Container", state="Waiting", reason="CrashLoopBackOff"), artifact="d.txt", kind="kubectl-describe-pod")
    assert len(pods(row("web-0", namespace="shop"), described)) == 1


def test_a_cut_describe_beside_several_pods_is_an_unnamed_pods() -> None:
    described = part(state("Container", state="Waiting", reason="CrashLoopBackOff"), artifact="d.txt", kind="kubectl-describe-pod")
    assert len(pods(row("web-0", namespace="shop"), row("web-1", "b.txt", namespace="shop"), described)) == 3


def nodes(found: Scene) -> set[str]:
    return {f.node for f in (*found.events, *found.states)}


def node_row(name: str) -> Parsed:
    return part(state("Node", refs={"node": name}, status="NotReady"), artifact="nodes.txt", kind="kubectl-get-nodes")


def test_a_short_host_name_is_the_node_of_the_full_name() -> None:
    assert nodes(scene(node_row("wk-7.example.net"), part(event("x", node="wk-7")))) == {"wk-7.example.net"}


def test_hosts_of_one_domain_are_different_nodes() -> None:
    assert nodes(scene(node_row("wk-7.example.net"), part(event("x", node="wk-8.example.net")))) == {"wk-7.example.net", "wk-8.example.net"}


def test_addresses_that_begin_with_the_same_number_are_different_nodes() -> None:
    assert nodes(scene(node_row("10.0.0.7"), part(event("x", node="10")))) == {"10.0.0.7", "10"}


def test_two_names_for_the_node_of_one_pod_are_one_node_and_the_api_says_which() -> None:
    listed = part(state("Pod", refs={"pod": "web-0", "namespace": "shop", "pod_uid": UID, "node": "node-a"}), artifact="pods.json")
    log = part(event("x", pod="web-0", namespace="shop", pod_uid=UID, node="ip-10-0-0-7"))
    assert nodes(scene(listed, log, node_row("node-a"))) == {"node-a"}


def test_nodes_that_the_api_lists_both_are_never_joined_by_a_pod() -> None:
    """A StatefulSet's pod may have been on one and then on the other."""
    logs = [
        part(event("x", pod="web-0", namespace="shop", pod_uid=UID, node="node-a")),
        part(event("y", pod="web-0", namespace="shop", pod_uid=UID, node="node-b"), artifact="b.log"),
    ]
    assert nodes(scene(*logs, node_row("node-a"), node_row("node-b"))) == {"node-a", "node-b"}


def test_the_only_node_has_everything() -> None:
    found = scene(node_row("wk-7"), part(event("x")), row("web-0"))
    assert nodes(found) == {"wk-7"}
    assert {p.node for p in found.places.pods.values()} == {"wk-7"}


def test_what_names_no_node_is_on_none_when_there_are_several() -> None:
    found = scene(node_row("wk-7"), node_row("wk-8"), part(event("x")))
    assert [f.node for f in found.events] == [""]


def test_a_folder_called_like_a_node_holds_its_evidence() -> None:
    found = scene(
        node_row("wk-7"),
        node_row("wk-8"),
        part(event("x", artifact="bundle.tar.gz!logs/wk-8/kubelet.log"), artifact="bundle.tar.gz!logs/wk-8/kubelet.log"),
    )
    assert [f.node for f in found.events] == ["wk-8"]


def test_lines_of_a_log_are_on_the_one_node_that_the_log_names() -> None:
    log = part(event("x", node="wk-8"), event("y", line=2))
    assert {f.node for f in scene(node_row("wk-7"), log).events} == {"wk-8"}


def test_what_a_line_says_of_a_pod_is_on_the_pods_node() -> None:
    placed = part(state("Pod", refs={"pod": "web-0", "namespace": "shop", "node": "wk-8"}), artifact="wide.txt")
    found = scene(node_row("wk-7"), placed, part(event("x", pod="web-0", namespace="shop"), artifact="e.txt", kind="kubectl-get-events"))
    assert [f.node for f in found.events] == ["wk-8"]


def test_the_context_of_a_part_holds_for_its_lines() -> None:
    found = scene(part(event("x"), node="wk-9"), node_row("wk-7"))
    assert [f.node for f in found.events] == ["wk-9"]
    assert all(isinstance(f.seen, State) or f.seen.refs["node"] == "wk-9" for f in found.events)

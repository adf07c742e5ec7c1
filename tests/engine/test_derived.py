"""Facts that several observations say together."""

from made import NOW, event, part, scene, state, wall

from plegma.engine.derived import with_derived
from plegma.model.observations import State
from plegma.model.parts import Parsed

LOST, UP = "4f6d0c2b9a8e7d6c5b4a", "c41d9be07a35f2d1886e"


def derived(kind: str, *parts: Parsed) -> list[State]:
    return [f.seen for f in with_derived(scene(*parts)).states if isinstance(f.seen, State) and f.seen.kind == kind]


def complaint(sandbox: str = LOST, words: str = "Error: No such container: ") -> Parsed:
    return part(event(words + sandbox, pod="web-0", namespace="shop", sandbox_id=sandbox, node="wk-7", at=wall(NOW)))


def listed(identity: str, status: str = "Up 2 weeks", pod: str = "web-0") -> Parsed:
    refs = {"pod": pod, "namespace": "shop", "sandbox_id": identity}
    return part(state("Sandbox", refs=refs, state=status, attempt=1), artifact=identity, kind="docker-ps")


def test_an_error_of_a_sandbox_that_the_list_lacks_while_another_is_up_says_both() -> None:
    (record,) = derived("SandboxRecord", complaint(), listed(UP))
    assert dict(record.attrs) == {"listed": False, "other_up": True}
    assert record.refs["sandbox_id"] == LOST


def test_a_sandbox_that_is_listed_by_the_cut_of_its_id_is_listed() -> None:
    (record,) = derived("SandboxRecord", complaint(), listed(LOST[:12], "Exited (137) 2 days ago"))
    assert dict(record.attrs) == {"listed": True, "other_up": False}


def test_without_any_list_of_that_pods_sandboxes_nothing_is_said() -> None:
    assert derived("SandboxRecord", complaint(), listed(UP, pod="web-1")) == []


def test_an_error_that_does_not_miss_the_sandbox_says_nothing() -> None:
    assert derived("SandboxRecord", complaint(words="deadline exceeded for "), listed(UP)) == []


def test_a_listing_of_dockershims_folder_says_whether_a_checkpoint_is_left_of_the_sandbox() -> None:
    def files(*ids: str) -> Parsed:
        return part(*(state("File", n, path=f"/var/lib/dockershim/sandbox/{i}") for n, i in enumerate(ids, 1)), artifact="ls", kind="ls")

    (left,) = derived("SandboxRecord", complaint(), listed(UP), files(LOST, UP))
    (gone,) = derived("SandboxRecord", complaint(), listed(UP), files(UP))
    assert (left.attrs["checkpoint"], gone.attrs["checkpoint"]) == (True, False)


def test_many_errors_of_one_sandbox_are_one_record() -> None:
    lines = part(*(event(f"{n} No such container", line=n, pod="web-0", namespace="shop", sandbox_id=LOST) for n in range(1, 5)))
    assert len(derived("SandboxRecord", lines, listed(UP))) == 1


RUN = "RunPodSandbox from runtime service failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded"
STOP = "StopPodSandbox from runtime service failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded"
LIST = "ListPodSandbox with filter from runtime service failed: rpc error: code = DeadlineExceeded"


def log(*messages: str) -> Parsed:
    return part(*(event(m, line=n, node="wk-7", at=wall(f"2025-03-02 08:0{n}:00")) for n, m in enumerate(messages)))


def stages(*messages: str) -> list[str]:
    return [str(s.attrs["stage"]) for s in derived("SandboxStage", log(*messages))]


def test_sandboxes_that_wait_while_all_else_is_answered_stand_still_in_their_creation() -> None:
    assert stages(RUN, RUN) == ["creation"]


def test_when_stopping_waits_too_it_is_the_network() -> None:
    assert stages(RUN, STOP, RUN) == ["network"]


def test_when_other_calls_wait_too_it_is_the_whole_runtime() -> None:
    assert stages(RUN, RUN, LIST) == []


def test_one_late_sandbox_is_no_stage() -> None:
    assert stages(RUN) == []


def test_a_failure_that_explains_itself_is_no_stage() -> None:
    assert stages(RUN, RUN, "failed to get sandbox image: x509") == []


def on_node(*names: str) -> list[Parsed]:
    return [part(state("Pod", refs={"pod": n, "namespace": "shop", "node": "wk-7"}, status="Running"), artifact=n) for n in names]


def changed(*names: str) -> Parsed:
    text = "Pod sandbox changed, it will be killed and re-created."
    lines = (
        event(text, "k8s-event", line=n, reason="SandboxChanged", pod=pod, namespace="shop", node="wk-7", at=wall(NOW))
        for n, pod in enumerate(names, 1)
    )
    return part(*lines, artifact="events.txt", kind="kubectl-get-events")


def test_one_pod_whose_sandbox_was_made_anew_among_others_that_kept_theirs_is_alone() -> None:
    (replaced,) = derived("SandboxReplaced", changed("a"), *on_node("a", "b", "c"))
    assert dict(replaced.attrs) == {"alone": True, "explained": False}


def test_all_pods_of_a_node_are_not_alone() -> None:
    assert [s.attrs["alone"] for s in derived("SandboxReplaced", changed("a", "b", "c"), *on_node("a", "b", "c"))] == [False] * 3


def test_a_failure_to_make_the_sandbox_shortly_before_explains_the_change() -> None:
    failed = part(event("Failed to create pod sandbox: x", pod="a", namespace="shop", node="wk-7", at=wall("2025-03-02 07:59:30")))
    (replaced,) = derived("SandboxReplaced", changed("a"), failed, *on_node("a", "b", "c"))
    assert replaced.attrs["explained"] is True


def runtimes(*parts: Parsed) -> list[object]:
    return [s.attrs.get("runtime") for s in derived("Node", *parts)]


def test_the_runtime_is_told_by_wordings_that_only_one_has() -> None:
    assert runtimes(log("NetworkPlugin cni failed to set up pod")) == ["docker"]
    assert runtimes(log("failed to create containerd task: x")) == ["containerd"]


def test_two_runtimes_wordings_tell_nothing() -> None:
    assert runtimes(log("NetworkPlugin cni failed to set up pod", "failed to create containerd task: x")) == []


def test_what_the_node_itself_says_of_its_runtime_stands() -> None:
    node = part(state("Node", refs={"node": "wk-7"}, runtime="cri-o://1.30"), artifact="n")
    assert runtimes(node, log("failed to create containerd task: x")) == ["cri-o://1.30"]


def test_a_container_named_as_the_kubelet_names_docker_containers_tells_docker() -> None:
    row = part(state("Sandbox", refs={"node": "wk-7", "pod": "a"}, name="k8s_POD_a_shop_x_0", state="Up"), artifact="ps")
    assert runtimes(row) == ["docker"]


WAIT = "unregister_netdevice: waiting for lo to become free. Usage count = 1"


def freed(*lines: tuple[str, str]) -> list[float]:
    told = part(*(event(m, line=n, component="kernel", node="wk-7", at=wall(f"2025-03-02 {at}")) for n, (at, m) in enumerate(lines)))
    return [float(s.attrs["seconds"]) for s in derived("DeviceFreed", told)]


def test_what_the_kernel_writes_after_its_last_wait_for_a_device_tells_how_long_it_was_silent() -> None:
    assert freed(("08:00:00", WAIT), ("08:00:10", WAIT), ("08:05:10", "docker0: port 2(vethafec) entered disabled state")) == [300.0]


def test_a_wait_that_is_the_last_line_is_not_over() -> None:
    assert freed(("08:00:00", "docker0: port 2(vethafec) entered disabled state"), ("08:05:10", WAIT)) == []


def doubled(*rows: tuple[str, str, str, str]) -> list[str]:
    pods = (
        state("Pod", n, refs={"pod": pod, "namespace": "shop", "node": node}, status=s, ip=ip)
        for n, (pod, node, s, ip) in enumerate(rows, 1)
    )
    return [str(s.refs["pod"]) for s in derived("DoubledAddress", part(*pods, kind="kubectl-get-pods"))]


def test_one_address_at_running_pods_of_two_nodes_is_doubled() -> None:
    assert doubled(("a", "wk-1", "Running", "10.9.0.4"), ("b", "wk-2", "Running", "10.9.0.4")) == ["b"]


def test_pods_of_the_hosts_network_and_ended_pods_double_nothing() -> None:
    assert doubled(("a", "wk-1", "Running", "192.168.0.4"), ("b", "wk-1", "Running", "192.168.0.4")) == []
    assert doubled(("a", "wk-1", "Completed", "10.9.0.4"), ("b", "wk-2", "Running", "10.9.0.4")) == []
